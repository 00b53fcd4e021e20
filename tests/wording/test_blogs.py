"""Every code about blogs has its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.blog import (
    Advice,
    AdviceCode,
    Assignability,
    BlogRecord,
    Health,
    HealthCode,
    HealthLevel,
    KeptSight,
)
from tracker.domain.feed import FeedKind
from tracker.domain.locale import CourseLocale
from tracker.feeds.blog_health import NightMark
from tracker.wording import blogs as words

CHICAGO = CourseLocale(ZoneInfo("America/Chicago"))
SINCE = datetime(2026, 10, 20, 7, 15, tzinfo=UTC)
NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
BLOG = BlogRecord(
    1,
    Health(HealthCode.GAP, SINCE, 3),
    opted_out_at=SINCE,
    kinds=frozenset({FeedKind.COMMENTS, FeedKind.POSTS}),
    has_rest=True,
    has_post_feeds=True,
    window=10,
    last_post_at=SINCE,
    posts=12,
    posts_lately=5,
    open_lately=4,
    open_ever=True,
    comments=40,
    comments_lately=20,
    timed=30,
    late=3,
)


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (Health(), ("Fine", "")),
        (Health(HealthCode.NO_COMMENT_FEED), ("No comment feed", "receipts and pages only")),
        (Health(HealthCode.KEPT_ELSEWHERE), ("Comments kept elsewhere", "receipts needed")),
        (Health(HealthCode.OPTED_OUT, SINCE), ("Owner opted out", "since Oct 20, 2:15 AM; receipts only")),
        (Health(HealthCode.NO_ANSWER, SINCE), ("Hasn’t responded", "since Oct 20, 2:15 AM")),
        (Health(HealthCode.GAP, SINCE, 3), ("Gap, 3 unseen", "since Oct 20, 2:15 AM")),
        (Health(HealthCode.GAP, SINCE), ("Gap", "since Oct 20, 2:15 AM")),
    ],
)
def test_health_is_a_word_and_since_when(health: Health, said: tuple[str, str]) -> None:
    assert words.say_health(health, CHICAGO) == (health.level, *said)


@pytest.mark.parametrize("sight", KeptSight)
def test_who_keeps_the_comments_is_said_in_a_sentence(sight: KeptSight) -> None:
    assert words.say_kept("giscus", sight).startswith("Its comments are kept by giscus")
    assert words.say_kept("", sight) == ""


def test_every_code_has_words() -> None:
    assert set(words.KEPT) == set(KeptSight)
    assert set(words.HEALTH) == set(HealthCode)
    assert set(words.BOARD) == set(HealthLevel)
    assert set(words.NIGHTS) == set(NightMark)
    assert set(words.ADVICE) == set(Advice)
    assert set(words.REASONS) == set(AdviceCode)


@pytest.mark.parametrize("code", AdviceCode)
def test_every_reason_is_a_sentence(code: AdviceCode) -> None:
    (said,) = words.say_reasons(Assignability(BLOG, Advice.NO, (code,)), CHICAGO)
    assert said.endswith(".")
    assert "{" not in said
    assert "None" not in said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (AdviceCode.OPTED_OUT, "Its owner asked us on Oct 20 not to check it."),
        (AdviceCode.ASLEEP, "Its last post was on Oct 20, 2026."),
        (AdviceCode.NO_ANSWER, "It hasn’t responded since Oct 20, 2:15 AM."),
        (
            AdviceCode.SOME_UNSEEN,
            "Gap, 3 unseen, since Oct 20, 2:15 AM: some comments could not be seen.",
        ),
        (
            AdviceCode.TIGHT_WINDOW,
            (
                "It gets about 5 comments a week, its feed shows only 10, and there is no other way to see "
                "older ones."
            ),
        ),
    ],
)
def test_reasons_take_up_numbers_and_times(code: AdviceCode, said: str) -> None:
    assert words.say_reasons(Assignability(BLOG, Advice.NO, (code,)), CHICAGO) == (said,)


def test_record_says_what_was_seen() -> None:
    assert dict(words.say_record(BLOG, NOW, CHICAGO)) == {
        "Responds": "yes",
        "Last post": "6 days ago, Oct 20, 2026",
        "Comments": "open on 4 of its newest 5 posts",
        "Per week": "about 5 comments",
        "Moderated": "yes: 3 of 30 comments appeared only after a check that should have shown them",
        "Feed": "shows its newest 10",
        "We check": "a feed of all comments; the REST API, back to the start of the term;"
        " each post’s own comment feed when the other is not enough",
    }


@pytest.mark.parametrize(
    ("changed", "topic", "said"),
    [
        pytest.param({"is_gone": True}, "Responds", "gone for good", id="gone"),
        pytest.param({"health": Health(HealthCode.NOT_CHECKED)}, "Responds", "not checked yet", id="new"),
        pytest.param(
            {"health": Health(HealthCode.NO_ANSWER, SINCE)},
            "Responds",
            "no, since Oct 20, 2:15 AM",
            id="no answer",
        ),
        pytest.param({"last_post_at": None}, "Last post", "none seen", id="no post"),
        pytest.param(
            {"open_lately": 0, "comments_lately": 0}, "Comments", "closed on its newest posts", id="closed"
        ),
        pytest.param({"open_lately": 0}, "Comments", "open, since new ones appear", id="they come"),
        pytest.param(
            {"posts_lately": 0, "comments_lately": 0},
            "Comments",
            "the blog does not say",
            id="the blog does not say",
        ),
        pytest.param({"comments": 0}, "Per week", "no comments seen yet", id="no comment"),
        pytest.param({"comments_lately": 1}, "Per week", "fewer than one comment", id="few comments"),
        pytest.param({"timed": 0}, "Moderated", "can’t tell yet", id="no time"),
        pytest.param({"late": 0}, "Moderated", "not so far, in 30 comments", id="not moderated"),
        pytest.param(
            {"late": 1},
            "Moderated",
            "perhaps: 1 of 30 comments appeared only after a check that should have shown them",
            id="perhaps moderated",
        ),
        pytest.param({"window": 1}, "Feed", "has shown one entry so far", id="one entry"),
        pytest.param(
            {"kinds": frozenset({FeedKind.POSTS}), "has_rest": False},
            "We check",
            "its posts; comments only on the pages of posts that receipts link to",
            id="posts only",
        ),
        pytest.param(
            {"kinds": frozenset({FeedKind.POSTS}), "has_rest": False, "kept_by": "Hyvor Talk"},
            "We check",
            "its posts; its comments are not on its pages",
            id="comments kept elsewhere",
        ),
        pytest.param(
            {"kinds": frozenset(), "has_rest": False},
            "We check",
            "only the pages that receipts link to",
            id="nothing",
        ),
        pytest.param(
            {"kinds": frozenset({FeedKind.COMMENTS, FeedKind.POST_COMMENTS}), "has_rest": False},
            "We check",
            "a feed of all comments; the comment feeds of single posts assigned to students",
            id="posts' own feeds",
        ),
    ],
)
def test_record_has_words_for_every_case(changed: dict[str, object], topic: str, said: str) -> None:
    lines = words.say_record(replace(BLOG, **changed), NOW, CHICAGO)  # type: ignore[arg-type]
    assert dict(lines)[topic] == said


def test_a_blog_without_a_window_says_nothing_of_it() -> None:
    assert "Feed" not in dict(words.say_record(replace(BLOG, window=None), NOW + timedelta(1), CHICAGO))


def test_nights_are_said_in_runs() -> None:
    said = words.say_nights((NightMark.NEW, NightMark.NEW, NightMark.FAILED))
    assert said == "Last 3 nights, oldest first: 2 something new, 1 no response."


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0), "No blogs yet."),
        ((0, 0, 0, 1), "1 blog. It is fine."),
        ((0, 0, 0, 3), "3 blogs. All are fine."),
        (
            (2, 1, 1, 85),
            (
                "89 blogs. 85 are fine; 2 are in trouble; 1 can be seen only in part; 1 is waiting for its "
                "first check."
            ),
        ),
    ],
)
def test_all_blogs_are_counted_in_a_sentence(counts: tuple[int, ...], said: str) -> None:
    assert words.say_board(dict(zip(HealthLevel, counts, strict=True))) == said
