"""Who wrote a comment: computed linkages, and what people said of them, kept apart.

Tested in tests/models/test_migrations.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.linkage import Candidate, Match, MatchVerdict
from tracker.extensions import Model
from tracker.models.columns import ByPerson, Numbered, UTCDateTime
from tracker.models.comments import Comment
from tracker.models.people import Enrollment, User


class Linkage(Numbered):
    """Computed: who wrote a comment, for one course. A function of evidence, handles and
    decisions; may be dropped and recomputed at any time."""

    __tablename__ = "linkages"
    __table_args__ = (
        UniqueConstraint("course_id", "comment_id"),
        CheckConstraint("verdict IN ('accept', 'review', 'ignore')", name="verdict"),
        Index("ix_linkages_course_id_verdict", "course_id", "verdict"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollments.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(40))
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """`domain.linkage.Candidate.as_json`, best first."""
    rules_version: Mapped[str] = mapped_column(String(40))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_decisions.id"))
    """The person's decision that this row follows; None when the rules alone speak."""
    flag: Mapped[str] = mapped_column(String(20), default="")
    """Why a person should look although the verdict stands: claimed, disclaimed, rules-disagree,
    former-student, asked; "" for nothing."""
    teaches: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The account that this automatic answer proved to be the student's: kind, key, shown."""

    copy_percent: Mapped[int | None]
    """How much of the comment is like an earlier one of a classmate, `copy_of_id`; None: it is like none."""
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))

    comment: Mapped[Comment] = relationship(foreign_keys=[comment_id])
    enrollment: Mapped[Enrollment | None] = relationship()
    decision: Mapped[LinkageDecision | None] = relationship()

    def as_match(self) -> Match:
        candidates = tuple(map(Candidate.from_json, self.candidates))
        verdict = MatchVerdict(self.verdict)
        return Match(verdict, self.reason, self.enrollment_id, candidates, self.rules_version)


class LinkageDecision(ByPerson, Numbered):
    """What a person said about a comment's writer. Append-only; an undo is a row of its own."""

    __tablename__ = "linkage_decisions"
    __table_args__ = (Index("ix_linkage_decisions_course_id_comment_id", "course_id", "comment_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    handle_kind: Mapped[str | None] = mapped_column(String(12))
    handle_key: Mapped[str | None] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(12))
    """`domain.linkage.DecisionKind`."""
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollments.id"))
    taught: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The handles and denials that came of it, as kind and key."""
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("linkage_decisions.id"), unique=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    """What was asked of a student, or why; of an account "shared" where several students use it."""
    rules_enrollment_id: Mapped[int | None]
    """Whose the rules alone made the comment at that moment; a number only, so that the log is kept
    when the enrollment is erased."""
    displaced: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """The verdicts that changed with it, and since when they had held: an undo gives that back."""

    by: Mapped[User | None] = relationship()
    enrollment: Mapped[Enrollment | None] = relationship()


class MatchState(Model):
    """By what all of a course's comments were last matched: the version of the rules, and a digest of
    roster and handles."""

    __tablename__ = "match_state"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    matched_by: Mapped[str] = mapped_column(String(64))


class AcceptSample(Numbered):
    """An automatic answer drawn for a person to check, with what it said when it was drawn."""

    __tablename__ = "accept_samples"
    __table_args__ = (UniqueConstraint("course_id", "week", "comment_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    week: Mapped[str] = mapped_column(String(8))
    """ISO year and week in the course's zone: 2026-W43."""
    place: Mapped[int]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"))
    rules_version: Mapped[str] = mapped_column(String(40))
    drawn_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SampleMark(ByPerson, Numbered):
    """What a person found of a sampled answer. Append-only; the latest stands."""

    __tablename__ = "sample_marks"

    sample_id: Mapped[int] = mapped_column(ForeignKey("accept_samples.id"), index=True)
    is_right: Mapped[bool]


class CommentJoin(ByPerson, Numbered):
    """A person said that two comments count as one, or that they do not. Append-only; the latest
    about a pair stands."""

    __tablename__ = "comment_joins"
    __table_args__ = (CheckConstraint("kind IN ('join', 'part')", name="kind"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    """The first of the two."""
    with_comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    kind: Mapped[str] = mapped_column(String(8))
