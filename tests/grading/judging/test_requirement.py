from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    AMERICAN,
    BLOG,
    CHICAGO,
    CLASS_BLOG,
    COMMENTS_ONLY,
    DUE,
    OPENS,
    OTHER_BLOG,
    TERMS,
    change,
    clock_of,
    comment,
    facts,
    judge,
    november,
    october,
    post,
    receipt,
    remarks,
    sentence,
    sight,
)
from tests.grading.weeks import TERM_OVER, at, doer, judged, on, rule, weeks
from tracker.domain.assignment import REQUIRED, Condition, HeldCredit, Late, Quota
from tracker.domain.blog import OpenGap
from tracker.domain.grade import AllocationFact, BlogSight, ExceptionFact, ReceiptFact, Verdict
from tracker.domain.text import TextCounts
from tracker.domain.traits import Trait
from tracker.grading.judging.credit import judge_student
from tracker.wording.times import say_due

EVENING = october(25, 23)
SAVED = receipt(1, october(25, 22, 11))


def first(student: object, **asked: object) -> Verdict:
    return judge(student, **asked).verdicts[0]  # type: ignore[arg-type]


def test_a_person_settles_a_requirement_by_its_own_key_and_time() -> None:
    student = facts(exceptions=(ExceptionFact("substitute", "comment-1"), ExceptionFact("excuse")))
    done, excused = judge(student).verdicts
    assert (done.requirement, done.reason, sentence(done), done.due_at) == (
        "comment-1",
        "substitute",
        "Handed in another way.",
        DUE,
    )
    assert (excused.requirement, excused.reason, excused.due_at, excused.credit) == (
        "comment-2",
        "excused",
        DUE,
        Decimal(0),
    )


def test_a_receipt_on_time_is_said_and_earns_for_now() -> None:
    verdict = first(facts(receipts=(SAVED,)), as_of=EVENING, blog=sight(october(25, 22)))
    assert sentence(verdict) == "Receipt saved Sun, Oct 25, 10:11 PM CDT, on time; not public yet."
    assert (verdict.requirement, verdict.due_at, verdict.credit, verdict.blog_ids) == (
        "comment-1",
        DUE,
        Decimal(100),
        (BLOG,),
    )


def test_a_receipt_for_an_unknown_place_says_so() -> None:
    verdict = first(facts(receipts=(replace(SAVED, blog_id=None),)))
    assert sentence(verdict) == (
        "A receipt saved Sun, Oct 25, 10:11 PM CDT, on time, links to a blog that we do not follow."
    )


def test_where_only_public_comments_count_a_receipt_earns_nothing_yet() -> None:
    terms = replace(COMMENTS_ONLY, held=HeldCredit.NONE)
    student, before = facts(receipts=(SAVED,)), sight(october(25, 21))
    verdict = first(student, terms=terms, as_of=EVENING, blog=before)
    assert (
        sentence(verdict) == "Receipt saved Sun, Oct 25, 10:11 PM CDT; it counts once the comment is public."
    )
    assert (verdict.state.value, verdict.credit) == ("not_due", Decimal(0))
    due = first(student, terms=terms, as_of=DUE, blog=before)
    assert (due.state.value, due.reason) == ("cannot_see", "not-looked-since-due")


def test_a_receipt_speaks_for_the_week_in_which_it_was_saved() -> None:
    terms = rule(Quota(3, period_least=1), periods=weeks(2))
    saved = (ReceiptFact(1, 5, "5/a", on(8)), ReceiptFact(2, 6, "6/b", on(9)))
    verdicts = judged(terms, doer(receipts=saved)).verdicts
    assert [(one.requirement, one.state.value) for one in verdicts] == [
        ("comment-w1-1", "not_found_yet"),
        ("comment-w2-1", "in_moderation"),
        ("comment-1", "in_moderation"),
    ]
    assert say_due(verdicts[2].due_at, AMERICAN) == "Sun, Sep 20, 11:59 PM CDT"


def test_a_receipt_of_an_earlier_week_is_held_against_that_week() -> None:
    terms = rule(Quota(3, period_least=1), periods=weeks(2))
    saved = (ReceiptFact(1, 5, "5/a", on(1)), ReceiptFact(2, 6, "6/b", on(2)))
    verdicts = judged(terms, doer(receipts=saved)).verdicts
    first_week = terms.parts[0].periods[0].window.due_at
    assert [(one.requirement, one.due_at) for one in verdicts if one.state == "in_moderation"] == [
        ("comment-w1-1", first_week),
        ("comment-1", first_week),
    ]


