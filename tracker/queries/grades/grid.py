"""Students down, assignments across: the grid as it is shown, fifty students a page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.domain.states import NEEDS_PERSON, Bucket
from tracker.grading.phase import Phase
from tracker.grading.round_summary import DECIDED, IN, LEFT, UNSEEN, Standing, summarize
from tracker.models import Course
from tracker.queries.class_standing import (
    Part,
    Student,
    choose_round,
    fold,
    load_parts,
    load_students,
)
from tracker.queries.paging import PAGE, Paged, choose_page, rows_of, sort_sections
from tracker.queries.standings import Standings, count_done, load_standings
from tracker.wording.states import GRADED, NEEDS_YOU, Cell, show
from tracker.wording.times import say_date

_MOMENT = timedelta(microseconds=1)

CHOICES: Mapping[str, tuple[str, tuple[Bucket, ...]]] = {
    Bucket.NEEDS_REVIEW: ("Needs you", (Bucket.NEEDS_REVIEW,)),
    "unseen": ("Can’t see, or in moderation", UNSEEN),
    Bucket.CANNOT_SEE: ("Can’t see", (Bucket.CANNOT_SEE,)),
    Bucket.IN_MODERATION: ("In moderation", (Bucket.IN_MODERATION,)),
    Bucket.NONE_FOUND: ("Not found yet", (Bucket.NONE_FOUND,)),
    Bucket.SOME_FOUND: ("Found in part", (Bucket.SOME_FOUND,)),
    Bucket.NOT_COUNTING: ("Does not count", (Bucket.NOT_COUNTING,)),
    Bucket.LATE: ("Late", (Bucket.LATE,)),
    Bucket.ALL_MET: ("Met", (Bucket.ALL_MET,)),
    Bucket.EXCUSED: ("Excused", (Bucket.EXCUSED,)),
    Bucket.RECORDED: ("Graded with something open", (Bucket.RECORDED,)),
    "decided": ("Decided", DECIDED),
    Bucket.NOT_DUE: ("Not due", (Bucket.NOT_DUE,)),
    "in": ("In", IN),
    "left": ("Has time left", LEFT),
}
"""What the filter for states offers: its value in the address -> words and the buckets it takes."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asked to see; "" is everything. Unknown values leave nothing out, so that an
    old address still opens. `part` is a `Part.key`, or an assignment's key for all its parts.
    `page` 0 is the first, or the one with the student whose cell is open."""

    name: str = ""
    section: str = ""
    part: str = ""
    state: str = ""
    page: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.section or self.part or self.state)

    def as_query(self) -> dict[str, str]:
        """What an address must carry to show the same students again, the page left out."""
        kept = {"name": self.name, "section": self.section, "part": self.part, "state": self.state}
        return {key: value for key, value in kept.items() if value}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A part, with what stands under its title: what is due when, and how far the class is."""

    part: Part
    due: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One student; `cells` are in the order of the columns."""

    student: Student
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid(Paged):
    """One page of it. `students` counts the class, `shown` those the filter takes."""

    columns: tuple[GridColumn, ...]
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    sections: tuple[str, ...]
    students: int
    round: Part | None
    need_you: int

    @property
    def assignments(self) -> int:
        return len({part.assignment_id for part in self.parts})


def load_grid(
    session: Session,
    course_id: int,
    now: datetime,
    wanted: Filter,
    section_ids: Collection[int] | None = None,
    open_student: int | None = None,
) -> Grid:
    """The page of the grid that a reader asked for, of these sections (None: the whole course).
    `open_student` is the one whose Why? stands beside it."""
    locale = session.get_one(Course, course_id).locale
    students = load_students(session, course_id, section_ids)
    parts = order_parts(load_parts(session, course_id), now)
    standings = load_standings(session, course_id, section_ids)
    shown_parts = [part for part in parts if wanted.part in {part.key, part.assignment_key}] or parts
    chosen = [one for one in students if _is_wanted(one, shown_parts, standings, wanted)]
    place = choose_page(wanted.page or _page_of(open_student, chosen), len(chosen))
    in_question = choose_round(parts, now)
    return Grid(
        columns=tuple(_column(part, standings, students, now, locale) for part in shown_parts),
        rows=tuple(_row(one, shown_parts, standings) for one in chosen[rows_of(place.page)]),
        parts=tuple(parts),
        sections=sort_sections(one.section for one in students),
        students=len(students),
        shown=place.shown,
        page=place.page,
        pages=place.pages,
        round=in_question,
        need_you=0
        if in_question is None
        else sum(standings.of(in_question, one.enrollment_id).needs_you for one in students),
    )


def _page_of(enrollment_id: int | None, chosen: Sequence[Student]) -> int:
    place = next((n for n, one in enumerate(chosen) if one.enrollment_id == enrollment_id), 0)
    return place // PAGE + 1


def order_parts(parts: Sequence[Part], now: datetime) -> list[Part]:
    """Newest assignment first, its comments before its summary. What has not opened yet asks
    nothing of anybody and comes last, soonest first."""
    first = {part.assignment_id: part for part in reversed(parts)}
    opened = [one for one in first.values() if one.phase(now) is not Phase.COMING]
    coming = [one for one in first.values() if one.phase(now) is Phase.COMING]
    opened.sort(key=lambda part: (part.due_at, part.assignment_id), reverse=True)
    coming.sort(key=lambda part: (part.opens_at or part.due_at, part.assignment_id))
    return [part for one in (*opened, *coming) for part in parts if part.assignment_id == one.assignment_id]


def _is_wanted(student: Student, parts: Sequence[Part], standings: Standings, wanted: Filter) -> bool:
    if wanted.section and student.section != wanted.section:
        return False
    words = fold(wanted.name).split()
    name = fold(f"{student.name} {student.external_id}")
    if not all(word in name for word in words):
        return False
    if wanted.state not in CHOICES:
        return True
    _, buckets = CHOICES[wanted.state]
    return any(standings.of(part, student.enrollment_id).place in buckets for part in parts)


def _column(
    part: Part, standings: Standings, students: Sequence[Student], now: datetime, locale: CourseLocale
) -> GridColumn:
    due = f"{part.what}, {say_date(part.due_at - _MOMENT, locale)}"
    phase = part.phase(now)
    if phase is Phase.COMING:
        return GridColumn(part, due, f"opens {say_date(part.opens_at or part.due_at, locale)}")
    done = count_done(standings, part, students, phase)
    return GridColumn(
        part, due, f"{done} of {len(students)} decided" if phase is Phase.PAST else f"{done} in"
    )


def _row(student: Student, parts: Sequence[Part], standings: Standings) -> Row:
    return Row(
        student,
        tuple(show_cell(part, standings.of(part, student.enrollment_id)) for part in parts),
    )


def show_cell(part: Part, standing: Standing) -> Cell:
    """The states together, unless a person graded it all the same, or a mark or a rubric asks for one."""
    cell, place = show(summarize(standing.states), is_post=part.is_post), standing.place
    if place is Bucket.RECORDED:
        return GRADED
    is_said = cell.state in NEEDS_PERSON
    return NEEDS_YOU if place is Bucket.NEEDS_REVIEW and not is_said else cell
