from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    BLOG,
    CLASS_BLOG,
    OPENS,
    SUMMARY_DUE,
    TERMS,
    by_key,
    comment,
    facts,
    judge,
    november,
    october,
    post,
    receipt,
    seen,
    sentence,
)
from tracker.domain.blog import OpenGap
from tracker.domain.grade import BlogSight, ExceptionFact, Judgment, PostFact, StudentFacts, Verdict

BOTH = frozenset({"post-1", "post-2"})
TWO = (comment(1, october(16)), comment(2, october(21)))


def student(*posts: PostFact, **changes: Any) -> StudentFacts:
    return facts(*TWO, posts=posts, **changes)


def summary(judgment: Judgment) -> Verdict:
    return by_key(judgment)["summary"]


def judge_posts(*posts: PostFact, **asked: Any) -> tuple[str, str]:
    verdict = summary(judge(student(*posts), terms=TERMS, **{"as_of": AFTERWARDS, **asked}))
    return verdict.state.value, verdict.reason


@pytest.mark.parametrize(
    ("posted_at", "state"),
    [
        pytest.param(november(1, 23, 59, 40), "met", id="in the last minute, after clocks went back"),
        pytest.param(november(2, 0, 0, 0), "late", id="at midnight"),
    ],
)
def test_a_post_that_links_both_is_judged_by_its_own_clock(posted_at: Any, state: str) -> None:
    assert judge_posts(post(9, posted_at, linked_post_keys=BOTH))[0] == state


def test_posts_are_linked_by_row_as_well_as_by_key() -> None:
    commented = tuple(replace(one, post_id=one.comment_id + 100) for one in TWO)
    found = post(9, october(30), linked_post_ids=frozenset({101, 102}))
    judgment = judge(facts(*commented, posts=(found,)), terms=TERMS, as_of=AFTERWARDS)
    assert summary(judgment).reason == "on-time"


def test_an_untitled_post_is_recognised_by_its_links() -> None:
    assert judge_posts(post(9, october(30), "", linked_post_keys=BOTH)) == ("met", "on-time")


def test_a_label_names_a_post_too() -> None:
    found = post(9, october(30), "What I read", labels=("C4T#2",), linked_blog_ids=frozenset({BLOG}))
    assert judge_posts(found) == ("in_review", "link-too-general")


@pytest.mark.parametrize(
    ("links", "reason", "says"),
    [
        pytest.param(
            {"linked_blog_ids": frozenset({BLOG})}, "link-too-general", "probably all right", id="home only"
        ),
        pytest.param({"linked_post_ids": frozenset({107})}, "links-other-posts", "other posts", id="another"),
        pytest.param(
            {"linked_post_keys": frozenset({"post-1"})}, "links-some", "1 of the 2", id="one of two"
        ),
        pytest.param({}, "no-link", "neither", id="nothing"),
        pytest.param(
            {"linked_post_ids": frozenset({9}), "linked_blog_ids": frozenset({BLOG})},
            "link-too-general",
            "not to the posts",
            id="home and a post of its own blog",
        ),
    ],
)
def test_a_named_post_that_links_something_else_is_for_a_person(
    links: dict[str, Any], reason: str, says: str
) -> None:
    verdict = summary(judge(student(post(9, october(30), **links)), terms=TERMS, as_of=AFTERWARDS))
    assert (verdict.state, verdict.reason, verdict.post_id) == ("in_review", reason, 9)
    assert says in sentence(verdict)


def test_a_date_that_six_checks_contradict_is_for_a_person() -> None:
    times = seen(october(30), first_seen_at=november(6, 2), last_check_before=november(5, 2))
    found = post(9, october(30), times=times, linked_post_keys=BOTH)
    assert judge_posts(found, as_of=november(6, 3)) == ("date_questionable", "date")


def test_while_a_comment_is_not_found_the_summary_is_judged_by_the_one_that_is() -> None:
    found = post(9, october(30), linked_post_keys=frozenset({"post-1"}))
    judgment = judge(facts(TWO[0], posts=(found,)), terms=TERMS, as_of=AFTERWARDS)
    assert [verdict.state.value for verdict in judgment.verdicts] == ["met", "not_found_yet", "met"]


def test_links_to_posts_that_a_receipt_names_are_links_enough() -> None:
    found = post(9, october(30), linked_post_keys=frozenset({"held"}))
    held = facts(posts=(found,), receipts=(receipt(1, october(20), "held"),))
    assert sentence(summary(judge(held, terms=TERMS, as_of=AFTERWARDS))).endswith(
        "links to 1 commented post."
    )


