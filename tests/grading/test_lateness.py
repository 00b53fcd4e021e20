from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.grading.cases import (
    CHICAGO,
    COMMENTS_WINDOW,
    DUE,
    OPENS,
    SUMMARY_DUE,
    SUMMARY_WINDOW,
    clock_of,
    november,
    october,
    seen,
)
from tracker.domain.assignment import Late, Window
from tracker.domain.feed import TimeBasis
from tracker.domain.grade import SeenTimes, Timing
from tracker.grading.lateness import judge_lateness, started_days


@pytest.mark.parametrize(
    ("posted_at", "window", "timing", "late_by_s"),
    [
        pytest.param(
            "2026-10-26T04:59:40", COMMENTS_WINDOW, "on-time", 0, id="23:59:40 CDT is in the minute"
        ),
        pytest.param("2026-10-26T05:00:00", COMMENTS_WINDOW, "late", 0, id="the due instant itself is late"),
        pytest.param("2026-10-26T05:00:01", COMMENTS_WINDOW, "late", 1, id="a second after is late"),
        pytest.param(
            "2026-11-02T05:59:40", SUMMARY_WINDOW, "on-time", 0, id="23:59:40 CST after clocks went back"
        ),
        pytest.param("2026-11-02T06:00:00", SUMMARY_WINDOW, "late", 0, id="midnight CST is late"),
        pytest.param(
            "2026-10-26T05:30:00", COMMENTS_WINDOW, "late", 1800, id="22:30 PDT is half an hour late"
        ),
        pytest.param("2026-10-12T05:00:00", COMMENTS_WINDOW, "on-time", 0, id="the opening instant is in"),
        pytest.param(
            "2026-10-12T04:59:59", COMMENTS_WINDOW, "early", 0, id="a second before opening is early"
        ),
    ],
)
@pytest.mark.parametrize("basis", [TimeBasis.OFFSET, TimeBasis.FEED_ZONE])
def test_a_stated_time_is_believed_to_the_second(
    posted_at: str, window: Window, timing: str, late_by_s: int, basis: TimeBasis
) -> None:
    at = datetime.fromisoformat(posted_at).replace(tzinfo=UTC)
    lateness = judge_lateness(seen(at, basis=basis), window, CHICAGO)
    assert (lateness.timing, lateness.taken_at, lateness.late_by_s) == (timing, at, late_by_s)
    assert clock_of(lateness).startswith("The blog’s own time")


