"""Which of the things that a student did are counted where not all of them can be, and what is said of
the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    BLOG,
    CLASS_BLOG,
    COMMENTS_ONLY,
    DUE,
    HALF_FOR_FEW_WORDS,
    OPENS,
    OTHER_BLOG,
    SUMMARY_WINDOW,
    TERMS,
    by_key,
    change,
    comment,
    credits,
    facts,
    judge,
    november,
    october,
    post,
    receipt,
    seen,
    sentence,
    states,
)
from tests.grading.weeks import BLOGS, at, doer, judged, on, one_window, post_at, rule, scored, weeks
from tests.support.rules import summary_part
from tracker.domain.assignment import (
    REQUIRED,
    AssignmentTerms,
    Combine,
    Condition,
    Different,
    HeldCredit,
    Late,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Spread,
    Target,
    Where,
    Worth,
    WorthKind,
)
from tracker.domain.grade import AllocationFact, ExceptionFact, Judgment, StudentFacts
from tracker.domain.traits import Trait

SECOND = timedelta(seconds=1)
LENGTH = (Condition(Trait.WORDS, 50, REQUIRED),)


def told(judgment: Judgment) -> list[tuple[int | None, str]]:
    """Comment and reason of what was found and does not count."""
    return [(one.comment_id, one.reason) for one in judgment.not_counted]


def of_two_parts(*parts: PartRule, **changes: object) -> AssignmentTerms:
    return AssignmentTerms("Comments", parts, **changes)  # type: ignore[arg-type]


# One against two -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "late", "counted"),
    [
        pytest.param(WorthKind.EACH, Late(flat=60), (1,), id="what they earn counts: 100 beats 40 + 40"),
        pytest.param(WorthKind.ALL, Late(flat=60), (2, 3), id="how many there are counts: two beat one"),
        pytest.param(WorthKind.ALL, Late(flat=99), (2, 3), id="also where they earn a hundredth"),
        pytest.param(WorthKind.ALL, None, (1,), id="but not where they earn nothing"),
    ],
)
def test_one_in_time_or_two_late_by_what_the_part_is_worth(
    kind: WorthKind, late: Late | None, counted: tuple[int, ...]
) -> None:
    """The first shares its post with the second and its text with the third."""
    terms = rule(Quota(2), late=late, worth=Worth(kind))
    due = terms.parts[0].periods[-1].window.due_at
    times = (on(1), due + SECOND, due + 2 * SECOND)
    one, other, third = at(*times, blogs=(1, 1, 1))
    student = doer(
        replace(one, text_hash="same"),
        replace(other, post_key=one.post_key),
        replace(third, text_hash="same"),
    )
    assert judged(terms, student).counted == counted


def test_the_better_of_two_comments_is_named_first() -> None:
    terms = rule(Quota(2), conditions=HALF_FOR_FEW_WORDS, worth=Worth(WorthKind.EACH))
    few, enough = at(on(1), on(2))
    student = doer(replace(few, counts=replace(few.counts, words=9)), enough)
    assert credits(judged(terms, student)) == {"comment-1": (2, 100), "comment-2": (1, 50)}


def test_two_losses_are_multiplied_and_cut_to_whole_percents() -> None:
    """Of 33 % for its length, half for being late."""
    terms = rule(
        Quota(1),
        conditions=(Condition(Trait.WORDS, 50, 33),),
        late=Late(flat=50),
        worth=Worth(WorthKind.EACH),
    )
    (few,) = at(terms.parts[0].periods[-1].window.due_at)
    (verdict,) = judged(terms, doer(replace(few, counts=replace(few.counts, words=9)))).verdicts
    assert str(verdict.credit) == "16.5"


def test_where_the_latest_decides_two_a_little_late_beat_one_in_time_and_one_very_late() -> None:
    """100 and 60 are more together than 75 and 75; but the part earns what its latest does."""
    terms = rule(Quota(2), late=Late(per_day=5, of_whole=True), worth=Worth(WorthKind.EACH))
    due = terms.parts[0].periods[-1].window.due_at
    days = (timedelta(days=4, hours=1), timedelta(days=4, hours=2), timedelta(days=7, hours=1))
    best, one, other, last = at(on(1), *(due + one for one in days), blogs=(5, 5, 5, 5))
    student = doer(
        replace(best, text_hash="same"),
        replace(one, post_key=best.post_key),
        replace(other, text_hash="same"),
        last,
    )
    assert credits(judged(terms, student)) == {"comment-1": (2, 75), "comment-2": (3, 75)}
    assert scored(terms, student).percent == 75


def test_where_the_latest_decides_other_parts_go_on_by_themselves() -> None:
    """The second part takes what comes late, each for itself, beside one of which the latest decides."""
    window = one_window()
    strict = PartRule(
        "strict",
        RequirementKind.COMMENT,
        Target(Where.FOLLOWED),
        window,
        Quota(1),
        late=Late(flat=20, of_whole=True),
    )
    lax = replace(strict, key="lax", late=Late(flat=90))
    terms = of_two_parts(strict, lax)
    due = window[0].window.due_at
    student = replace(
        doer(*at(on(1), due + timedelta(hours=1))),
        places={"strict": frozenset(BLOGS), "lax": frozenset(BLOGS)},
    )
    assert credits(judged(terms, student)) == {"strict-1": (1, 100), "lax-1": (2, 10)}


def test_two_that_may_count_are_not_passed_over_for_one_that_does() -> None:
    """The certain one has the text of the undecided one and the post of the receipt. While the other
    two may make it whole, nobody is told that something is not found."""
    certain = comment(1, october(16), "a", text_hash="same")
    waiting = comment(2, october(17), "b", text_hash="same", undecided=True)
    student = facts(certain, waiting, receipts=(receipt(1, october(18), "a"),))
    assert states(judge(student)) == ["in_review", "in_moderation"]
    nobodys = replace(student, comments=(certain,))
    assert states(judge(nobodys)) == ["met", "not_found_yet"]


# Weeks -----------------------------------------------------------------------------------------------


def test_each_week_takes_its_own_before_what_is_asked_of_any_week() -> None:
    terms = rule(Quota(3, period_least=1), periods=weeks(2))
    dealt = credits(judged(terms, doer(*at(on(1), on(8), on(9)))))
    assert dealt == {"comment-w1-1": (1, 100), "comment-w2-1": (2, 100), "comment-1": (3, 100)}


def test_what_a_week_asks_for_comes_before_what_is_optional() -> None:
    """The second of the first week and the one of the second share a blog."""
    terms = rule(Quota(2, at_most=3, period_least=1), periods=weeks(2), spread=Spread(Different.BLOGS))
    found = credits(judged(terms, doer(*at(on(1), on(2), on(8), blogs=(5, 6, 6)))))
    assert found == {"comment-w1-1": (1, 100), "comment-w2-1": (3, 100)}


def test_a_post_goes_where_it_adds_most() -> None:
    """The summary makes a half, each of four weekly posts an eighth: the one post is the summary."""
    summary = replace(summary_part(one_window()[0].window, ("C4T #2",)), worth=Worth(weight=1))
    weekly = replace(
        summary, key="post", names=(), links=None, quota=Quota(4), worth=Worth(WorthKind.EACH, weight=1)
    )
    student = doer(
        posts=(post_at(9, on(2), "C4T #2", linked_blog_ids=frozenset(), linked_post_ids=frozenset({7})),)
    )
    for parts in ((summary, weekly), (weekly, summary)):
        judgment = judged(of_two_parts(*parts, combine=Combine.WEIGHTED), student)
        assert [one.requirement for one in judgment.verdicts if one.state == "met"] == ["summary"]
    optional = replace(weekly, quota=Quota(0, at_most=4))
    judgment = judged(of_two_parts(summary, optional, combine=Combine.WEIGHTED), student)
    assert [one.requirement for one in judgment.verdicts if one.state == "met"] == ["summary"]
    for points, best in (((1, 3), "post-1"), ((3, 1), "summary")):
        pool = tuple(
            replace(part, worth=replace(part.worth, item_points=Decimal(one)))
            for part, one in zip((summary, weekly), points, strict=True)
        )
        in_pool = judged(of_two_parts(*pool, combine=Combine.POOL, points=Decimal(12)), student)
        assert [one.requirement for one in in_pool.verdicts if one.state == "met"] == [best]


# What is said of the rest -------------------------------------------------------------------------------


def test_a_comment_without_a_time_counts_by_when_it_was_seen() -> None:
    found = comment(1, october(16), times=seen(None, last_check_before=october(15)))
    assert states(judge(facts(found)))[0] == "met"


def test_a_comment_elsewhere_is_told_although_it_was_seen_after_the_due_instant() -> None:
    elsewhere = comment(1, october(25, 23, 30), blog_id=OTHER_BLOG)
    assert elsewhere.times.first_seen_at > DUE
    assert told(judge(facts(elsewhere))) == [(1, "other-blog")]


@pytest.mark.parametrize("posted_at", [DUE + timedelta(hours=5), OPENS - timedelta(hours=5)])
def test_a_comment_elsewhere_and_outside_the_window_is_other_work(posted_at: object) -> None:
    elsewhere = comment(1, posted_at, blog_id=OTHER_BLOG)  # type: ignore[arg-type]
    between = comment(2, october(16), blog_id=OTHER_BLOG)
    assert told(judge(facts(elsewhere, between))) == [(2, "other-blog")]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_parts_the_one_that_comes_nearest_says_why(turned: bool) -> None:
    """On another blog for the one, too short for the other: it is told that it is too short."""
    window = (Period(1, COMMENTS_ONLY.parts[0].periods[0].window),)
    own = replace(COMMENTS_ONLY.parts[0], key="own", periods=window, conditions=LENGTH)
    free = replace(own, key="free", target=Target(Where.FOLLOWED))
    terms = of_two_parts(*((free, own) if turned else (own, free)))
    short = comment(1, october(16), blog_id=OTHER_BLOG, words=9)
    student = facts(short, places={"free": frozenset({OTHER_BLOG})})
    assert told(judge(student, terms=terms)) == [(1, "too-short")]


def test_an_excused_part_says_nothing_and_the_next_says_all() -> None:
    first = replace(COMMENTS_ONLY.parts[0], key="first", quota=Quota(1))
    second = replace(first, key="second")
    student = facts(
        comment(1, october(11)),
        exceptions=(ExceptionFact("excuse", "first-1"),),
        allocations=(AllocationFact(BLOG),),
    )
    judgment = judge(student, terms=of_two_parts(first, second))
    assert [(one.requirement, one.state.value) for one in judgment.verdicts] == [
        ("first-1", "excused"),
        ("second-1", "not_found_yet"),
    ]
    assert told(judgment) == [(1, "before-opening")]


def test_of_two_short_ones_on_a_post_the_earlier_is_shown() -> None:
    terms = change(COMMENTS_ONLY, conditions=LENGTH)
    later = comment(1, october(18), "social", words=20)
    earlier = comment(2, october(16), "social", words=30)
    other = comment(3, october(20), "other", words=40)
    shown = [one.comment_id for one in judge(facts(later, earlier, other), terms=terms).verdicts]
    assert shown == [2, 3]


def test_a_short_one_on_the_post_of_one_that_counts_fills_nothing() -> None:
    terms = change(COMMENTS_ONLY, conditions=LENGTH)
    student = facts(comment(1, october(16), "social"), comment(2, october(17), "social", words=9))
    assert states(judge(student, terms=terms)) == ["met", "not_found_yet"]
    anywhere = change(terms, spread=Spread(Different.NOTHING))
    assert states(judge(student, terms=anywhere)) == ["met", "does_not_count"]


# An open question and a doubtful date ----------------------------------------------------------------------


def test_an_undecided_comment_of_doubtful_date_comes_before_a_certain_late_one() -> None:
    times = seen(october(20), first_seen_at=october(27), last_check_before=october(26))
    waiting = comment(1, october(20), times=times, undecided=True)
    one = change(COMMENTS_ONLY, quota=Quota(1))
    assert states(judge(facts(waiting, comment(2, october(26, 8))), terms=one)) == ["in_review"]


def test_on_a_blog_that_holds_comments_back_its_own_time_is_believed() -> None:
    times = seen(october(20), first_seen_at=october(27), last_check_before=october(26))
    held = comment(1, october(20), times=times, held_on_blog=True)
    late = comment(2, october(26, 8))
    one = change(COMMENTS_ONLY, quota=Quota(1))
    assert states(judge(facts(held, late), terms=one)) == ["met"]
    open_ = facts(replace(held, held_on_blog=False), late)
    assert states(judge(open_, terms=one)) == ["date_questionable"]
    waiting = comment(3, october(16), undecided=True)
    assert states(judge(facts(held, waiting), terms=one)) == ["met"]


# The blog that was given ------------------------------------------------------------------------------------


def test_a_blog_given_later_has_its_own_window_and_the_first_keeps_its_own() -> None:
    """The new blog's days count on the new blog only."""
    student = facts(
        comment(1, october(30), blog_id=OTHER_BLOG),
        allocations=(
            AllocationFact(OTHER_BLOG, keeps_credit=True),
            AllocationFact(BLOG, opens_at=october(20), due_at=november(1)),
        ),
    )
    assert states(judge(student, as_of=november(2))) == ["late", "not_found_yet"]
    on_the_old = replace(student, comments=(comment(1, october(16), blog_id=OTHER_BLOG),))
    assert states(judge(on_the_old, as_of=november(2))) == ["met", "not_found_yet"]
    on_the_new = replace(student, comments=(comment(1, october(30)), comment(2, october(19))))
    judgment = judge(on_the_new, as_of=november(2))
    assert states(judgment) == ["met", "not_found_yet"]
    assert told(judgment) == [(2, "before-opening")]