# What is found ---------------------------------------------------------------------------------------


def test_an_open_question_says_whether_it_would_be_late() -> None:
    says = "A comment that may be theirs needs a decision."
    for day, reason in ((20, "undecided"), (27, "undecided-late")):
        verdict = first(facts(comment(1, october(day), undecided=True)))
        assert (verdict.state.value, verdict.reason, sentence(verdict)) == ("in_review", reason, says)


def test_a_late_comment_says_by_how_much_and_what_it_counts() -> None:
    student = facts(comment(1, DUE + timedelta(hours=30)))
    assert (first(student).reason, sentence(first(student))) == (
        "late",
        "It came 1 day after the due time, Sun, Oct 25, 11:59 PM CDT.",
    )
    taken = first(student, terms=change(COMMENTS_ONLY, late=Late(per_day=10)))
    assert (sentence(taken), taken.due_at) == (
        "It came 1 day after the due time, Sun, Oct 25, 11:59 PM CDT. It counts 80%.",
        DUE,
    )


def test_a_comment_within_the_grace_says_so() -> None:
    student = facts(comment(1, DUE + timedelta(minutes=20)))
    verdict = first(student, terms=change(COMMENTS_ONLY, late=Late(grace_minutes=30)))
    assert sentence(verdict) == "Met. 65 words, Mon, Oct 26, 12:20 AM CDT, 20 minutes into the grace period."
    assert clock_of(verdict) == "The blog’s own time. Within the grace period of 30 minutes."
    assert verdict.blog_ids == (BLOG,)


def test_a_comment_that_only_its_text_keeps_out_is_shown_with_all_that_it_lacks() -> None:
    terms = change(
        COMMENTS_ONLY,
        conditions=(Condition(Trait.WORDS, 50, REQUIRED), Condition(Trait.LINKS, 1, REQUIRED)),
    )
    student = facts(
        comment(1, october(20), words=9), allocations=(AllocationFact(BLOG), AllocationFact(OTHER_BLOG))
    )
    verdict = first(student, terms=terms, as_of=october(22))
    assert (verdict.state.value, verdict.comment_id, remarks(verdict)) == ("not_due", 1, ())
    assert verdict.blog_ids == (BLOG, OTHER_BLOG), "where another one could be written"
    assert sentence(verdict) == "Found, 9 words; the rule asks for 50. No link; the rule asks for 1."


def test_a_short_comment_is_shown_without_what_is_said_of_others() -> None:
    terms = change(COMMENTS_ONLY, conditions=(Condition(Trait.WORDS, 50, REQUIRED),))
    mine = (
        comment(1, october(16), "social"),
        comment(2, october(17), "social"),
        comment(3, october(18), "other", words=9),
    )
    verdict = judge(facts(*mine), terms=terms).verdicts[1]
    assert (verdict.comment_id, verdict.reason, remarks(verdict)) == (3, "too-short", ())


def test_a_post_that_links_too_little_says_when_it_came_and_how_late() -> None:
    late = post(9, november(2, 8), linked_blog_ids=frozenset({BLOG}), counts=TextCounts(words=9))
    terms = change(TERMS, "summary", conditions=(Condition(Trait.WORDS, 50),), late=Late(per_day=10))
    student = facts(comment(1, october(16)), comment(2, october(21)), posts=(late,))
    verdict = judge(student, terms=terms, as_of=november(3)).verdicts[2]
    assert (
        sentence(verdict)
        == "Found, Mon, Nov 2, 8:00 AM CST. It links to the blog, not to the posts; probably all right."
    )
    assert remarks(verdict)[-1] == "It came 8 hours after the due time, Sun, Nov 1, 11:59 PM CST."
    assert len(remarks(verdict)) == 2, "and that it is short"
    assert verdict.permalink == late.url


def test_a_post_of_which_no_links_are_asked_says_how_long_it_is() -> None:
    terms = change(TERMS, "summary", links=None)
    student = facts(posts=(post(9, october(30), counts=TextCounts(words=120)),))
    verdict = judge(student, terms=terms, as_of=AFTERWARDS).verdicts[2]
    assert sentence(verdict) == "Met. Published Fri, Oct 30, 12:00 PM CDT; 120 words."


