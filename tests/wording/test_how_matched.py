"""How a comment was matched, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.linkage import DecisionKind
from tracker.domain.locale import CourseLocale
from tracker.wording import how_matched as words

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
NOW = datetime(2026, 10, 26, 13, tzinfo=UTC)
ROSA, NOORS = "Rosa Achterberg", "Noor Haddad’s"


@pytest.mark.parametrize(
    ("verdict", "candidates", "reason", "says"),
    [
        pytest.param("accept", 1, "", "It is Noor Haddad’s, matched automatically.", id="matched"),
        pytest.param(
            "review", 1, "", "Not decided yet: 1 student could have written it.", id="one candidate"
        ),
        pytest.param("review", 0, "", "Not decided yet: no candidates.", id="no candidate"),
        pytest.param(
            "ignore",
            0,
            "nobody",
            "It is not by a student in this course: nothing in it points to a student in this course.",
            id="not a student",
        ),
        pytest.param(
            "ignore",
            1,
            "course-named",
            "It is not matched to anyone: it names the course, but nothing in it points to a student on "
            "the roster.",
            id="unknown writer",
        ),
    ],
)
def test_answer_without_a_decision(verdict: str, candidates: int, reason: str, says: str) -> None:
    assert words.say_answer(verdict, NOORS, candidates, reason) == says


def test_decided_answer_says_by_whom_and_when() -> None:
    assert words.say_decided(ROSA, "yours", NOW, LOCALE) == (
        "It is yours. Rosa Achterberg decided this on Mon, Oct 26, 8:00 AM CDT."
    )


@pytest.mark.parametrize(
    ("author", "post", "says"),
    [
        pytest.param("Noor", "The mural", "Signed “Noor”, on “The mural”, at “Attic”.", id="all"),
        pytest.param("", "The mural", "Not signed, on “The mural”, at “Attic”.", id="not signed"),
        pytest.param("Noor", "", "Signed “Noor”, at “Attic”.", id="no post"),
    ],
)
def test_signature_names_post_and_blog(author: str, post: str, says: str) -> None:
    assert words.say_signed(author, post, "Attic") == says


@pytest.mark.parametrize(
    ("verdict", "matched_to", "likeliest", "says"),
    [
        pytest.param("accept", "you", "Noor", "Why it is matched to you", id="the student's own"),
        pytest.param("accept", "Noor", "Noor", "Why it is matched to Noor", id="staff"),
        pytest.param("review", "", "Noor", "Most likely: Noor", id="in review"),
        pytest.param("review", "", "", "Who may have written it", id="no candidate"),
        pytest.param("ignore", "", "", "Why it is not matched to a student", id="not a student"),
    ],
)
def test_evidence_has_a_heading(verdict: str, matched_to: str, likeliest: str, says: str) -> None:
    assert words.say_why_title(verdict, matched_to, likeliest) == says


@pytest.mark.parametrize(
    ("kind", "by", "says", "undone"),
    [
        pytest.param(
            DecisionKind.CONFIRM,
            ROSA,
            "Rosa Achterberg decided that it is Noor Haddad’s",
            "Rosa Achterberg undid the decision that it is Noor Haddad’s",
            id="confirm",
        ),
        pytest.param(
            DecisionKind.REJECT,
            ROSA,
            "Rosa Achterberg decided that it is not Noor Haddad’s",
            "Rosa Achterberg undid the decision that it is not Noor Haddad’s",
            id="reject",
        ),
        pytest.param(
            DecisionKind.CLAIM,
            "You",
            "You said that you wrote it",
            "You took back your answer about it",
            id="claim",
        ),
        pytest.param(
            DecisionKind.DISCLAIM,
            "Noor",
            "Noor said that they didn’t write it",
            "Noor took back their answer about it",
            id="disclaim",
        ),
    ],
)
def test_decision_and_its_undo_name_who_acted(kind: DecisionKind, by: str, says: str, undone: str) -> None:
    assert words.say_decision(kind, by, NOORS) == says
    assert words.say_undo(kind, by, NOORS) == undone


def test_question_and_its_undo() -> None:
    assert words.say_question(ROSA, "you") == "Rosa Achterberg asked you whether you wrote it"
    assert words.say_question(ROSA, "Noor") == "Rosa Achterberg asked Noor whether they wrote it"
    assert (
        words.say_undo(DecisionKind.ASK, ROSA, "")
        == "Rosa Achterberg withdrew the question to the student about it"
    )
    assert words.say_undo(None, ROSA, "") == "Rosa Achterberg undid a decision"


def test_what_was_learned_agrees_in_number() -> None:
    keys = ["the account a", "the picture beside the name"]
    assert words.say_learned(keys, NOORS, denied=False) == (
        "Learned from this: the account a and the picture beside the name."
    )
    assert words.say_learned(keys, NOORS, denied=True).endswith("beside the name are not Noor Haddad’s.")
    assert words.say_learned([], words.NOT_A_STUDENTS, denied=True) == (
        "Learned from this: how it was signed is not a student’s in this course."
    )


def test_hidden_students_are_counted() -> None:
    assert words.say_hidden(1) == "1 more student, in a section you can’t see, was considered."
    assert words.say_hidden(3) == "3 more students, in sections you can’t see, were considered."


def test_spot_check_says_what_was_found() -> None:
    assert (
        words.say_spot_check(ROSA, is_right=False)
        == "Rosa Achterberg marked the match incorrect in a spot check"
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        pytest.param(
            {"matched_to": "you"},
            "The comment itself has no evidence for you. A person decided.",
            id="decided",
        ),
        pytest.param({"hidden": True}, "The candidates are in sections you can’t see.", id="hidden"),
        pytest.param(
            {"decided": True}, "A person decided that no student in this course wrote it.", id="not a student"
        ),
        pytest.param(
            {"weighed": True}, "There is some evidence for a student, shown below, but not enough.", id="weak"
        ),
        pytest.param({}, "Comments of this kind are never matched to students.", id="a pingback"),
    ],
)
def test_missing_evidence_is_explained(facts: dict[str, object], says: str) -> None:
    every = {"matched_to": "", "hidden": False, "decided": False, "weighed": False, **facts}
    assert words.say_no_evidence("ignore", "pingback", **every) == says  # type: ignore[arg-type]
