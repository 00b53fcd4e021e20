"""A post's HTML page -> its comments, where no feed has them. Reads WordPress and Blogger themes.

Lenient by design: themes differ and are broken now and then; a comment is what carries its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import (
    Document,
    Entry,
    EntryKind,
    FeedKind,
    Platform,
    SkippedEntry,
    Source,
    StatedTime,
    TimeBasis,
)
from tracker.feeds.documents import comments
from tracker.feeds.documents.clean import MAX_TITLE, clean_line, clean_url, cut_body, decode_body, join_url
from tracker.feeds.documents.times import read_epoch_ms, read_time
from tracker.feeds.platforms import wordpress

MAX_ENTRIES = 2000

_WORDPRESS_ID = re.compile(r"^(?:li-|div-)?comment-(\d+)$")
_BLOGGER_ID = re.compile(r"^c(\d{6,})$")
_SHOW_COMMENT = re.compile(r"showComment(?:=|%3D)(\d{12,14})")
_LOGIN_CLASS = re.compile(r"(?:^|\s)comment-author-([a-z0-9-]+)")
_PINGBACK_CLASS = re.compile(r"(?:^|\s)(?:pingback|trackback)(?:\s|$)")
_POST_CLASS = re.compile(r"(?:^|\s)(?:postid|page-id)-(\d+)(?:\s|$)")
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?(?:$|\?)|[?&]cpage=\d+")
_BLOGGER_NUMBERS = re.compile(r"blogID=(\d+)(?:&|&amp;)(?:postID|poID)=(\d+)")

# Where themes put things, the surest first.
_AUTHOR_PLACES = (
    ".wp-block-comment-author-name",
    ".fn",
    "cite.user",
    ".comment-author-name",
    ".comment-author-link",
    ".comment-author",
    ".comment_author",
    ".commentauthor",
    ".comment-meta .author",
    ".author",
    "cite",
    ".vcard",
)
_TEXT_PLACES = (
    ".wp-block-comment-content",
    ".comment-content",
    ".comment_content",
    ".comment-text",
    ".comment_text",
    ".commenttext",
    ".comment-entry",
)
# What a theme prints around a comment and nobody wrote; taken out before the text is read.
_CHROME = (
    "script, style, form, img.avatar, time, .says, .reply, .vcard, .comment-author, .comment_author,"
    " .comment-meta, .comment_meta, .comment-metadata, .commentmetadata, .comment-reply-link, .edit-link,"
    " .comment-edit-link, .comment-awaiting-moderation, .comment-likes, .sharedaddy, .comment-actions,"
    " .comment-header, .comment-replies, .fn, cite"
)
_BODY_PARTS = "p, blockquote, ul, ol, pre, table"


@dataclass(frozen=True, slots=True)
class _Page:
    """What holds for the whole page."""

    url: str
    platform: Platform
    post_names: tuple[str, ...]
    post_title: str
    on_wordpress_com: bool


def read_page(html: bytes, url: str) -> Document:
    """Read the comments a post's page shows; none is an ordinary answer, as pages may be split.

    Times of old themes are the blog's wall clock labelled +00:00, so that label is not believed.
    """
    tree = LexborHTMLParser(decode_body(html, {}))
    page = _read_about(tree, url)
    entries, skipped = [], []
    for number, node in _comment_nodes(tree):
        try:
            read = _read_blogger if page.platform is Platform.BLOGGER else _read_wordpress
            entries.append(read(number, node, page))
        except (ValueError, AttributeError, TypeError) as exc:
            skipped.append(SkippedEntry(number, f"it could not be read ({type(exc).__name__})"))
    return Document(
        kind=FeedKind.COMMENTS,
        source=Source.PAGE,
        entries=tuple(entries[:MAX_ENTRIES]),
        title=page.post_title,
        platform=page.platform,
        home_url=url,
        skipped=tuple(skipped),
        cut_to_limit=len(entries) > MAX_ENTRIES,
        more_urls=tuple(_comment_pages(tree, url)),
    )


def _comment_pages(tree: LexborHTMLParser, url: str) -> Iterator[str]:
    """The other pages of this post's comments, as WordPress splits and links them."""
    found = set()
    for node in tree.css('a[href*="comment-page-"], a[href*="cpage="], link[href*="comment-page-"]'):
        address = join_url(url, clean_url(_attribute(node, "href"))).partition("#")[0]
        is_page = _COMMENT_PAGE.search(address) and "replytocom=" not in address
        is_here = wordpress.post_permalink(address) == wordpress.post_permalink(url)
        if is_page and is_here and address not in found:
            found.add(address)
            yield address


