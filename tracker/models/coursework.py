"""What was asked, and what came of it: decisions and computed rows, kept apart.

Tested in tests/models/test_migrations.py.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.grade import NotCounted, Verdict
from tracker.domain.reason import Reason
from tracker.domain.states import State
from tracker.extensions import Model
from tracker.models.columns import ByPerson, Numbered, Points, UTCDateTime
from tracker.models.comments import Comment, Post
from tracker.models.feeds import Blog
from tracker.models.people import Course


class Receipt(Numbered):
    """A student's own record of a comment just made."""

    __tablename__ = "receipts"

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"))
    url: Mapped[str] = mapped_column(Text)
    blog_id: Mapped[int | None] = mapped_column(ForeignKey("blogs.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    post_key: Mapped[str] = mapped_column(String(600), default="")
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the comment was made, as staff who save it for a student say; None: when it was saved."""
    by_staff: Mapped[bool] = mapped_column(default=False)
    """Saved by staff for the student; the audit log has who it was."""
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    """waiting, found, unreadable (the post's page and feed could not be read at the last check),
    expired (its time is over: kept, and looked for no more)."""
    trouble: Mapped[str] = mapped_column(String(500), default="")
    """Why the post could not be read, in a sentence."""

    check: Mapped[ReceiptCheck | None] = relationship(lazy="joined")

    @property
    def counts_from(self) -> datetime:
        """The instant by which it is on time or not."""
        return self.made_at or self.saved_at


class ReceiptCheck(Model):
    """When a receipt was looked for: apart from it, since finding nothing changes no fact."""

    __tablename__ = "receipt_checks"

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"), primary_key=True)
    sought_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The beginning of the last run that set out to read its post."""
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When its post was last read for its sake, or could not be."""


class Assignment(Numbered):
    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("course_id", "key"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    current_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    course: Mapped[Course] = relationship()
    current_terms: Mapped[AssignmentTermsVersion] = relationship(
        primaryjoin="and_(Assignment.id == AssignmentTermsVersion.assignment_id, "
        "Assignment.current_version == AssignmentTermsVersion.version)",
        foreign_keys="[AssignmentTermsVersion.assignment_id, AssignmentTermsVersion.version]",
        viewonly=True,
        uselist=False,
    )


class AssignmentTermsVersion(ByPerson, Numbered):
    """One version of an assignment's rule. Immutable: a change is a new version."""

    __tablename__ = "assignment_terms"
    __table_args__ = (UniqueConstraint("assignment_id", "version"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    version: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    """`grading.rules.document` reads and writes it."""


class Allocation(Numbered):
    """The blog given to a student for an assignment."""

    __tablename__ = "allocations"
    __table_args__ = (UniqueConstraint("assignment_id", "enrollment_id", "blog_id"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"), index=True)
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("allocations.id"))
    keeps_credit: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str] = mapped_column(String(200), default="")
    """On a blog of many writers: whose posts are meant; "" for all."""
    post_url: Mapped[str] = mapped_column(Text, default="")
    """The one post that is meant; "" for all."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    blog: Mapped[Blog] = relationship()
    assignment: Mapped[Assignment] = relationship()


class RequirementException(ByPerson, Numbered):
    """An extension, excuse, incomplete or substitute (handed in another way) for one student."""

    __tablename__ = "exceptions"
    __table_args__ = (
        CheckConstraint("kind IN ('extension', 'excuse', 'incomplete', 'substitute')", name="kind"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    requirement: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RequirementVerdict(Numbered):
    """Computed: where a requirement stands for a student. `as_of` is the instant at which this
    answer first held; checking again without news leaves the row as it is."""

    __tablename__ = "verdicts"
    __table_args__ = (UniqueConstraint("assignment_id", "enrollment_id", "requirement"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    requirement: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The parameters of the reason; `wording.verdicts` makes the sentence."""
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """`permalink`, `blog_ids`, and where there are any: `hints` as reasons, and what was `not_counted`."""
    clock: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """By whose clock it was judged, as reasons; None: the blog's own."""
    marks: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """What a person should see before accepting it, as reasons; None: nothing."""
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    credit: Mapped[Decimal] = mapped_column(Points, default=Decimal(0))
    """Percent of what the requirement is worth."""
    terms_version: Mapped[int]
    rules_version: Mapped[str] = mapped_column(String(40))
    as_of: Mapped[datetime] = mapped_column(UTCDateTime)

    comment: Mapped[Comment | None] = relationship()
    post: Mapped[Post | None] = relationship()

    def as_verdict(self) -> Verdict:
        """The value that grading gave."""
        return Verdict(
            requirement=self.requirement,
            state=State(self.state),
            reason=self.reason,
            due_at=self.due_at,
            params=self.params,
            comment_id=self.comment_id,
            post_id=self.post_id,
            permalink=self.evidence.get("permalink", ""),
            clock=tuple(map(Reason.from_json, self.clock or ())),
            hints=tuple(map(Reason.from_json, self.evidence.get("hints", ()))),
            blog_ids=tuple(self.evidence.get("blog_ids", ())),
            credit=self.credit,
            marks=tuple(map(Reason.from_json, self.marks or ())),
        )

    def not_counted(self) -> tuple[NotCounted, ...]:
        """What was found and counts for no requirement; each row of a student and assignment has the same."""
        found = self.evidence.get("not_counted", ())
        return tuple(NotCounted(one["permalink"], one["reason"], one["params"]) for one in found)


class GradeDecision(ByPerson, Numbered):
    """What a person said about a grade. Append-only; the recorded grade is the latest decision."""

    __tablename__ = "grade_decisions"
    __table_args__ = (
        CheckConstraint("kind IN ('accept', 'override', 'release', 'note', 'undo')", name="kind"),
        CheckConstraint("value IS NULL OR value >= 0", name="value_not_negative"),
        Index("ix_grade_decisions_assignment_id_enrollment_id", "assignment_id", "enrollment_id"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    value: Mapped[Decimal | None] = mapped_column(Points)
    satisfactory: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("grade_decisions.id"), unique=True)
    proposed_value: Mapped[Decimal | None] = mapped_column(Points)
    proposed_satisfactory: Mapped[bool | None]
    """What the rule proposed when this was said, by the terms of `terms_version`."""
    terms_version: Mapped[int | None]
    levels: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """Criterion -> the rubric level that a person chose."""
    batch: Mapped[str] = mapped_column(String(36), default="")
    """Shared by what was said of many students at once, so that it can be undone at once."""
    part: Mapped[str | None] = mapped_column(String(40))
    """The key of the part of the terms it is about; None: the whole assignment."""
    exact: Mapped[str | None] = mapped_column(String(120))
    """Of a part's grade: what it adds to the assignment's points (without points: to 1), as a fraction;
    `value` is the same, rounded."""


class GradingState(Model):
    """By which rules, terms and places all of a course's verdicts were last judged: a digest. While it
    stands, a run judges only what its checks or the time may have changed."""

    __tablename__ = "grading_state"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    graded_by: Mapped[str] = mapped_column(String(64))


class AuditEntry(Numbered):
    """Who did what, by ids and codes only, so that erasing a person leaves the log whole."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject_type_subject_id", "subject_type", "subject_id"),)

    actor_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(60))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
