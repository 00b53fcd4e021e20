"""What the reader makes of sentences by somebody who has not read the rules, wherever they stand in a text.

Nobody may be credited against what a sentence says; how many comments keep their answer is a share,
since the wordings are without end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.matching import more_sentences as more
from tests.matching.cast import JANE, TOM, comment, decide, index
from tests.matching.sentences import (
    ADDRESSES,
    CLOSINGS,
    INTRODUCTIONS,
    MENTIONS,
    NOT_ME,
    OTHERS_FORMS,
    OTHERS_LINKS,
    OWN_LINKS,
)
from tracker.domain.linkage import Match, MatchVerdict
from tracker.matching.handles import gravatar_hashes

AMONG = index()
JANES = "http://okonedojaneedt320.blogspot.com"
TOMS = "http://osheathomasedt320.blogspot.com"
FIRST, SECOND = "The bridges of paper held more than I would have thought.", "We should try that, too."
TEXT = f"{FIRST} {SECOND}"
FORMS: dict[str, dict[str, Any]] = {
    "name": {"author": "Jane Okonedo"},
    "name and link": {"author": "Jane Okonedo", "author_url": JANES},
    "link under a pseudonym": {"author": "sundial77", "author_url": JANES},
    "picture": {"author": "Jane Okonedo", "avatar_hash": gravatar_hashes("jane@harlan.example")[0]},
}
"""Forms under which a comment without more is Jane's."""
PSEUDONYM = {"author": "sundial77"}
PLACES: dict[str, Callable[[str], str]] = {
    "a first line": lambda line: f"<p>{line}</p><p>{TEXT}</p>",
    "first words": lambda line: f"<p>{line} {TEXT}</p>",
    "in the middle": lambda line: f"<p>{FIRST} {line} {SECOND}</p>",
    "last words": lambda line: f"<p>{TEXT} {line}</p>",
    "a last line": lambda line: f"<p>{TEXT}</p><p>{line}</p>",
    "below a break": lambda line: f"<p>{TEXT}<br>{line}</p>",
}
LETTER_ENDS = ("last words", "a last line", "below a break")
KEPT = 0.9
"""The share of comments whose answer must stay where a sentence changes nothing; others are asked about."""


def filled(sentences: Sequence[str], who: tuple[str, str] = ("", ""), link: str = "") -> Iterator[str]:
    full, given = who
    for sentence in sentences:
        is_of_two = "{name}" in sentence or "{given}" in sentence
        other, other_given = ("Jane Okonedo", "Jane") if is_of_two else (full, given)
        yield sentence.format(
            name=full, given=given, other=other, other_given=other_given,
            course="EDT 320", college="Harlan State", link=link,
        )  # fmt: skip


def answers(lines: Iterator[str], places: Sequence[str] = tuple(PLACES)) -> Iterator[tuple[str, Match]]:
    for line in lines:
        for place in places:
            for form in FORMS.values():
                yield line, decide(comment(PLACES[place](line), **form), AMONG)


def share_of_jane(found: Iterator[tuple[str, Match]]) -> float:
    whose = [match.enrollment_id if match.verdict is MatchVerdict.ACCEPT else None for _, match in found]
    assert set(whose) <= {JANE, None}
    return whose.count(JANE) / len(whose)


MISREAD = (
    "<i>note: this was {given}, not {other_given}</i>",  # a first line in emphasis is a quotation
    "Student teacher to be {given} says hello from {college}.",  # as of a third person
)
OTHERS = [("Thomas O'Shea", "Tom"), ("Leonard Vasquez", "Leonard"), ("maria peña-holt", "maria")]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize(
    ("sentences", "places"),
    [
        ((*CLOSINGS, *more.CLOSINGS), LETTER_ENDS),
        ((*OTHERS_FORMS, *more.OTHERS_FORMS), tuple(PLACES)),
        ((*INTRODUCTIONS, *more.INTRODUCTIONS), tuple(PLACES)[:3]),
    ],
    ids=["closings", "on another's form", "introductions"],
)
def test_whoever_gives_another_name_than_the_form_is_asked_about(
    sentences: Sequence[str], places: Sequence[str], who: tuple[str, str]
) -> None:
    credited = {
        line
        for line, match in answers(filled([one for one in sentences if one not in MISREAD], who), places)
        if match.verdict is MatchVerdict.ACCEPT
    }
    assert not credited


@pytest.mark.parametrize("who", OTHERS[:2])
@pytest.mark.parametrize(
    ("sentences", "places"),
    [
        ((*MENTIONS, *more.MENTIONS), ("in the middle", "last words")),
        ((*ADDRESSES, *more.ADDRESSES), ("a first line", "in the middle")),
    ],
    ids=["spoken of", "spoken to"],
)
def test_who_is_spoken_of_or_to_changes_the_answer_seldom(
    sentences: Sequence[str], places: Sequence[str], who: tuple[str, str]
) -> None:
    assert share_of_jane(answers(filled(sentences, who), places)) > KEPT


@pytest.mark.parametrize(
    ("sentences", "places"),
    [
        ((*CLOSINGS, *more.CLOSINGS), LETTER_ENDS),
        ((*INTRODUCTIONS, *more.INTRODUCTIONS), tuple(PLACES)[:3]),
        ((*OWN_LINKS, *more.OWN_LINKS), tuple(PLACES)[2:]),
    ],
    ids=["closings", "introductions", "own links"],
)
def test_own_name_and_address_keep_the_answer(sentences: Sequence[str], places: Sequence[str]) -> None:
    lines = filled(sentences, ("Jane Okonedo", "Jane"), JANES)
    assert share_of_jane(answers(lines, places)) > KEPT


def test_a_classmates_address_changes_the_answer_seldom() -> None:
    lines = filled((*OTHERS_LINKS, *more.OTHERS_LINKS), ("Thomas O'Shea", "Tom"), TOMS)
    assert share_of_jane(answers(lines, ("in the middle", "a last line"))) > KEPT


def test_a_form_that_is_not_the_writers_own_is_doubted_mostly() -> None:
    found = [match.verdict for _, match in answers(filled(NOT_ME), ("a first line", "a last line"))]
    assert found.count(MatchVerdict.ACCEPT) / len(found) < 1 / 3


def test_nobody_is_credited_for_what_others_say_of_them() -> None:
    for lines in (MENTIONS, ADDRESSES, OTHERS_LINKS, more.MENTIONS, more.ADDRESSES, more.SAID_OF_STUDENTS):
        for line in filled(lines, ("Thomas O'Shea", "Tom"), TOMS):
            for place in PLACES.values():
                match = decide(comment(place(line), **PSEUDONYM), AMONG)
                assert match.verdict is not MatchVerdict.ACCEPT, line


def test_an_introduction_with_the_course_proposes_its_writer_under_a_pseudonym() -> None:
    telling = [line for line in INTRODUCTIONS if "{name}" in line and "{course}" in line]
    for line in filled(telling, ("Thomas O'Shea", "Tom")):
        match = decide(comment(PLACES["a first line"](line), **PSEUDONYM), AMONG)
        assert TOM in {match.enrollment_id, *(one.enrollment_id for one in match.candidates)}, line