@pytest.mark.parametrize(
    ("wall", "window", "taken_at", "clock"),
    [
        pytest.param(
            datetime(2026, 10, 25, 23, 59, 40, tzinfo=UTC),
            COMMENTS_WINDOW,
            october(25, 23, 59, 40),
            "course time, Sun, Oct 25, 11:59 PM CDT",
            id="in time as course time",
        ),
        pytest.param(
            datetime(2026, 10, 26, 3, 0, tzinfo=UTC),
            COMMENTS_WINDOW,
            datetime(2026, 10, 26, 3, 0, tzinfo=UTC),
            "UTC, Sun, Oct 25, 10:00 PM CDT",
            id="in time only as UTC",
        ),
        pytest.param(
            datetime(2026, 11, 1, 1, 30, tzinfo=UTC),
            Window(due_at=datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
            datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
            "course time, Sun, Nov 1, 1:30 AM CDT: that hour is ambiguous",
            id="the first half past one is in time",
        ),
        pytest.param(
            datetime(2026, 11, 1, 1, 30, tzinfo=UTC),
            Window(due_at=SUMMARY_DUE, opens_at=datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
            datetime(2026, 11, 1, 7, 30, tzinfo=UTC),
            "course time, Sun, Nov 1, 1:30 AM CST: that hour is ambiguous",
            id="the second half past one is not too early",
        ),
    ],
)
def test_a_clock_without_a_zone_is_read_as_favours_the_student(
    wall: datetime, window: Window, taken_at: datetime, clock: str
) -> None:
    lateness = judge_lateness(seen(wall, basis=TimeBasis.NAIVE, first_seen_at=november(4)), window, CHICAGO)
    assert (lateness.timing, lateness.taken_at) == (Timing.ON_TIME, taken_at)
    assert f"read as {clock}" in clock_of(lateness)
    assert "favors the student" in clock_of(lateness)


def test_a_clock_without_a_zone_is_late_when_every_reading_is() -> None:
    wall = datetime(2026, 10, 26, 6, 0, tzinfo=UTC)
    lateness = judge_lateness(
        seen(wall, basis=TimeBasis.NAIVE, first_seen_at=october(27)), COMMENTS_WINDOW, CHICAGO
    )
    assert (lateness.timing, lateness.late_by_s) == (Timing.LATE, 3600)


def test_summary_dated_before_six_checks_that_lacked_it_is_questionable() -> None:
    times = seen(october(30), first_seen_at=november(6, 2), last_check_before=november(5, 2))
    lateness = judge_lateness(times, SUMMARY_WINDOW, CHICAGO)
    assert lateness.timing is Timing.QUESTIONABLE
    assert lateness.taken_at == october(30)
    assert clock_of(lateness) == (
        "It is dated Fri, Oct 30, 12:00 PM CDT, but a full check on Thu, Nov 5, 2:00 AM CST did not show it."
    )


@pytest.mark.parametrize(
    ("check", "first_seen", "timing"),
    [
        pytest.param(
            DUE - timedelta(days=1), october(28), "questionable", id="seen only after the due instant"
        ),
        pytest.param(DUE, october(28), "questionable", id="not even shown at the due instant"),
        pytest.param(october(23), DUE - timedelta(hours=1), "on-time", id="seen in time all the same"),
        pytest.param(october(20), october(28), "on-time", id="a look at the stated minute"),
        pytest.param(
            october(20) + timedelta(minutes=29), october(28), "on-time", id="a look a cache can explain"
        ),
    ],
)
def test_a_check_that_lacked_it_matters_if_it_could_change_the_answer(
    check: datetime, first_seen: datetime, timing: str
) -> None:
    times = seen(october(20), first_seen_at=first_seen, last_check_before=check)
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing == timing


def test_a_late_item_stays_late_whatever_the_checks_say() -> None:
    times = seen(october(27), first_seen_at=october(30), last_check_before=october(29))
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing is Timing.LATE


def test_a_date_before_opening_that_a_later_check_contradicts_is_questionable() -> None:
    times = seen(october(10), first_seen_at=october(15), last_check_before=october(14))
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing is Timing.QUESTIONABLE


def test_on_a_blog_that_holds_comments_back_its_own_time_rules() -> None:
    times = seen(october(25, 22, 10), first_seen_at=october(29, 2), last_check_before=october(28, 2))
    lateness = judge_lateness(times, COMMENTS_WINDOW, CHICAGO, held_on_blog=True)
    assert (lateness.timing, lateness.taken_at) == (Timing.ON_TIME, october(25, 22, 10))
    assert "approves comments late" in clock_of(lateness)


def test_seen_before_due_is_on_time_whatever_the_blog_says() -> None:
    times = SeenTimes(october(26, 9), TimeBasis.OFFSET, first_seen_at=october(25, 20))
    lateness = judge_lateness(times, COMMENTS_WINDOW, CHICAGO)
    assert (lateness.timing, lateness.taken_at) == (Timing.ON_TIME, october(25, 20))


@pytest.mark.parametrize("basis", [TimeBasis.MISSING, TimeBasis.IMPLAUSIBLE])
@pytest.mark.parametrize(
    ("check", "first_seen_at", "timing", "taken_at"),
    [
        pytest.param(
            october(25, 2), october(26, 2), "on-time", october(25, 2), id="a slow poll makes nobody late"
        ),
        pytest.param(october(26, 2), october(27, 2), "late", october(26, 2), id="a look after due lacked it"),
        pytest.param(october(11), october(14), "on-time", OPENS, id="it may have come after opening"),
        pytest.param(october(9), october(10), "early", october(9), id="it was there before opening"),
        pytest.param(None, october(20), "on-time", october(20), id="never looked before, seen in time"),
        pytest.param(
            None, october(27), "on-time", DUE - timedelta(minutes=1), id="never looked before, seen after"
        ),
    ],
)
def test_without_a_usable_time_the_last_check_without_it_stands_in(
    check: datetime | None, first_seen_at: datetime, timing: str, taken_at: datetime, basis: TimeBasis
) -> None:
    lateness = judge_lateness(SeenTimes(None, basis, first_seen_at, check), COMMENTS_WINDOW, CHICAGO)
    assert (lateness.timing, lateness.taken_at) == (timing, taken_at)
    assert "no usable time" in clock_of(lateness)


def test_a_contradicted_reading_as_utc_goes_to_a_person_rather_than_being_called_late() -> None:
    wall = datetime(2026, 10, 26, 0, 30, tzinfo=UTC)
    times = SeenTimes(
        wall, TimeBasis.NAIVE, first_seen_at=october(26, 1), last_check_before=october(26, 0, 15)
    )
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing is Timing.QUESTIONABLE


AUCKLAND = ZoneInfo("Pacific/Auckland")


def local(zone: ZoneInfo, *clock: int, fold: int = 0) -> datetime:
    return datetime(*clock, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("zone", "due", "at", "days"),
    [
        pytest.param(AUCKLAND, (2026, 6, 1), local(AUCKLAND, 2026, 6, 1, 23, 59, 59), 1, id="first"),
        pytest.param(AUCKLAND, (2026, 6, 1), local(AUCKLAND, 2026, 6, 2), 2, id="second"),
        pytest.param(AUCKLAND, (2026, 6, 1), local(AUCKLAND, 2026, 6, 3), 3, id="third"),
        pytest.param(
            CHICAGO, (2026, 10, 31, 1, 30), local(CHICAGO, 2026, 11, 1, 1, 30), 1, id="1:30, the first time"
        ),
        pytest.param(
            CHICAGO,
            (2026, 10, 31, 1, 30),
            local(CHICAGO, 2026, 11, 1, 1, 30, fold=1),
            2,
            id="1:30, the second time",
        ),
        pytest.param(
            CHICAGO,
            (2026, 10, 31, 1, 30),
            local(CHICAGO, 2026, 11, 1, 1, 29, fold=1),
            1,
            id="1:29, the second time",
        ),
        pytest.param(CHICAGO, (2026, 3, 7, 2, 30), local(CHICAGO, 2026, 3, 8, 3, 30), 2, id="skipped 2:30"),
    ],
)
def test_a_day_begins_by_the_clock_on_the_wall(
    zone: ZoneInfo, due: tuple[int, ...], at: datetime, days: int
) -> None:
    assert started_days(at, local(zone, *due), zone) == days


def test_a_check_within_what_caches_keep_contradicts_nothing() -> None:
    at = DUE - timedelta(hours=3)
    times = seen(at, first_seen_at=DUE + timedelta(hours=9))
    half_an_hour = timedelta(minutes=30)
    soon = judge_lateness(
        SeenTimes(at, times.basis, times.first_seen_at, at + half_an_hour), COMMENTS_WINDOW, CHICAGO
    )
    assert soon.timing is Timing.QUESTIONABLE
    sooner = at + half_an_hour - timedelta(seconds=1)
    times = SeenTimes(at, times.basis, times.first_seen_at, sooner)
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing is Timing.ON_TIME


def test_a_check_matters_where_the_item_was_seen_at_the_due_instant_or_the_look_was_at_the_opening() -> None:
    at = DUE - timedelta(hours=3)
    check = DUE - timedelta(hours=1)
    assert judge_lateness(
        seen(at, first_seen_at=DUE, last_check_before=check), COMMENTS_WINDOW, CHICAGO
    ).timing is (Timing.QUESTIONABLE)
    before = DUE - timedelta(seconds=1)
    times = seen(at, first_seen_at=before, last_check_before=check)
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing is Timing.ON_TIME
    early = OPENS - timedelta(days=1)
    times = seen(early, first_seen_at=OPENS + timedelta(hours=1), last_check_before=OPENS)
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).timing is Timing.QUESTIONABLE


def test_an_item_without_a_time_that_we_saw_first_at_the_opening_is_taken_then() -> None:
    check = OPENS - timedelta(hours=1)
    times = seen(None, first_seen_at=OPENS, last_check_before=check)
    lateness = judge_lateness(times, COMMENTS_WINDOW, CHICAGO)
    assert (lateness.timing, lateness.taken_at) == (Timing.ON_TIME, OPENS)
    assert clock_of(lateness) == (
        "The blog gives no usable time; we use our last check without it, Sun, Oct 11, 11:00 PM CDT, "
        "in the student’s favor."
    )


@pytest.mark.parametrize(
    ("wall", "why"),
    [
        pytest.param(datetime(2026, 3, 8, 2, 30, tzinfo=UTC), "the clocks skipped that hour", id="skipped"),
        pytest.param(datetime(2026, 11, 1, 1, 30, tzinfo=UTC), "that hour is ambiguous", id="twice"),
    ],
)
def test_a_time_without_a_zone_says_why_it_was_read_so(wall: datetime, why: str) -> None:
    due = datetime(2026, 12, 1, tzinfo=UTC)
    lateness = judge_lateness(seen(wall, basis=TimeBasis.NAIVE), Window(due), CHICAGO)
    assert f": {why}; of its readings this one favors the student." in clock_of(lateness)
    plain = judge_lateness(seen(october(20), basis=TimeBasis.NAIVE), Window(due), CHICAGO)
    assert clock_of(plain).endswith(" CDT: of the possible readings this one favors the student.")


def test_a_time_that_cannot_be_true_is_taken_as_none() -> None:
    times = seen(datetime(1970, 1, 1, tzinfo=UTC), basis=TimeBasis.IMPLAUSIBLE, first_seen_at=october(26, 2))
    judged = judge_lateness(times, COMMENTS_WINDOW, CHICAGO)
    assert (judged.timing, judged.taken_at) == (Timing.ON_TIME, DUE - timedelta(minutes=1))
    assert clock_of(judged) == (
        "The blog gives no usable time and we had not checked before; taken in the student’s favor."
    )


def test_without_a_time_the_check_that_stands_in_is_late_by_the_same_policy() -> None:
    times = seen(None, first_seen_at=october(28), last_check_before=october(27, 1))
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO, late=Late(per_day=10)).earns == 80
    assert judge_lateness(times, COMMENTS_WINDOW, CHICAGO).earns == 0


