from __future__ import annotations

from dataclasses import replace

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    BLOG,
    COMMENTS_ONLY,
    DUE,
    FIFTY_WORDS,
    MONDAY,
    OTHER_BLOG,
    TERMS,
    by_key,
    change,
    comment,
    facts,
    judge,
    november,
    october,
    post,
    reasons,
    receipt,
    remarks,
    seen,
    sentence,
    sight,
    states,
)
from tracker.domain.assignment import REQUIRED, Different, HeldCredit, Quota, Spread
from tracker.domain.blog import OpenGap
from tracker.domain.grade import AllocationFact, ExceptionFact


def test_two_comments_on_two_posts_in_the_window_are_met() -> None:
    judgment = judge(facts(comment(2, october(21)), comment(1, october(16, 19, 42))))
    assert states(judgment) == ["met", "met"]
    assert judgment.counted == (1, 2)
    assert sentence(judgment.verdicts[0]) == "Met. 65 words, Fri, Oct 16, 7:42 PM CDT."
    assert judgment.verdicts[0].permalink == "https://room-nine.example/post/#comment-1"


def test_two_comments_on_one_post_are_one_found_and_one_not_found_yet() -> None:
    judgment = judge(facts(comment(1, october(16), "social"), comment(2, october(17), "social")))
    assert states(judgment) == ["met", "not_found_yet"]
    assert [(one.comment_id, one.reason) for one in judgment.not_counted] == [(2, "same-post")]
    assert "different posts" in remarks(judgment.verdicts[1])[0]


def test_a_late_comment_fills_a_slot_only_when_none_in_time_does() -> None:
    late, first, second = comment(3, october(27)), comment(1, october(16)), comment(2, october(20))
    assert states(judge(facts(late, first))) == ["met", "late"]
    assert states(judge(facts(late, first, second))) == ["met", "met"]


def test_a_comment_before_the_opening_does_not_count_and_says_so() -> None:
    judgment = judge(facts(comment(1, october(11))))
    assert states(judgment) == ["not_found_yet", "not_found_yet"]
    assert [(one.reason, sentence(one)) for one in judgment.not_counted] == [
        ("before-opening", "Posted Sun, Oct 11, 12:00 PM CDT, before the assignment opened.")
    ]


def test_a_comment_on_another_blog_does_not_count_and_says_so() -> None:
    judgment = judge(facts(comment(1, october(16), blog_id=OTHER_BLOG)))
    assert states(judgment) == ["not_found_yet", "not_found_yet"]
    assert [one.reason for one in judgment.not_counted] == ["other-blog"]


def test_the_same_text_on_a_second_post_is_not_a_second_comment() -> None:
    judgment = judge(facts(comment(1, october(16), text_hash="a"), comment(2, october(17), text_hash="a")))
    assert states(judgment) == ["met", "not_found_yet"]
    assert [one.reason for one in judgment.not_counted] == ["same-text"]


def test_an_additional_copy_never_costs_the_credit_of_two_others() -> None:
    one, two = comment(1, october(17), "b", text_hash="x"), comment(2, october(18), "a", text_hash="y")
    assert states(judge(facts(one, two))) == ["met", "met"]
    assert states(judge(facts(comment(3, october(16), "a", text_hash="x"), one, two))) == ["met", "met"]


def test_a_short_comment_counts_with_a_hint_by_default() -> None:
    judgment = judge(facts(comment(1, october(16), words=38)))
    assert states(judgment)[0] == "met"
    assert remarks(judgment.verdicts[0]) == ("38 words; the rule asks for 50.",)


def test_a_short_comment_does_not_count_where_length_is_required() -> None:
    terms = change(COMMENTS_ONLY, conditions=(replace(FIFTY_WORDS, short_earns=REQUIRED),))
    student = facts(comment(1, october(16), words=48), comment(2, october(17)))
    judgment = judge(student, terms=terms)
    assert [(v.state.value, v.comment_id) for v in judgment.verdicts] == [("met", 2), ("does_not_count", 1)]
    assert sentence(judgment.verdicts[1]) == "Found, 48 words; the rule asks for 50."
    before_due = judge(student, terms=terms, as_of=october(20))
    assert (states(before_due)[1], reasons(before_due)[1]) == ("not_due", "too-short")
    unseen = judge(student, terms=terms, blog=sight(october(20)))
    assert states(unseen)[1] == "cannot_see"


