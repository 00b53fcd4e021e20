"""What the passing of time makes of a round, and of a verdict that was stored before it passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.grade import Verdict
from tracker.domain.reason import Reason
from tracker.domain.states import Bucket, State
from tracker.grading.phase import Phase, as_shown, phase_of
from tracker.grading.round_summary import is_done

NOW = datetime(2026, 10, 26, 4, 20, tzinfo=UTC)
DUE = NOW + timedelta(minutes=40)
WEEK = timedelta(days=7)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("opens_at", "due_at", "phase"),
    [
        pytest.param(None, DUE, Phase.OPEN, id="always-open"),
        pytest.param(NOW, DUE, Phase.OPEN, id="opens-now"),
        pytest.param(NOW + TICK, DUE, Phase.COMING, id="opens-in-a-moment"),
        pytest.param(NOW - WEEK, NOW + TICK, Phase.OPEN, id="the-last-moment"),
        pytest.param(NOW - WEEK, NOW, Phase.PAST, id="the-due-instant-is-exclusive"),
        pytest.param(None, NOW - WEEK, Phase.PAST, id="long-past"),
    ],
)
def test_a_round_is_coming_open_or_past(opens_at: datetime | None, due_at: datetime, phase: Phase) -> None:
    assert phase_of(opens_at, due_at, NOW) is phase


@pytest.mark.parametrize(
    ("place", "phase", "done"),
    [
        (Bucket.ALL_MET, Phase.OPEN, True),
        (Bucket.NONE_FOUND, Phase.OPEN, False),
        (Bucket.NONE_FOUND, Phase.PAST, True),
        (Bucket.NEEDS_REVIEW, Phase.PAST, False),
        (Bucket.EXCUSED, Phase.OPEN, True),
    ],
)
def test_a_student_is_done_when_in_and_later_when_decided(place: Bucket, phase: Phase, done: bool) -> None:
    assert is_done(place, phase) is done


def not_due(reason: str = "not-due", due_at: datetime = DUE) -> Verdict:
    return Verdict("comment-1", State.NOT_DUE, reason, due_at, hints=(Reason("class-blog-unknown"),))


@pytest.mark.parametrize(
    ("reason", "opens_at", "is_comment", "is_seen", "state"),
    [
        pytest.param("not-due", None, True, True, State.NOT_FOUND_YET, id="open-and-seen"),
        pytest.param("not-open", NOW, True, True, State.NOT_FOUND_YET, id="opened-since"),
        pytest.param("not-due", NOW + WEEK, True, True, State.NOT_DUE, id="not-open"),
        pytest.param("not-due", None, True, False, State.NOT_DUE, id="a-blog-we-do-not-see"),
        pytest.param("not-due", None, False, True, State.NOT_DUE, id="summary"),
        pytest.param("receipt-saved", None, True, True, State.NOT_DUE, id="receipt"),
    ],
)
def test_not_seen_yet_is_said_only_of_what_we_would_see(
    reason: str, opens_at: datetime | None, is_comment: bool, is_seen: bool, state: State
) -> None:
    shown = as_shown(not_due(reason), opens_at, NOW, is_comment=is_comment, is_seen=is_seen)
    assert shown.state is state


@pytest.mark.parametrize(
    ("is_comment", "reason"), [(True, "not-looked-since-due"), (False, "class-blog-not-looked-at")]
)
def test_due_instant_that_passed_leaves_nothing_decided(is_comment: bool, reason: str) -> None:
    shown = as_shown(not_due(due_at=NOW), None, NOW, is_comment=is_comment, is_seen=True)
    assert (shown.state, shown.reason, shown.hints) == (State.CANNOT_SEE, reason, ())


def test_a_verdict_that_is_reached_stays() -> None:
    met = Verdict("comment-1", State.MET, "on-time", NOW - WEEK)
    assert as_shown(met, None, NOW, is_comment=True, is_seen=True) is met