def _read_about(tree: LexborHTMLParser, url: str) -> _Page:
    generator = _attribute(tree.css_first("meta[name=generator]"), "content").lower()
    is_blogger = "blogger" in generator or any(
        _BLOGGER_ID.match(_attribute(node, "id"))
        for node in tree.css("li.comment[id], dt.comment-author[id]")
    )
    has_wordpress_ids = any(
        _WORDPRESS_ID.match(_attribute(node, "id")) for node in tree.css("[id*=comment-]")
    )
    platform = Platform.GENERIC
    if is_blogger:
        platform = Platform.BLOGGER
    elif "wordpress" in generator or has_wordpress_ids:
        platform = Platform.WORDPRESS
    title = _attribute(tree.css_first('meta[property="og:title"]'), "content")
    heading = tree.css_first("title")
    return _Page(
        url=url,
        platform=platform,
        post_names=_names_of_post(tree, url, platform),
        post_title=clean_line(title or (heading.text() if heading else ""), MAX_TITLE),
        on_wordpress_com=(urlsplit(url).hostname or "").endswith(".wordpress.com"),
    )


def _names_of_post(tree: LexborHTMLParser, url: str, platform: Platform) -> tuple[str, ...]:
    names = []
    if platform is Platform.BLOGGER:
        found = _BLOGGER_NUMBERS.search(tree.html or "")
        if found:
            names.append(f"tag:blogger.com,1999:blog-{found.group(1)}.post-{found.group(2)}")
    else:
        shortlink = _attribute(tree.css_first("link[rel=shortlink]"), "href")
        body_class = _POST_CLASS.search(_attribute(tree.css_first("body"), "class"))
        number = (
            wordpress.post_number(shortlink)
            or _attribute(tree.css_first("input[name=comment_post_ID]"), "value")
            or (body_class.group(1) if body_class else "")
        )
        if number.isdecimal():
            names.append(f"?p={number}")
    canonical = _attribute(tree.css_first("link[rel=canonical]"), "href")
    return comments.names_of_post(*names, join_url(url, canonical) if canonical else "", url)


def _comment_nodes(tree: LexborHTMLParser) -> Iterator[tuple[str, LexborNode]]:
    """Each comment's number with the outermost element that carries it, in the page's order."""
    seen = set()
    for node in tree.css("[id]"):
        name = _attribute(node, "id")
        found = _WORDPRESS_ID.match(name)
        if not found and (node.tag == "li" or "comment-author" in _attribute(node, "class")):
            found = _BLOGGER_ID.match(name)
        if found and found.group(1) not in seen:
            seen.add(found.group(1))
            is_anchor = node.tag in ("a", "span") and node.parent is not None
            yield found.group(1), (node.parent or node) if is_anchor else node


def _read_wordpress(number: str, node: LexborNode, page: _Page) -> Entry:
    block = _without_replies(number, node)
    # Themes put the classes on the list item, which may lie outside the element with the id.
    classes = _attribute(node, "class") + " " + _attribute(node.parent, "class")
    author, author_url, account = _read_author(block, page.url)
    login = _LOGIN_CLASS.search(classes)
    if login and page.on_wordpress_com:
        account = f"https://{login.group(1)}.wordpress.com/"
    image = block.css_first("img[src*=gravatar], img[data-src*=gravatar], img[srcset*=gravatar]")
    avatar = comments.avatar_hash(image.html or "") if image else ""
    posted = _read_wall_clock(_attribute(block.css_first("time[datetime]"), "datetime"))
    html, was_cut = cut_body(comments.without_reply_line(_read_text(block)))
    is_pingback = bool(_PINGBACK_CLASS.search(classes))
    return Entry(
        kind=EntryKind.PINGBACK if is_pingback else comments.kind_of(author, html),
        source=Source.PAGE,
        link=f"{comments.post_address(page.url)}#comment-{number}",
        author=author,
        author_url=author_url,
        account=account,
        avatar_hash=avatar,
        html=html,
        posted=posted,
        native_number=number,
        reply_to=page.post_names,
        post_title=page.post_title,
        by_owner="bypostauthor" in classes,
        cut=was_cut,
    )