def test_a_bound_of_late_work_and_of_its_grace_is_said() -> None:
    late = Late(grace_minutes=90, per_day=10, closes_after_days=2)
    in_grace = judge_lateness(seen(DUE + timedelta(minutes=89)), COMMENTS_WINDOW, CHICAGO, late=late)
    assert clock_of(in_grace) == "The blog’s own time. Within the grace period of 1 hour 30 minutes."
    closed = judge_lateness(seen(DUE + timedelta(days=2)), COMMENTS_WINDOW, CHICAGO, late=late)
    assert (closed.timing, closed.earns) == (Timing.CLOSED, 0)


def test_seen_at_the_due_instant_is_not_seen_before_it() -> None:
    says_later = DUE + timedelta(hours=3)
    at_due = judge_lateness(seen(says_later, first_seen_at=DUE), COMMENTS_WINDOW, CHICAGO)
    assert at_due.timing is Timing.QUESTIONABLE
    before = judge_lateness(
        seen(says_later, first_seen_at=DUE - timedelta(seconds=1)), COMMENTS_WINDOW, CHICAGO
    )
    assert before.timing is Timing.ON_TIME
    assert clock_of(before) == "We saw it Sun, Oct 25, 11:59 PM CDT, before the blog says it was posted."


def test_a_reading_as_utc_is_said_whole() -> None:
    wall = datetime(2026, 10, 26, 3, 0, tzinfo=UTC)
    judged = judge_lateness(
        seen(wall, basis=TimeBasis.NAIVE, first_seen_at=november(4)), COMMENTS_WINDOW, CHICAGO
    )
    assert clock_of(judged) == (
        "The blog gives no time zone; read as UTC, Sun, Oct 25, 10:00 PM CDT: "
        "of the possible readings this one favors the student."
    )


@pytest.mark.parametrize(
    ("posted_at", "first_seen_at", "basis", "timing", "code"),
    [
        ("2026-10-26T12:00:00", "2026-10-26T07:15:00", "offset", "questionable", "ahead"),
        ("2026-10-26T07:18:00", "2026-10-26T07:15:00", "offset", "late", ""),
        ("2026-10-26T12:00:00", "2026-10-25T07:15:00", "offset", "on-time", "seen-before"),
        ("2026-10-26T06:00:00", "2026-10-26T07:15:00", "shifted", "questionable", "shifted"),
        ("2026-10-26T04:00:00", "2026-10-26T07:15:00", "shifted", "on-time", ""),
        ("2026-10-26T06:00:00", "2026-10-26T07:15:00", "offset", "late", ""),
    ],
)
def test_time_that_cannot_be_is_never_late_by_itself(
    posted_at: str, first_seen_at: str, basis: str, timing: str, code: str
) -> None:
    at, seen_at = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (posted_at, first_seen_at))
    found = judge_lateness(SeenTimes(at, TimeBasis(basis), seen_at), COMMENTS_WINDOW, CHICAGO)
    assert (found.timing, [one.code for one in found.clock]) == (timing, [code] if code else [])
