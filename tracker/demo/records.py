"""What an invented course hands out: the rows a person would import, and the generator's own truth.

The truth is laid down while the course is made up; no rule of the product is asked for it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.demo.blogosphere.blogs import Blogosphere
from tracker.domain.states import State


@dataclass(frozen=True, slots=True)
class RosterFileRow:
    """One line of the roster file; `aliases` are separated by `;`."""

    student_id: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    email: str = ""
    blog_url: str = ""
    aliases: str = ""
    twitter: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """The blog a student comments on in a round; both dates are days of the course, inclusive."""

    blog_url: str
    student_id: str
    round: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """An assignment as it is typed in: times are of the course's zone, 23:59 means that whole minute."""

    key: str
    title: str
    opens: datetime
    comments_due: datetime
    summary_due: datetime
    names: tuple[str, ...]
    min_words: int = 0


@dataclass(frozen=True, slots=True)
class PastedReceipt:
    """What a student saved right after commenting: the address as pasted, the text, the instant (UTC)."""

    student_id: str
    assignment: str
    url: str
    text: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class TruthRow:
    """Where one requirement of one student really stands at the course's `as_of`.

    `permalinks` are the comments that count for it (also those that would once a person has
    checked), `companion` the summary post. `why` says in a few words how it came about.
    """

    student_id: str
    assignment: str
    requirement: str
    state: State
    permalinks: tuple[str, ...] = ()
    companion: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """Who really wrote a comment on a followed blog; `student_id` "" is nobody of the course.

    `needs_person` says that from what the blogs show no careful rule could attribute it.
    """

    permalink: str
    student_id: str
    kind: str
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class DemoCourse:
    """A course that can be imported, polled night by night, and checked against its truth."""

    key: str
    name: str
    time_zone: str
    words: str
    staff_names: tuple[str, ...]
    course_blog: str
    sections: tuple[str, ...]
    roster: tuple[RosterFileRow, ...]
    followed: tuple[str, ...]
    allocations: tuple[AllocationRow, ...]
    assignments: tuple[AssignmentPlan, ...]
    receipts: tuple[PastedReceipt, ...]
    blogosphere: Blogosphere
    nights: tuple[datetime, ...]
    """Every nightly poll, 02:15 course time, aware, in UTC; the truth is that of the last one."""
    truth: tuple[TruthRow, ...]
    classes: Mapping[str, str]
    """student_id -> certain, one_found, none, review, cannot_see or in_moderation (the last round)."""
    authors: tuple[AuthorRow, ...]
    conflicts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What staff or a student decides about at the end (see `conflicts`) -> the comment, and the student."""

    @property
    def as_of(self) -> datetime:
        return self.nights[-1]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def class_blogs(self) -> tuple[str, ...]:
        return tuple(row.blog_url for row in self.roster if row.blog_url)

    def roster_csv(self) -> bytes:
        return write_csv(RosterFileRow, self.roster)

    def allocations_csv(self, assignment: str | None = None) -> bytes:
        chosen = [row for row in self.allocations if assignment in (None, row.round)]
        return write_csv(AllocationRow, chosen)

    def dump_truth(self, path: Path) -> None:
        """Write the truth as JSON Lines, one requirement of one student a line."""
        lines = (json.dumps(asdict(row), ensure_ascii=False) for row in self.truth)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write_csv(
    kind: type[RosterFileRow] | type[AllocationRow], rows: Iterable[RosterFileRow | AllocationRow]
) -> bytes:
    text = io.StringIO(newline="")
    names: Sequence[str] = [one.name for one in fields(kind)]
    writer = csv.DictWriter(text, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue().encode()
