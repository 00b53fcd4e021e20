"""Times as blogs write them: in words on old themes, and off by whole hours against their own server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.feed import FeedKind, TimeBasis
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.documents.times import is_shifted, read_words

URL = "https://room.example/comments/feed/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("October 12th, 2026 at 1:00 pm", "2026-10-12T13:00"),
        ("June says: October 12, 2026 at 12:05 am | Reply", "2026-10-12T00:05"),
        ("12. Oktober 2026 um 13:00", "2026-10-12T13:00"),
        ("12 de octubre de 2026 a las 9:30", "2026-10-12T09:30"),
        ("1er octobre 2026 à 13h05", "2026-10-01T13:05"),
        ("Mon, Oct 12, 2026 @ 1:00 a.m.", "2026-10-12T01:00"),
        ("Pazartesi, 12 Ekim 2026 13:00", "2026-10-12T13:00"),
        ("12 października 2026 o 8:15", "2026-10-12T08:15"),
        ("May 3, 2026 at 2:07 PM by April", "2026-05-03T14:07"),
    ],
)
def test_date_in_words_is_a_wall_clock_without_a_zone(text: str, expected: str) -> None:
    stated = read_words(text)
    assert stated.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert stated.basis is TimeBasis.NAIVE


@pytest.mark.parametrize(
    "text",
    ["", "October 2026", "12/10/2026 13:00", "October 12, 2026", "October 32, 2026 1:00 pm", "3 days ago",
     "Octember 12, 2026 1:00 pm", "12 October 2026 at 25:00"],
)  # fmt: skip
def test_what_is_no_whole_date_in_words_is_none(text: str) -> None:
    assert read_words(text).at is None


@pytest.mark.parametrize(
    ("apart", "expected"),
    [
        (timedelta(0), False),
        (timedelta(hours=5), True),
        (timedelta(hours=-8), True),
        (timedelta(hours=5, minutes=30), True),
        (timedelta(hours=5, seconds=1), True),
        (timedelta(hours=5, seconds=9), False),
        (timedelta(minutes=12), False),
        (timedelta(days=3), False),
    ],
)
def test_shift_is_whole_half_hours_up_to_the_farthest_zones(apart: timedelta, expected: bool) -> None:
    newest = datetime(2026, 10, 25, 20, 13, 7, tzinfo=UTC)
    assert is_shifted(newest, newest + apart) is expected


def test_round_time_may_be_any_jobs_and_proves_no_shift() -> None:
    newest = datetime(2026, 10, 25, 20, tzinfo=UTC)
    assert not is_shifted(newest, newest + timedelta(hours=5))


def feed(*times: str) -> bytes:
    items = "".join(
        f"<item><title>By A</title><link>https://room.example/p/#comment-{n}</link><guid>{n}</guid>"
        f"<pubDate>{at}</pubDate><description>Fine.</description></item>"
        for n, at in enumerate(times, 1)
    )
    return f"<rss version='2.0'><channel><title>Room</title>{items}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("last_modified", "basis"),
    [
        ("Sun, 25 Oct 2026 20:13:07 GMT", TimeBasis.OFFSET),
        ("Mon, 26 Oct 2026 01:13:07 GMT", TimeBasis.SHIFTED),
        ("Mon, 26 Oct 2026 01:20:07 GMT", TimeBasis.OFFSET),
        ("", TimeBasis.OFFSET),
        ("yesterday", TimeBasis.OFFSET),
    ],
)
def test_feed_that_its_own_server_contradicts_is_marked(last_modified: str, basis: TimeBasis) -> None:
    body = feed("Sun, 25 Oct 2026 20:13:07 +0000", "Sun, 25 Oct 2026 19:00:00 +0000")
    headers = {"content-type": "application/rss+xml", "last-modified": last_modified}
    document = parse_document(body, headers, URL, FeedKind.COMMENTS)
    assert [entry.posted.basis for entry in document.entries] == [basis, basis]
