"""How and when an item came to us, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from tracker.domain.arrival import Arrival, Version
from tracker.domain.feed import FeedKind, Source, TimeBasis
from tracker.domain.locale import CourseLocale
from tracker.wording.times import say_instant

WAYS = {
    FeedKind.COMMENTS: "its feed of all comments",
    FeedKind.POST_COMMENTS: "the post’s own feed",
    FeedKind.POSTS: "a check of its posts",
    FeedKind.REST: "REST",
    FeedKind.PAGE: "the post’s page",
}
"""The way by which a comment first came, by the kind of feed that was checked."""

FORMS = {
    Source.ATOM: "a feed (Atom)",
    Source.RSS: "a feed (RSS)",
    Source.REST: "REST",
    Source.PAGE: "the post’s page",
}
"""The form in which a blog sent a comment."""

TRIGGERS = {
    "timer": "a scheduled check",
    "manual": "a check started from the command line",
    "button": "a check started from the page",
}


def say_arrival(arrival: Arrival, locale: CourseLocale) -> Iterator[tuple[str, str]]:
    """(topic, what there is to say) of when and how a comment came."""
    yield "Blog says", arrival.posted
    first = say_instant(arrival.first_seen_at, locale)
    before = arrival.last_check_before
    not_there = f"; not there {say_instant(before, locale, with_zone=False)}" if before else ""
    yield "First seen", f"{first}{not_there}"
    if arrival.way:
        yield "Found in", f"{arrival.way}, by {arrival.trigger}"
    edited = arrival.edited_at
    yield "Edited", f"seen {say_instant(edited, locale)}" if edited else "not since we first saw it"
    if arrival.is_hidden:
        yield "Hidden", "the blog shows something else in place of its text now; the text we have stands"
    if arrival.gone_since is not None:
        yield "Gone", f"no longer shown since {say_instant(arrival.gone_since, locale)}; we keep what we saw"
    elif arrival.missed_at is not None:
        missed = say_instant(arrival.missed_at, locale)
        yield "Not shown", f"a full check on {missed} did not show it; the next full check decides"
    if arrival.other_ids:
        yield "IDs", "it came under more than one ID; we treat them as one comment"


def say_version(version: Version, locale: CourseLocale) -> str:
    """ "Mon, Oct 26, 8:00 AM CDT, from a feed (Atom), cut short"."""
    cut = ", cut short" if version.is_cut else ""
    erased = "; text erased" if version.is_purged else ""
    hidden = "; shown in place of the text" if version.is_placeholder else ""
    return f"{say_instant(version.seen_at, locale)}, from {version.source}{cut}{erased}{hidden}"


def say_stated(posted_at: datetime | None, raw: str, basis: str, locale: CourseLocale) -> str:
    """When the blog says it was posted, on the course's clock; and on the blog's own where its
    document states an offset that is not the course's then (UTC is how feeds write, no clock)."""
    if posted_at is None:
        written = f" (it says “{raw[:60]}”)" if raw else ""
        return f"No time that we can use{written}"
    in_utc = CourseLocale(ZoneInfo("UTC"), locale.tag)
    if basis == TimeBasis.NAIVE:
        return f"{say_instant(posted_at, in_utc, with_zone=False)}, without a zone"
    course = say_instant(posted_at, locale)
    own = _stated_offset(raw)
    if not own or own == posted_at.astimezone(locale.zone).utcoffset():
        return course
    there = say_instant(posted_at + own, in_utc, with_zone=False)
    return f"{there} {_say_offset(own)}, which is {course}"


def _stated_offset(raw: str) -> timedelta | None:
    """The offset that a document states, None without one; RFC 822 or ISO 8601."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(raw.strip()).utcoffset()
        except (TypeError, ValueError):
            continue
    return None


def _say_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02}" if minutes % 60 else "")
