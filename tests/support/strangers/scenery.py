"""The shape of what differs by set beside names and wordings: colleges, courses, blogs, hosts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Shares = Mapping[str, int]
"""How often each culture occurs."""


@dataclass(frozen=True)
class College:
    """A college in all the ways it is named, and its web host."""

    name: str
    short: str
    acronym: str
    host: str


@dataclass(frozen=True)
class Subject:
    """A course's code and possible titles, and what its students say of themselves."""

    code: str
    titles: tuple[str, ...]
    years: tuple[str, ...]
    field: str
    """What they study."""
    someday: str
    """What they hope to become, with an article."""


@dataclass(frozen=True)
class Scenery:
    """Where a set's courses are set."""

    colleges: tuple[College, ...]
    subjects: tuple[Subject, ...]
    other_codes: tuple[str, ...]
    mixes: tuple[Shares, ...]
    """One is drawn a course."""
    staff_mix: Shares
    owner_mix: Shares
    majority: str
    """The culture that is twice as common among readers outside the course."""
    student_hosts: tuple[tuple[str, int], ...]
    """Patterns of students' own blogs, with weights."""
    student_slugs: tuple[str, ...]
    followed_places: tuple[tuple[str, str, int], ...]
    """Patterns of followed blogs, with platform and weight."""
    owner_handles: tuple[str, ...]
    grades: tuple[str, ...]
    graders: tuple[str, ...]
    reader_sites: tuple[str, ...]
    """Titles of outsiders' blogs."""
    reader_site: str
    """The title of an outsider's blog where the outsider has none of `reader_sites`."""
    ping_sites: tuple[str, ...]
