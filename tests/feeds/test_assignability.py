"""Can a blog be assigned to students? Judged on plain facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.feed import FeedKind, Platform
from tracker.domain.reason import Reason, instant_param
from tracker.feeds.assignability import Advice, AdviceCode, BlogRecord, FactCode, assess
from tracker.feeds.blog_health import Health, HealthCode, HealthLevel

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SINCE = {"since": instant_param(NOW - DAY)}
GOOD = BlogRecord(
    1,
    Platform.WORDPRESS,
    kinds=frozenset({FeedKind.COMMENTS, FeedKind.POSTS}),
    has_rest=True,
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
            {"health": Health(HealthLevel.TROUBLE, Reason(HealthCode.NO_ANSWER, SINCE))},
            Advice.NO,
            HealthCode.NO_ANSWER,
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
            {"kinds": frozenset({FeedKind.POSTS})},
            Advice.CARE,
            AdviceCode.NO_COMMENT_FEED,
            id="no comment feed",
        ),
        pytest.param(
            {"health": Health(HealthLevel.WAITING, Reason(HealthCode.NOT_CHECKED))},
            Advice.WAIT,
            AdviceCode.NOT_CHECKED,
            id="new",
        ),
        pytest.param(
            {"health": Health(HealthLevel.PARTLY, Reason(HealthCode.NO_ANSWER_ONCE, SINCE))},
            Advice.CARE,
            HealthCode.NO_ANSWER_ONCE,
            id="no answer once",
        ),
        pytest.param(
            {"health": Health(HealthLevel.TROUBLE, Reason(HealthCode.GAP, {**SINCE, "unseen": 3}))},
            Advice.CARE,
            HealthCode.GAP,
            id="gap",
        ),
        pytest.param({"late": 2}, Advice.CARE, AdviceCode.MODERATED, id="moderated"),
        pytest.param({"late": 1}, Advice.GOOD, None, id="one late is perhaps a clock"),
        pytest.param(
            {"platform": Platform.GENERIC, "has_rest": False, "comments_lately": 80},
            Advice.CARE,
            AdviceCode.TIGHT_WINDOW,
            id="tight window",
        ),
        pytest.param({"comments_lately": 80}, Advice.GOOD, None, id="tight window with other ways"),
    ],
)
def test_advice_comes_with_its_gravest_reason(
    changed: dict[str, object], advice: Advice, code: str | None
) -> None:
    found = assess(replace(GOOD, **changed), NOW)  # type: ignore[arg-type]
    assert found.advice is advice
    assert [reason.code for reason in found.reasons[:1]] == ([code] if code else [])


def test_a_blog_without_a_feed_of_its_comments_is_blind() -> None:
    blind = assess(replace(GOOD, kinds=frozenset({FeedKind.POSTS})), NOW)
    assert (blind.is_blind, blind.is_healthy) == (True, False)
    assert assess(GOOD, NOW).is_healthy
    assert not assess(replace(GOOD, is_gone=True), NOW).is_healthy


def test_numbers_go_with_the_reason_and_the_facts() -> None:
    busy = replace(GOOD, platform=Platform.GENERIC, has_rest=False, comments_lately=80, late=3)
    found = assess(busy, NOW)
    assert found.reasons[-1] == Reason(AdviceCode.TIGHT_WINDOW, {"a_week": 20, "window": 10})
    assert {fact.code: fact.params for fact in found.facts} == {
        FactCode.ANSWERS: {},
        FactCode.LAST_POST: {"on": instant_param(NOW - 3 * DAY), "now": instant_param(NOW)},
        FactCode.COMMENTS_OPEN: {"open": 4, "posts": 5},
        FactCode.A_WEEK: {"comments": 20},
        FactCode.MODERATED: {"late": 3, "comments": 30},
        FactCode.WINDOW: {"window": 10},
        FactCode.WAYS: {"ways": ["feed"]},
    }


@pytest.mark.parametrize(
    ("changed", "ways"),
    [
        pytest.param({}, ["feed", "rest", "post-feeds-if-needed"], id="wordpress"),
        pytest.param(
            {"kinds": frozenset({FeedKind.COMMENTS, FeedKind.POST_COMMENTS}), "has_rest": False},
            ["feed", "post-feeds"],
            id="posts' own feeds",
        ),
        pytest.param({"kinds": frozenset({FeedKind.POSTS}), "has_rest": False}, ["pages"], id="posts only"),
        pytest.param({"kinds": frozenset(), "has_rest": False}, ["receipts"], id="nothing"),
    ],
)
def test_ways_to_comments_are_named(changed: dict[str, object], ways: list[str]) -> None:
    assert assess(replace(GOOD, **changed), NOW).facts[-1] == Reason(FactCode.WAYS, {"ways": ways})  # type: ignore[arg-type]