def test_an_undecided_comment_that_could_fill_a_slot_keeps_it_in_review() -> None:
    student = facts(comment(1, october(16)), comment(2, october(17), undecided=True))
    judgment = judge(student)
    assert [(v.state.value, v.comment_id) for v in judgment.verdicts] == [("met", 1), ("in_review", 2)]
    assert judgment.counted == (1,)
    assert judgment.not_counted == ()


def test_an_undecided_comment_on_a_post_that_is_counted_already_settles_nothing() -> None:
    student = facts(comment(1, october(16), "one"), comment(2, october(17), "one", undecided=True))
    assert states(judge(student)) == ["met", "not_found_yet"]


def test_an_open_question_comes_before_a_certain_late_comment() -> None:
    terms = change(COMMENTS_ONLY, quota=Quota(1))
    late, late_undecided = comment(5, october(27)), comment(4, october(27), undecided=True)
    held = receipt(1, october(20))
    redated = seen(october(25), first_seen_at=october(29), last_check_before=october(28))
    questionable, undecided = comment(2, october(25), times=redated), comment(1, october(24), undecided=True)
    assert states(judge(facts(late_undecided), terms=terms)) == ["in_review"]
    assert states(judge(facts(late_undecided, late), terms=terms)) == ["late"]
    both = facts(late, receipts=(held,))
    assert states(judge(both, terms=terms)) == ["in_moderation"]
    three = facts(late, questionable, receipts=(held,))
    assert states(judge(three, terms=terms)) == ["date_questionable"]
    four = facts(late, questionable, undecided, receipts=(held,))
    assert states(judge(four, terms=terms)) == ["in_review"]


def test_comments_whose_text_we_do_not_have_are_no_copies() -> None:
    student = facts(
        comment(1, october(16), text_hash="nothing", words=0),
        comment(2, october(17), text_hash="nothing", words=0),
    )
    assert states(judge(student)) == ["met", "met"]


def test_a_questionable_date_is_for_a_person() -> None:
    times = seen(october(25, 21, 10), first_seen_at=october(26, 9), last_check_before=october(26, 2))
    judgment = judge(facts(comment(1, october(25), times=times)))
    assert reasons(judgment) == ["date", "not-found"]
    assert sentence(judgment.verdicts[0]).startswith("It is dated Sun, Oct 25, 9:10 PM CDT, but a full check")
    assert judgment.counted == ()


def test_a_receipt_in_time_counts_for_now_until_we_have_looked() -> None:
    student = facts(comment(1, october(16)), receipts=(receipt(1, october(25, 22, 11)),))
    not_looked = judge(student, as_of=october(25, 23), blog=sight(october(25, 22)))
    assert reasons(not_looked) == ["on-time", "receipt-on-time"]
    at_once = judge(student, as_of=october(25, 23), blog=sight(october(25, 22, 11)))
    assert reasons(at_once) == ["on-time", "receipt-on-time"]
    looked = judge(student, as_of=october(25, 23), blog=sight(october(25, 22, 30)))
    assert reasons(looked) == ["on-time", "held-by-owner"]
    assert (
        sentence(looked.verdicts[1])
        == "Awaiting moderation; receipt saved Sun, Oct 25, 10:11 PM CDT, on time."
    )
    assert reasons(judge(student)) == ["on-time", "held-by-owner"]