def test_windows_of_allocations_say_nothing_where_any_followed_blog_counts() -> None:
    terms = rule(Quota(1))
    given = (AllocationFact(1, due_at=terms.parts[0].periods[0].window.due_at + timedelta(days=9)),)
    late = doer(*at(terms.parts[0].periods[0].window.due_at, blogs=(1,)), allocations=given)
    (verdict,) = judged(terms, late).verdicts
    assert verdict.state == "late"


# Receipts and posts -----------------------------------------------------------------------------------------


def test_a_receipt_that_earns_nothing_leaves_late_work_what_it_earns() -> None:
    late = change(COMMENTS_ONLY, quota=Quota(1), late=Late(per_day=10), worth=Worth(WorthKind.EACH))
    terms = replace(late, held=HeldCredit.NONE)
    student = facts(comment(1, october(26, 8)), receipts=(receipt(1, october(20)),))
    assert credits(judge(student, terms=terms)) == {"comment-1": (1, 90)}
    # Where it earns, it is worth more than what is late.
    assert states(judge(student, terms=late)) == ["in_moderation"]


def test_a_receipt_of_the_first_instant_speaks_for_a_comment() -> None:
    student = facts(receipts=(receipt(1, OPENS),))
    assert states(judge(student))[0] == "in_moderation"


