"""Requirements that were given more time by themselves, beside those that were not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.grading.cases import (
    BLOG,
    HALF_FOR_FEW_WORDS,
    OTHER_BLOG,
    comment,
    credits,
    facts,
    judge,
    november,
    october,
    states,
)
from tests.grading.weeks import at, doer, judged, on, rule, weeks
from tracker.domain.assignment import Late, Quota, Worth, WorthKind
from tracker.domain.grade import AllocationFact, ExceptionFact, ReceiptFact


@pytest.mark.parametrize("requirement", ["comment-1", None])
def test_more_time_for_what_is_asked_of_any_week_lengthens_the_last_week(requirement: str | None) -> None:
    """The work of the first week stays work of the first week."""
    terms = rule(Quota(3, period_least=1), periods=weeks(2))
    last = terms.parts[0].periods[-1].window.due_at
    extended = ExceptionFact("extension", requirement, last + timedelta(days=2))
    student = doer(*at(on(1), on(8), last + timedelta(days=1)), exceptions=(extended,))
    assert [one.state.value for one in judged(terms, student).verdicts] == ["met", "met", "met"]
    late = doer(*at(on(1), on(8), last + timedelta(days=1)))
    assert [one.state.value for one in judged(terms, late).verdicts] == ["met", "met", "late"]


def test_more_time_for_one_week_says_so_of_that_week_alone() -> None:
    terms = rule(Quota(2, period_least=1), periods=weeks(2))
    first, last = (period.window.due_at for period in terms.parts[0].periods)
    more = last + timedelta(days=3)
    verdicts = judged(terms, doer(exceptions=(ExceptionFact("extension", "comment-w2-1", more),))).verdicts
    assert [one.due_at for one in verdicts] == [first, more]


def test_more_time_for_one_week_takes_nothing_from_the_next() -> None:
    """A day late for the second week, and in time for the first, which is done already."""
    terms = rule(Quota(2, period_least=1), periods=weeks(2), late=Late(per_day=10))
    last = terms.parts[0].periods[-1].window.due_at
    done = at(on(1), last + timedelta(hours=1))
    assert credits(judged(terms, doer(*done))) == {"comment-w1-1": (1, 100), "comment-w2-1": (2, 90)}
    more = ExceptionFact("extension", "comment-w1-1", last + timedelta(days=3))
    extended = credits(judged(terms, doer(*done, exceptions=(more,))))
    assert extended == {"comment-w1-1": (1, 100), "comment-w2-1": (2, 90)}
    # What is not taken any more for its own week may still count for the one with more time.
    closed = rule(Quota(2, period_least=1), periods=weeks(2), late=Late(per_day=10, closes_after_days=1))
    after = doer(*at(last + timedelta(hours=30)), exceptions=(more,))
    assert credits(judged(closed, after)) == {"comment-w1-1": (1, 100), "comment-w2-1": (None, 0)}


def test_what_has_more_time_takes_what_comes_late_and_leaves_the_rest_to_the_others() -> None:
    """Two comments, the shorter in time and the longer late: more time for either requirement makes both
    count, whichever it is."""
    terms = rule(Quota(2), conditions=HALF_FOR_FEW_WORDS, worth=Worth(WorthKind.EACH))
    due = terms.parts[0].periods[-1].window.due_at
    few, late = at(on(1), due + timedelta(hours=5))
    student = doer(replace(few, counts=replace(few.counts, words=9)), late)
    for key, other in (("comment-1", "comment-2"), ("comment-2", "comment-1")):
        more = ExceptionFact("extension", key, due + timedelta(days=1))
        found = credits(judged(terms, replace(student, exceptions=(more,))))
        assert found == {key: (2, 100), other: (1, 50)}
        receipts = doer(
            few, receipts=(ReceiptFact(1, 5, "5/z", due + timedelta(hours=5)),), exceptions=(more,)
        )
        dealt = {one.requirement: one.state.value for one in judged(terms, receipts).verdicts}
        assert dealt == {key: "in_moderation", other: "met"}


def test_more_time_for_what_is_required_never_leaves_it_empty_for_something_optional() -> None:
    terms = rule(Quota(2, at_most=3))
    due = terms.parts[0].periods[-1].window.due_at
    more = ExceptionFact("extension", "comment-2", due + timedelta(days=1))
    found = credits(judged(terms, doer(*at(on(1), on(2)), exceptions=(more,))))
    assert {key: earns for key, (_, earns) in found.items()} == {"comment-1": 100, "comment-2": 100}
    three = credits(judged(terms, doer(*at(on(1), on(2), due), exceptions=(more,))))
    assert [three[key][1] for key in ("comment-1", "comment-2", "comment-3")] == [100, 100, 100]
    assert three["comment-2"][0] == 3


def test_more_time_that_is_no_more_changes_nothing() -> None:
    terms = rule(Quota(2, at_most=3))
    student = doer(*at(on(1), on(2)))
    none = replace(student, exceptions=(ExceptionFact("extension", "comment-2", on(3)),))
    assert judged(terms, none) == judged(terms, student)


# What is due first comes first -----------------------------------------------------------------------


def test_what_is_due_first_takes_a_late_comment_that_is_in_time_elsewhere() -> None:
    """Late costs nothing here: the other requirement has time for another comment, this one has none."""
    terms = rule(Quota(2), late=Late())
    due = terms.parts[0].periods[-1].window.due_at
    more = ExceptionFact("extension", "comment-1", due + timedelta(days=3))
    student = doer(*at(due + timedelta(hours=5)), exceptions=(more,))
    assert credits(judged(terms, student)) == {"comment-1": (None, 0), "comment-2": (1, 100)}


def test_a_late_comment_goes_to_what_is_required_not_to_what_is_optional() -> None:
    """In time for the one with more time, late for what is optional, which would name it first."""
    terms = rule(Quota(1, at_most=2), late=Late())
    due = terms.parts[0].periods[-1].window.due_at
    more = ExceptionFact("extension", "comment-2", due + timedelta(days=3))
    student = doer(*at(due + timedelta(hours=5)), exceptions=(more,))
    assert credits(judged(terms, student))["comment-1"] == (1, 100)


def test_more_time_for_what_is_asked_of_any_week_lets_no_week_credit_more() -> None:
    """Three in the second week, which credits two; nothing of them becomes work of the first."""
    terms = rule(Quota(4, period_least=1, period_most=2), periods=weeks(2))
    last = terms.parts[0].periods[-1].window.due_at
    more = ExceptionFact("extension", "comment-1", last + timedelta(days=2))
    student = doer(*at(on(8), on(9), on(10)), exceptions=(more,))
    assert states(judged(terms, student)).count("met") == 2


def test_more_time_for_all_stays_beside_more_time_for_one() -> None:
    """Twelve hours late for the first week, which everything was given a day more for."""
    terms = rule(Quota(3, period_least=1), periods=weeks(2))
    first, last = (period.window.due_at for period in terms.parts[0].periods)
    for_all = ExceptionFact("extension", None, first + timedelta(days=1))
    for_any = ExceptionFact("extension", "comment-1", last + timedelta(days=2))
    student = doer(*at(first + timedelta(hours=12)), exceptions=(for_all, for_any))
    assert credits(judged(terms, student))["comment-w1-1"] == (1, 100)


# The blog that was given -----------------------------------------------------------------------------------


def test_more_time_for_one_comment_keeps_the_window_of_the_blog_that_it_stands_on() -> None:
    """Both were written on the first blog, before the second was given."""
    student = facts(
        comment(1, october(16), blog_id=OTHER_BLOG),
        comment(2, october(17), blog_id=OTHER_BLOG),
        allocations=(
            AllocationFact(OTHER_BLOG, keeps_credit=True),
            AllocationFact(BLOG, opens_at=october(20), due_at=november(1)),
        ),
        exceptions=(ExceptionFact("extension", "comment-1", november(5)),),
    )
    assert states(judge(student, as_of=november(2))) == ["met", "met"]


def test_what_stands_elsewhere_is_told_in_the_time_of_the_assignment_not_of_the_blog_given() -> None:
    student = facts(
        comment(1, october(16), blog_id=OTHER_BLOG),
        comment(2, october(30), blog_id=OTHER_BLOG),
        allocations=(AllocationFact(BLOG, opens_at=october(20), due_at=november(1)),),
    )
    told = judge(student, as_of=november(2)).not_counted
    assert [(one.comment_id, one.reason) for one in told] == [(1, "other-blog")]
