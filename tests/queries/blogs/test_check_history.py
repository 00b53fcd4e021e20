"""Every check of a blog, by night, with what came and what may have been missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.queries import counted_queries
from tracker.domain.locale import CourseLocale
from tracker.extensions import db
from tracker.feeds.blog_health import NightMark
from tracker.models import Blog, Comment, Disposition, Feed, Gap, Poll, Run
from tracker.queries.blogs.check_history import (
    MOST_ITEMS,
    CheckLine,
    QuietLine,
    Timeline,
    load_timeline,
)

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
NIGHT = datetime(2026, 10, 26, 7, 15, tzinfo=UTC)  # Monday 02:15 in Chicago
DAY = timedelta(days=1)


class Room:
    """A blog with a feed of comments and one of posts, and checks as a test wants them."""

    def __init__(self) -> None:
        self.course = make.add_course()
        self.blog: Blog = make.add_blog("Room Nine")
        make.follow(self.course, self.blog)
        self.comments: Feed = make.add_feed(self.blog)
        self.posts: Feed = make.add_feed(self.blog, "posts")
        self.run = Run(trigger="timer", started_at=NIGHT)
        db.session.add(self.run)
        db.session.flush()

    def check(self, at: datetime = NIGHT, feed: Feed | None = None, **values: Any) -> Poll:
        feed = feed or self.comments
        values = {"outcome": "ok", "entries": 10, "known": 10, **values}
        poll = Poll(run_id=self.run.id, feed_id=feed.id, at=at, **values)
        db.session.add(poll)
        db.session.flush()
        return poll

    def became(self, poll: Poll, kind: str, reason: str = "", comment: Comment | None = None) -> None:
        db.session.add(
            Disposition(
                poll_id=poll.id,
                feed_id=poll.feed_id,
                entry_key=comment.identity if comment else "number:9",
                comment_id=comment.id if comment else None,
                kind=kind,
                reason=reason,
            )
        )

    def gap(self, after: datetime, before: datetime, **values: Any) -> None:
        db.session.add(Gap(feed_id=self.comments.id, after_at=after, before_at=before, **values))

    def load(self, before: datetime | None = None) -> Timeline:
        db.session.flush()
        return load_timeline(db.session(), self.blog.id, LOCALE, before)

    def lines(self) -> list[Any]:
        return [line for night in self.load().nights for line in night.lines]


@pytest.fixture
def room(context: Flask) -> Room:
    return Room()


def test_blog_never_checked_has_an_empty_timeline(room: Room) -> None:
    assert room.load() == Timeline((), None)


def test_nights_are_days_on_the_courses_clock_the_newest_first(room: Room) -> None:
    room.check(NIGHT - timedelta(hours=4), new=1)  # Sunday 22:15 in Chicago
    room.check(NIGHT, new=1)
    assert [night.day for night in room.load().nights] == [date(2026, 10, 26), date(2026, 10, 25)]


@pytest.mark.parametrize(
    ("values", "mark", "says"),
    [
        pytest.param(
            {"outcome": "not-modified", "entries": 0},
            NightMark.SAME,
            "Unchanged since the last check.",
            id="304",
        ),
        pytest.param({}, NightMark.SAME, "10 shown, nothing new.", id="nothing new"),
        pytest.param({"entries": 0}, NightMark.SAME, "Nothing has changed.", id="same body"),
        pytest.param(
            {"outcome": "error", "error": "It took too long."},
            NightMark.FAILED,
            "It took too long.",
            id="failed",
        ),
        pytest.param(
            {"outcome": "gone"}, NightMark.FAILED, "The blog says this address is gone for good.", id="gone"
        ),
    ],
)
def test_check_that_brought_nothing_says_why(
    room: Room, values: dict[str, Any], mark: NightMark, says: str
) -> None:
    room.check(**values)
    [line] = room.lines()
    assert line.says == says
    assert isinstance(line, QuietLine) is (mark is NightMark.SAME)


@pytest.mark.parametrize(
    ("kind", "reason", "says", "word"),
    [
        pytest.param("new", "", "10 shown, 1 new.", "New", id="new"),
        pytest.param("edited", "text", "10 shown, 1 edited.", "Edited", id="edited"),
        pytest.param("edited", "missing", "10 shown, 1 no longer shown.", "Not shown", id="missing"),
        pytest.param("edited", "gone", "10 shown, 1 gone.", "Gone", id="gone"),
        pytest.param("edited", "removed", "10 shown, 1 removed.", "Removed", id="tombstone"),
        pytest.param("edited", "back", "10 shown, 1 back.", "Back", id="back"),
        pytest.param("not-a-comment", "pingback", "10 shown, 1 not a comment.", "Not a comment", id="ping"),
    ],
)
def test_what_became_of_an_entry_is_said_with_its_writer_and_words(
    room: Room, kind: str, reason: str, says: str, word: str
) -> None:
    comment = make.add_comment(make.add_post(room.blog), "Noor", "<p>We tried it.</p>")
    room.became(room.check(new=kind == "new"), kind, reason, comment)
    [line] = room.lines()
    assert isinstance(line, CheckLine)
    assert line.says == says
    [item] = line.items
    assert (item.word, item.author, item.html, item.url) == (
        word,
        "Noor",
        "<p>We tried it.</p>",
        comment.permalink,
    )


def test_skipped_entry_is_said_with_its_reason_and_a_post_with_its_title(room: Room) -> None:
    room.became(room.check(), "skipped", "It has no date.")
    make.add_post(room.blog, "The mural", identity="number:9")
    room.became(room.check(NIGHT - DAY, feed=room.posts, new=1), "new", "post")
    skipped, post = room.lines()
    assert (skipped.says, skipped.items[0].why) == ("10 shown, 1 could not be read.", "It has no date.")
    assert (post.where, post.items[0].word, post.items[0].title) == ("Posts", "New post", "The mural")


def test_full_window_and_other_ways_are_noted(room: Room) -> None:
    poll = room.check(new=6, window_full=True, also_read="REST, post feeds", fault="A bare & in it.")
    room.became(poll, "new", "", make.add_comment(make.add_post(room.blog)))
    [line] = room.lines()
    assert line.notes == (
        "The feed was full and at least half of it was new: a busy night.",
        "A bare & in it.",
    )
    assert line.also_read == "REST, post feeds"


def test_checks_that_brought_nothing_become_one_line(room: Room) -> None:
    post = make.add_post(room.blog)
    own = make.add_feed(room.blog, "post-comments")
    own.post_id = post.id
    room.check(NIGHT, also_read="REST")
    room.check(NIGHT + timedelta(minutes=1), feed=room.posts)
    room.check(NIGHT + timedelta(minutes=2), feed=own)
    [line] = room.lines()
    assert line == QuietLine(
        NIGHT + timedelta(minutes=2),
        "Posts, all comments, 1 check of single posts; also read: REST",
        "Nothing new.",
    )


def test_gap_stands_below_the_check_that_found_it(room: Room) -> None:
    room.check(NIGHT - DAY)
    room.check(NIGHT, new=10, gap=True, window_full=True)
    room.gap(NIGHT - DAY, NIGHT, expected=3)
    newest, oldest = room.load().nights
    check, band = newest.lines
    assert (check.mark, band.at, band.is_open) == (NightMark.GAP, NIGHT, True)
    assert band.title == "Gap, 3 comments unseen"
    assert len(oldest.lines) == 1


def test_gap_that_was_closed_says_when_and_by_what(room: Room) -> None:
    room.check(NIGHT)
    room.gap(NIGHT - DAY, NIGHT, closed_at=NIGHT + DAY, closed_by="REST")
    band = room.lines()[1]
    assert (band.is_open, band.title) == (False, "Gap, closed")
    assert band.says.endswith("were found on Tue, Oct 27, 2:15 AM CDT, by REST.")


def test_first_check_lists_only_the_first_of_many_entries(room: Room) -> None:
    poll, post = room.check(new=30), make.add_post(room.blog)
    for _ in range(30):
        room.became(poll, "new", "", make.add_comment(post))
    [line] = room.lines()
    assert (line.says, len(line.items), line.more) == ("10 shown, 30 new.", MOST_ITEMS, 30 - MOST_ITEMS)


def test_older_nights_follow_page_by_page_without_loss(room: Room) -> None:
    for day in range(33):
        room.check(NIGHT - day * DAY, new=1)
    before, days, sizes = None, [], []
    while True:
        page = room.load(before)
        days += [night.day for night in page.nights]
        sizes.append(len(page.nights))
        before = page.older
        if before is None:
            break
    assert sizes == [14, 14, 5]
    assert days == [date(2026, 10, 26) - n * DAY for n in range(33)]


def test_night_with_more_checks_than_a_page_holds_is_split(room: Room) -> None:
    for minute in range(6):
        room.check(NIGHT + timedelta(minutes=minute), outcome="error", error="No answer.")
    first = load_timeline(db.session(), room.blog.id, LOCALE, most_checks=4)
    assert [len(night.lines) for night in first.nights] == [4]
    assert [len(night.lines) for night in room.load(first.older).nights] == [2]


def test_number_of_questions_does_not_grow_with_the_checks(room: Room) -> None:
    post = make.add_post(room.blog)

    def count() -> int:
        db.session.commit()
        with counted_queries() as sent:
            room.load()
        return len(sent)

    def live_through(days: range) -> None:
        for day in days:
            poll = room.check(NIGHT - day * DAY, new=1)
            room.became(poll, "new", "", make.add_comment(post))
            room.gap(NIGHT - (day + 1) * DAY, NIGHT - day * DAY)

    live_through(range(2))
    few = count()
    live_through(range(2, 12))
    assert count() == few <= 6
