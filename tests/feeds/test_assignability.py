"""Can a blog be assigned to students? Judged on plain facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.blog import Advice, AdviceCode, BlogRecord, Health, HealthCode
from tracker.domain.feed import FeedKind
from tracker.feeds.assignability import assess

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = BlogRecord(
    1,
    kinds=frozenset({FeedKind.COMMENTS, FeedKind.POSTS}),
    has_rest=True,
    has_post_feeds=True,
    window=10,
    last_post_at=NOW - 3 * DAY,
    posts=12,
    posts_lately=5,
    open_lately=4,
    open_ever=True,
    comments=40,
    comments_lately=20,
    timed=30,
)


@pytest.mark.parametrize(
    ("changed", "advice", "code"),
    [
        pytest.param({}, Advice.GOOD, None, id="good"),
        pytest.param({"opted_out_at": NOW}, Advice.NO, AdviceCode.OPTED_OUT, id="opted out"),
        pytest.param({"is_gone": True}, Advice.NO, AdviceCode.GONE, id="gone"),
        pytest.param(
            {"health": Health(HealthCode.NO_ANSWER, NOW - DAY)},
            Advice.NO,
            AdviceCode.NO_ANSWER,
            id="no answer for nights",
        ),
        pytest.param(
            {"open_lately": 0, "comments_lately": 0}, Advice.NO, AdviceCode.COMMENTS_CLOSED, id="closed"
        ),
        pytest.param({"open_lately": 0, "open_ever": False}, Advice.GOOD, None, id="does not say"),
        pytest.param({"open_lately": 0}, Advice.GOOD, None, id="comments came all the same"),
        pytest.param({"last_post_at": NOW - 400 * DAY}, Advice.NO, AdviceCode.ASLEEP, id="asleep"),
        pytest.param({"last_post_at": NOW - 90 * DAY}, Advice.CARE, AdviceCode.QUIET, id="quiet"),
        pytest.param({"last_post_at": None, "posts": 0}, Advice.CARE, AdviceCode.NO_POST_SEEN, id="no post"),
        pytest.param({"posts": 1}, Advice.CARE, AdviceCode.ONE_POST, id="one post"),
        pytest.param(
            {"kinds": frozenset({FeedKind.POSTS}), "health": Health(HealthCode.NO_COMMENT_FEED)},
            Advice.CARE,
            AdviceCode.NO_COMMENT_FEED,
            id="no comment feed",
        ),
        pytest.param(
            {"health": Health(HealthCode.NOT_CHECKED)},
            Advice.WAIT,
            AdviceCode.NOT_CHECKED,
            id="new",
        ),
        pytest.param(
            {"health": Health(HealthCode.NO_ANSWER_ONCE, NOW - DAY)},
            Advice.CARE,
            AdviceCode.SEEN_IN_PART,
            id="no answer once",
        ),
        pytest.param(
            {"health": Health(HealthCode.GAP, NOW - DAY, 3)},
            Advice.CARE,
            AdviceCode.SOME_UNSEEN,
            id="gap",
        ),
        pytest.param({"late": 2}, Advice.CARE, AdviceCode.MODERATED, id="moderated"),
        pytest.param({"late": 1}, Advice.GOOD, None, id="one late is perhaps a clock"),
        pytest.param(
            {"has_post_feeds": False, "has_rest": False, "comments_lately": 80},
            Advice.CARE,
            AdviceCode.TIGHT_WINDOW,
            id="tight window",
        ),
        pytest.param({"comments_lately": 80}, Advice.GOOD, None, id="tight window with other ways"),
    ],
)
def test_advice_comes_with_its_gravest_reason(
    changed: dict[str, object], advice: Advice, code: AdviceCode | None
) -> None:
    found = assess(replace(GOOD, **changed), NOW)  # type: ignore[arg-type]
    assert found.advice is advice
    assert list(found.reasons[:1]) == ([code] if code else [])


def test_a_blog_without_a_feed_of_its_comments_is_blind() -> None:
    by_post = replace(GOOD, kinds=frozenset({FeedKind.POSTS}))
    blind = assess(replace(by_post, health=Health(HealthCode.NO_COMMENT_FEED)), NOW)
    assert (blind.is_blind, blind.is_healthy) == (True, False)
    assert not assess(by_post, NOW).is_blind, "the comments of each post are read"
    assert assess(GOOD, NOW).is_healthy
    assert not assess(replace(GOOD, is_gone=True), NOW).is_healthy


def test_a_blog_whose_comments_are_kept_elsewhere_is_blind_unless_their_feed_is_followed() -> None:
    kept = replace(GOOD, kinds=frozenset({FeedKind.POSTS}), kept_by="Disqus")
    assert assess(kept, NOW).reasons[0] is AdviceCode.KEPT_ELSEWHERE
    assert assess(kept, NOW).is_blind
    assert not assess(replace(GOOD, kept_by="Disqus"), NOW).is_blind
