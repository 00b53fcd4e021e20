"""A roster file becomes enrollments: read, compared with what is there, applied once a person agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.errors import RosterError
from tracker.domain.roster import Handle as HandleValue
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState
from tracker.extensions import db
from tracker.jobs.audit import record
from tracker.jobs.grading import store_verdicts
from tracker.jobs.rematch import rematch_in
from tracker.jobs.tables import read_table
from tracker.jobs.transaction import write_transaction
from tracker.matching.handles import handles_from_roster
from tracker.models import BlogAddress, Course, Enrollment, EnrollmentEvent, Handle, Section, Subscription
from tracker.text.addresses import host_of

COLUMNS = {
    **dict.fromkeys(("studentid", "id", "sisuserid", "sisid", "studentnumber", "externalid"), "student_id"),
    **dict.fromkeys(("givenname", "firstname", "first", "given"), "given_name"),
    **dict.fromkeys(("familyname", "lastname", "last", "surname", "family"), "family_name"),
    **dict.fromkeys(("name", "student", "fullname", "studentname", "sortablename"), "name"),
    **dict.fromkeys(("preferredname", "preferred", "nickname"), "preferred_name"),
    **dict.fromkeys(("email", "emailaddress", "mail"), "email"),
    **dict.fromkeys(("blogurl", "blog", "classblog", "blogaddress"), "blog_url"),
    **dict.fromkeys(("aliases", "alias", "pseudonym", "pseudonyms"), "aliases"),
    **dict.fromkeys(("twitter", "twittername"), "twitter"),
    **dict.fromkeys(("section", "sectionname", "group"), "section"),
}
"""Headers as college systems write them, squeezed, and the column each means."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student of a roster file; `line` is where they stand in it. "" is unknown."""

    line: int
    student_id: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    email: str = ""
    blog_url: str = ""
    aliases: str = ""
    twitter: str = ""
    section: str = ""

    @property
    def shown_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class RosterChange:
    """A student who is there already, and what the file says otherwise: (column, before, after)."""

    enrollment_id: int
    row: RosterRow
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class MissingStudent:
    """An active student whom the file leaves out. Nobody is dropped without being asked about."""

    enrollment_id: int
    student_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterDiff:
    added: tuple[RosterRow, ...] = ()
    changed: tuple[RosterChange, ...] = ()
    unchanged: int = 0
    missing: tuple[MissingStudent, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What was applied. `blogs_to_follow` are class-blog addresses that no feed is known of yet."""

    added: int
    changed: int
    unchanged: int
    dropped: int
    missing: tuple[MissingStudent, ...]
    blogs_to_follow: tuple[str, ...]


def read_roster(content: str | bytes) -> list[RosterRow]:
    """Read a roster file: any of the headers in COLUMNS, "Last, First" in one column included.

    A row needs a name. Two rows with one student id are an error; two of one name are two people.
    RosterError names the line.
    """
    rows = []
    seen: dict[str, int] = {}
    for table_row in read_table(content, COLUMNS, error=RosterError):
        given, family = table_row["given_name"], table_row["family_name"]
        if not (given or family):
            given, family = split_name(table_row["name"])
        if not (given or family):
            raise RosterError(f"Line {table_row.line} has no name.", line=table_row.line)
        student_id = table_row["student_id"]
        if student_id and student_id in seen:
            raise RosterError(
                f"Line {table_row.line}: student id {student_id} stands on line {seen[student_id]} too.",
                line=table_row.line,
            )
        seen[student_id] = table_row.line
        rest = {key: table_row[key] for key in ("preferred_name", "email", "blog_url", "aliases", "twitter")}
        rows.append(
            RosterRow(table_row.line, student_id, given, family, section=table_row["section"], **rest)
        )
    if not rows:
        raise RosterError("The file has a header line but no students.")
    return rows


def split_name(name: str) -> tuple[str, str]:
    """ "Last, First" or "First Last" -> (given, family); one word alone is a given name."""
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.strip().rpartition(" ")
    return (given.strip(), family) if given else (family, "")


def preview(course_id: int, rows: Sequence[RosterRow]) -> RosterDiff:
    """What applying these rows would do. Writes nothing."""
    session: Session = db.session()
    students = _students(session, course_id)
    found = _pair(students, rows)
    added = tuple(row for row in rows if found.get(row.line) is None)
    changed = []
    for row in rows:
        student = found.get(row.line)
        if student is not None and (changes := _changes(student, row)):
            changed.append(RosterChange(student.id, row, changes))
    kept = {student.id for student in found.values() if student is not None}
    missing = tuple(
        MissingStudent(
            student.id, student.external_id or "", f"{student.given_name} {student.family_name}".strip()
        )
        for student in students
        if student.is_active and student.id not in kept
    )
    return RosterDiff(added, tuple(changed), len(rows) - len(added) - len(changed), missing)


def apply(
    course_id: int,
    rows: Sequence[RosterRow],
    *,
    by: int | None,
    now: datetime,
    hash_key: bytes,
    drop: Iterable[int] = (),
    dry_run: bool = False,
) -> RosterReport:
    """Enroll, update, and drop those of `drop` who are missing from the rows; then match again.

    All or nothing. Doing it twice changes nothing the second time. A student who comes back is
    the same enrollment, with everything that was found before.
    """
    diff = preview(course_id, rows)
    dropped = [one.enrollment_id for one in diff.missing if one.enrollment_id in set(drop)]
    with write_transaction(dry_run=dry_run) as session:
        course = session.get_one(Course, course_id)
        sections = _sections(session, course_id, rows)
        students = _students(session, course_id)
        shared = frozenset(host_of(row.blog_url) for row in rows if row.blog_url)
        found = _pair(students, rows)
        for row in rows:
            known = found.get(row.line)
            enrolled = known or _enroll(session, course, row, by, now)
            if not enrolled.is_active:
                _note(session, enrolled, course, "readded", by, now)
            _bring_up_to_date(session, enrolled, row, sections, now)
            _add_handles(session, enrolled, row, hash_key, shared)
        for student in students:
            if student.id in dropped:
                _note(session, student, course, "dropped", by, now)
        session.flush()
        to_follow = _blogs_to_follow(session, course_id, rows, shared)
        if diff.added or diff.changed or dropped:
            record(
                session,
                actor=by,
                course_id=course_id,
                subject_type="course",
                subject_id=course_id,
                action="import-roster",
                after={"added": len(diff.added), "changed": len(diff.changed), "dropped": len(dropped)},
                now=now,
            )
            rematch_in(session, course_id, now)
            store_verdicts(session, course_id, now)
    return RosterReport(
        added=len(diff.added),
        changed=len(diff.changed),
        unchanged=diff.unchanged,
        dropped=len(dropped),
        missing=tuple(one for one in diff.missing if one.enrollment_id not in dropped),
        blogs_to_follow=to_follow,
    )


def _students(session: Session, course_id: int) -> list[Enrollment]:
    return list(
        session.scalars(
            select(Enrollment)
            .options(selectinload(Enrollment.handles), selectinload(Enrollment.section))
            .where(Enrollment.course_id == course_id, Enrollment.role == "student")
            .order_by(Enrollment.id)
        )
    )


def _pair(students: Sequence[Enrollment], rows: Sequence[RosterRow]) -> dict[int, Enrollment | None]:
    """line -> the student it speaks of: by student id, else by e-mail, else by a name that only
    one student without an id has."""
    by_id = {student.external_id: student for student in students if student.external_id}
    by_email: dict[str, list[Enrollment]] = {}
    by_name: dict[str, list[Enrollment]] = {}
    for one in students:
        by_email.setdefault(one.email.casefold(), []).append(one)
        by_name.setdefault(_name_key(one.given_name, one.family_name), []).append(one)
    taken: set[int] = set()
    found: dict[int, Enrollment | None] = {}
    for row in rows:
        student = by_id.get(row.student_id) if row.student_id else None
        if student is None:
            groups = [by_email.get(row.email.casefold(), []) if row.email else []]
            groups.append(by_name.get(_name_key(row.given_name, row.family_name), []))
            free = (_only_unnumbered(group, row, taken) for group in groups)
            student = next((one for one in free if one is not None), None)
        found[row.line] = student
        if student is not None:
            taken.add(student.id)
    return found


def _only_unnumbered(group: list[Enrollment], row: RosterRow, taken: set[int]) -> Enrollment | None:
    free = [one for one in group if one.id not in taken and (not one.external_id or not row.student_id)]
    return free[0] if len(free) == 1 else None


def _name_key(given: str, family: str) -> str:
    return " ".join(f"{given} {family}".casefold().split())


def _changes(student: Enrollment, row: RosterRow) -> tuple[tuple[str, str, str], ...]:
    """What the row says that is not there yet. Empty cells say nothing."""
    section = student.section.name if student.section else ""
    pairs = [
        ("student_id", student.external_id or "", row.student_id),
        ("given_name", student.given_name, row.given_name),
        ("family_name", student.family_name, row.family_name),
        ("preferred_name", student.preferred_name, row.preferred_name),
        ("email", student.email, row.email),
        ("section", section, row.section),
    ]
    changes = [(column, before, after) for column, before, after in pairs if after and after != before]
    if not student.is_active:
        changes.append(("enrollment", "dropped", "active"))
    shared = frozenset({host_of(row.blog_url)} if row.blog_url else ())
    given = handles_from_roster(
        blog_url=row.blog_url, aliases=row.aliases, twitter=row.twitter, shared_hosts=shared
    )
    known = {(handle.kind, handle.key) for handle in student.handles}
    changes += [
        (handle.kind.value, "", handle.shown or handle.key)
        for handle in given
        if (handle.kind.value, handle.key) not in known
    ]
    return tuple(changes)


def _sections(session: Session, course_id: int, rows: Sequence[RosterRow]) -> dict[str, int]:
    known = {
        name: section_id
        for section_id, name in session.execute(
            select(Section.id, Section.name).where(Section.course_id == course_id)
        )
    }
    for name in dict.fromkeys(row.section[:80] for row in rows if row.section):
        if name not in known:
            section = Section(course_id=course_id, name=name)
            session.add(section)
            session.flush()
            known[name] = section.id
    return known


def _enroll(session: Session, course: Course, row: RosterRow, by: int | None, now: datetime) -> Enrollment:
    student = Enrollment(
        course_id=course.id,
        role="student",
        external_id=row.student_id or None,
        given_name=row.given_name,
        family_name=row.family_name,
        created_at=now,
    )
    session.add(student)
    session.flush()
    _note(session, student, course, "added", by, now)
    return student


def _note(
    session: Session, student: Enrollment, course: Course, kind: str, by: int | None, now: datetime
) -> None:
    student.is_active = kind != "dropped"
    today = now.astimezone(ZoneInfo(course.time_zone)).date()
    session.add(
        EnrollmentEvent(
            enrollment_id=student.id, kind=kind, effective_on=today, recorded_at=now, by_user_id=by
        )
    )


def _bring_up_to_date(
    session: Session, student: Enrollment, row: RosterRow, sections: dict[str, int], now: datetime
) -> None:
    student.external_id = row.student_id or student.external_id
    student.given_name = row.given_name or student.given_name
    student.family_name = row.family_name or student.family_name
    student.preferred_name = row.preferred_name or student.preferred_name
    student.email = row.email or student.email
    if row.section:
        student.section_id = sections[row.section[:80]]
    session.flush()


def _add_handles(
    session: Session, student: Enrollment, row: RosterRow, hash_key: bytes, shared: frozenset[str]
) -> None:
    """Add what is new; an earlier address stays a handle, since comments may carry it."""
    known = {(handle.kind, handle.key) for handle in student.handles}
    given = handles_from_roster(
        blog_url=row.blog_url,
        email=row.email,
        aliases=row.aliases,
        twitter=row.twitter,
        hash_key=hash_key,
        shared_hosts=shared,
    )
    for handle in given:
        if (handle.kind.value, handle.key) not in known:
            session.add(as_row(student.id, handle))


def as_row(enrollment_id: int, handle: HandleValue, *, taught_by: int | None = None) -> Handle:
    """A handle as it is stored."""
    return Handle(
        enrollment_id=enrollment_id,
        kind=HandleKind(handle.kind).value,
        key=handle.key[:500],
        shown=handle.shown[:500],
        origin=HandleOrigin(handle.origin).value,
        state=HandleState(handle.state).value,
        valid_from=handle.valid_from,
        valid_to=handle.valid_to,
        blog_id=handle.blog_id,
        taught_by_id=taught_by,
    )


def _blogs_to_follow(
    session: Session, course_id: int, rows: Sequence[RosterRow], shared: frozenset[str]
) -> tuple[str, ...]:
    followed = set(
        session.scalars(
            select(BlogAddress.key)
            .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
            .where(Subscription.course_id == course_id, Subscription.role == "class-blog")
        )
    )
    found = []
    for row in rows:
        keys = {
            handle.key
            for handle in handles_from_roster(blog_url=row.blog_url, shared_hosts=shared)
            if handle.kind is HandleKind.BLOG
        }
        if keys and not keys & followed:
            found.append(row.blog_url)
    return tuple(dict.fromkeys(found))
