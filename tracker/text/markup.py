"""Comment HTML read as runs of text with their links; nothing is judged here.

What the runs mean (a tail, a quotation, a blog's address) is left to `cleaning` and `addresses`.

Tested in tests/text/test_pieces.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _words(
    "address article aside blockquote body dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li"
    " ol p pre section table td th tr ul"
)
UNREAD = _words("head iframe noscript object script style template title")
EMPHASIS = _words("em i small cite strong b")
QUOTES = _words("blockquote q")
BARE_ADDRESS = re.compile(
    r"(?<![\w@/.])(?:https?:?/{1,2}|www\.)[^\s<>\"'()\[\]]+"
    r"|(?<![\w@/.-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:(?:edu|ac)\.[a-z]{2}(?=/)|com|org|net|edu"
    r"|info|us|me|ca|io|blog|app|dev|site|co\.uk|example|con|cmo|ocm|vom)\b(?:/[^\s<>\"'()]*)?",
    re.IGNORECASE,
)
_MAY_HOLD_ADDRESS = re.compile(r"/|\.\w")
MAX_DEPTH = 100
BLOCK = 2
"""How many line ends make a paragraph."""
_MAKES_LINES = re.compile(r"<(?:br|p|div|li|blockquote)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")
_TYPED_QUOTE = re.compile(r"[\[<](?P<end>/)?(?:quote|blockquote)\b[^\]>\n]{0,80}[\]>]", re.IGNORECASE)
_TYPED_END = re.compile(r"[\[<]/(?:quote|blockquote)[\]>]", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


class TextRun(NamedTuple):
    """A stretch of text under one set of circumstances. `href` is "" outside links. A tuple, like a line,
    since every comment has many.

    A `breaks` run carries no text: it is a line's end (1) or a block's (2).
    """

    text: str
    href: str = ""
    in_quote: bool = False
    in_emphasis: bool = False
    in_plugin: bool = False
    in_cite: bool = False
    breaks: int = 0


_LINE_END = TextRun("", breaks=1)
_BLOCK_END = TextRun("", breaks=2)


class Line(NamedTuple):
    """The runs of one visible line; `starts_block` is True when a new paragraph begins with it."""

    runs: tuple[TextRun, ...]
    starts_block: bool = False

    @property
    def text(self) -> str:
        return squeeze("".join([run.text for run in self.runs]))

    @property
    def in_quote(self) -> bool:
        return all(run.in_quote for run in self.runs if run.text.strip())

    @property
    def linked(self) -> tuple[TextRun, ...]:
        return tuple(run for run in self.runs if run.href)


def squeeze(text: str) -> str:
    """The text with every stretch of white space made one blank, and none at its ends."""
    return " ".join(text.split())


@lru_cache(maxsize=16)
def read_runs(html: str) -> tuple[TextRun, ...]:
    """Every run of a body in reading order. Line ends count where no markup makes lines.

    The last few bodies are remembered: one comment is read for its words and again for its links.
    """
    html = html.replace("\r\n", "\n")
    if not _MAKES_LINES.search(html):
        html = html.replace("\n", "<br>")
    if "<" not in html:
        return _set_off_typed(list(_text_runs(unescape(html), TextRun(""))))
    found: list[TextRun] = []
    body = LexborHTMLParser(html).body
    if body is not None:
        _read_inside(body, TextRun(""), 0, found)
    return _set_off_typed(found)


def _set_off_typed(runs: Sequence[TextRun]) -> tuple[TextRun, ...]:
    """The runs with quotations set off that were typed in the tags of forums, "[quote=NAME] … [/quote]":
    lines of their own, quoted. One that is never closed ends with its paragraph."""
    if "quote" not in "".join([run.text for run in runs]).lower():  # for speed
        return tuple(runs)
    found: list[TextRun] = []
    depth = 0
    left = sum(len(_TYPED_END.findall(run.text)) for run in runs)
    breaks = 0
    for run in runs:
        breaks = 0 if run.text.strip() else breaks + run.breaks
        if breaks >= BLOCK and not left:
            depth = 0
        at = 0
        for tag in _TYPED_QUOTE.finditer(run.text):
            found.append(_in_quote(run._replace(text=run.text[at : tag.start()]), depth))
            at = tag.end()
            if tag["end"]:
                left -= 1
                found += [run._replace(text=tag.group(), in_quote=True), _BLOCK_END]
                depth = max(depth - 1, 0)
            else:
                found += [_BLOCK_END, run._replace(text=tag.group(), in_quote=True)]
                depth += 1
        found.append(_in_quote(run._replace(text=run.text[at:]), depth))
    return tuple(found)


def _in_quote(run: TextRun, depth: int) -> TextRun:
    return run._replace(in_quote=True) if depth and not run.breaks else run


def read_lines(html: str) -> tuple[Line, ...]:
    """The visible lines of a body, empty ones left out; an empty line begins a new paragraph."""
    lines: list[Line] = []
    runs: list[TextRun] = []
    block = True
    for run in (*read_runs(html), _BLOCK_END):
        if not run.breaks:
            runs.append(run)
        elif any(each.text.strip() for each in runs):
            lines.append(Line(tuple(runs), starts_block=block))
            block, runs = run.breaks == 2, []
        else:
            block, runs = True, []
    return tuple(lines)


def _read_inside(node: LexborNode, mood: TextRun, depth: int, found: list[TextRun]) -> None:
    """Add the runs of all that stands in a node."""
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            found += _text_runs(child.text_content or "", mood)
        elif tag == "br":
            found.append(_LINE_END)
        elif tag == "img":
            shown = (child.attributes.get("alt") or "") if _is_emoji(child) else " "
            found.append(TextRun(shown, mood.href, mood.in_quote))
        elif tag in BLOCKS:
            found.append(_BLOCK_END)
            _read_element(child, tag, mood, depth, found)
            found.append(_BLOCK_END)
        elif tag is not None and tag not in UNREAD and not tag.startswith(("-", "!", "_")):
            _read_element(child, tag, mood, depth, found)
        child = child.next


def _read_element(node: LexborNode, tag: str, mood: TextRun, depth: int, found: list[TextRun]) -> None:
    if depth > MAX_DEPTH:
        return
    attributes = node.attributes
    classes = attributes.get("class") or ""
    if "heart_tip" in classes:
        return
    inner = TextRun(
        "",
        href=(attributes.get("href") or "").strip() if tag == "a" else mood.href,
        in_quote=mood.in_quote or tag in QUOTES or "quote" in classes.lower(),
        in_emphasis=mood.in_emphasis or tag in EMPHASIS,
        in_cite=mood.in_cite or tag == "cite",
        in_plugin=mood.in_plugin or "cluv" in classes.lower(),
    )
    _read_inside(node, inner, depth + 1, found)


def _is_emoji(node: LexborNode) -> bool:
    return len(node.attributes.get("alt") or "") <= 8


def _text_runs(text: str, mood: TextRun) -> Iterator[TextRun]:
    """Split where text spells an address without linking it, and where it has line ends of its own."""
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    for n, line in enumerate(_BLANK_LINE.split(text) if "\n" in text else (text,)):
        if n:
            yield _BLOCK_END
        if mood.href or not _MAY_HOLD_ADDRESS.search(line):
            yield _like(mood, line, mood.href)
            continue
        at = 0
        for found in BARE_ADDRESS.finditer(line):
            address = found.group().rstrip(".,;:!?")
            yield _like(mood, line[at : found.start()], "")
            yield _like(mood, address, address)
            at = found.start() + len(address)
        yield _like(mood, line[at:], "")


def _like(mood: TextRun, text: str, href: str) -> TextRun:
    return TextRun(text, href, mood.in_quote, mood.in_emphasis, mood.in_plugin, mood.in_cite)