def _read_blogger(number: str, node: LexborNode, page: _Page) -> Entry:
    block = _without_replies(number, node)
    author, author_url, account = _read_author(block, page.url)
    shown = _SHOW_COMMENT.search(block.html or "")
    by_owner = block.css_first(".icon.blog-author") is not None
    html, was_cut = cut_body(_read_text(block))
    return Entry(
        kind=comments.kind_of(author, html),
        source=Source.PAGE,
        link=f"{comments.post_address(page.url)}#c{number}",
        author=author,
        author_url=author_url,
        account=account,
        html=html,
        posted=read_epoch_ms(shown.group(1)) if shown else StatedTime(),
        native_number=number,
        reply_to=page.post_names,
        post_title=page.post_title,
        by_owner=by_owner,
        cut=was_cut,
    )


def _without_replies(number: str, node: LexborNode) -> LexborHTMLParser:
    """The comment by itself: a copy without the answers nested in it.

    Old Blogger templates are flat lists: a name (dt), then the text and the date (dd).
    """
    html = node.html or ""
    sibling = node.next if node.tag == "dt" else None
    while sibling is not None and sibling.tag != "dt":
        html += sibling.html or ""
        sibling = sibling.next
    block = LexborHTMLParser(html)
    for chrome in block.css(".comment-reply-link, .comment-reply, .says"):
        chrome.decompose()
    for nested in block.css(".children, .comment-replies, .comment-thread, [id]"):
        found = _WORDPRESS_ID.match(_attribute(nested, "id")) or _BLOGGER_ID.match(_attribute(nested, "id"))
        is_list = not _attribute(nested, "id") or "comment-replies" in _attribute(nested, "class")
        if (found and found.group(1) != number) or (not found and is_list):
            nested.decompose()
    return block


def _read_author(block: LexborHTMLParser, base: str) -> tuple[str, str, str]:
    """(name, typed address, profile) from the first place of the theme that holds a name."""
    for place in _AUTHOR_PLACES:
        for node in block.css(place):
            link = (
                node.css_first("a.url")
                or node.css_first("a[rel~=external]")
                or node.css_first("a[rel~=nofollow]")
            )
            link = link or (node if node.tag == "a" else node.css_first("a[href]"))
            name = comments.author_name((link.text() if link else "") or node.text()).removesuffix(":")
            if not name:
                continue
            if link is None:
                link = block.css_first("a.url[rel~=external]")
            href = clean_url(_attribute(link, "href"))
            is_comment_link = "#comment-" in href or "#c" in href or "showComment" in href
            return (name, *comments.author_links("" if is_comment_link else href, base))
    link = block.css_first("a.url") or block.css_first("a[rel~=external]")
    if link is None:
        return "", "", ""
    return (comments.author_name(link.text()), *comments.author_links(_attribute(link, "href"), base))


def _read_text(block: LexborHTMLParser) -> str:
    """The comment's body as HTML: the theme's own place for it, else every paragraph that is left.

    Takes the chrome out of `block`, so whatever stands in that is to be read before.
    """
    for place in _TEXT_PLACES:
        node = block.css_first(place)
        if node is not None and not node.css_first(".fn"):
            for chrome in node.css(
                "script, style, form, .reply, .comment-reply-link, .sharedaddy, .comment-likes"
            ):
                chrome.decompose()
            return node.inner_html or ""
    for chrome in block.css(_CHROME):
        chrome.decompose()
    old_blogger = block.css_first("dd.comment-body")
    if old_blogger is not None:
        return old_blogger.inner_html or ""
    parts = [part for part in block.css(_BODY_PARTS) if not _lies_in_part(part)]
    return "\n".join(part.html or "" for part in parts)


def _lies_in_part(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("p", "blockquote", "ul", "pre", "table"):
            return True
        parent = parent.parent
    return False


def _read_wall_clock(raw: str) -> StatedTime:
    stated = read_time(raw)
    if stated.at is not None and re.search(r"(?:\+00:?00|Z)$", raw.strip()):
        return StatedTime(stated.raw, stated.at, TimeBasis.NAIVE)
    return stated


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""
