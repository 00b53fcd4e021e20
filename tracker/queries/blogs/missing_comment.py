"""Why is this comment not here? Reads what was pasted and asks what is stored about it; no network.

read the link -> load what is held -> decide and say
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey
from tracker.domain.missing_comment import Question
from tracker.feeds.identity import clean_link, post_keys, strip_host
from tracker.feeds.pasted import pasted_link
from tracker.feeds.platforms.base import points_at_comment
from tracker.feeds.platforms.registry import blog_number_in, comment_number_in, guess_by_address
from tracker.feeds.receipt_links import drop_moderation_hash
from tracker.models import Course
from tracker.queries.blogs.explain import Explanation, explain
from tracker.queries.blogs.explain_rows import load_held
from tracker.text.addresses import blog_keys, post_key

MAX_LINK = 2_000
_NUMBER = re.compile(r"^#?(?:comment-?|c)?(\d{1,30})$", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)
_IS_HOST = re.compile(r"^[^/?#\s]+\.[^/?#\s]+", re.IGNORECASE)


def explain_link(
    session: Session,
    course_id: int,
    pasted: str,
    *,
    now: datetime,
    blog_id: int | None = None,
    section_ids: Collection[int] | None = None,
) -> Explanation:
    """What is known about a pasted link in a course; asked on the page of a blog, if `blog_id` is given."""
    locale = session.get_one(Course, course_id).locale
    question = read_question(pasted)
    held = load_held(session, course_id, question, now=now, blog_id=blog_id, section_ids=section_ids)
    if held.blog is not None and question.post_key == post_key(held.blog.home_url):
        question = replace(question, is_home=True)
    return explain(question, held, locale)


def read_question(pasted: str) -> Question:
    """Which comment, post and blog a link names: a permalink, a post, a feed's id, the link shown to
    the writer of a comment that is held back, or a bare number."""
    link = pasted_link(pasted)[:MAX_LINK]
    if _NUMBER.match(link):
        number = _NUMBER.sub(r"\1", link)
        return Question(pasted, comment_keys=(AliasKey("number", number),), number=number, names_comment=True)
    if link.startswith("tag:"):
        return _read_id(pasted, link)
    if link.startswith(("/", "?")):
        return _read_address(pasted, link, "")
    if "://" not in link and not _OTHER_SCHEME.match(link):
        link = f"http://{link}" if _IS_HOST.match(link) else ""
    if not link.lower().startswith(("http://", "https://")):
        return Question(pasted)
    place, mark, anchor = link.partition("#")
    link = drop_moderation_hash(place) + mark + anchor
    return _read_address(pasted, link, link)


def _read_id(pasted: str, link: str) -> Question:
    """The id of an entry; Blogger calls posts and comments alike."""
    number = comment_number_in(link)
    keys = [AliasKey("number", number)] if number else []
    return Question(
        pasted,
        comment_keys=(*keys, AliasKey("guid", strip_host(link))),
        post_keys=post_keys(link),
        platform_blog_id=blog_number_in(link),
        number=number,
        names_comment=True,
    )


def _read_address(pasted: str, link: str, url: str) -> Question:
    held_back = _unapproved(link)
    number = held_back or comment_number_in(link)
    cleaned = clean_link(link)
    keys = [AliasKey("number", number)] if number else []
    keys.append(AliasKey("guid", strip_host(link)))
    if "#" in cleaned:
        keys.append(AliasKey("link", cleaned))
    place = link.partition("#")[0]
    post = guess_by_address(place).home_of_feed(place) if re.search(r"/feed(?:/|$)", place) else place
    is_root = clean_link(post) == "/"
    return Question(
        pasted,
        url=url,
        comment_keys=tuple(keys),
        post_keys=() if is_root else post_keys(post),
        post_key=post_key(url) if url else "",
        blog_keys=blog_keys(url) if url else (),
        platform_blog_id=blog_number_in(link),
        number=number,
        names_comment=bool(number) or points_at_comment(link),
        is_held=bool(held_back),
        is_home=is_root,
    )


def _unapproved(link: str) -> str:
    try:
        values = parse_qs(urlsplit(link).query).get("unapproved", [""])
    except ValueError:
        return ""
    return values[0] if values[0].isdigit() else ""