def test_work_of_an_earlier_week_is_held_against_that_week_also_where_any_week_asks_for_it() -> None:
    terms = rule(Quota(3, period_least=1), periods=weeks(2), late=Late(per_day=10))
    last = terms.parts[0].periods[-1].window.due_at
    verdicts = judged(terms, doer(*at(on(1), on(2), last + timedelta(hours=1)))).verdicts
    assert [(one.requirement, one.comment_id, int(one.credit)) for one in verdicts] == [
        ("comment-w1-1", 1, 100),
        ("comment-w2-1", 3, 90),
        ("comment-1", 2, 100),
    ]
    assert verdicts[2].due_at == terms.parts[0].periods[0].window.due_at


def test_a_comment_on_a_blog_given_for_longer_has_that_blogs_due_time() -> None:
    given = (AllocationFact(BLOG, due_at=november(1)), AllocationFact(OTHER_BLOG))
    verdict = first(facts(comment(1, october(28)), allocations=given))
    assert (verdict.state.value, verdict.due_at) == ("met", november(1))
    elsewhere = first(facts(comment(1, october(28), blog_id=OTHER_BLOG), allocations=given))
    assert (elsewhere.state.value, elsewhere.due_at) == ("late", DUE)


# Nothing is found ---------------------------------------------------------------------------------------


def test_from_its_first_instant_on_a_window_is_open() -> None:
    terms = change(COMMENTS_ONLY, quota=Quota(1))
    before = first(facts(), terms=terms, as_of=OPENS - timedelta(seconds=1))
    assert (before.reason, sentence(before)) == (
        "not-open",
        "Opens Mon, Oct 12, 12:00 AM CDT; due Sun, Oct 25, 11:59 PM CDT.",
    )
    assert first(facts(), terms=terms, as_of=OPENS).reason == "not-due"


def test_not_found_yet_says_where_and_until_when_we_looked() -> None:
    verdict = first(facts())
    assert (
        sentence(verdict)
        == "We checked every blog after Sun, Oct 25, 11:59 PM CDT and found nothing of theirs for this."
    )
    assert verdict.blog_ids == (BLOG,)


@pytest.mark.parametrize(
    ("with_links", "reason", "noun"), [(True, "no-summary", "summary post"), (False, "no-post", "post")]
)
def test_a_post_that_is_not_there_is_said_by_its_name(*, with_links: bool, reason: str, noun: str) -> None:
    terms = TERMS if with_links else change(TERMS, "summary", links=None)
    verdict = judge(facts(), terms=terms, as_of=AFTERWARDS).verdicts[2]
    assert (verdict.reason, sentence(verdict)) == (
        reason,
        f"We checked their class blog after Sun, Nov 1, 11:59 PM CST and found no {noun} yet.",
    )


def test_before_the_due_instant_a_student_without_class_blog_is_told() -> None:
    nobody, someone = (judge(facts(class_blogs=blogs), terms=TERMS).verdicts[2] for blogs in ((), (500,)))
    assert (nobody.reason, remarks(nobody)) == ("not-due", ("We don’t know their class blog yet.",))
    assert (someone.reason, remarks(someone)) == ("not-due", ())


def test_what_could_not_be_seen_is_said_in_the_courses_own_time() -> None:
    gap = OpenGap(october(20), october(21))
    hidden = first(facts(), blog=sight(gaps=(gap,)))
    assert hidden.state.value == "cannot_see"
    assert "Tue, Oct 20, 12:00 PM CDT" in sentence(hidden)
    terms = rule(Quota(1))
    sights = {5: BlogSight(5, True, TERM_OVER, gaps=(OpenGap(on(1), on(2)),))}
    student = doer(places={"comment": frozenset({5})})
    (listed,) = judge_student(terms, student, sights, sights, TERM_OVER, CHICAGO).verdicts
    assert "Tue, Sep 8, 12:00 PM CDT" in sentence(listed)
    class_blog = BlogSight(CLASS_BLOG, True, AFTERWARDS, gaps=(gap,))
    summary = judge(facts(), terms=TERMS, as_of=AFTERWARDS, class_blog=class_blog).verdicts[2]
    assert "Tue, Oct 20, 12:00 PM CDT" in sentence(summary)
