"""Bodies that are nobody's words: what a blog shows in place of a text that it hides.

Recognized by structure and by what the platform says, in any language; never by a phrase. A body alone tells
of a password form, of a comment awaiting moderation, of a wall and of a program's error (`in_body`). What
takes the place of a text we hold tells more: that text cut short, nothing at all (`in_place_of`), or the same
text for several (`find_repeated`).

Tested in tests/feeds/test_placeholders.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import Entry, Placeholder
from tracker.feeds.identity import canonical_text, clean_link

_LOCK = 'form input[type="password" i], form input[name="post_password"]'
_AWAITING = ".comment-awaiting-moderation"
_ERROR_BOX = ".wpdberror, .xdebug-error"
_WALLS = "form, script, iframe, style, noscript, template, link, meta"
_MEDIA = "img, picture, svg, video, audio, object, embed, canvas, a[href]"

_MAY_BE_ONE = re.compile(
    r"<(?:form|iframe|script)\b|awaiting-moderation|wpdberror|xdebug-error|</b>[^<>]{0,20}<b>\d",
    re.IGNORECASE,
)
"""Most bodies have none of this, and need not be parsed."""

_PATH = r"(?:[A-Za-z]:)?[/\\](?:[^\s<>/\\]+[/\\])*[^\s<>/\\]+\.[a-z]{2,5}"
_ERROR = re.compile(rf"<b>{_PATH}</b>[^<>]{{0,20}}<b>\d+</b>", re.IGNORECASE)
"""PHP names the file and the line of an error in bold."""

_ERROR_LINE = re.compile(rf"(?:^|[\s(]){_PATH}\W{{0,3}}(?:[^\d\n]{{0,12}}\d+)[\s).,]*$", re.IGNORECASE)
"""The same as plain text; a line may speak of a file, so this is one only where a text was."""

_CUT = re.compile(r"(?:…|\.\.\.)[\s\])}>»\u00a0]*$")
_MORE_CLASS = re.compile(r"(?:^|[\s_-])(?:more|readmore)(?:$|[\s_-])", re.IGNORECASE)
_TITLE_MARK = re.compile(r"^[^:：]{1,40}[:：]$")


def in_body(html: str, *, is_comment: bool) -> Placeholder | None:
    """What a body is by its own structure; None for somebody's words, as far as it tells.

    Only a post may embed a video or a document and hold nothing else.
    """
    if not _MAY_BE_ONE.search(html):
        return None
    tree = _parse(html)
    if tree.css_first(_LOCK) is not None:
        return Placeholder.PASSWORD
    if holds_moderation_mark(tree):
        return Placeholder.MODERATION
    if tree.css_first(_ERROR_BOX) is not None or _ERROR.search(html):
        return Placeholder.ERROR
    if _is_wall(tree, may_embed=not is_comment):
        return Placeholder.WALL
    return None


def holds_moderation_mark(tree: LexborHTMLParser) -> bool:
    """Whether a platform says in what it shows of a comment that its owner has not published it yet."""
    return tree.css_first(_AWAITING) is not None


def in_place_of(entry: Entry, before: str) -> Placeholder | None:
    """What a body is that takes the place of the HTML `before`; None for an edit of it."""
    tree = _parse(entry.html)
    now, held = canonical_text(entry.html), canonical_text(before)
    if not held:
        return None
    if not now and tree.css_first(_MEDIA) is None:
        return Placeholder.WALL if tree.css_first(_WALLS) is not None else Placeholder.EMPTY
    if _MAY_BE_ONE.search(entry.html) and _is_wall(tree, may_embed=False):
        return Placeholder.WALL
    if _is_error(entry.html):
        return Placeholder.ERROR
    rest = _without_more(_parse(entry.html), entry.link)
    if rest and rest != held and held.startswith(rest):
        return Placeholder.EXCERPT
    return None


def is_marked_title(before: str, now: str) -> bool:
    """Whether a program has put a mark before a title, as WordPress does for a post with a password."""
    mark = now.strip().removesuffix(before.strip()).rstrip() if before.strip() else ""
    return mark != now.strip() and bool(_TITLE_MARK.match(mark))


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text (its hash) that an item shows now, and the hashes of those it had."""

    item: Hashable
    now: str
    before: frozenset[str]


def find_repeated(replaced: Iterable[Replaced]) -> frozenset[str]:
    """The texts that took the place of the different texts of two or more items, by their hashes."""
    found: dict[str, dict[Hashable, frozenset[str]]] = defaultdict(dict)
    for one in replaced:
        if one.before and one.now not in one.before:
            found[one.now].setdefault(one.item, one.before)
    return frozenset(now for now, items in found.items() if _differ(list(items.values())))


def _differ(texts: list[frozenset[str]]) -> bool:
    return any(not one & texts[0] for one in texts[1:])


def _parse(html: str) -> LexborHTMLParser:
    """A body's tree: what begins with a script would be read as a page's head."""
    return LexborHTMLParser(f"<body>{html}")


def _is_wall(tree: LexborHTMLParser, *, may_embed: bool) -> bool:
    """Whether a body holds forms, scripts or frames and nothing else; all of them are taken out of `tree`."""
    nodes = tree.css(_WALLS)
    has_form = any(node.tag == "form" for node in nodes)
    has_embedded = any(node.tag in ("iframe", "script") for node in nodes)
    if not (has_form or has_embedded) or (may_embed and (has_embedded or not has_form)):
        return False
    for node in nodes:
        node.decompose()
    return not _text(tree).strip() and tree.css_first(_MEDIA) is None


def _text(tree: LexborHTMLParser) -> str:
    return tree.body.text() if tree.body is not None else ""


def _is_error(html: str) -> bool:
    """Whether at least half of the lines name a file and a line in it at their end."""
    lines = [line for line in _text(_parse(html)).splitlines() if line.strip()]
    errors = sum(bool(_ERROR_LINE.search(line)) for line in lines)
    return bool(errors) and errors * 2 >= len(lines)


def _without_more(tree: LexborHTMLParser, own_link: str) -> str:
    """The canonical text of a body that ends with an ellipsis or a link to the whole, without that link;
    "" for one that does not end so."""
    links = tree.css("a")
    is_cut = bool(_CUT.search(_text(tree)))
    if links and _is_last(tree, links[-1]):
        is_more = _leads_on(links[-1], own_link)
        links[-1].decompose()
        is_cut = is_cut or is_more or bool(_CUT.search(_text(tree)))
    return canonical_text(_inner(tree)) if is_cut else ""


def _is_last(tree: LexborHTMLParser, link: LexborNode) -> bool:
    """Whether no words follow a link."""
    return _text(tree).rstrip(" \t\n\r\u00a0])}>»").endswith(link.text().rstrip(" \t\n\r\u00a0])}>»"))


def _leads_on(link: LexborNode, own_link: str) -> bool:
    href, css_class = link.attributes.get("href") or "", link.attributes.get("class") or ""
    is_own = bool(own_link) and clean_link(href).partition("#")[0] == clean_link(own_link).partition("#")[0]
    return is_own or bool(_MORE_CLASS.search(css_class))


def _inner(tree: LexborHTMLParser) -> str:
    return (tree.body.inner_html or "") if tree.body is not None else ""