def test_moderated_comment_found_on_thursday_is_met_by_its_own_time() -> None:
    times = seen(october(25, 22, 10), first_seen_at=october(29, 2), last_check_before=october(28, 2))
    found = comment(2, october(25), times=times, held_on_blog=True)
    saved = receipt(1, october(25, 22, 11), "post-2", comment_id=2)
    assert states(judge(facts(comment(1, october(16)), found, receipts=(saved,)))) == ["met", "met"]


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(receipt(1, DUE), id="saved at the due instant"),
        pytest.param(receipt(1, october(11)), id="saved before the opening"),
        pytest.param(receipt(1, october(20), blog_id=OTHER_BLOG), id="on another blog"),
        pytest.param(receipt(1, october(20), comment_id=9), id="its comment was found"),
        pytest.param(receipt(1, october(20), "one"), id="on the post of the comment that counts"),
    ],
)
def test_a_receipt_that_speaks_for_nothing_changes_nothing(saved: object) -> None:
    student = facts(comment(1, october(16), "one"), receipts=(saved,))
    assert states(judge(student)) == ["met", "not_found_yet"]


def test_a_receipt_that_names_an_unknown_place_is_for_a_person() -> None:
    judgment = judge(facts(receipts=(receipt(1, october(20), blog_id=None),)))
    assert reasons(judgment) == ["receipt-elsewhere", "not-found"]
    assert states(judgment) == ["in_review", "not_found_yet"]


def test_where_held_comments_earn_nothing_a_receipt_still_prevents_not_found_yet() -> None:
    terms = replace(COMMENTS_ONLY, held=HeldCredit.NONE)
    student = facts(receipts=(receipt(1, october(25, 22)),))
    assert states(judge(student, terms=terms)) == ["in_moderation", "not_found_yet"]
    waiting = judge(student, terms=terms, as_of=october(25, 23), blog=sight(october(25, 21)))
    assert reasons(waiting) == ["receipt-saved", "not-due"]
    unseen = judge(student, terms=terms, blog=sight(can_be_seen=False))
    assert states(unseen) == ["cannot_see", "cannot_see"]


@pytest.mark.parametrize(
    ("blog", "reason"),
    [
        pytest.param(sight(can_be_seen=False), "no-comment-feed", id="no comment feed"),
        pytest.param(sight(None), "not-looked-since-due", id="never checked"),
        pytest.param(sight(october(25, 23, 59)), "not-looked-since-due", id="last looked at before due"),
        pytest.param(sight(october(24), failing_since=october(24)), "blog-failing", id="does not answer"),
        pytest.param(sight(gaps=(OpenGap(october(24), october(25)),)), "gap", id="gap in the window"),
        pytest.param(sight(gaps=(OpenGap(None, october(13)),)), "gap", id="gap with no beginning"),
        pytest.param(sight(gaps=(OpenGap(october(25), MONDAY),)), "gap", id="gap over the due instant"),
    ],
)
def test_what_we_could_not_see_is_never_called_not_found(blog: object, reason: str) -> None:
    judgment = judge(facts(comment(1, october(16))), blog=blog)
    assert states(judgment) == ["met", "cannot_see"]
    assert reasons(judgment) == ["on-time", reason]


@pytest.mark.parametrize(
    "blog",
    [
        pytest.param(sight(DUE), id="looked at the due instant"),
        pytest.param(sight(failing_since=october(26, 12)), id="failing only after that look"),
        pytest.param(sight(gaps=(OpenGap(DUE, october(28)),)), id="gap after the window"),
        pytest.param(sight(gaps=(OpenGap(october(1), october(12, 0)),)), id="gap before the window"),
    ],
)
def test_not_found_yet_is_said_once_we_looked_everywhere(blog: object) -> None:
    assert states(judge(facts(), blog=blog)) == ["not_found_yet", "not_found_yet"]


def test_before_the_due_instant_an_empty_slot_is_not_due() -> None:
    judgment = judge(facts(comment(1, october(16))), as_of=october(25, 23, 20))
    assert states(judgment) == ["met", "not_due"]
    assert sentence(judgment.verdicts[1]) == "Due Sun, Oct 25, 11:59 PM CDT."
    assert reasons(judge(facts(), as_of=october(11))) == ["not-open", "not-open"]


