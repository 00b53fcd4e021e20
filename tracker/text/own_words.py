"""A body -> the writer's own words and what can be counted in them, everything else set aside.

How much of what an assignment asks for is left to `grading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.domain.text import Aside, Piece, TextCounts
from tracker.text.cleaning import clean, count_words, has_words
from tracker.text.introductions import (
    FIRST_SENTENCES,
    LAST_SENTENCES,
    Introductions,
    says_name,
)
from tracker.text.pieces import BLOCK_END, Layout, merge, own_text
from tracker.text.post_text import NO_POST, PostText, read_post_text
from tracker.text.runs import words_of
from tracker.text.sentences import is_question, split_sentences
from tracker.text.vocabulary import PRAISE

_QUOTED = re.compile(r"\"[^\"“”«»\n]{16,}\"|“[^\"“”«»\n]{16,}”|«[^\"“”«»\n]{16,}»")
_LINE_ENDS = re.compile(r"(\n+)")
_OTHER_SCHEME = re.compile(r"^(?!https?:)[a-z]+:|^#", re.IGNORECASE)
GREETING = re.compile(
    r"(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))\b", re.IGNORECASE
)
LONGEST_GREETING = 5


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What of a body is its writer's own. `text` has a line for each line and an empty line between
    paragraphs; `pieces` join to the whole visible body."""

    text: str
    pieces: tuple[Piece, ...]
    counts: TextCounts


def own_words(
    html: str, introductions: Introductions | None = None, post: PostText | str = NO_POST
) -> OwnWords:
    """Set aside what `clean` does, and besides standard introductions (None: they count) and what was
    pasted or quoted out of the post: its plain text, or that read once by `read_post_text`; "" is a
    post whose text we do not know. What may be the writer's own counts."""
    body = clean(html)
    post = read_post_text(post) if isinstance(post, str) else post
    unquoted = _set_quotations_aside(body.pieces, post)
    pieces = merge(_set_sentences_aside(unquoted, introductions, post))
    text = own_text(pieces)
    return OwnWords(text, pieces, _count(text, pieces, _count_links(body.layout), introductions, post))


def _set_quotations_aside(pieces: Iterable[Piece], post: PostText) -> Iterator[Piece]:
    """Passages between quotation marks that stand in the post are quotations like any other."""
    for one in pieces:
        if one.aside is not None or not post.pasted:
            yield one
            continue
        at = 0
        for found in _QUOTED.finditer(one.text):
            if post.holds(found.group(), fewest_runs=1):
                yield Piece(one.text[at : found.start()])
                yield Piece(found.group(), Aside.QUOTE)
                at = found.end()
        yield Piece(one.text[at:])


def _set_sentences_aside(
    pieces: Iterable[Piece], introductions: Introductions | None, post: PostText
) -> Iterator[Piece]:
    """The own pieces, whole sentences of them set aside; line ends stay what they are."""
    parted = [
        (sentence, one.aside)
        for one in pieces
        for sentence in (split_sentences(one.text) if one.aside is None else (one.text,))
    ]
    own = [n for n, (text, aside) in enumerate(parted) if aside is None and has_words(text)]
    may_introduce = {*own[:FIRST_SENTENCES], *own[-LAST_SENTENCES:]}
    for n, (text, known) in enumerate(parted):
        aside = known
        if known is None and introductions is not None and n in may_introduce and introductions.is_one(text):
            aside = Aside.INTRODUCTION
        elif known is None and post.holds(text):
            aside = Aside.PASTED
        yield from _between_line_ends(text, aside)


def _between_line_ends(text: str, aside: Aside | None) -> Iterator[Piece]:
    if aside is None:
        yield Piece(text)
        return
    for stretch in _LINE_ENDS.split(text):
        yield Piece(stretch, aside if stretch.strip() else None)


def _count(
    text: str,
    pieces: tuple[Piece, ...],
    links: int,
    introductions: Introductions | None,
    post: PostText,
) -> TextCounts:
    sentences = [one for one in split_sentences(text) if has_words(one)]
    asides = {one.aside for one in pieces}
    return TextCounts(
        words=count_words(text),
        sentences=len(sentences),
        characters=len(" ".join(text.split())),
        paragraphs=sum(1 for block in text.split(BLOCK_END) if has_words(block)),
        links=links,
        questions=sum(map(is_question, sentences)),
        introduces=_introduces(pieces, introductions),
        refers=not post.is_known or Aside.QUOTE in asides or post.is_taken_up_by(text),
        praise_only=_is_praise(sentences),
        aside=_count_aside(pieces),
    )


def _introduces(pieces: Iterable[Piece], introductions: Introductions | None) -> bool:
    """Whether the writer says who they are: an introduction, a signature, a name given, the course named."""
    for one in pieces:
        if one.aside in {Aside.INTRODUCTION, Aside.SIGNATURE}:
            return True
        if one.aside is None and (
            says_name(one.text) or (introductions is not None and introductions.names_course(one.text))
        ):
            return True
    return False


def _is_praise(sentences: Iterable[str]) -> bool:
    """Whether nothing is there but compliments and greetings; a question is more."""
    return not any(
        is_question(one) or not (_is_greeting(one) or PRAISE.issuperset(words_of(one))) for one in sentences
    )


def _is_greeting(sentence: str) -> bool:
    return GREETING.match(sentence) is not None and count_words(sentence) <= LONGEST_GREETING


def _count_aside(pieces: Iterable[Piece]) -> tuple[tuple[Aside, int], ...]:
    words: dict[Aside, int] = {}
    for one in pieces:
        if one.aside is not None:
            words[one.aside] = words.get(one.aside, 0) + count_words(one.text)
    return tuple((aside, words[aside]) for aside in Aside if words.get(aside))


def _count_links(layout: Layout) -> int:
    """The different addresses that the writer links, in introduction and signature, too."""
    return len(
        {
            run.href
            for line in layout.lines()
            for run in (line.kept.runs if line.kept is not None else ())
            if run.href and not run.in_quote and not _OTHER_SCHEME.match(run.href)
        }
    )
