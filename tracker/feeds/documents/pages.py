"""A post's HTML page -> its comments, where no feed has them. What differs by platform is asked there.

Lenient by design: themes differ and are broken now and then; a comment is what carries its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import (
    Document,
    Entry,
    EntryKind,
    FeedKind,
    KeptComments,
    Placeholder,
    Source,
    StatedTime,
    TimeBasis,
)
from tracker.feeds.comment_services import find_service
from tracker.feeds.documents import comments
from tracker.feeds.documents.clean import MAX_TITLE, clean_line, clean_url, cut_body, decode_body, join_url
from tracker.feeds.documents.times import read_epoch_ms, read_time, read_words
from tracker.feeds.placeholders import holds_moderation_mark, in_body
from tracker.feeds.platforms.base import BlogPlatform, Clues, attribute
from tracker.feeds.platforms.registry import ANY_BLOG, PLATFORMS, recognize

MAX_ENTRIES = 2000

_PINGBACK_CLASS = re.compile(r"(?:^|\s)(?:pingback|trackback)(?:\s|$)")
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?(?:$|\?)|[?&]cpage=\d+")
_SAYS_UTC = re.compile(r"(?:\+00:?00|Z)$")

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
# What a theme prints around a comment, not written by its writer; taken out before the text is read.
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
    platform: BlogPlatform
    post_names: tuple[str, ...]
    post_title: str


def read_page(html: bytes, url: str) -> Document:
    """Read the comments a post's page shows; none is an ordinary answer, as pages may be split."""
    tree = LexborHTMLParser(decode_body(html, {}))
    page = _read_about(tree, url)
    numbered = ((number, (number, node)) for number, node in _comment_nodes(tree, page.platform))
    entries, skipped = comments.read_each(numbered, lambda found: _read_comment(*found, page))
    return Document(
        kind=FeedKind.COMMENTS,
        source=Source.PAGE,
        entries=entries[:MAX_ENTRIES],
        title=page.post_title,
        platform=page.platform.kind,
        home_url=url,
        skipped=skipped,
        cut_to_limit=len(entries) > MAX_ENTRIES,
        more_urls=tuple(_comment_pages(tree, url)),
        kept=find_service(tree, url) or KeptComments(""),
    )


def _comment_pages(tree: LexborHTMLParser, url: str) -> Iterator[str]:
    """The other pages of this post's comments, as WordPress splits and links them."""
    found = set()
    for node in tree.css('a[href*="comment-page-"], a[href*="cpage="], link[href*="comment-page-"]'):
        address = join_url(url, clean_url(attribute(node, "href"))).partition("#")[0]
        is_page = _COMMENT_PAGE.search(address) and "replytocom=" not in address
        is_here = comments.post_address(address) == comments.post_address(url)
        if is_page and is_here and address not in found:
            found.add(address)
            yield address


def _read_about(tree: LexborHTMLParser, url: str) -> _Page:
    platform = _platform_of(tree)
    title = attribute(tree.css_first('meta[property="og:title"]'), "content")
    heading = tree.css_first("title")
    canonical = attribute(tree.css_first("link[rel=canonical]"), "href")
    return _Page(
        url=url,
        platform=platform,
        post_names=comments.names_of_post(
            platform.post_id_of(tree), join_url(url, canonical) if canonical else "", url
        ),
        post_title=clean_line(title or (heading.text() if heading else ""), MAX_TITLE),
    )


def _platform_of(tree: LexborHTMLParser) -> BlogPlatform:
    """The platform that the page names, else the one that marks comments as this page does."""
    generator = attribute(tree.css_first("meta[name=generator]"), "content").lower()
    named = recognize(Clues(url="", generator=generator))
    if named is not ANY_BLOG:
        return named
    nodes = tree.css("[id]")
    return next((one for one in PLATFORMS if any(one.comment_number_of(node) for node in nodes)), ANY_BLOG)


def _comment_nodes(tree: LexborHTMLParser, platform: BlogPlatform) -> Iterator[tuple[str, LexborNode]]:
    """Each comment's number with the outermost element that carries it, in the page's order."""
    seen = set()
    for node in tree.css("[id]"):
        number = platform.comment_number_of(node)
        if number and number not in seen:
            seen.add(number)
            is_anchor = node.tag in ("a", "span") and node.parent is not None
            yield number, (node.parent or node) if is_anchor else node


def _read_comment(number: str, node: LexborNode, page: _Page) -> Entry:
    platform = page.platform
    block = _without_replies(number, node, platform)
    # Themes put the classes on the list item, which may lie outside the element with the id.
    classes = attribute(node, "class") + " " + attribute(node.parent, "class")
    author, author_url, account = _read_author(block, page.url)
    image = block.css_first("img[src*=gravatar], img[data-src*=gravatar], img[srcset*=gravatar]")
    posted = _read_posted(block, platform)
    by_owner = platform.is_by_owner(block, classes)
    is_held = holds_moderation_mark(block)
    text = _read_text(block)
    html, was_cut = cut_body(comments.without_reply_line(text) if platform.has_reply_line else text)
    is_pingback = bool(_PINGBACK_CLASS.search(classes))
    return Entry(
        kind=EntryKind.PINGBACK if is_pingback else comments.kind_of(author, html),
        source=Source.PAGE,
        link=f"{comments.post_address(page.url)}#{platform.comment_anchor.format(number)}",
        author=author,
        author_url=author_url,
        account=platform.account_of(classes, page.url) or account,
        avatar_hash=comments.avatar_hash(image.html or "") if image else "",
        html=html,
        posted=posted,
        native_number=number,
        reply_to=page.post_names,
        post_title=page.post_title,
        by_owner=by_owner,
        cut=was_cut,
        placeholder=Placeholder.MODERATION if is_held else in_body(html, is_comment=True),
    )


def _without_replies(number: str, node: LexborNode, platform: BlogPlatform) -> LexborHTMLParser:
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
        found = platform.comment_number_of(nested)
        is_list = not attribute(nested, "id") or "comment-replies" in attribute(nested, "class")
        if found != number if found else is_list:
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
            href = clean_url(attribute(link, "href"))
            is_comment_link = "#comment-" in href or "#c" in href or "showComment" in href
            return (name, *comments.author_links("" if is_comment_link else href, base))
    link = block.css_first("a.url") or block.css_first("a[rel~=external]")
    if link is None:
        return "", "", ""
    return (comments.author_name(link.text()), *comments.author_links(attribute(link, "href"), base))


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


def _read_posted(block: LexborHTMLParser, platform: BlogPlatform) -> StatedTime:
    raw = platform.time_of(block)
    stated = read_epoch_ms(raw) if raw.isdigit() else read_time(raw)
    if stated.at is None and raw:
        stated = read_words(raw)
    if stated.at is not None and not platform.has_page_zone and _SAYS_UTC.search(raw.strip()):
        return StatedTime(stated.raw, stated.at, TimeBasis.NAIVE)
    return stated
