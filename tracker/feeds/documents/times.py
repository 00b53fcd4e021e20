"""Dates as blogs write them -> instants in UTC, with what they rest on (MODEL §8).

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from functools import cache

from babel import Locale

from tracker.domain.feed import StatedTime, TimeBasis

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MAX_AHEAD = timedelta(days=1)
_MAX_RAW = 100

_ZONE_STEP_S = 30 * 60
_FARTHEST_ZONES_S = 14 * 3_600

_YEAR = re.compile(r"\b(20\d\d)\b")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::\d\d)?\s?(?P<half>[ap]\.?m\b)?")
_WORDS = re.compile(r"\d{1,2}(?=st|nd|rd|th|º|er|\b)|[^\W\d_]{3,}")
_LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "sv", "da", "nb", "pl", "tr", "fi", "cs", "id", "ru")

_OFFSET_AT_END = re.compile(r"(?:[+-]\d\d:?\d\d|Z|\b(?:UTC?|GMT))\s*$", re.IGNORECASE)
_YEAR_ZERO = re.compile(r"\b0000\s+\d\d?:")
_MS_EPOCH = re.compile(r"^\d{12,14}$")


def read_time(raw: str, *, zone: tzinfo | None = None, fallback: datetime | None = None) -> StatedTime:
    """Read a stated time, RFC 822 or ISO 8601.

    Without an offset it is read in `zone`, the one the feed itself declares, else as it stands.
    `fallback` is another reader's idea (UTC) of a text that is neither. Before 2000 nothing is
    believed; whether a time lies too far ahead is for `settle_time`, which knows the time now.
    """
    raw = " ".join(raw.split())[:_MAX_RAW]
    if not raw:
        return StatedTime()
    stated = _read_iso(raw) or _read_rfc822(raw)
    if stated is None and fallback is not None:
        stated = fallback.replace(tzinfo=UTC if _OFFSET_AT_END.search(raw) else None)
    if stated is None:
        return StatedTime(raw, None, TimeBasis.IMPLAUSIBLE)
    if stated.tzinfo is not None:
        basis = TimeBasis.OFFSET
    elif zone is not None:
        stated, basis = stated.replace(tzinfo=zone), TimeBasis.FEED_ZONE
    else:
        stated, basis = stated.replace(tzinfo=UTC), TimeBasis.NAIVE
    try:
        at = stated.astimezone(UTC)
    except OverflowError:
        return StatedTime(raw, None, TimeBasis.IMPLAUSIBLE)
    return StatedTime(raw, at, basis) if at >= EARLIEST else StatedTime(raw, None, TimeBasis.IMPLAUSIBLE)


def read_words(text: str) -> StatedTime:
    """A date in words as themes show it ("12. Oktober 2026 um 13:00", "October 12th, 2026 at 1:00 pm"): a
    wall clock without a zone. Nothing where there is no year, month by name, day and hour."""
    said = " ".join(text.split()).casefold()
    year, clock = _YEAR.search(said), _CLOCK.search(said)
    if year is None or clock is None:
        return StatedTime()
    words = _WORDS.findall(_CLOCK.sub(" ", _YEAR.sub(" ", said)))
    near = (
        (month, words[max(n - 2, 0) : n + 2]) for n, one in enumerate(words) if (month := _months().get(one))
    )
    days = ((month, int(word)) for month, beside in near for word in beside if word.isdigit())
    month, day = next(days, (0, 0))
    hour, half = int(clock["hour"]), clock["half"]
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        at = datetime(int(year[1]), month, day, hour, int(clock["minute"]), tzinfo=UTC)
    except ValueError:
        return StatedTime()
    return StatedTime(text[:_MAX_RAW], at, TimeBasis.NAIVE)


@cache
def _months() -> dict[str, int]:
    """The names of the months in the languages in which blogs are written most, in full and short."""
    found: dict[str, int] = {}
    for tag in _LANGUAGES:
        months = Locale.parse(tag).months
        for style in ("wide", "abbreviated"):
            for kind in ("format", "stand-alone"):
                for number, name in months[kind][style].items():
                    found.setdefault(name.casefold().rstrip("."), number)
    return found


def settle_time(stated: StatedTime, now: datetime) -> StatedTime:
    """The same, judged at `now` (aware): more than a day ahead is implausible."""
    if stated.at is None or stated.at <= now + MAX_AHEAD:
        return stated
    return StatedTime(stated.raw, None, TimeBasis.IMPLAUSIBLE)


def is_in_order(times: Sequence[datetime | None]) -> bool:
    """Whether items stand in the order of their times, the newest first or last."""
    known = [at for at in times if at is not None]
    return len(known) == len(times) and known in (sorted(known), sorted(known, reverse=True))


def is_shifted(newest: datetime, last_modified: datetime) -> bool:
    """Whether the newest item's time and that of the server's last change differ by whole half hours, but
    not by nothing: then the blog states its wall clock as another zone's. A round time may be any job's."""
    if newest.minute % 30 == 0 and newest.second == 0:
        return False
    apart = abs((newest - last_modified).total_seconds())
    return (
        _ZONE_STEP_S - 1 <= apart <= _FARTHEST_ZONES_S
        and min(apart % _ZONE_STEP_S, -apart % _ZONE_STEP_S) <= 1
    )


def zone_of(raw: str) -> tzinfo | None:
    """The offset written in a feed's own date, which its undated-zone entries are read by."""
    stated = _read_iso(raw.strip()) or _read_rfc822(raw.strip())
    return stated.tzinfo if stated else None


def _read_iso(raw: str) -> datetime | None:
    if not raw[:4].isdigit() or _MS_EPOCH.match(raw):
        return None
    try:
        return datetime.fromisoformat(raw.removesuffix(" UTC"))
    except ValueError:
        return None


def _read_rfc822(raw: str) -> datetime | None:
    try:
        parts = parsedate_tz(raw)
        if parts is None:
            return None
        offset_s = parts[9]
        # The library says 0 for no zone and for names it does not know, and 2000 for the year 0.
        if not offset_s and not _OFFSET_AT_END.search(raw):
            offset_s = None
        if _YEAR_ZERO.search(raw):
            return None
        zone = None if offset_s is None else timezone(timedelta(seconds=offset_s))
        return datetime(*parts[:6], tzinfo=zone)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def read_epoch_ms(raw: str) -> StatedTime:
    """Milliseconds since 1970, as Blogger puts them into a comment's address."""
    try:
        at = datetime.fromtimestamp(int(raw) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return StatedTime(raw[:_MAX_RAW], None, TimeBasis.IMPLAUSIBLE)
    basis = TimeBasis.OFFSET if at >= EARLIEST else TimeBasis.IMPLAUSIBLE
    return StatedTime(raw, at if at >= EARLIEST else None, basis)
