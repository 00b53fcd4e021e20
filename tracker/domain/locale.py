"""How a course writes dates, times, numbers and lists: its clock and its variety of English.

Tested in tests/wording/test_times.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

DEFAULT = "en_US"
LOCALES = {DEFAULT: "United States", "en_CA": "Canada", "en_GB": "United Kingdom", "en_AU": "Australia"}
"""The locales a course may choose, as Unicode names them, and where people write so. Sentences are
English in all of them."""


@dataclass(frozen=True, slots=True)
class CourseLocale:
    """The course's time zone and one of `LOCALES`."""

    zone: ZoneInfo
    tag: str = DEFAULT
