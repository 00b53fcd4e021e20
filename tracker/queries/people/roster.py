"""What the list of students asks: every student of a course with what they post under.

Tested in tests/queries/people/test_lists.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState
from tracker.models import BlogAddress, Enrollment, Handle, Section, SectionStaff, Subscription
from tracker.queries.class_standing import fold, in_sections
from tracker.queries.paging import Paged, choose_page, rows_of, sort_sections
from tracker.wording.numbers import say_count

HANDLE_WORDS = {
    HandleKind.NAME: "Name",
    HandleKind.BLOG: "Class blog",
    HandleKind.ACCOUNT: "Account",
    HandleKind.AVATAR: "Picture of the email address",
    HandleKind.TWITTER: "Twitter",
}
ORIGIN_WORDS = {
    HandleOrigin.ROSTER: "from the roster",
    HandleOrigin.DECISION: "learned from a decision",
    HandleOrigin.CLASS_BLOG: "seen on the class blog",
}
GONE = (HandleState.REVOKED.value, HandleState.SUSPENDED.value)


@dataclass(frozen=True, slots=True)
class KnownAs:
    """One thing a student posts under. `shown` is "" where only a hash is kept; `blog_id` is set
    for a class blog that the course follows."""

    kind: HandleKind
    what: str
    shown: str
    origin: str
    is_standing: bool
    blog_id: int | None = None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A student in the list; `external_id`, `email` and `section` are "" where unknown."""

    enrollment_id: int
    name: str
    sort_name: str
    external_id: str
    email: str
    section: str
    is_active: bool
    has_account: bool
    known_as: tuple[KnownAs, ...]

    @property
    def class_blogs(self) -> tuple[KnownAs, ...]:
        return tuple(one for one in self.known_as if one.kind is HandleKind.BLOG and one.is_standing)

    @property
    def other_names(self) -> tuple[KnownAs, ...]:
        """What else they are known by, without hashes, which say nothing to a reader."""
        return tuple(
            one
            for one in self.known_as
            if one.is_standing and one.kind not in (HandleKind.BLOG, HandleKind.AVATAR)
        )


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What a reader asked to see; "" is everything. `blog` "none" leaves those without one."""

    name: str = ""
    section: str = ""
    blog: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.section or self.blog)

    def as_query(self) -> dict[str, str]:
        """For the addresses of this list's other pages."""
        pairs = {"name": self.name, "section": self.section, "blog": self.blog}
        return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody who teaches; `sections` is empty for the whole course."""

    name: str
    role: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster(Paged):
    """One page of the list. `students` counts the active ones, `shown` those the filter takes;
    `dropped` are kept, with all that was found, and stand at the end."""

    lines: tuple[RosterLine, ...]
    staff: tuple[StaffLine, ...]
    sections: tuple[str, ...]
    students: int
    dropped: int
    without_blog: int
    without_account: int

    @property
    def says(self) -> str:
        """ "150 students in 6 sections. 3 have no class blog; 12 have no account yet." """
        where = f" in {say_count(len(self.sections), 'section')}" if self.sections else ""
        parts = [
            f"{number} {'has' if number == 1 else 'have'} {what}"
            for number, what in (
                (self.without_blog, "no class blog"),
                (self.without_account, "no account yet"),
            )
            if number
        ]
        if self.dropped:
            parts.append(f"{self.dropped} dropped")
        said = f"{say_count(self.students, 'student')}{where}."
        return f"{said} {'; '.join(parts)}." if parts else said


def load_roster(
    session: Session, course_id: int, wanted: RosterFilter, section_ids: Collection[int] | None = None
) -> Roster:
    """The page of the list that a reader asked for, of these sections (None: the whole course)."""
    known_as = load_known_as(session, course_id)
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == course_id, Enrollment.role == "student", in_sections(section_ids))
    )
    lines = sorted(
        (line_of(row, section or "", known_as.get(row.id, ())) for row, section in rows),
        key=lambda line: (not line.is_active, fold(line.sort_name), line.enrollment_id),
    )
    active = [line for line in lines if line.is_active]
    chosen = [line for line in lines if _is_wanted(line, wanted)]
    place = choose_page(wanted.page, len(chosen))
    return Roster(
        lines=tuple(chosen[rows_of(place.page)]),
        staff=tuple(_load_staff(session, course_id)),
        sections=sort_sections(line.section for line in lines),
        students=len(active),
        dropped=len(lines) - len(active),
        without_blog=sum(not line.class_blogs for line in active),
        without_account=sum(not line.has_account for line in active),
        shown=place.shown,
        page=place.page,
        pages=place.pages,
    )


def line_of(row: Enrollment, section: str, known_as: Sequence[KnownAs]) -> RosterLine:
    given = row.preferred_name or row.given_name
    return RosterLine(
        enrollment_id=row.id,
        name=f"{given} {row.family_name}".strip() or "(no name)",
        sort_name=", ".join(part for part in (row.family_name, given) if part) or "(no name)",
        external_id=row.external_id or "",
        email=row.email,
        section=section,
        is_active=row.is_active,
        has_account=row.user_id is not None,
        known_as=tuple(known_as),
    )


def load_known_as(
    session: Session, course_id: int, enrollment_id: int | None = None
) -> Mapping[int, Sequence[KnownAs]]:
    """enrollment -> everything they post under, of a course or of one student."""
    statement = (
        select(Handle, func.max(Subscription.blog_id))
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .outerjoin(BlogAddress, (BlogAddress.key == Handle.key) & (Handle.kind == HandleKind.BLOG.value))
        .outerjoin(
            Subscription,
            (Subscription.blog_id == BlogAddress.blog_id)
            & (Subscription.course_id == course_id)
            & (Subscription.role == "class-blog")
            & Subscription.ended_at.is_(None),
        )
        .where(Enrollment.course_id == course_id)
        .group_by(Handle.id)
        .order_by(Handle.id)
    )
    if enrollment_id is not None:
        statement = statement.where(Handle.enrollment_id == enrollment_id)
    found: dict[int, list[KnownAs]] = defaultdict(list)
    for handle, blog_id in session.execute(statement):
        kind = HandleKind(handle.kind)
        known = KnownAs(
            kind=kind,
            what=HANDLE_WORDS[kind],
            shown="" if kind is HandleKind.AVATAR else handle.shown or handle.key,
            origin=ORIGIN_WORDS[HandleOrigin(handle.origin)],
            is_standing=handle.state not in GONE,
            blog_id=blog_id,
        )
        # A picture has a hash of each kind, which is nothing to a reader.
        if known not in found[handle.enrollment_id]:
            found[handle.enrollment_id].append(known)
    return found


def _is_wanted(line: RosterLine, wanted: RosterFilter) -> bool:
    if wanted.section and line.section != wanted.section:
        return False
    if wanted.blog == "none" and (line.class_blogs or not line.is_active):
        return False
    shown = " ".join(one.shown for one in line.known_as)
    text = fold(f"{line.name} {line.external_id} {line.email} {shown}")
    return all(word in text for word in fold(wanted.name).split())


def _load_staff(session: Session, course_id: int) -> list[StaffLine]:
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(SectionStaff, SectionStaff.enrollment_id == Enrollment.id)
        .outerjoin(Section, Section.id == SectionStaff.section_id)
        .where(Enrollment.course_id == course_id, Enrollment.role != "student", Enrollment.is_active)
        .order_by(Enrollment.role.desc(), Enrollment.family_name, Enrollment.id, Section.name)
    )
    found = grouped(rows.all())
    return [
        StaffLine(f"{row.given_name} {row.family_name}".strip(), row.role, tuple(filter(None, sections)))
        for row, sections in found.items()
    ]
