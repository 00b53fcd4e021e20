"""How and when an item came to us, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

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
    "manual": "a check started by hand",
    "button": "a check that somebody asked for",
}


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
