"""A roster file becomes enrollments: applied once a person agrees with what it would change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState, KnownHandle, RosterRow
from tracker.jobs.audit import record
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.matching.handles import handles_from_roster
from tracker.models import BlogAddress, Course, Enrollment, EnrollmentEvent, Handle, Section, Subscription
from tracker.queries.people.preview_roster import MissingStudent, compare_roster, load_students, pair


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What was applied. `blogs_to_follow` are class-blog addresses that no feed is known of yet."""

    added: int
    changed: int
    unchanged: int
    dropped: int
    missing: tuple[MissingStudent, ...]
    blogs_to_follow: tuple[str, ...]


def apply(
    course_id: int,
    rows: Sequence[RosterRow],
    act: Act,
    *,
    hash_key: bytes,
    drop: Iterable[int] = (),
    moved_at: datetime | None = None,
) -> RosterReport:
    """Enroll, update, and drop those of `drop` who are missing from the rows; then match again.

    All or nothing. Doing it twice changes nothing the second time. A student who comes back is
    the same enrollment, with everything that was found before. `moved_at`: when class blogs whose
    address is another now moved (None: the old address ends now).
    """
    with write_transaction(preview=act.preview) as session:
        course = session.get_one(Course, course_id)
        sections = _sections(session, course_id, rows)
        students = load_students(session, course_id)
        found = pair(students, rows)
        diff = compare_roster(students, rows, found)
        dropped = [one.enrollment_id for one in diff.missing if one.enrollment_id in set(drop)]
        held = frozenset(
            one.key for student in students for one in student.handles if one.kind == HandleKind.BLOG
        )
        adding = _Adding(hash_key, held, act.now, moved_at)
        for row in rows:
            known = found.get(row.line)
            enrolled = known or _enroll(session, course, row, act)
            if not enrolled.is_active:
                _note(session, enrolled, course, "readded", act)
            _bring_up_to_date(session, enrolled, row, sections)
            _add_handles(session, enrolled, row, adding)
        for student in students:
            if student.id in dropped:
                _note(session, student, course, "dropped", act)
        session.flush()
        to_follow = _blogs_to_follow(session, course_id, rows)
        if diff.added or diff.changed or dropped:
            counts = {"added": len(diff.added), "changed": len(diff.changed), "dropped": len(dropped)}
            record(session, act, "import-roster", "course", course_id, course_id=course_id, after=counts)
            rematch_in(session, course_id, act.now)
            store_verdicts(session, course_id, act.now)
    return RosterReport(
        added=len(diff.added),
        changed=len(diff.changed),
        unchanged=diff.unchanged,
        dropped=len(dropped),
        missing=tuple(one for one in diff.missing if one.enrollment_id not in dropped),
        blogs_to_follow=to_follow,
    )


def _sections(session: Session, course_id: int, rows: Sequence[RosterRow]) -> dict[str, int]:
    held = select(Section.name, Section.id).where(Section.course_id == course_id)
    known = dict(session.execute(held).all())
    for name in dict.fromkeys(row.section[:80] for row in rows if row.section):
        if name not in known:
            section = Section(course_id=course_id, name=name)
            session.add(section)
            session.flush()
            known[name] = section.id
    return known


def _enroll(session: Session, course: Course, row: RosterRow, act: Act) -> Enrollment:
    student = Enrollment(
        course_id=course.id,
        role="student",
        external_id=row.student_id or None,
        given_name=row.given_name,
        family_name=row.family_name,
        created_at=act.now,
    )
    session.add(student)
    session.flush()
    _note(session, student, course, "added", act)
    return student


def _note(session: Session, student: Enrollment, course: Course, kind: str, act: Act) -> None:
    student.is_active = kind != "dropped"
    today = act.now.astimezone(course.zone).date()
    session.add(
        EnrollmentEvent(
            enrollment_id=student.id, kind=kind, effective_on=today, recorded_at=act.now, by_user_id=act.by
        )
    )


def _bring_up_to_date(
    session: Session, student: Enrollment, row: RosterRow, sections: dict[str, int]
) -> None:
    student.external_id = row.student_id or student.external_id
    student.given_name = row.given_name or student.given_name
    student.family_name = row.family_name or student.family_name
    student.preferred_name = row.preferred_name or student.preferred_name
    student.email = row.email or student.email
    if row.section:
        student.section_id = sections[row.section[:80]]
    session.flush()


@dataclass(frozen=True, slots=True)
class _Adding:
    """By what handles are made of a roster's cells, which addresses students of the course held before,
    and from when new ones hold."""

    hash_key: bytes
    held: frozenset[str]
    now: datetime
    moved_at: datetime | None


def _add_handles(session: Session, student: Enrollment, row: RosterRow, adding: _Adding) -> None:
    """Add what is new. An earlier address of the class blog stays a handle, since comments carry it,
    and ends where the new one begins (PRODUCT S5)."""
    known = {(handle.kind, handle.key) for handle in student.handles if handle.valid_to is None}
    given = handles_from_roster(
        blog_url=row.blog_url,
        email=row.email,
        aliases=row.aliases,
        twitter=row.twitter,
        hash_key=adding.hash_key,
    )
    current = {(handle.kind.value, handle.key) for handle in given}
    for handle in given:
        if (handle.kind.value, handle.key) in known:
            continue
        is_address = handle.kind is HandleKind.BLOG
        if is_address and handle.shown == row.blog_url.strip():
            _end_addresses(student, current, adding.moved_at or adding.now)
        begins = _begins(student, handle.key, adding) if is_address else None
        session.add(as_row(student.id, replace(handle, valid_from=begins)))


def _begins(student: Enrollment, key: str, adding: _Adding) -> datetime | None:
    """From when an address is this student's: from the move on, where one is known or a student held
    it before; else it can only ever have been theirs, however late we hear of it."""
    had_one = any(one.kind == HandleKind.BLOG.value for one in student.handles)
    if had_one and adding.moved_at is not None:
        return adding.moved_at
    return adding.now if key in adding.held else None


def _end_addresses(student: Enrollment, given: Collection[tuple[str, str]], at: datetime) -> None:
    """The addresses that the roster gave so far, and gives no longer, were the student's until now."""
    for handle in student.handles:
        is_address = handle.kind == HandleKind.BLOG.value and handle.origin == HandleOrigin.ROSTER.value
        if is_address and handle.valid_to is None and (handle.kind, handle.key) not in given:
            handle.valid_to = at


def as_row(enrollment_id: int, handle: KnownHandle) -> Handle:
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
    )


def _blogs_to_follow(session: Session, course_id: int, rows: Sequence[RosterRow]) -> tuple[str, ...]:
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
            for handle in handles_from_roster(blog_url=row.blog_url)
            if handle.kind is HandleKind.BLOG
        }
        if keys and not keys & followed:
            found.append(row.blog_url)
    return tuple(dict.fromkeys(found))
