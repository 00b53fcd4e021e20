from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    CHICAGO,
    DUE,
    SUMMARY_DUE,
    TERMS,
    by_key,
    comment,
    facts,
    judge,
    november,
    october,
    post,
    receipt,
)
from tracker.domain.grade import State, Verdict
from tracker.grading import words
from tracker.grading.words import (
    for_staff,
    for_student,
    say_count,
    say_due,
    say_instant,
    say_minutes,
    say_number,
    say_span,
)


def test_times_are_said_with_their_zone() -> None:
    assert say_instant(october(25, 23, 59), CHICAGO) == "Sun Oct 25, 23:59 CDT"
    assert say_due(DUE, CHICAGO) == "Sun Oct 25, 23:59 CDT"
    assert say_due(SUMMARY_DUE, CHICAGO) == "Sun Nov 1, 23:59 CST"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (1800, "30 minutes"),
        (7200, "2 hours"),
        (172_800, "2 days"),
    ],
)
def test_spans_are_said_in_their_largest_unit(seconds: int, said: str) -> None:
    assert say_span(seconds) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "1 minute"),
        (60, "1 hour"),
        (90, "1 hour and 30 minutes"),
        (1_440, "1 day"),
        (3_061, "2 days and 3 hours and 1 minute"),
    ],
)
def test_what_a_rule_grants_is_said_to_the_minute(minutes: int, said: str) -> None:
    assert say_minutes(minutes) == said


def test_small_numbers_are_words() -> None:
    assert [say_number(2), say_number(20), say_count(1, "word"), say_count(0, "word")] == [
        "two",
        "20",
        "1 word",
        "0 words",
    ]


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sentence_for_the_student(state: State) -> None:
    said = for_student(Verdict("comment-1", state, "any", "They wrote it.", DUE), CHICAGO)
    assert said.endswith(".")
    assert "They" not in said


def test_the_student_is_told_the_same_in_neutral_words() -> None:
    short = comment(1, october(16), words=38)
    two = comment(2, october(27))
    verdicts = by_key(judge(facts(short, two), terms=TERMS, as_of=october(27, 23)))
    assert for_student(verdicts["comment-1"], CHICAGO) == "Counts. 38 words; the rule asks for 50."
    assert for_staff(verdicts["comment-1"]) == (
        "Met. 38 words, Fri Oct 16, 12:00 CDT. 38 words; the rule asks for 50."
    )
    assert for_student(verdicts["comment-2"], CHICAGO) == (
        "Found. It came after Sun Oct 25, 23:59 CDT and stands as late."
    )
    assert for_student(verdicts["summary"], CHICAGO) == "Due Sun Nov 1, 23:59 CST."


def test_the_reason_for_a_review_tells_a_student_nothing_of_others() -> None:
    judgement = judge(facts(comment(1, october(16), undecided=True)))
    said = for_student(judgement.verdicts[0], CHICAGO)
    assert said == "Your staff is checking whether a comment is yours. Nothing to do."


def test_a_general_link_is_told_as_one() -> None:
    found = post(9, october(30), linked_blog_ids=frozenset({37}))
    student = facts(comment(1, october(16)), posts=(found,), receipts=(receipt(1, october(20)),))
    verdicts = by_key(judge(student, terms=TERMS, as_of=AFTERWARDS))
    assert "links the blog, not the posts" in for_student(verdicts["summary"], CHICAGO)
    assert for_student(verdicts["comment-2"], CHICAGO).startswith("Waiting for the blog’s owner.")


def test_no_sentence_of_this_room_accuses() -> None:
    """DESIGN §4: the comment, the blog or we are the subject, never the student."""
    harsh = re.compile(r"\b(missing|failed|invalid|flagged|violation|cheat\w*|wrong)\b|!", re.IGNORECASE)
    said = [text for path in Path(words.__file__).parent.glob("*.py") for text in sentences_in(path)]
    assert len(said) > 60
    assert [text for text in said if harsh.search(text)] == []


def sentences_in(path: Path) -> list[str]:
    """The texts of a module that hold a blank, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in texts if isinstance(node.value, str) and " " in node.value]


def test_november_is_said_in_standard_time() -> None:
    assert say_instant(november(1, 1, 0), CHICAGO).endswith("CDT")
    assert say_instant(november(1, 2, 0), CHICAGO).endswith("CST")
