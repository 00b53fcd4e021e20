from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.arrival import Arrival, Version
from tracker.domain.locale import CourseLocale
from tracker.wording.arrival import say_arrival, say_stated, say_version

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
POSTED = datetime(2026, 10, 26, 5, 30, tzinfo=UTC)


def test_hidden_text_is_told_beside_the_text_that_stands() -> None:
    sent = Version(2, POSTED, "a feed (RSS)", is_purged=False, is_cut=False, is_placeholder=True)
    assert say_version(sent, LOCALE) == (
        "Mon, Oct 26, 12:30 AM CDT, from a feed (RSS); shown in place of the text"
    )
    arrival = Arrival("", POSTED, "", "", None, None, None, None, 0, (sent,), is_hidden=True)
    assert dict(say_arrival(arrival, LOCALE))["Hidden"].endswith("the text we have stands")


@pytest.mark.parametrize(
    ("raw", "basis", "said"),
    [
        pytest.param(
            "2026-10-25T22:30:00-07:00",
            "offset",
            "Sun, Oct 25, 10:30 PM UTC-7, which is Mon, Oct 26, 12:30 AM CDT",
            id="the blog's own clock beside the course's",
        ),
        pytest.param(
            "2026-10-26T00:30:00-05:00", "offset", "Mon, Oct 26, 12:30 AM CDT", id="the same clock once"
        ),
        pytest.param(
            "Mon, 26 Oct 2026 05:30:00 +0000",
            "offset",
            "Mon, Oct 26, 12:30 AM CDT",
            id="UTC is no clock of a blog",
        ),
        pytest.param(
            "Mon, 26 Oct 2026 11:00:00 +0530",
            "offset",
            "Mon, Oct 26, 11:00 AM UTC+5:30, which is Mon, Oct 26, 12:30 AM CDT",
            id="half an hour's offset",
        ),
        pytest.param(
            "2026-10-26 05:30", "naive", "Mon, Oct 26, 5:30 AM, without a zone", id="no zone at all"
        ),
    ],
)
def test_blog_says_when_in_course_time(raw: str, basis: str, said: str) -> None:
    assert say_stated(POSTED, raw, basis, LOCALE) == said


def test_a_time_that_cannot_be_used_is_shown_as_it_was_written() -> None:
    assert say_stated(None, "yesterday", "none", LOCALE) == "No time that we can use (it says “yesterday”)"
    assert say_stated(None, "", "none", LOCALE) == "No time that we can use"


def test_arrival_is_said_topic_by_topic() -> None:
    arrival = Arrival(
        posted="Mon, Oct 26, 12:30 AM CDT",
        first_seen_at=POSTED,
        way="REST",
        trigger="a scheduled check",
        last_check_before=POSTED - timedelta(hours=1),
        edited_at=None,
        missed_at=POSTED,
        gone_since=None,
        other_ids=1,
        versions=(),
    )
    assert list(say_arrival(arrival, LOCALE)) == [
        ("Blog says", "Mon, Oct 26, 12:30 AM CDT"),
        ("First seen", "Mon, Oct 26, 12:30 AM CDT; not there Sun, Oct 25, 11:30 PM"),
        ("Found in", "REST, by a scheduled check"),
        ("Edited", "not since we first saw it"),
        (
            "Not shown",
            "a full check on Mon, Oct 26, 12:30 AM CDT did not show it; the next full check decides",
        ),
        ("IDs", "it came under more than one ID; we treat them as one comment"),
    ]
    gone = dict(say_arrival(replace(arrival, gone_since=POSTED, way=""), LOCALE))
    assert gone["Gone"] == "no longer shown since Mon, Oct 26, 12:30 AM CDT; we keep what we saw"
    assert not {"Not shown", "Found in"} & gone.keys()


def test_version_says_when_it_came_and_what_is_left_of_it() -> None:
    version = Version(1, POSTED, "a feed (Atom)", is_purged=True, is_cut=True)
    assert say_version(version, LOCALE) == (
        "Mon, Oct 26, 12:30 AM CDT, from a feed (Atom), cut short; text erased"
    )
