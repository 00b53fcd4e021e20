"""Users, courses and who is enrolled in them under which handles.

Tested in tests/models/test_migrations.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.locale import DEFAULT, CourseLocale
from tracker.domain.roster import PersonName, name_person
from tracker.extensions import Model
from tracker.models.columns import Numbered, UTCDateTime


class User(UserMixin, Numbered):  # type: ignore[misc]  # Flask-Login has no types
    __tablename__ = "users"

    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """Casefolded. None for a student without email, who came by a printed link."""
    sign_in_name: Mapped[str | None] = mapped_column(String(80), unique=True)
    """What a person without email signs in with; chosen when the link was used, casefolded."""
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_disabled: Mapped[bool] = mapped_column(default=False)
    session_version: Mapped[int] = mapped_column(default=1)
    """Part of every session; raising it signs the person out everywhere."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    def get_id(self) -> str:
        return f"{self.id}:{self.session_version}"


class Course(Numbered):
    __tablename__ = "courses"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    """What the command line and addresses call the course; casefolded, no blanks."""
    name: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(60))
    locale_tag: Mapped[str] = mapped_column("locale", String(10), default=DEFAULT)
    """One of `domain.locale.LOCALES`: how dates, times and lists are written."""
    words: Mapped[list[str]] = mapped_column(JSON, default=list)
    staff_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    course_blog: Mapped[str] = mapped_column(String(500), default="")
    nightly_at: Mapped[str] = mapped_column(String(5), default="02:15")
    """Wall-clock time in the course's zone, HH:MM."""
    term_start: Mapped[date | None]
    term_end: Mapped[date | None]
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    sections: Mapped[list[Section]] = relationship(back_populates="course", order_by="Section.name")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def locale(self) -> CourseLocale:
        return CourseLocale(self.zone, self.locale_tag)


class Section(Numbered):
    __tablename__ = "sections"
    __table_args__ = (UniqueConstraint("course_id", "name"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    name: Mapped[str] = mapped_column(String(80))

    course: Mapped[Course] = relationship(back_populates="sections")


class SectionStaff(Model):
    """An assistant's sections. An assistant without any sees the whole course."""

    __tablename__ = "section_staff"

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), primary_key=True, index=True)


class Enrollment(Numbered):
    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("course_id", "user_id"),
        UniqueConstraint("course_id", "external_id"),
        CheckConstraint("role IN ('student', 'assistant', 'instructor')", name="role"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    external_id: Mapped[str | None] = mapped_column(String(80))
    """The student number as the roster gives it; None for staff."""
    given_name: Mapped[str] = mapped_column(String(200), default="")
    family_name: Mapped[str] = mapped_column(String(200), default="")
    preferred_name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    """As the roster gives it; the account a person signs in with is the user's."""
    section_id: Mapped[int | None] = mapped_column(ForeignKey("sections.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    """Follows the latest enrollment event; kept here so that a roster is one query."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    course: Mapped[Course] = relationship()
    user: Mapped[User | None] = relationship()
    section: Mapped[Section | None] = relationship()
    handles: Mapped[list[Handle]] = relationship(back_populates="enrollment", order_by="Handle.id")

    def as_name(self) -> PersonName:
        return name_person(self.given_name, self.family_name, self.preferred_name)


class EnrollmentEvent(Numbered):
    __tablename__ = "enrollment_events"
    __table_args__ = (CheckConstraint("kind IN ('added', 'dropped', 'readded', 'incomplete')", name="kind"),)

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    effective_on: Mapped[date]
    """A day in the course's zone."""
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Handle(Numbered):
    """The key is not unique: two students may share a name or, one after the other, an address."""

    __tablename__ = "handles"
    __table_args__ = (Index("ix_handles_kind_key", "kind", "key"),)

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(500))
    """Normal form by `text.addresses` or `matching.names`; a keyed hash for kind avatar."""
    shown: Mapped[str] = mapped_column(String(500), default="")
    origin: Mapped[str] = mapped_column(String(12), default="roster")
    state: Mapped[str] = mapped_column(String(12), default="active")
    valid_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UTCDateTime)
    blog_id: Mapped[int | None] = mapped_column(ForeignKey("blogs.id"))
    taught_by_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_decisions.id"), index=True)

    enrollment: Mapped[Enrollment] = relationship(back_populates="handles")


class HandleDenial(Numbered):
    """A person said that whoever posts under a key is not this student, or no student at all."""

    __tablename__ = "handle_denials"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(500))
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollments.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("linkage_decisions.id"), index=True)


class Invitation(Numbered):
    """A link that lets one person in, once. Only the token's hash is kept."""

    __tablename__ = "invitations"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(12))
    """invite, or reset (a new password for an existing user)."""
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(12))
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollments.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignInFailure(Numbered):
    """A failed sign-in, kept for the fifteen minutes in which it counts."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_subject_at", "subject", "at"),)

    subject: Mapped[str] = mapped_column(String(80))
    """A keyed hash of the account name or of the network address."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
