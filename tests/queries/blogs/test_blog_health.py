"""How well a blog is seen, from what the poller remembers; no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.checks import FeedNow, main_feeds
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.locale import CourseLocale
from tracker.queries.blogs.blog_health import (
    LookRow,
    Mark,
    OpenGap,
    Sight,
    judge_health,
    mark_nights,
    say_nights,
)

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
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


def look(at: datetime, outcome: PollOutcome = PollOutcome.OK, new: int = 0, *, gap: bool = False) -> LookRow:
    return LookRow(at, outcome, new, gap)


@pytest.mark.parametrize(
    ("feeds", "gaps", "sight", "word"),
    [
        pytest.param([feed()], [], Sight.FINE, "Fine", id="seen"),
        pytest.param([], [], Sight.PARTLY, "No comment feed", id="no-feed"),
        pytest.param([feed(looked=None)], [], Sight.WAITING, "Not looked at yet", id="new"),
        pytest.param(
            [feed(failures=1, since=NOW - 2 * NIGHT)], [], Sight.PARTLY, "No answer last time", id="once"
        ),
        pytest.param(
            [feed(failures=9, since=NOW - timedelta(hours=6))],
            [],
            Sight.PARTLY,
            "No answer last time",
            id="often-in-one-night",
        ),
        pytest.param(
            [feed(failures=2, since=NOW - NIGHT)], [], Sight.TROUBLE, "Does not answer", id="two-nights"
        ),
        pytest.param(
            [feed(failures=7, since=NOW - NIGHT, failed=NOW - timedelta(hours=9))],
            [],
            Sight.PARTLY,
            "No answer last time",
            id="the-evening-after-one-night",
        ),
        pytest.param(
            [feed(failures=2, since=NOW - NIGHT, failed=NOW, gone=True)],
            [],
            Sight.TROUBLE,
            "Gone for good",
            id="gone-on-two-nights",
        ),
        pytest.param(
            [feed(failures=9, since=NOW - 9 * NIGHT, out=NOW - 3 * NIGHT)],
            [],
            Sight.PARTLY,
            "Owner opted out",
            id="opted-out",
        ),
        pytest.param(
            [feed(looked=None, failures=2, since=NOW - NIGHT)],
            [],
            Sight.TROUBLE,
            "Does not answer",
            id="never-answered",
        ),
        pytest.param([feed()], [OpenGap(NOW - NIGHT, NOW, 3)], Sight.TROUBLE, "Gap, 3 unseen", id="gap"),
        pytest.param(
            [feed()],
            [OpenGap(NOW - NIGHT, NOW, 3), OpenGap(None, NOW, None)],
            Sight.TROUBLE,
            "Gap",
            id="gap-of-unknown-size",
        ),
    ],
)
def test_a_blog_is_in_trouble_from_the_second_night_on(
    feeds: list[FeedNow], gaps: list[OpenGap], sight: Sight, word: str
) -> None:
    health = judge_health(feeds, gaps, of_posts=False, now=NOW, locale=LOCALE)
    assert (health.sight, health.word) == (sight, word)


def test_a_class_blog_is_judged_by_its_posts() -> None:
    feeds = [feed(FeedKind.COMMENTS), feed(FeedKind.POSTS, looked=None)]
    assert [one.kind for one in main_feeds(feeds, of_posts=True)] == [FeedKind.POSTS]
    assert judge_health([], [], of_posts=True, now=NOW, locale=LOCALE).word == "No post feed"


def test_comments_of_single_posts_stand_in_only_where_no_feed_has_them_all() -> None:
    single, whole = feed(FeedKind.POST_COMMENTS), feed(FeedKind.COMMENTS)
    assert main_feeds([single, whole], of_posts=False) == [whole]
    assert main_feeds([single, feed(FeedKind.POSTS)], of_posts=False) == [single]


@pytest.mark.parametrize(
    ("looks", "mark"),
    [
        pytest.param([], Mark.NONE, id="no-look"),
        pytest.param([look(NOW, PollOutcome.ERROR)], Mark.FAILED, id="no-answer"),
        pytest.param([look(NOW, PollOutcome.GONE)], Mark.FAILED, id="gone"),
        pytest.param([look(NOW, PollOutcome.SKIPPED)], Mark.NONE, id="skipped"),
        pytest.param([look(NOW, PollOutcome.NOT_MODIFIED)], Mark.SAME, id="nothing-new"),
        pytest.param([look(NOW, PollOutcome.ERROR), look(NOW)], Mark.SAME, id="answered-later"),
        pytest.param([look(NOW), look(NOW, new=2)], Mark.NEW, id="something-new"),
        pytest.param([look(NOW, new=9), look(NOW, new=10, gap=True)], Mark.GAP, id="gap"),
    ],
)
def test_of_several_looks_in_one_day_the_telling_one_counts(looks: list[LookRow], mark: Mark) -> None:
    assert mark_nights(looks, NOW, LOCALE)[-1] is mark


def test_nights_are_days_on_the_courses_clock() -> None:
    late = datetime(2026, 10, 26, 4, 30, tzinfo=UTC)  # Sunday 23:30 in Chicago
    marks = mark_nights([look(late, new=1)], NOW, LOCALE)
    assert (len(marks), marks[-2:]) == (14, (Mark.NEW, Mark.NONE))


def test_nights_are_said_in_runs() -> None:
    marks = (Mark.NEW, Mark.NEW, Mark.FAILED)
    assert say_nights(marks) == "Last 3 nights, oldest first: 2 something new, 1 no answer."