@pytest.mark.parametrize("asked", [LENGTH, (Condition(Trait.LINKS, 1, REQUIRED),)])
def test_a_summary_may_link_what_lacks_something(asked: tuple[Condition, ...]) -> None:
    terms = change(TERMS, conditions=asked)
    both = post(9, october(30), linked_post_keys=frozenset({"post-1", "post-2"}))
    student = facts(comment(1, october(16), words=9), comment(2, october(17)), posts=(both,))
    verdict = by_key(judge(student, terms=terms, as_of=AFTERWARDS))["summary"]
    assert sentence(verdict).endswith("links to 2 commented posts.")


def test_of_two_posts_that_link_all_the_one_with_the_name_is_the_summary() -> None:
    keys = frozenset({"post-1", "post-2"})
    diary = post(8, october(28), "My week", linked_post_keys=keys)
    named = post(9, october(30), linked_post_keys=keys)
    student = facts(comment(1, october(16)), comment(2, october(21)), posts=(diary, named))
    assert by_key(judge(student, terms=TERMS, as_of=AFTERWARDS))["summary"].post_id == 9


def test_a_doubtful_post_in_time_comes_before_a_sure_one_that_is_late_and_loses_nothing() -> None:
    terms = change(TERMS, "summary", late=Late(at_most=0))
    general = post(8, october(28), linked_blog_ids=frozenset({BLOG}))
    late = post(9, november(2, 8), linked_post_keys=frozenset({"post-1"}))
    student = facts(comment(1, october(16)), posts=(general, late))
    verdict = by_key(judge(student, terms=terms, as_of=november(3)))["summary"]
    assert (verdict.reason, verdict.post_id) == ("link-too-general", 8)


