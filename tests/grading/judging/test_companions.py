from __future__ import annotations

from dataclasses import replace

from tests.grading.cases import AMERICAN, CHICAGO, sentence
from tests.grading.weeks import doer, judged, on, one_window, post_at
from tracker.domain.assignment import (
    REQUIRED,
    AssignmentTerms,
    Condition,
    Late,
    PartRule,
    Quota,
    RequirementKind,
    Target,
    Where,
)
from tracker.domain.grade import NotCounted, PostFact
from tracker.domain.text import TextCounts
from tracker.domain.traits import Trait
from tracker.wording.times import say_instant

DUE = one_window()[0].window.due_at
PART = PartRule("post", RequirementKind.POST, Target(Where.OWN), one_window(), Quota(1))
LONG = replace(
    PART,
    conditions=(Condition(Trait.WORDS, 300, REQUIRED), Condition(Trait.LINKS, 1, REQUIRED)),
    late=Late(per_day=10, closes_after_days=1),
)


def refused(part: PartRule, *posts: PostFact) -> tuple[NotCounted, ...]:
    return judged(AssignmentTerms("Posts", (part,)), doer(posts=posts)).not_counted


def with_link(post: PostFact, words: int = 400) -> PostFact:
    return replace(post, counts=TextCounts(words=words, links=1))


def test_posts_that_do_not_count_are_told_with_the_reason_in_the_order_of_their_time() -> None:
    early = with_link(post_at(4, on(-1), "Week"))
    short = with_link(post_at(3, on(1), "Week"), 299)
    no_link = post_at(2, on(2), "Week")
    closed = with_link(post_at(1, DUE.astimezone(CHICAGO).replace(day=22), "Week"))
    found = refused(replace(LONG, names=("Week",)), closed, no_link, short, early)
    assert [(one.post_id, one.permalink, one.reason, sentence(one)) for one in found] == [
        (
            4,
            early.url,
            "before-opening",
            f"Published {say_instant(on(-1), AMERICAN)}, before the assignment opened.",
        ),
        (3, short.url, "too-short", "Found, 299 words; the rule asks for 300."),
        (2, no_link.url, "lacks", "Found, No link; the rule asks for 1."),
        (
            1,
            closed.url,
            "closed",
            "Published Tue, Sep 22, 12:00 AM CDT, when late work was no longer accepted.",
        ),
    ]


def test_where_no_name_is_asked_only_posts_of_the_time_are_told() -> None:
    early = with_link(post_at(4, on(-1)))
    short = with_link(post_at(3, on(1)), 299)
    no_link = post_at(2, on(2))
    closed = with_link(post_at(1, DUE.astimezone(CHICAGO).replace(day=22)))
    assert [one.reason for one in refused(LONG, early, short, no_link, closed)] == [
        "too-short",
        "lacks",
        "closed",
    ]


def test_other_work_on_the_class_blog_is_not_spoken_of() -> None:
    assert refused(replace(LONG, names=("Week",)), post_at(1, on(1), "My dog", words=3)) == ()


def test_a_label_alone_makes_a_post_the_one_that_is_asked() -> None:
    terms = AssignmentTerms("Posts", (replace(PART, names=("Week",)),))
    labelled, other = post_at(1, on(1), "Seen", labels=("week",)), post_at(2, on(1), "Seen")
    assert [one.post_id for one in judged(terms, doer(posts=(other, labelled))).verdicts] == [1]
