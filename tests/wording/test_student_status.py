"""What the status page says: one answer, neutral, and never twice the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.checks import LastCheck
from tracker.domain.grade import Verdict
from tracker.domain.locale import CourseLocale
from tracker.domain.states import State, Summary
from tracker.wording import student_status as words
from tracker.wording.sentences import Phrasing
from tracker.wording.verdicts import say_to_student

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
NOW = datetime(2026, 10, 26, 4, 20, tzinfo=UTC)
"""Sunday, 23:20 in Chicago."""
DUE = datetime(2026, 10, 26, 5, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def verdict(state: State, reason: str = "", *, due_at: datetime = DUE, **values: object) -> Verdict:
    return Verdict("comment-1", state, reason, due_at, **values)  # type: ignore[arg-type]


def lead(*comments: Verdict, summary: Verdict | None = None, has_blog: bool = True) -> str:
    return " ".join(words.say_lead(comments, summary, None, NOW, LOCALE, has_blog=has_blog))


MET, OPEN = verdict(State.MET), verdict(State.NOT_FOUND_YET)
LATER = verdict(State.NOT_DUE, "not-due", due_at=DUE + WEEK)


@pytest.mark.parametrize(
    ("comments", "summary", "said"),
    [
        pytest.param([MET, OPEN], LATER, "One comment counts. One has not been seen yet.", id="one-of-two"),
        pytest.param([OPEN, OPEN], LATER, "Neither comment is seen yet.", id="neither"),
        pytest.param([OPEN] * 3, LATER, "None of the three comments is seen yet.", id="none-of-three"),
        pytest.param([OPEN], LATER, "Your comment has not been seen yet.", id="the-only-one"),
        pytest.param(
            [MET, MET, OPEN], None, "Two comments count. One has not been seen yet.", id="two-of-three"
        ),
        pytest.param([MET, MET], None, "Both comments count.", id="both"),
        pytest.param(
            [MET, MET],
            LATER,
            "Both comments count. The summary post is due Sun, Nov 1.",
            id="summary-to-come",
        ),
        pytest.param([MET, MET], MET, "Both comments and the summary post count.", id="everything"),
        pytest.param([MET], MET, "Your comment and the summary post count.", id="everything-of-one"),
        pytest.param(
            [verdict(State.PROVISIONAL), verdict(State.IN_REVIEW)],
            None,
            "One comment counts for now. One is with your instructor.",
            id="for-now-and-review",
        ),
        pytest.param(
            [verdict(State.CANNOT_SEE)] * 2, LATER, "Both comments are not decided yet.", id="blind"
        ),
        pytest.param(
            [verdict(State.NOT_DUE, "too-short"), MET],
            LATER,
            "One comment counts. One is shorter than asked.",
            id="short-with-time-left",
        ),
    ],
)
def test_lead_answers_in_plain_sentences(comments: list[Verdict], summary: Verdict | None, said: str) -> None:
    assert lead(*comments, summary=summary) == said


def test_lead_names_a_blog_that_is_not_given_yet() -> None:
    assert lead(LATER, LATER, has_blog=False) == "No blog is assigned to you yet."


def test_every_state_has_a_word_and_no_sentence_repeats_it() -> None:
    for state in State:
        one = verdict(state)
        word = words.say_word(one, NOW, LOCALE)
        assert word
        assert word not in say_to_student(one, Phrasing(LOCALE))


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        pytest.param(DUE, "Due tonight, 11:59 PM CDT", id="tonight"),
        pytest.param(DUE + timedelta(hours=10), "Due tomorrow, 9:59 AM CDT", id="tomorrow"),
        pytest.param(
            DUE + WEEK + timedelta(hours=1), "Due Sun, Nov 1, 11:59 PM CST", id="after-the-clocks-went-back"
        ),
        pytest.param(NOW, "Was due Sun, Oct 25, 11:19 PM CDT", id="this-very-instant"),
    ],
)
def test_due_line_speaks_of_the_reader_s_own_day(due_at: datetime, said: str) -> None:
    assert words.say_due_line(due_at, NOW, LOCALE) == said


def test_due_at_noon_is_today_not_tonight() -> None:
    noon = datetime(2026, 10, 25, 17, 0, tzinfo=UTC)
    assert words.say_due_line(noon, noon - timedelta(hours=2), LOCALE) == "Due today, 11:59 AM CDT"


def checked(answered: datetime | None, following: datetime | None) -> LastCheck:
    """A place that answered; when it was fully checked is not what the sentence says."""
    return LastCheck(None, answered, following)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        pytest.param(None, "", id="nothing-to-look-at"),
        pytest.param(checked(None, None), "Not checked yet, next check soon.", id="never"),
        pytest.param(
            checked(NOW - timedelta(minutes=20), NOW + timedelta(minutes=10)),
            "Last checked at 11:00 PM, next check at 11:30 PM.",
            id="tonight",
        ),
        pytest.param(
            checked(NOW - timedelta(days=2), NOW + timedelta(hours=3)),
            "Last checked on Fri, Oct 23, 11:20 PM, next check on Mon, Oct 26, 2:20 AM.",
            id="other-days",
        ),
        pytest.param(
            checked(NOW - timedelta(hours=1), NOW - timedelta(minutes=1)),
            "Last checked at 10:20 PM, next check soon.",
            id="overdue",
        ),
    ],
)
def test_looked_says_when_and_when_next(check: LastCheck | None, said: str) -> None:
    assert words.say_checked(check, NOW, LOCALE) == said


@pytest.mark.parametrize(
    ("states", "summary", "said"),
    [
        pytest.param([State.MET] * 2, Summary(State.MET), ("met", "Complete"), id="complete"),
        pytest.param(
            [State.MET, State.LATE], Summary(State.LATE), ("late", "1 on time, 1 late"), id="one-late"
        ),
        pytest.param(
            [State.MET, State.NOT_DUE],
            Summary(State.NOT_DUE, 1, 2),
            ("half", "1 of 2, due Sun, Oct 25"),
            id="under-way",
        ),
        pytest.param(
            [State.PROVISIONAL, State.NOT_DUE],
            Summary(State.NOT_DUE, 1, 2),
            ("half", "1 of 2, due Sun, Oct 25"),
            id="for-now",
        ),
        pytest.param(
            [State.NOT_DUE] * 2, Summary(State.NOT_DUE), ("not_due", "Due Sun, Oct 25"), id="to-come"
        ),
        pytest.param(
            [State.MET, State.NOT_FOUND_YET],
            Summary(State.NOT_FOUND_YET, 1, 2),
            ("half", "1 of 2 seen"),
            id="half",
        ),
        pytest.param(
            [State.MET, State.DOES_NOT_COUNT],
            Summary(State.DOES_NOT_COUNT, 1, 2),
            ("does_not_count", "1 does not count"),
            id="one-not",
        ),
        pytest.param(
            [State.DOES_NOT_COUNT],
            Summary(State.DOES_NOT_COUNT),
            ("does_not_count", "Found; does not count"),
            id="none-counts",
        ),
        pytest.param(
            [State.MET, State.CANNOT_SEE],
            Summary(State.CANNOT_SEE),
            ("cannot_see", "We can’t see this blog"),
            id="blind",
        ),
        pytest.param([State.EXCUSED] * 2, Summary(State.EXCUSED), ("excused", "Excused"), id="excused"),
    ],
)
def test_rest_of_the_term_takes_a_few_words(
    states: list[State], summary: Summary, said: tuple[str, str]
) -> None:
    assert words.say_round([verdict(state) for state in states], summary, None, NOW, LOCALE) == said


@pytest.mark.parametrize(
    ("found", "has_item", "is_summary", "around"),
    [
        pytest.param("65 words", True, False, ("65 words, on ", "."), id="comment"),
        pytest.param("", True, False, ("On ", "."), id="comment without facts"),
        pytest.param("Published Sunday", True, True, ("", ". Published Sunday."), id="summary post"),
        pytest.param("", True, True, ("", "."), id="summary post without facts"),
        pytest.param("65 words", False, False, ("65 words.", ""), id="no link"),
        pytest.param("", False, False, ("", ""), id="nothing"),
    ],
)
def test_what_was_found_is_said_around_its_link(
    found: str, has_item: bool, is_summary: bool, around: tuple[str, str]
) -> None:
    assert words.say_around_item(found, has_item=has_item, is_summary=is_summary) == around


def test_unmatched_comments_are_asked_about_by_their_blogs() -> None:
    assert words.say_unmatched(["Attic"]) == "Did you write this comment on Attic?"
    assert words.say_unmatched(["Attic", "Attic"]) == "Did you write one of these on Attic?"
    assert words.say_unmatched(["Attic", "Room Nine"]) == "Did you write one of these on Attic or Room Nine?"
