"""Assignments and allocations: what is asked, and of which blog, as a person typed it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import FileError, TrackerError
from tracker.domain.typed_rule import TypedRule
from tracker.exports.tables import TableRow, read_table
from tracker.extensions import db
from tracker.grading.rules.from_form import read_rule
from tracker.grading.windows import due_instant, opening_instant, parse_local
from tracker.jobs.audit import record
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.jobs.verdicts.terms import PutReport, put_terms
from tracker.models import Allocation, Assignment, Course, Enrollment
from tracker.queries import coursework
from tracker.text.addresses import blog_keys

ALLOCATION_COLUMNS = {
    **dict.fromkeys(("blogurl", "blog"), "blog_url"),
    **dict.fromkeys(("studentid", "id", "student"), "student_id"),
    **dict.fromkeys(("round", "assignment"), "round"),
    **dict.fromkeys(("start", "opens", "from"), "start"),
    **dict.fromkeys(("end", "due", "to"), "end"),
    "author": "author",
    **dict.fromkeys(("post", "posturl"), "post"),
}


@dataclass(frozen=True)
class AllocationReport:
    added: int
    changed: int
    unchanged: int


def create_assignment(course_id: int, key: str, typed: TypedRule, act: Act) -> int:
    """Make an assignment with the first version of its terms; its id. ConflictError if the key is taken."""
    terms = read_rule(typed, db.session().get_one(Course, course_id).zone)
    return put_terms(course_id, key, terms, replace(act, seen=0)).assignment_id


def change_terms(assignment_id: int, typed: TypedRule, act: Act) -> PutReport:
    """Put a new version of the terms in force and regrade. ConflictError when another one was saved
    since `act.seen`."""
    assignment = db.session().get_one(Assignment, assignment_id)
    course_id, key = assignment.course_id, assignment.key
    return put_terms(course_id, key, read_rule(typed, assignment.course.zone), act)


def import_allocations(course_id: int, content: str | bytes, act: Act) -> AllocationReport:
    """Give blogs to students from a file: blog_url, student_id, round, start, end.

    `round` is an assignment's key or its number among those whose key ends in it; start and end
    are days or times of the course, and may be empty, as may `author` and `post`, which name one
    writer or one post of a shared blog. All or nothing; FileError names the line.
    """
    rows = read_table(content, ALLOCATION_COLUMNS)
    with write_transaction(preview=act.preview) as session:
        zone = session.get_one(Course, course_id).zone
        finder = _Finder(session, course_id)
        added = changed = unchanged = 0
        for row in rows:
            values = _values_of(row, zone)
            key = (finder.assignment(row), finder.student(row), finder.blog(row))
            known = finder.allocations.get(key)
            if known is None:
                finder.allocations[key] = allocation = Allocation(
                    assignment_id=key[0], enrollment_id=key[1], blog_id=key[2], created_at=act.now, **values
                )
                session.add(allocation)
                added += 1
            elif any(getattr(known, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(known, name, value)
                changed += 1
            else:
                unchanged += 1
        session.flush()
        if added or changed:
            counts = {"added": added, "changed": changed}
            record(session, act, "import-allocations", "course", course_id, course_id=course_id, after=counts)
            rematch_in(session, course_id, act.now)
            store_verdicts(session, course_id, act.now)
    return AllocationReport(added, changed, unchanged)


def _values_of(row: TableRow, zone: ZoneInfo) -> dict[str, datetime | str | None]:
    try:
        opens = parse_local(row["start"], end_of_day=False) if row["start"] else None
        return {
            "author": row["author"][:200],
            "post_url": row["post"],
            "opens_at": opening_instant(opens, zone) if opens else None,
            "due_at": due_instant(parse_local(row["end"]), zone) if row["end"] else None,
        }
    except FileError:
        raise
    except TrackerError as exc:
        raise FileError(f"Line {row.line}: {exc}", line=row.line) from exc


class _Finder:
    """Looks up what a row of allocations names; loads the course once."""

    def __init__(self, session: Session, course_id: int) -> None:
        self._assignments = {row.key: row.id for row in coursework.load_assignments(session, course_id)}
        students = select(Enrollment.external_id, Enrollment.id)
        self._students = dict(session.execute(students.filter_by(course_id=course_id, role="student")).all())
        followed = coursework.load_followed_addresses(session, course_id)
        self._blogs = {key: blog_id for blog_id, key in reversed(followed)}
        self.allocations = {
            (row.assignment_id, row.enrollment_id, row.blog_id): row
            for row in session.scalars(
                select(Allocation).join(Assignment).where(Assignment.course_id == course_id)
            )
        }

    def assignment(self, row: TableRow) -> int:
        wanted = row["round"].casefold()
        found = self._assignments.get(wanted)
        if found is None and wanted.isdecimal() and len(wanted) < 10:
            numbered = [one for key, one in self._assignments.items() if _number_at_end(key) == int(wanted)]
            found = numbered[0] if len(numbered) == 1 else None
        return _found(row, found, f"there is no assignment {row['round']!r} in this course.")

    def student(self, row: TableRow) -> int:
        student_id = row["student_id"]
        says = f"there is no student with the ID {student_id!r} in this course."
        return _found(row, self._students.get(student_id), says)

    def blog(self, row: TableRow) -> int:
        url = row["blog_url"]
        found = next((self._blogs[key] for key in blog_keys(url) if key in self._blogs), None)
        return _found(row, found, f"{url!r} is not followed yet. Follow it first.")


def _found(row: TableRow, number: int | None, if_none: str) -> int:
    if number is None:
        raise FileError(f"Line {row.line}: {if_none}", line=row.line)
    return number


def _number_at_end(key: str) -> int | None:
    digits = key[len(key.rstrip("0123456789")) :]
    return int(digits) if digits else None
