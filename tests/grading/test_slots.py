from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.grading.cases import BLOG, CHICAGO, COMMENTS_ONLY, DUE, facts, judge, october, receipt, sight
from tests.grading.weeks import doer, judged, on, rule, weeks
from tracker.domain.assignment import HeldCredit, Quota
from tracker.domain.grade import ExceptionFact, ReceiptFact, Verdict
from tracker.grading.words import say_due

EVENING = october(25, 23)
SAVED = receipt(1, october(25, 22, 11))


def first(student: object, **asked: object) -> Verdict:
    return judge(student, **asked).verdicts[0]  # type: ignore[arg-type]


def test_a_person_settles_a_requirement_by_its_own_key_and_time() -> None:
    student = facts(exceptions=(ExceptionFact("substitute", "comment-1"), ExceptionFact("excuse")))
    done, excused = judge(student).verdicts
    assert (done.requirement, done.reason, done.says, done.due_at) == (
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
    assert verdict.says == "Receipt saved Sun Oct 25, 22:11 CDT, on time; not public yet."
    assert (verdict.requirement, verdict.due_at, verdict.credit, verdict.blog_ids) == (
        "comment-1",
        DUE,
        Decimal(100),
        (BLOG,),
    )


def test_a_receipt_for_an_unknown_place_says_so() -> None:
    verdict = first(facts(receipts=(replace(SAVED, blog_id=None),)))
    assert verdict.says == (
        "A receipt saved Sun Oct 25, 22:11 CDT, on time, names a place that we do not know."
    )


def test_where_only_public_comments_count_a_receipt_earns_nothing_yet() -> None:
    terms = replace(COMMENTS_ONLY, held=HeldCredit.NONE)
    student, before = facts(receipts=(SAVED,)), sight(october(25, 21))
    verdict = first(student, terms=terms, as_of=EVENING, blog=before)
    assert verdict.says == "Receipt saved Sun Oct 25, 22:11 CDT; it counts once the comment is public."
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
    assert say_due(verdicts[2].due_at, CHICAGO) == "Sun Sep 20, 23:59 CDT"
