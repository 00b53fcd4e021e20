"""What checks of a blog brought, and what may have been missed between them, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.blog import OpenGap
from tracker.domain.feed import DispositionKind, PollOutcome
from tracker.domain.locale import CourseLocale
from tracker.wording.check_history import (
    say_closed_gap,
    say_entry,
    say_full_window,
    say_gap,
    say_poll,
    say_unseen,
)

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
SATURDAY = datetime(2026, 10, 24, 7, 15, tzinfo=UTC)
SUNDAY = datetime(2026, 10, 25, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "expected", "says"),
    [
        pytest.param(
            SATURDAY,
            1,
            "1 comment may have come and gone unseen between Sat, Oct 24, 2:15 AM CDT and "
            "Sun, Oct 25, 2:15 AM CDT. Requirements that depend on this time show “Can’t see”.",
            id="counted",
        ),
        pytest.param(
            None,
            None,
            "Some comments may have come and gone unseen before Sun, Oct 25, 2:15 AM CDT. "
            "Requirements that depend on this time show “Can’t see”.",
            id="from the beginning",
        ),
    ],
)
def test_gap_says_when_something_may_have_been_missed(
    after: datetime | None, expected: int | None, says: str
) -> None:
    assert say_gap(OpenGap(after, SUNDAY, expected), LOCALE) == says


def test_gap_of_posts_counts_posts() -> None:
    assert say_unseen(2, "post") == "Gap, 2 posts unseen"
    assert say_unseen(None) == "Gap, some comments may be unseen"
    assert say_gap(OpenGap(None, SUNDAY), LOCALE, "post").startswith("Some posts may")


def test_closed_gap_says_when_and_how_it_was_closed() -> None:
    assert say_closed_gap(OpenGap(SATURDAY, SUNDAY, 3), SUNDAY, "REST", LOCALE) == (
        "3 comments from between Sat, Oct 24, 2:15 AM CDT and Sun, Oct 25, 2:15 AM CDT "
        "were found on Sun, Oct 25, 2:15 AM CDT, by REST."
    )
    assert say_closed_gap(OpenGap(None, SUNDAY), SUNDAY, "", LOCALE) == (
        "Any comments from before Sun, Oct 25, 2:15 AM CDT were found on Sun, Oct 25, 2:15 AM CDT."
    )


@pytest.mark.parametrize(
    ("gap", "window_full", "new", "says"),
    [
        pytest.param(False, False, 10, "", id="not full"),
        pytest.param(False, True, 4, "", id="mostly known"),
        pytest.param(
            False, True, 5, "The feed was full and at least half of it was new: a busy night.", id="busy"
        ),
        pytest.param(
            True, True, 10, "Every entry it showed was new, so some may have been missed.", id="overflow"
        ),
        pytest.param(True, False, 0, "The blog counts more comments than we could read.", id="counted"),
    ],
)
def test_full_window_is_explained(gap: bool, window_full: bool, new: int, says: str) -> None:
    assert say_full_window(gap=gap, window_full=window_full, new=new, entries=10) == says


def test_a_check_without_an_answer_says_why() -> None:
    assert say_poll(PollOutcome.ERROR, 0, {}, "It took too long.") == "It took too long."
    assert say_poll(PollOutcome.ERROR, 0, {}, "") == "No response."


def test_an_unchanged_feed_can_still_bring_something_from_elsewhere() -> None:
    counts = {(DispositionKind.NEW, ""): 2, (DispositionKind.NEW, "post"): 1}
    assert say_poll(PollOutcome.NOT_MODIFIED, 0, counts, "") == "The feed has not changed; 3 new."


def test_an_entry_that_is_no_comment_says_why() -> None:
    assert say_entry(DispositionKind.NOT_A_COMMENT, "spam") == ("Not a comment", "spam")
    assert say_entry(DispositionKind.SKIPPED, "It has no date.") == ("Skipped", "It has no date.")
