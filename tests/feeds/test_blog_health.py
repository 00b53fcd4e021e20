"""How well a blog is seen, from what the poller remembers; no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.blog import Health, HealthCode, HealthLevel, OpenGap
from tracker.domain.checks import FeedNow, main_feeds
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.feeds.blog_health import (
    NightMark,
    PollLine,
    judge_health,
    mark_nights,
)

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
NIGHT = timedelta(days=1)


def feed(
    kind: FeedKind = FeedKind.COMMENTS,
    *,
    looked: datetime | None = NOW,
    failures: int = 0,
    since: datetime | None = None,
    failed: datetime | None = None,
    gone: bool = False,
    out: datetime | None = None,
) -> FeedNow:
    return FeedNow(1, kind, "http://room.example/feed", looked, failures, since, None, failed, gone, out)


def check(
    at: datetime, outcome: PollOutcome = PollOutcome.OK, new: int = 0, *, gap: bool = False
) -> PollLine:
    return PollLine(at, outcome, new, gap)


@pytest.mark.parametrize(
    ("feeds", "gaps", "level", "code"),
    [
        pytest.param([feed()], [], HealthLevel.FINE, HealthCode.FINE, id="seen"),
        pytest.param([], [], HealthLevel.PARTLY, HealthCode.NO_COMMENT_FEED, id="no-feed"),
        pytest.param([feed(looked=None)], [], HealthLevel.WAITING, HealthCode.NOT_CHECKED, id="new"),
        pytest.param(
            [feed(failures=1, since=NOW - 2 * NIGHT)],
            [],
            HealthLevel.PARTLY,
            HealthCode.NO_ANSWER_ONCE,
            id="once",
        ),
        pytest.param(
            [feed(failures=9, since=NOW - timedelta(hours=6))],
            [],
            HealthLevel.PARTLY,
            HealthCode.NO_ANSWER_ONCE,
            id="often-in-one-night",
        ),
        pytest.param(
            [feed(failures=2, since=NOW - NIGHT)],
            [],
            HealthLevel.TROUBLE,
            HealthCode.NO_ANSWER,
            id="two-nights",
        ),
        pytest.param(
            [feed(failures=7, since=NOW - NIGHT, failed=NOW - timedelta(hours=9))],
            [],
            HealthLevel.PARTLY,
            HealthCode.NO_ANSWER_ONCE,
            id="the-evening-after-one-night",
        ),
        pytest.param(
            [feed(failures=2, since=NOW - NIGHT, failed=NOW, gone=True)],
            [],
            HealthLevel.TROUBLE,
            HealthCode.GONE,
            id="gone-on-two-nights",
        ),
        pytest.param(
            [feed(failures=9, since=NOW - 9 * NIGHT, out=NOW - 3 * NIGHT)],
            [],
            HealthLevel.PARTLY,
            HealthCode.OPTED_OUT,
            id="opted-out",
        ),
        pytest.param(
            [feed(looked=None, failures=2, since=NOW - NIGHT)],
            [],
            HealthLevel.TROUBLE,
            HealthCode.NO_ANSWER,
            id="never-answered",
        ),
        pytest.param([feed()], [OpenGap(NOW - NIGHT, NOW, 3)], HealthLevel.TROUBLE, HealthCode.GAP, id="gap"),
        pytest.param(
            [feed()],
            [OpenGap(NOW - NIGHT, NOW, 3), OpenGap(None, NOW, None)],
            HealthLevel.TROUBLE,
            HealthCode.GAP,
            id="gap-of-unknown-size",
        ),
    ],
)
def test_a_blog_is_in_trouble_from_the_second_night_on(
    feeds: list[FeedNow], gaps: list[OpenGap], level: HealthLevel, code: HealthCode
) -> None:
    health = judge_health(feeds, gaps, of_posts=False, now=NOW)
    assert (health.level, health.code) == (level, code)


@pytest.mark.parametrize(
    ("gaps", "health"),
    [
        pytest.param(
            [OpenGap(NOW - NIGHT, NOW, 3), OpenGap(NOW - 3 * NIGHT, NOW, 2)],
            Health(HealthCode.GAP, NOW - 3 * NIGHT, 5),
            id="counted",
        ),
        pytest.param(
            [OpenGap(NOW - NIGHT, NOW, 3), OpenGap(None, NOW, None)],
            Health(HealthCode.GAP, NOW - NIGHT),
            id="one of unknown size",
        ),
    ],
)
def test_gaps_are_added_up_from_the_first_on(gaps: list[OpenGap], health: Health) -> None:
    assert judge_health([feed()], gaps, of_posts=False, now=NOW) == health


def test_trouble_is_told_since_its_first_failure() -> None:
    feeds = [feed(failures=2, since=NOW - NIGHT), feed(failures=3, since=NOW - 2 * NIGHT)]
    health = judge_health(feeds, [], of_posts=False, now=NOW)
    assert health.since == NOW - 2 * NIGHT
    assert health.is_silent


def test_a_class_blog_is_judged_by_its_posts() -> None:
    feeds = [feed(FeedKind.COMMENTS), feed(FeedKind.POSTS, looked=None)]
    assert [one.kind for one in main_feeds(feeds, of_posts=True)] == [FeedKind.POSTS]
    assert judge_health([], [], of_posts=True, now=NOW).code is HealthCode.NO_POST_FEED


def test_comments_of_single_posts_stand_in_only_where_no_feed_has_them_all() -> None:
    single, whole = feed(FeedKind.POST_COMMENTS), feed(FeedKind.COMMENTS)
    assert main_feeds([single, whole], of_posts=False) == [whole]
    assert main_feeds([single, feed(FeedKind.POSTS)], of_posts=False) == [single]


@pytest.mark.parametrize(
    ("checks", "mark"),
    [
        pytest.param([], NightMark.NONE, id="no-look"),
        pytest.param([check(NOW, PollOutcome.ERROR)], NightMark.FAILED, id="no-answer"),
        pytest.param([check(NOW, PollOutcome.GONE)], NightMark.FAILED, id="gone"),
        pytest.param([check(NOW, PollOutcome.SKIPPED)], NightMark.NONE, id="skipped"),
        pytest.param([check(NOW, PollOutcome.NOT_MODIFIED)], NightMark.SAME, id="nothing-new"),
        pytest.param([check(NOW, PollOutcome.ERROR), check(NOW)], NightMark.SAME, id="answered-later"),
        pytest.param([check(NOW), check(NOW, new=2)], NightMark.NEW, id="something-new"),
        pytest.param([check(NOW, new=9), check(NOW, new=10, gap=True)], NightMark.GAP, id="gap"),
    ],
)
def test_of_several_polls_in_one_day_the_telling_one_counts(checks: list[PollLine], mark: NightMark) -> None:
    assert mark_nights(checks, NOW, ZONE)[-1] is mark


def test_nights_are_days_on_the_courses_clock() -> None:
    late = datetime(2026, 10, 26, 4, 30, tzinfo=UTC)  # Sunday 23:30 in Chicago
    marks = mark_nights([check(late, new=1)], NOW, ZONE)
    assert (len(marks), marks[-2:]) == (14, (NightMark.NEW, NightMark.NONE))