def test_before_due_a_blog_without_comment_feed_is_pointed_out() -> None:
    judgment = judge(facts(), as_of=october(20), blog=sight(can_be_seen=False))
    assert states(judgment) == ["not_due", "not_due"]
    assert "no feed" in remarks(judgment.verdicts[0])[0]


def test_without_an_allocated_blog_nothing_can_be_seen() -> None:
    student = facts(comment(1, october(16)), allocations=())
    assert reasons(judge(student, as_of=october(20))) == ["not-due", "not-due"]
    assert reasons(judge(student)) == ["no-blog-allocated", "no-blog-allocated"]


def test_comments_on_a_replaced_blog_keep_their_credit_and_its_silence_no_longer_matters() -> None:
    student = facts(
        comment(1, october(16), blog_id=OTHER_BLOG),
        allocations=(
            AllocationFact(OTHER_BLOG, keeps_credit=True),
            AllocationFact(BLOG, due_at=november(1)),
        ),
    )
    assert states(judge(student)) == ["met", "not_due"]
    assert states(judge(student, as_of=november(1))) == ["met", "not_found_yet"]
    finished = replace(student, comments=(*student.comments, comment(2, october(30))))
    assert states(judge(finished, as_of=november(1))) == ["met", "met"]


def test_an_extension_makes_a_late_comment_count_and_taking_it_back_gives_the_first_answer() -> None:
    student = facts(comment(1, october(16)), comment(2, october(27, 8)))
    first = judge(student)
    assert sentence(first.verdicts[1]) == "It came 1 day after the due time, Sun, Oct 25, 11:59 PM CDT."
    extended = replace(student, exceptions=(ExceptionFact("extension", None, november(1)),))
    assert states(judge(extended)) == ["met", "met"]
    assert judge(student) == first


def test_an_extension_of_one_requirement_leaves_the_other_as_it_was() -> None:
    exceptions = (ExceptionFact("extension", "comment-1", november(1)),)
    both = facts(comment(1, october(27)), comment(2, october(28)), exceptions=exceptions)
    assert sorted(states(judge(both))) == ["late", "met"]
    one = facts(comment(1, october(16)), exceptions=exceptions)
    assert states(judge(one)) == ["not_due", "met"]


def test_an_extension_never_shortens() -> None:
    student = facts(comment(1, october(25)), exceptions=(ExceptionFact("extension", None, october(20)),))
    assert states(judge(student))[0] == "met"


def test_an_excuse_covers_one_requirement_or_all() -> None:
    one = facts(comment(1, october(16)), exceptions=(ExceptionFact("excuse", "comment-1"),))
    assert states(judge(one)) == ["excused", "met"]
    everything = facts(comment(1, october(16)), exceptions=(ExceptionFact("excuse"),))
    judgment = judge(everything, terms=TERMS)
    assert states(judgment) == ["excused", "excused", "excused"]
    assert judgment.not_counted == ()


def test_more_than_asked_is_said_to_be_there() -> None:
    judgment = judge(facts(*(comment(n, october(13 + n)) for n in range(1, 4)), comment(4, october(28))))
    assert judgment.counted == (1, 2)
    assert [(one.comment_id, one.reason) for one in judgment.not_counted] == [(3, "not-needed")]


def test_where_posts_may_repeat_two_comments_on_one_count() -> None:
    terms = change(COMMENTS_ONLY, spread=Spread(Different.NOTHING))
    student = facts(comment(1, october(16), "one"), comment(2, october(17), "one"))
    assert states(judge(student, terms=terms)) == ["met", "met"]


def test_the_whole_bundle_is_judged_in_the_order_of_its_parts() -> None:
    summary = post(9, october(30), linked_post_keys=frozenset({"post-1", "post-2"}))
    student = facts(comment(1, october(16)), comment(2, october(21)), posts=(summary,))
    judgment = judge(student, terms=TERMS, as_of=AFTERWARDS)
    assert list(by_key(judgment)) == ["comment-1", "comment-2", "summary"]
    assert states(judgment) == ["met", "met", "met"]
    assert by_key(judgment)["summary"].post_id == 9
