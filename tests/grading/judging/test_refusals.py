"""Why a comment that was found does not count: the code, and the sentence that people read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.grading.cases import sentence
from tests.grading.weeks import at, doer, judged, on, one_window, rule
from tracker.domain.assignment import (
    REQUIRED,
    AssignmentTerms,
    Condition,
    Different,
    Late,
    Order,
    Quota,
    Spread,
    Where,
)
from tracker.domain.grade import AllocationFact, CommentFact
from tracker.domain.text import TextCounts
from tracker.domain.traits import Trait

TWO = Quota(2)
DAYS = (on(1), on(2))
FLOOR = (Condition(Trait.WORDS, 50, REQUIRED), Condition(Trait.QUESTIONS, 1, REQUIRED))
SHORT = TextCounts(words=49)
POSTS, BLOGS_DIFFER, AUTHORS_DIFFER, ANY = (
    Spread(one) for one in (Different.POSTS, Different.BLOGS, Different.AUTHORS, Different.NOTHING)
)
SAME_POST = "On the same post as one that counts; the rule asks for different posts."
SAME_BLOG = "On the same blog as one that counts; the rule asks for different blogs."
SAME_AUTHOR = "By the same author as one that counts; the rule asks for different authors."
SAME_TEXT = "The same text as one that counts; it is one comment."
SPREAD = "It can’t count together with those that do: the rule says how different or far apart they must be."
NOT_NEEDED = "Found; enough other comments count already."


def pair(blogs: tuple[int, int], *changes: dict[str, object]) -> tuple[CommentFact, ...]:
    return tuple(replace(one, **change) for one, change in zip(at(*DAYS, blogs=blogs), changes, strict=True))


SAME = {"post_key": "1/a"}
ADA = {"author": "ada"}
WHY = [
    pytest.param(rule(TWO), pair((1, 1), SAME, SAME), "same-post", SAME_POST, id="one post"),
    pytest.param(
        rule(TWO, spread=BLOGS_DIFFER), pair((1, 1), SAME, SAME), "same-post", SAME_POST, id="one blog's post"
    ),
    pytest.param(rule(TWO, spread=BLOGS_DIFFER), pair((1, 1), {}, {}), "same-blog", SAME_BLOG, id="one blog"),
    pytest.param(
        rule(TWO, spread=AUTHORS_DIFFER), pair((1, 2), ADA, ADA), "same-author", SAME_AUTHOR, id="one author"
    ),
    pytest.param(
        rule(TWO, spread=AUTHORS_DIFFER),
        pair((1, 1), {}, {}),
        "same-author",
        SAME_AUTHOR,
        id="a blog stands for its author",
    ),
    pytest.param(
        rule(TWO), pair((1, 2), *[{"text_hash": "x"}] * 2), "same-text", SAME_TEXT, id="one text on two posts"
    ),
    pytest.param(
        rule(TWO, spread=Spread(days_apart=3)), pair((1, 2), {}, {}), "spread", SPREAD, id="too near"
    ),
    pytest.param(
        rule(TWO, spread=Spread(order=Order.NEWER)),
        pair((1, 1), {"post_published_at": on(-1)}, {"post_published_at": on(-2)}),
        "spread",
        SPREAD,
        id="an older post",
    ),
    pytest.param(
        rule(Quota(1), spread=ANY), pair((1, 1), SAME, SAME), "not-needed", NOT_NEEDED, id="one too many"
    ),
    pytest.param(rule(Quota(1)), pair((1, 2), {}, {}), "not-needed", NOT_NEEDED, id="on another post"),
    pytest.param(
        rule(Quota(1), spread=Spread(days_apart=3)),
        pair((1, 2), {}, {}),
        "not-needed",
        NOT_NEEDED,
        id="near, and one too many",
    ),
    pytest.param(
        rule(TWO, where=Where.CLASSMATES),
        pair((1, 99), {}, {}),
        "other-blog",
        "Found on a blog where comments don’t count.",
        id="no classmate's",
    ),
    pytest.param(
        rule(Quota(1), late=Late(closes_after_days=1)),
        at(on(15)),
        "closed",
        "Posted Tue, Sep 22, 12:00 PM CDT, when late work was no longer accepted.",
        id="closed",
    ),
    pytest.param(
        rule(Quota(1)),
        at(on(-1)),
        "before-opening",
        "Posted Sun, Sep 6, 12:00 PM CDT, before the assignment opened.",
        id="before it opened",
    ),
    pytest.param(
        rule(Quota(1), conditions=FLOOR),
        at(on(1), counts=replace(SHORT, questions=1)),
        "too-short",
        "Found, 49 words; the rule asks for 50.",
        id="too short",
    ),
]


@pytest.mark.parametrize(("terms", "comments", "reason", "says"), WHY)
def test_the_last_one_is_not_counted(
    terms: AssignmentTerms, comments: tuple[CommentFact, ...], reason: str, says: str
) -> None:
    last = comments[-1]
    told = judged(terms, doer(*comments)).not_counted
    assert [(one.comment_id, one.reason, sentence(one), one.permalink) for one in told] == [
        (last.comment_id, reason, says, last.permalink)
    ]


def test_two_things_that_are_lacking_are_both_said() -> None:
    (told,) = judged(rule(Quota(1), conditions=FLOOR), doer(*at(on(1), counts=SHORT))).not_counted
    assert sentence(told) == "Found, 49 words; the rule asks for 50. No question; the rule asks for 1."


def test_on_another_than_the_assigned_blog() -> None:
    student = doer(*at(on(1), blogs=(2,)), allocations=(AllocationFact(1),))
    (told,) = judged(rule(Quota(1), where=Where.ALLOCATED), student).not_counted
    assert (told.reason, sentence(told)) == ("other-blog", "Found on another blog than the one assigned.")


@pytest.mark.parametrize(
    ("spread", "reason"),
    [
        pytest.param(Spread(blogs_least=2), "spread", id="all on one blog"),
        pytest.param(Spread(new_blogs=1), "not-needed", id="one of them on a new blog"),
        pytest.param(POSTS, "not-needed", id="anywhere"),
    ],
)
def test_it_is_said_to_be_too_many_only_when_all_are_there(spread: Spread, reason: str) -> None:
    """Three on one blog, where two are asked for."""
    comments = at(on(1), on(2), on(3), blogs=(1, 1, 1))
    judgment = judged(rule(TWO, spread=spread, periods=one_window()), doer(*comments))
    assert {one.reason for one in judgment.not_counted} == {reason}
