"""Comment HTML -> the writer's own words: tails, quotations, signatures set aside; counting words.

Who the writer is, and whether the words suffice, is left to `matching` and `grading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import nh3

from tracker.domain.text import Aside, Piece
from tracker.text.addresses import BodyLink, post_key
from tracker.text.markup import Line, TextRun, read_lines, squeeze
from tracker.text.pieces import Layout, own_text_of, pieces_of

_WORD = re.compile(r"\b\w[\w'’-]*")
_SHORTCODE = re.compile(r"\[rq=[^\]]*\](?:\[/rq\])?|\[/rq\]", re.IGNORECASE)
_PLUGIN_LINE = re.compile(
    r"^(?:twitter|facebook|google\s?\+|google plus|skype|instagram|pinterest|linkedin)\s*:\s*@?[\w./:+-]+$",
    re.IGNORECASE,
)
_QUOTED_LINE = re.compile(
    r"(?:(?:(?:>|&gt;)\s?)+|[|│┃]\s+(?=[^|│┃]*$)|»\s+(?=[^«]*$))[\"“'‘«(\[]?(?:[^\W\d_]{2}|[^\W\d_]\b)"
    r"|(?:>|&gt;)+$"
)
"""How mail quotes: a mark at the head of a line and words behind it, no number and no smiley."""
_HEADS_OF_QUOTED_LINES = tuple(">&|│┃»")
_TAIL_END = re.compile(r"^[\s.=\-–—]*$")
_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\b[A-Z])(?<![.\s])[.!?]+\s+(?=\S)")
_SIGNATURE = re.compile(r"^(?:[-–—~*]+\s*)?(?P<name>[^\W\d_].*)$")
_ADDRESS = re.compile(r"://|^www\.|\.(?:com|org|net|edu)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"^[^\W\d_][\w.'’-]*,?$")
MAX_TAIL_WORDS = 12
MAX_SIGNATURE_WORDS = 5

DISPLAY_TAGS = {"p", "br", "a", "em", "strong", "b", "i", "blockquote", "code", "ul", "ol", "li"}


@dataclass(frozen=True, slots=True)
class CleanText:
    """A body taken apart.

    `tails` are the links a plugin added below (CommentLuv); `signature` the name under the text;
    `paragraphs` the own words line by line; `quoted` what stood inside quotations; `layout` the
    whole body, shortcodes left out, with what became of each line.
    """

    tails: tuple[BodyLink, ...] = ()
    signature: str = ""
    paragraphs: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    plugin_lines: tuple[str, ...] = ()
    layout: Layout = field(default=Layout(), repr=False)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The whole visible text in reading order, with why a piece is set aside."""
        return pieces_of(self.layout.lines())


def clean(html: str) -> CleanText:
    """Set aside what the writer did not say: plugin tails and lines, "In reply to", quotations, signature."""
    lines: list[tuple[Line, Aside | None]] = []
    quoted, plugin_lines, said = [], [], []
    for line in read_lines(_SHORTCODE.sub(" ", html)):
        text = line.text
        in_quote = line.in_quote or (
            text.startswith(_HEADS_OF_QUOTED_LINES) and _QUOTED_LINE.match(text) is not None
        )
        is_reply = not lines and _is_reply_line(line)
        is_plugin = not is_reply and _is_plugin_line(text)
        if in_quote and not is_reply:
            quoted.append(text)
        if is_plugin:
            plugin_lines.append(text)
        why = _whole_line(is_reply=is_reply, in_quote=in_quote, is_plugin=is_plugin)
        if why is None:
            said.append(line)
        lines.append((line, why))
    kept, tails = _cut_tails(said)
    texts = [text for text in (own_text_of(line) for line in kept) if text]
    signature = _cut_signature(texts)
    return CleanText(
        tails=tails,
        signature=signature,
        paragraphs=tuple(texts),
        quoted=tuple(quoted),
        plugin_lines=tuple(plugin_lines),
        layout=Layout(tuple(lines), tuple(kept), len(texts)),
    )


def _whole_line(*, is_reply: bool, in_quote: bool, is_plugin: bool) -> Aside | None:
    if is_reply:
        return Aside.REPLY
    if in_quote:
        return Aside.QUOTE
    return Aside.PLUGIN if is_plugin else None


def count_words(text: str) -> int:
    """How many words a text has: "don't", "well-known" and "2nd" are one each."""
    return len(_WORD.findall(text))


def has_words(text: str) -> bool:
    return _WORD.search(text) is not None


def plain(html: str) -> str:
    """The whole body as plain text, one line per visible line."""
    return "\n".join(line.text for line in read_lines(html))