def test_with_no_comment_found_a_named_post_with_links_is_met_and_says_why() -> None:
    found = post(9, october(30), linked_post_ids=frozenset({107}))
    verdict = summary(judge(facts(posts=(found,)), terms=TERMS, as_of=AFTERWARDS))
    assert verdict.reason == "on-time"
    assert "no comments found yet" in sentence(verdict)


def test_linking_any_two_commented_posts_is_enough_although_others_were_counted() -> None:
    found = post(9, october(30), linked_post_keys=frozenset({"post-2", "post-3"}))
    judgment = judge(facts(*TWO, comment(3, october(23)), posts=(found,)), terms=TERMS, as_of=AFTERWARDS)
    assert judgment.counted == (1, 2)
    assert summary(judgment).reason == "on-time"


def test_the_better_of_two_posts_is_taken() -> None:
    general = post(8, october(28), linked_blog_ids=frozenset({BLOG}))
    full = post(9, october(30), "Looking back", linked_post_keys=BOTH)
    assert judge_posts(general, full) == ("met", "on-time")
    late = replace(full, times=seen(november(3)))
    assert judge_posts(general, late) == ("in_review", "link-too-general")


def test_a_diary_post_that_links_one_of_two_is_no_summary_while_there_is_time() -> None:
    diary = post(9, october(22), "My week", linked_post_keys=frozenset({"post-1"}))
    assert judge_posts(diary, as_of=october(27)) == ("not_due", "not-due")
    assert judge_posts(diary) == ("in_review", "links-some")


def test_an_unnamed_post_that_links_nothing_is_nobodys_summary() -> None:
    assert judge_posts(post(9, october(22), "My week")) == ("not_found_yet", "no-summary")


def test_a_named_post_from_before_the_opening_is_shown_and_does_not_count() -> None:
    early = post(9, OPENS.replace(day=2))
    judgment = judge(student(early), terms=TERMS, as_of=AFTERWARDS)
    assert summary(judgment).reason == "no-summary"
    assert [(one.post_id, one.reason) for one in judgment.not_counted] == [(9, "before-opening")]


@pytest.mark.parametrize(
    ("class_blog", "reason"),
    [
        pytest.param(BlogSight(CLASS_BLOG, False), "no-post-feed", id="no feed"),
        pytest.param(BlogSight(CLASS_BLOG, True), "class-blog-not-looked-at", id="never looked"),
        pytest.param(
            BlogSight(CLASS_BLOG, True, october(30), failing_since=october(31)),
            "class-blog-failing",
            id="failing",
        ),
        pytest.param(
            BlogSight(CLASS_BLOG, True, AFTERWARDS, gaps=(OpenGap(october(20), november(1)),)),
            "class-blog-gap",
            id="gap",
        ),
        pytest.param(BlogSight(501, True, AFTERWARDS), "class-blog-not-looked-at", id="no sight at all"),
    ],
)
def test_a_class_blog_we_cannot_see_hides_the_summary(class_blog: BlogSight, reason: str) -> None:
    assert judge_posts(class_blog=class_blog) == ("cannot_see", reason)


def test_without_a_class_blog_nothing_can_be_seen() -> None:
    nowhere = student(class_blogs=())
    assert summary(judge(nowhere, terms=TERMS, as_of=AFTERWARDS)).reason == "no-class-blog"
    assert summary(judge(nowhere, terms=TERMS, as_of=october(20))).reason == "not-due"


def test_a_summary_can_be_extended_and_excused_by_itself() -> None:
    late = post(9, november(3), linked_post_keys=BOTH)
    extended = student(late, exceptions=(ExceptionFact("extension", "summary", november(4)),))
    assert summary(judge(extended, terms=TERMS, as_of=november(5))).state == "met"
    excused = student(exceptions=(ExceptionFact("excuse", "summary"),))
    assert summary(judge(excused, terms=TERMS, as_of=november(5))).state == "excused"


def test_of_unnamed_posts_one_that_links_the_blog_is_considered_and_one_of_other_posts_is_not() -> None:
    """And that only once the due instant is there, since a better one may still come."""
    general = post(9, october(30), "My week", linked_blog_ids=frozenset({BLOG}))
    assert judge_posts(general) == ("in_review", "link-too-general")
    other = replace(general, linked_post_ids=frozenset({107}))
    assert judge_posts(other) == ("not_found_yet", "no-summary")
    diary = post(9, october(22), "My week", linked_post_keys=frozenset({"post-1"}))
    assert judge_posts(diary, as_of=SUMMARY_DUE) == ("in_review", "links-some")
