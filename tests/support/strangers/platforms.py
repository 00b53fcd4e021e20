"""What a platform's feed or page shows of a comment: the record as the matcher gets it."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import md5
from html import unescape
from random import Random

from tests.support.strangers.drafts import Draft
from tests.support.strangers.labels import account_is_shown, link_is_shown

TAG = re.compile(r"(<[^>]+>)")
BLOGGER_TAGS = re.compile(r"</?blockquote>")


def record(draft: Draft, comment_id: str, rng: Random) -> dict[str, str]:
    """The comment as its blog's feed or page gives it; what is not shown is an empty string."""
    source, form = draft.blog.source, draft.form
    number = rng.randint(1000, 9_999_999)
    body = body_html(draft, rng)
    return {
        "id": comment_id,
        "blog_url": draft.blog.url,
        "post_url": draft.post.url,
        "permalink": _permalink(draft, number, rng),
        "published": f"{draft.at:%Y-%m-%dT%H:%M:%SZ}",
        "source": source,
        "author_name": form.name,
        "author_url": form.link if link_is_shown(draft) else "",
        "author_email": "noreply@blogger.com" if source == "blogger-atom" else "",
        "author_profile_uri": _profile(draft, rng),
        "title": _title(draft, body, rng),
        "body_html": body,
    }


def _permalink(draft: Draft, number: int, rng: Random) -> str:
    if draft.blog.platform == "blogger":
        return f"{draft.post.url}?showComment={_millis(draft.at)}#c{rng.randint(10**17, 10**19)}"
    return f"{draft.post.url}#comment-{number}"


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _profile(draft: Draft, rng: Random) -> str:
    form = draft.form
    if account_is_shown(draft):
        hosts = ["http://www.", "https://www."]
        if draft.blog.source == "html":
            hosts += ["http://draft.", "http://beta.", "http://"]
        return f"{rng.choice(hosts)}blogger.com/profile/{form.account}"
    if draft.blog.source == "wordpress-rest" and draft.kind not in {"pingback", "classblog_pingback"}:
        digest = md5(form.email.strip().lower().encode(), usedforsecurity=False).hexdigest()
        return f"https://{rng.choice(['secure', '0', '1', '2'])}.gravatar.com/avatar/{digest}?s=96&d=mm&r=g"
    return ""


def _title(draft: Draft, body: str, rng: Random) -> str:
    if draft.blog.source == "wordpress-rss":
        if rng.random() < 0.6:
            return f"Comment on {draft.post.title} by {draft.form.name}"
        return f"By: {draft.form.name}"
    if draft.blog.source == "blogger-atom":
        return unescape(TAG.sub("", body.replace("<br />", " ")))[:60]
    return ""


def body_html(draft: Draft, rng: Random) -> str:
    """The text with its line breaks as this platform writes them."""
    text = draft.text()
    if draft.blog.platform == "blogger":
        text = BLOGGER_TAGS.sub('"', text).replace(' rel="nofollow"', "")
        return (
            text.replace("\n", "<br />") if rng.random() < 0.9 else f"<p>{text.replace(chr(10), '<br>')}</p>"
        )
    if draft.blog.platform == "wordpress":
        return _paragraphs(_curled(text) if draft.blog.source != "html" else text, "<br />\n")
    style = rng.choice(["p", "br", "div", "none"])
    if style == "p":
        return _paragraphs(text, "<br>")
    if style == "br":
        return text.replace("\n", "<br>")
    if style == "div":
        return "".join(f"<div>{line}</div>" for line in text.split("\n"))
    return text


def _paragraphs(text: str, line_break: str) -> str:
    parts = [part for part in re.split(r"\n{2,}", text) if part.strip()]
    return "\n".join(f"<p>{part.strip().replace(chr(10), line_break)}</p>" for part in parts)


def _curled(text: str) -> str:
    """Apostrophes, quotation marks and dashes as WordPress prints them."""
    parts = TAG.split(text)
    for at in range(0, len(parts), 2):
        if "://" in parts[at]:
            continue
        words = re.sub(r"(^|[\s(])\"", r"\1&#8220;", parts[at]).replace('"', "&#8221;")
        words = re.sub(r"(^|[\s(])'", r"\1&#8216;", words).replace("'", "&#8217;")
        parts[at] = words.replace(" -- ", " &#8212; ").replace(" - ", " &#8211; ").replace("...", "&#8230;")
    return "".join(parts)
