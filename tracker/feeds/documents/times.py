"""Dates as blogs write them -> instants in UTC, with what they rest on (MODEL §8).

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from tracker.domain.feed import StatedTime, TimeBasis

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MAX_AHEAD = timedelta(days=1)
_MAX_RAW = 100

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


def settle_time(stated: StatedTime, now: datetime) -> StatedTime:
    """The same, judged at `now` (aware): more than a day ahead is implausible."""
    if stated.at is None or stated.at <= now + MAX_AHEAD:
        return stated
    return StatedTime(stated.raw, None, TimeBasis.IMPLAUSIBLE)


def is_in_order(times: Sequence[datetime | None]) -> bool:
    """Whether items stand in the order of their times, the newest first or last."""
    known = [at for at in times if at is not None]
    return len(known) == len(times) and known in (sorted(known), sorted(known, reverse=True))


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