def test_posts_of_two_parts_are_found_and_refused_each_for_its_own() -> None:
    first = replace(summary_part(SUMMARY_WINDOW, ("Plan",)), key="plan", links=None)
    terms = of_two_parts(first, replace(first, key="report", names=("Report",)))
    early = (post(1, october(10), "Plan"), post(2, october(11), "Report"))
    found = (post(8, october(28), "Plan"), post(9, october(30), "Report"))
    judgment = judge(facts(posts=(*early, *found)), terms=terms, as_of=AFTERWARDS)
    assert [one.post_id for one in judgment.verdicts] == [8, 9]
    assert [one.post_id for one in judgment.not_counted] == [1, 2]


def test_an_excused_post_leaves_the_next_to_be_judged() -> None:
    first = replace(summary_part(SUMMARY_WINDOW, ("Plan",)), key="plan", links=None)
    second = replace(first, key="report", names=("Report",))
    terms = of_two_parts(first, second)
    student = facts(posts=(post(9, october(30), "Report"),), exceptions=(ExceptionFact("excuse", "plan"),))
    judgment = judge(student, terms=terms, as_of=AFTERWARDS)
    assert [(one.requirement, one.state.value, one.post_id) for one in judgment.verdicts] == [
        ("plan", "excused", None),
        ("report", "met", 9),
    ]


def test_without_a_class_blog_a_post_is_asked_for_all_the_same() -> None:
    part = replace(summary_part(SUMMARY_WINDOW, ("Plan",)), links=None)
    nobody: StudentFacts = facts(class_blogs=())
    assert states(judge(nobody, terms=of_two_parts(part), as_of=AFTERWARDS)) == ["cannot_see"]
    someone = replace(nobody, class_blogs=(CLASS_BLOG,))
    assert states(judge(someone, terms=of_two_parts(part), as_of=AFTERWARDS)) == ["not_found_yet"]