def sanitize(html: str) -> str:
    """The body safe to show: a few text tags and links to http, https and mailto, nothing else."""
    return nh3.clean(
        html,
        tags=DISPLAY_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def is_signature(text: str) -> bool:
    """Whether a last line is a name put under a letter ("Jane D.", "- Jane Doe, EDT 320"), not a sentence."""
    found = _SIGNATURE.match(text)
    if not found or text[-1] in "!?…:":
        return False
    words = [word for word in found["name"].split() if not _ADDRESS.search(word)]
    if not words or len(words) > MAX_SIGNATURE_WORDS or (text.endswith(".") and len(words[-1]) > 3):
        return False
    dashed = text != found["name"]
    return all(_CAPITALISED.match(word) for word in words[:1]) and (
        dashed
        or all(word[0].isupper() or word[0].isdigit() or len(word) < 3 for word in words)
        or len(words) == 1
    )


def _cut_signature(texts: list[str]) -> str:
    """Take the signature, of up to three lines, off the end; the text's first line is never one."""
    signed: list[str] = []
    while len(texts) > 1 and len(signed) < 3 and is_signature(texts[-1]):
        signed.insert(0, texts.pop())
    return "\n".join(signed)


def _is_reply_line(line: Line) -> bool:
    """ "In reply to NAME." in any language: a short first line whose only link goes to a comment."""
    linked = line.linked
    return bool(linked) and (
        len({run.href for run in linked}) == 1
        and re.search(r"#comment-\d+$|[?&]replytocom=\d+", linked[0].href) is not None
        and len(line.text.split()) <= 10
        and len(line.text) - len(squeeze(linked[0].text)) <= 40
    )


def _is_plugin_line(text: str) -> bool:
    return len(text) <= 80 and _PLUGIN_LINE.match(text) is not None


def _cut_tails(lines: list[Line]) -> tuple[list[Line], tuple[BodyLink, ...]]:
    """Take plugin tails off the end, however many; known by the link that ends the text, not by the words."""
    tails: list[BodyLink] = []
    while lines:
        cut = _cut_tail(lines[-1])
        if cut is None:
            break
        kept, link = cut
        tails.insert(0, link)
        lines = [*lines[:-1], *([kept] if kept else [])]
    return lines, tuple(tails)


def _cut_tail(line: Line) -> tuple[Line | None, BodyLink] | None:
    """The line without its tail, and the tail's link; None when the line ends in no tail."""
    runs = line.runs
    linked = [n for n, run in enumerate(runs) if run.href and not run.in_quote]
    end = linked[-1] if linked else -1
    if end < 0 or not _TAIL_END.match("".join(run.text for run in runs[end + 1 :])):
        return None
    start = end
    while start and runs[start - 1].href == runs[end].href:
        start -= 1
    shown = squeeze("".join(run.text for run in runs[start : end + 1]))
    if not shown or "://" in shown or "/" not in post_key(runs[end].href):
        return None
    before = "".join(run.text for run in runs[:start])
    cut_at = _lead_start(runs[:start])
    if not _is_tail_lead(before[cut_at:], runs[end], whole_line=not before[:cut_at].strip()):
        return None
    link = BodyLink(runs[end].href, shown, before=squeeze(before[cut_at:]))
    return _first(line, cut_at), link


def _lead_start(runs: tuple[TextRun, ...]) -> int:
    """Where, in the text before a tail's link, the tail begins: at its mark, where a plugin's markup
    or emphasis begins, or else after the last link or sentence."""
    text = "".join(run.text for run in runs)
    mark = text.rfind(".-=")
    if mark >= 0:
        return mark
    marked = len(text)
    for run in reversed(runs):
        if run.href or not (run.in_plugin or run.in_emphasis):
            break
        marked -= len(run.text)
    if text[marked:].strip():
        return marked
    after_link = sum(
        len(run.text) for run in runs[: max((n for n, run in enumerate(runs) if run.href), default=-1) + 1]
    )
    return max([after_link, *(found.end() for found in _SENTENCE_END.finditer(text))])


def _first(line: Line, length: int) -> Line | None:
    """The first `length` characters of a line; None when there is nothing in them."""
    kept: list[TextRun] = []
    for run in line.runs:
        kept.append(run._replace(text=run.text[:length]))
        length -= len(run.text)
        if length <= 0:
            break
    return Line(tuple(kept), line.starts_block) if any(run.text.strip() for run in kept) else None


def _is_tail_lead(lead: str, link: TextRun, *, whole_line: bool) -> bool:
    words = squeeze(lead.replace(".-=", " "))
    if not words or len(words.split()) > MAX_TAIL_WORDS:
        return False
    if link.in_plugin or ".-=" in lead or words.endswith(("..", "…")):
        return True
    return whole_line and link.in_emphasis and words.endswith(":")
