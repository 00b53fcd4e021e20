"""Primitives 1, 2, 3, 16 and 20: how many, in which windows, in which weeks, for whom otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.grading.cases import CHICAGO, sentence
from tests.grading.weeks import at, doer, judged, met, on, one_window, rule, scored, weeks
from tracker.domain.assignment import JoinedLate, Late, Quota, Worth, WorthKind
from tracker.domain.grade import ExceptionFact
from tracker.grading.windows import week_windows

SECOND = timedelta(seconds=1)
DUE = one_window()[0].window.due_at


def states(terms: object, student: object) -> list[str]:
    return [one.state.value for one in judged(terms, student).verdicts]  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "found"), [(2, 2), (3, 3), (4, 3)])
def test_so_many_are_required_and_no_more_are_credited(number: int, found: int) -> None:
    student = doer(*at(*(on(day) for day in range(number))))
    assert met(rule(Quota(3)), student) == found
    assert scored(rule(Quota(3)), student).satisfactory is (found == 3)


def test_up_to_so_many_are_credited_beyond_those_required() -> None:
    terms = rule(Quota(2, at_most=4), worth=Worth(WorthKind.EACH))
    assert [met(terms, doer(*at(*(on(day) for day in range(number))))) for number in (1, 2, 4, 5)] == [
        1,
        2,
        4,
        4,
    ]
    # Nothing is lacking where only what is optional is not there.
    assert states(terms, doer(*at(on(0), on(1)))) == ["met", "met"]
    assert scored(terms, doer(*at(on(0), on(1)))).percent == 100


def test_where_nothing_is_required_one_open_place_is_told_until_it_is_over() -> None:
    terms = rule(Quota(0, at_most=5))
    before = judged(terms, doer(*at(on(0))), DUE - SECOND)
    assert [one.state for one in before.verdicts] == ["met", "not_due"]
    assert [one.state for one in judged(terms, doer(*at(on(0)))).verdicts] == ["met"]
    assert [one.state for one in judged(terms, doer()).verdicts] == ["not_found_yet"]


@pytest.mark.parametrize(
    ("when", "state"),
    [
        pytest.param(on(0), "met", id="the first instant"),
        pytest.param(on(0) - timedelta(hours=12, seconds=1), "not_found_yet", id="a second before it opens"),
        pytest.param(DUE - SECOND, "met", id="the last second"),
        pytest.param(DUE, "late", id="the due instant itself"),
    ],
)
def test_a_window_has_its_first_instant_and_not_its_last(when: datetime, state: str) -> None:
    assert states(rule(Quota(1)), doer(*at(when))) == [state]


def test_each_week_asks_for_itself() -> None:
    terms = rule(Quota(4, period_least=2), periods=weeks(2))
    student = doer(*at(on(0), on(1), on(2), on(8)))
    assert [(one.requirement, one.state) for one in judged(terms, student).verdicts] == [
        ("comment-w1-1", "met"),
        ("comment-w1-2", "met"),
        ("comment-w2-1", "met"),
        ("comment-w2-2", "not_found_yet"),
    ]


@pytest.mark.parametrize(("number", "counted"), [(4, 4), (5, 4)])
def test_a_week_credits_no_more_than_its_most(number: int, counted: int) -> None:
    terms = rule(Quota(8, period_least=1, period_most=4), periods=weeks(4))
    student = doer(*at(*(on(0, 10 + n) for n in range(number))))
    assert met(terms, student) == counted


def test_what_a_week_has_beyond_its_least_fills_any_week_up_to_the_total() -> None:
    terms = rule(Quota(5, period_least=1, period_most=4), periods=weeks(3))
    assert states(terms, doer(*at(on(0), on(1), on(2), on(7), on(14)))) == ["met"] * 5
    # Three in the first week do not stand in for the third week's one.
    assert states(terms, doer(*at(on(0), on(1), on(2), on(3), on(7)))) == [
        "met",
        "met",
        "not_found_yet",
        "met",
        "met",
    ]


def test_weeks_keep_their_number_when_one_is_skipped() -> None:
    terms = rule(Quota(2, period_least=1), periods=weeks(3, skipped=(2,)))
    student = doer(*at(on(1), on(9)))
    verdicts = judged(terms, student).verdicts
    assert [one.requirement for one in verdicts] == ["comment-w1-1", "comment-w3-1"]
    # What is posted in the week that was skipped came late for the one before, where that takes late work.
    assert [one.state for one in verdicts] == ["met", "not_found_yet"]
    late = rule(Quota(2, period_least=1), periods=weeks(3, skipped=(2,)), late=Late(per_day=10))
    first = judged(late, doer(*at(on(9)))).verdicts[0]
    assert (first.state, first.credit) == ("late", 70)


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/Chicago", date(2026, 10, 26)),
        ("Australia/Lord_Howe", date(2026, 9, 28)),
        ("Pacific/Auckland", date(2026, 9, 21)),
        ("Asia/Kathmandu", date(2026, 9, 7)),
    ],
)
def test_weeks_end_on_sunday_night_also_when_the_clocks_change(zone: str, first: date) -> None:
    for period in week_windows(first, 3, ZoneInfo(zone)):
        last = (period.window.due_at - SECOND).astimezone(ZoneInfo(zone))
        assert period.window.opens_at is not None
        opens = period.window.opens_at.astimezone(ZoneInfo(zone))
        assert (f"{last:%a %H:%M:%S}", f"{opens:%a %H:%M}") == ("Sun 23:59:59", "Mon 00:00")


def test_the_best_weeks_count_and_ties_cost_nobody() -> None:
    terms = rule(
        Quota(12, period_least=1),
        periods=weeks(12),
        worth=Worth(WorthKind.EACH, best_periods=10),
        points=10,
    )
    done = [scored(terms, doer(*at(*(on(7 * week) for week in range(number))))) for number in (12, 11, 10, 9)]
    assert [one.points for one in done] == [10, 10, 10, 9]
    assert [one.satisfactory for one in done] == [True, True, True, False]


def test_an_extension_opens_its_own_requirement_and_no_other() -> None:
    terms = rule(Quota(2))
    late = doer(*at(DUE + timedelta(hours=1), DUE + timedelta(hours=2)))
    assert states(terms, late) == ["late", "late"]
    more = ExceptionFact("extension", "comment-2", DUE + timedelta(days=1))
    assert states(terms, replace(late, exceptions=(more,))) == ["late", "met"]
    whole = ExceptionFact("extension", None, DUE + timedelta(days=1))
    assert states(terms, replace(late, exceptions=(whole,))) == ["met", "met"]
    exactly = ExceptionFact("extension", None, DUE + timedelta(hours=1))
    assert states(terms, replace(doer(*at(DUE + timedelta(hours=1))), exceptions=(exactly,)))[0] == "late"


def test_an_extension_of_a_week_lets_the_next_weeks_work_count_for_it() -> None:
    terms = rule(Quota(2, period_least=1), periods=weeks(2))
    student = doer(*at(on(8), on(9)))
    assert states(terms, student) == ["not_found_yet", "met"]
    more = ExceptionFact("extension", "comment-w1-1", on(10))
    assert states(terms, replace(student, exceptions=(more,))) == ["met", "met"]


def test_excused_and_handed_in_another_way_ask_for_nothing_more() -> None:
    terms = rule(Quota(2))
    student = replace(
        doer(),
        exceptions=(
            ExceptionFact("excuse", "comment-1"),
            ExceptionFact("substitute", "comment-2", says="On paper."),
        ),
    )
    verdicts = judged(terms, student).verdicts
    assert [(one.state, sentence(one)) for one in verdicts] == [
        ("excused", "Excused."),
        ("met", "Handed in another way: On paper."),
    ]
    assert scored(terms, student).satisfactory


def test_an_incomplete_keeps_the_window_open_until_its_own_day() -> None:
    until = datetime(2027, 3, 15, 5, tzinfo=UTC)
    student = replace(doer(*at(until - SECOND)), exceptions=(ExceptionFact("incomplete", None, until),))
    assert states(rule(Quota(1)), student) == ["met"]


@pytest.mark.parametrize(
    ("joined_on", "due"),
    [
        pytest.param(date(2026, 9, 14), "Sun Sep 27, 23:59 CDT", id="S13, six days before"),
        pytest.param(date(2026, 9, 13), "Sun Sep 27, 23:59 CDT", id="exactly seven days before"),
        pytest.param(date(2026, 9, 12), "Sun Sep 20, 23:59 CDT", id="eight days before"),
        pytest.param(date(2026, 9, 20), "Sun Sep 27, 23:59 CDT", id="on the day itself"),
        pytest.param(date(2026, 9, 21), "Sun Sep 20, 23:59 CDT", id="afterwards"),
        pytest.param(None, "Sun Sep 20, 23:59 CDT", id="nobody knows when"),
    ],
)
def test_who_joined_shortly_before_has_more_days(joined_on: date | None, due: str) -> None:
    terms = rule(Quota(1), joined_late=JoinedLate(7, 7))
    verdict = judged(terms, replace(doer(), joined_on=joined_on), on(0)).verdicts[0]
    shown = (verdict.due_at - SECOND).astimezone(CHICAGO)
    assert f"{shown:%a %b %d, %H:%M %Z}" == due


def test_more_days_open_nothing_earlier() -> None:
    joined = replace(doer(*at(on(-1))), joined_on=date(2026, 9, 14))
    more = doer(*at(on(-1)), exceptions=(ExceptionFact("extension", None, on(30)),))
    for student in (joined, more):
        judgment = judged(rule(Quota(1), joined_late=JoinedLate(7, 7)), student)
        assert [one.reason for one in judgment.not_counted] == ["before-opening"]


def test_what_was_handed_in_another_way_is_said_rather_than_an_excuse() -> None:
    both = (ExceptionFact("excuse", says="zz"), ExceptionFact("substitute", says="On paper."))
    (verdict,) = judged(rule(Quota(1)), doer(exceptions=both)).verdicts
    assert (verdict.state, sentence(verdict)) == ("met", "Handed in another way: On paper.")
