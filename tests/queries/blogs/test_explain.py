"""Why is this comment not here? Decided on plain facts; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.blog import Health, HealthCode, OpenGap
from tracker.domain.feed import AliasKey, EntryKind, FeedKind
from tracker.domain.locale import CourseLocale
from tracker.domain.missing_comment import (
    BlogFacts,
    CommentFacts,
    Person,
    PostFacts,
    Question,
    ReceiptFacts,
    StoredFacts,
)
from tracker.queries.blogs.explain import explain
from tracker.wording.missing_comment import CHECK_NOW, RECEIPT

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
SINCE = datetime(2026, 10, 20, 7, 15, tzinfo=UTC)
URL = "http://roomnine.example/a-quiet-week/#comment-7480"
KEYS = (AliasKey("number", "7480"),)
ASKED = Question(
    URL, URL, KEYS, post_keys=(AliasKey("link", "/a-quiet-week"),), number="7480", names_comment=True
)
ABOUT_POST = replace(ASKED, number="", names_comment=False, comment_keys=())
BLOG = BlogFacts(1, "Room Nine", "http://roomnine.example/", fully_checked_at=NOW - timedelta(hours=6))
POST = PostFacts(2, "A quiet week", "http://roomnine.example/a-quiet-week/", NOW - timedelta(days=9), held=3)
COMMENT = CommentFacts(
    7, EntryKind.COMMENT, "noor", URL, NOW - timedelta(days=2), NOW - timedelta(days=3), "A quiet week",
    FeedKind.COMMENTS,
)  # fmt: skip
NOOR = Person(5, "Noor Haddad")
GAP = OpenGap(NOW - timedelta(days=2), NOW - timedelta(days=1), 3)


def blog(**values: object) -> StoredFacts:
    return StoredFacts(replace(BLOG, **values), POST)  # type: ignore[arg-type]


def comment(**values: object) -> StoredFacts:
    return StoredFacts(BLOG, POST, replace(COMMENT, **values))  # type: ignore[arg-type]


CASES = [
    pytest.param(Question("hello"), StoredFacts(), "not-an-address", "not the address", id="no address"),
    pytest.param(ASKED, StoredFacts(), "not-followed", "follows no blog", id="unknown blog"),
    pytest.param(
        ASKED,
        comment(verdict="accept", student=NOOR),
        "here",
        "It is matched to Noor Haddad.",
        id="linked",
    ),
    pytest.param(
        ASKED,
        comment(verdict="accept", student=NOOR, decided=True),
        "here",
        "matched to Noor Haddad, by a person’s decision",
        id="decided",
    ),
    pytest.param(
        ASKED, comment(verdict="accept"), "here", "a student of another section", id="not to be named"
    ),
    pytest.param(
        ASKED,
        comment(verdict="review", candidates=2),
        "here",
        "in Review: 2 students could have written it",
        id="in review",
    ),
    pytest.param(
        ASKED, comment(verdict="ignore", reason="owner"), "here", "by the blog’s owner", id="ignored"
    ),
    pytest.param(ASKED, comment(), "here", "has not matched it", id="never matched"),
    pytest.param(
        ASKED,
        comment(kind=EntryKind.PINGBACK, verdict="ignore", reason="pingback"),
        "not-a-comment",
        "a pingback",
        id="pingback",
    ),
    pytest.param(
        ASKED,
        comment(kind=EntryKind.TOMBSTONE, gone_since=NOW),
        "not-a-comment",
        "only a note that a comment was removed",
        id="removed before it was seen",
    ),
    pytest.param(
        ASKED,
        comment(gone_since=NOW, verdict="accept", student=NOOR),
        "gone",
        "gone from its blog since Mon, Oct 26, 8:00 AM CDT. It is matched to Noor Haddad.",
        id="gone",
    ),
    pytest.param(
        replace(ABOUT_POST, is_home=True),
        StoredFacts(BLOG),
        "blog",
        "This is the blog “Room Nine” itself",
        id="home",
    ),
    pytest.param(ABOUT_POST, StoredFacts(BLOG, POST), "post", "we have 3 comments on it", id="post"),
    pytest.param(
        ABOUT_POST,
        StoredFacts(BLOG, replace(POST, total=5)),
        "post",
        "the blog counts 5",
        id="post with more",
    ),
    pytest.param(ABOUT_POST, StoredFacts(BLOG), "not-shown", "but not this post", id="post unknown"),
    pytest.param(ASKED, blog(roles=()), "not-followed", "no longer follows “Room Nine”", id="let go"),
    pytest.param(ASKED, blog(opted_out_at=NOW), "opted-out", "asked us not to read", id="opted out"),
    pytest.param(ASKED, blog(roles=("class-blog",)), "cannot-see", "as a class blog", id="class blog"),
    pytest.param(
        ASKED,
        blog(has_comment_feed=False),
        "cannot-see",
        "has no comment feed",
        id="no comment feed",
    ),
    pytest.param(
        ASKED,
        blog(health=Health(HealthCode.NOT_CHECKED)),
        "never-looked",
        "not been checked yet",
        id="never checked",
    ),
    pytest.param(
        ASKED,
        blog(health=Health(HealthCode.NO_ANSWER, SINCE)),
        "cannot-see",
        "hasn’t responded since Oct 20, 2:15 AM, so we can’t see",
        id="in trouble",
    ),
    pytest.param(
        ASKED,
        blog(health=Health(HealthCode.GONE, SINCE)),
        "cannot-see",
        "gone for good, since Oct 20, 2:15 AM",
        id="gone for good",
    ),
    pytest.param(
        ASKED,
        blog(health=Health(HealthCode.NO_ANSWER_ONCE, SINCE)),
        "cannot-see",
        "hasn’t responded",
        id="no answer last time",
    ),
    pytest.param(
        replace(ASKED, is_held=True),
        StoredFacts(BLOG, POST),
        "held",
        "shown only to the writer",
        id="held",
    ),
    pytest.param(ASKED, blog(gaps=(GAP,)), "gap", "among the comments we missed", id="open gap"),
    pytest.param(ASKED, StoredFacts(BLOG, POST), "not-shown", "probably awaiting moderation", id="not shown"),
    pytest.param(ASKED, StoredFacts(BLOG), "not-shown", "a comment with this number", id="post unknown, too"),
    pytest.param(
        ASKED, blog(later_held=True), "not-shown", "It has shown later ones", id="later ones came in"
    ),
    pytest.param(
        ASKED,
        blog(holds_comments=True),
        "not-shown",
        "approves comments by hand",
        id="moderated blog",
    ),
    pytest.param(
        ASKED,
        StoredFacts(BLOG, POST, None, (ReceiptFacts(NOOR, NOW, "waiting"),)),
        "not-shown",
        "saved a receipt for it",
        id="receipt waits",
    ),
]


@pytest.mark.parametrize(("question", "held", "answer", "says"), CASES)
def test_answer_is_the_surest_reason(question: Question, held: StoredFacts, answer: str, says: str) -> None:
    explanation = explain(question, held, LOCALE)
    assert explanation.answer == answer
    assert says in explanation.says


@pytest.mark.parametrize(("question", "held", "answer", "says"), CASES)
def test_every_answer_ends_in_what_can_be_done(
    question: Question, held: StoredFacts, answer: str, says: str
) -> None:
    explanation = explain(question, held, LOCALE)
    nothing_to_do = answer in ("blog", "not-a-comment") or (held.comment and not held.comment.verdict)
    assert bool(explanation.todo) is not bool(nothing_to_do)
    if CHECK_NOW in explanation.todo:
        assert explanation.can_check


@pytest.mark.parametrize(
    ("held", "fact"),
    [
        pytest.param(
            comment(),
            "says Fri, Oct 23, 8:00 AM CDT; first seen Sat, Oct 24, 8:00 AM CDT, "
            "in its feed of all comments.",
            id="times",
        ),
        pytest.param(comment(other_ids=1), "treat them as one comment", id="came in twice"),
        pytest.param(comment(edited_at=NOW, versions=2), "Versions kept: 2", id="edited"),
        pytest.param(comment(missed_at=NOW), "The next full check decides", id="missing once"),
        pytest.param(comment(is_purged=True), "erased on request", id="purged"),
        pytest.param(
            StoredFacts(BLOG, POST), "Last full check of its comments: Mon, Oct 26, 2:00 AM CDT.", id="check"
        ),
        pytest.param(blog(rest_at=NOW), "Last check by REST", id="REST"),
        pytest.param(
            StoredFacts(BLOG, replace(POST, fully_checked_at=NOW)),
            "Last check of the post’s own feed: Mon, Oct 26, 8:00 AM CDT.",
            id="own feed",
        ),
        pytest.param(StoredFacts(BLOG), "We don’t know the post either", id="post unknown"),
        pytest.param(StoredFacts(BLOG, replace(POST, total=5)), "the blog counts 5", id="counts"),
        pytest.param(
            StoredFacts(BLOG, replace(POST, takes_comments=False)),
            "comments on this post are closed",
            id="closed",
        ),
        pytest.param(
            blog(gaps=(GAP,)),
            "3 comments may have come and gone unseen between Sat, Oct 24, 8:00 AM CDT and Sun,",
            id="gap",
        ),
        pytest.param(blog(is_other=True), "It is on another blog: “Room Nine”.", id="other blog"),
        pytest.param(
            StoredFacts(BLOG, POST, None, (ReceiptFacts(NOOR, NOW, "unreadable", "403."),)),
            "couldn’t read the post: 403.",
            id="receipt in trouble",
        ),
    ],
)
def test_facts_are_said_with_their_times(held: StoredFacts, fact: str) -> None:
    assert any(fact in one for one in explain(ASKED, held, LOCALE).facts)


def test_a_blog_that_is_not_checked_is_not_offered_to_be_checked() -> None:
    explanation = explain(ASKED, blog(roles=(), gaps=(GAP,)), LOCALE)
    assert not explanation.can_check
    assert CHECK_NOW not in explanation.todo


def test_an_open_question_ends_in_a_receipt() -> None:
    assert explain(ASKED, StoredFacts(BLOG, POST), LOCALE).todo == (CHECK_NOW, RECEIPT)
