"""Conflicts, spot checks, split comments and similar text, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.locale import CourseLocale
from tracker.wording import review as words

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
NOW = datetime(2026, 10, 26, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accounts", "answers", "says"),
    [
        (0, 0, "No conflicts."),
        (1, 0, "1 account to resolve."),
        (0, 2, "2 matches to resolve."),
        (2, 1, "2 accounts and 1 match to resolve."),
    ],
)
def test_conflicts_are_counted(accounts: int, answers: int, says: str) -> None:
    assert words.say_conflicts(accounts, answers) == says


def test_conflict_says_with_whom_an_account_was_seen() -> None:
    assert (
        words.say_conflict("account", ("Noor", "Bart"), also_not_a_student=False) == "One account, 2 students"
    )
    assert words.say_conflict("picture", ("Noor",), also_not_a_student=True) == (
        "One picture, matched to Noor and to no student in this course"
    )


def test_open_comments_follow_a_decision() -> None:
    stays = "Decisions by people stay as they are."
    assert words.say_following(0) == stays
    other = f"unless there is other evidence against it. {stays}"
    assert words.say_following(1) == f"1 open comment follows your decision {other}"
    assert words.say_following(3) == f"3 open comments follow your decision {other}"


@pytest.mark.parametrize(
    ("name", "by", "at", "says"),
    [
        ("Noor", "", None, "It is Noor’s, matched automatically."),
        ("", "Rosa", NOW, "Rosa decided on Mon, Oct 26 that it is not by a student in this course."),
        ("Noor", "", NOW, "A person decided on Mon, Oct 26 that it is Noor’s."),
    ],
)
def test_standing_answer_says_who_decided(name: str, by: str, at: datetime | None, says: str) -> None:
    assert words.say_standing_answer(name, by, at, LOCALE) == says


@pytest.mark.parametrize(
    ("name", "taught", "says"),
    [
        ("Noor", (), "Saved: Noor’s."),
        ("", (), "Saved: not by a student in this course."),
        ("Noor", ("a", "b"), "Saved. We’ll recognize a and b as Noor’s from now on."),
        ("", ("a",), "Saved. We’ll recognize a as not a student’s in this course from now on."),
    ],
)
def test_saved_decision_says_what_is_recognized(name: str, taught: tuple[str, ...], says: str) -> None:
    assert words.say_saved(name, taught) == says


def test_rejection_says_what_is_blocked() -> None:
    assert words.say_rejected("Noor", ()) == "Saved: not Noor’s."
    assert words.say_rejected("Noor", ("a",)) == ("Saved: not Noor’s. We won’t match a to them from now on.")


def test_buttons_and_headings_agree_in_number() -> None:
    assert words.say_keep("Noor") == "Keep as Noor’s"
    assert words.say_keep("") == "Keep “not a student in this course”"
    assert words.say_sample(0, 20, 0) == "0 of 20 checked"
    assert words.say_sample(12, 20, 0) == "12 of 20 checked, none incorrect"
    assert words.say_split(1) == "1 comment looks split in two."
    assert words.say_split(2) == "2 comments look split in two."
    assert words.say_similar(1, "") == "1 pair of similar texts."
    assert words.say_similar(0, "C4T #2") == "No similar texts in C4T #2."


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (0, "No comments by unknown writers."),
        (1, "1 comment names the course and fits no student on the roster."),
        (2, "2 comments name the course and fit no student on the roster."),
    ],
)
def test_unknown_writers_are_counted(number: int, says: str) -> None:
    assert words.say_unknown_writers(number) == says
