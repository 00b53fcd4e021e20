"""Why? One student and one assignment: each verdict with its evidence, rule, clock and history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.locale import CourseLocale
from tracker.domain.states import CAN_BE_MARKED_COMPLETE, NEEDS_PERSON, PLAIN, State, urgency_of
from tracker.grading.rules.document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Course,
    Enrollment,
    Receipt,
    RequirementException,
    RequirementVerdict,
    Section,
)
from tracker.queries.class_standing import Part, Student, in_sections, parts_of
from tracker.queries.grades.grid import show_cell
from tracker.queries.grades.why_history import Event, Look, load_history, load_looks
from tracker.queries.grades.why_items import Item, load_items
from tracker.queries.phrasing import load_phrasing
from tracker.queries.verdicts.grade_history import GRANTED
from tracker.wording.rules import rule_sentence
from tracker.wording.sentences import Phrasing
from tracker.wording.states import Cell, words_of
from tracker.wording.times import say_due, say_instant
from tracker.wording.verdicts import say_clock, say_not_counted, say_remarks, say_verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """One requirement: where it stands and why. `word` is that of the grid's legend; `is_said` when the
    sentence begins with it. `is_blog_time`: whose clock it was goes without saying."""

    key: str
    title: str
    state: State
    says: str
    clock: str = ""
    hints: tuple[str, ...] = ()
    item: Item | None = None
    is_said: bool = False
    is_blog_time: bool = False

    @property
    def word(self) -> str:
        return words_of(self.state).grid

    @property
    def needs_person(self) -> bool:
        return self.state in NEEDS_PERSON

    @property
    def can_be_marked_complete(self) -> bool:
        return self.state in CAN_BE_MARKED_COMPLETE


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that was found and does not count, with the reason in a sentence."""

    says: str
    url: str


@dataclass(frozen=True, slots=True)
class SavedReceipt:
    says: str
    url: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class PartAnswer:
    part: Part
    cell: Cell


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that one cell of the grid rests on. `own_terms` are sentences about what holds
    for this student alone; `changed_rule` says that the verdicts were reached under an older rule."""

    student: Student
    assignment_id: int
    assignment_key: str
    title: str
    parts: tuple[PartAnswer, ...]
    answers: tuple[Answer, ...]
    not_counted: tuple[Refused, ...]
    receipts: tuple[SavedReceipt, ...]
    rule: str
    own_terms: tuple[str, ...]
    looks: tuple[Look, ...]
    history: tuple[Event, ...]
    changed_rule: str = ""

    @property
    def lead(self) -> Answer | None:
        """The answer that a reader came for: the least settled one. None when all is in."""
        open_ones = (one for one in self.answers if one.state not in PLAIN)
        return min(open_ones, key=lambda one: urgency_of(one.state), default=None)


def load_why(
    session: Session,
    course_id: int,
    enrollment_id: int,
    assignment_key: str,
    section_ids: Collection[int] | None = None,
) -> Why | None:
    """One student's answers for one assignment; None when the reader may see no such thing."""
    student = _load_student(session, course_id, enrollment_id, section_ids)
    assignment = session.scalars(
        select(Assignment).where(Assignment.course_id == course_id, Assignment.key == assignment_key)
    ).first()
    if student is None or assignment is None:
        return None
    course = session.get_one(Course, course_id)
    locale = course.locale
    versions = _load_versions(session, assignment.id)
    current = next(one for one in versions if one.version == assignment.current_version)
    terms = terms_from_document(current.document)
    verdicts = _load_verdicts(session, assignment.id, enrollment_id)
    phrasing = load_phrasing(session, course, [row.as_verdict() for row in verdicts.values()])
    comments, posts = load_items(
        session,
        course_id,
        enrollment_id,
        {one.comment_id for one in verdicts.values() if one.comment_id is not None},
        {one.post_id for one in verdicts.values() if one.post_id is not None},
        locale,
    )
    answers = _answers(terms, verdicts, comments, posts, phrasing)
    receipts = _load_receipts(session, assignment.id, enrollment_id)
    exceptions = _load_exceptions(session, assignment.id, enrollment_id)
    allocations = _load_allocations(session, assignment.id, enrollment_id)
    looks = load_looks(session, course_id, _blogs(verdicts, allocations), locale)
    return Why(
        student=student,
        assignment_id=assignment.id,
        assignment_key=assignment.key,
        title=terms.title,
        parts=tuple(
            PartAnswer(part, show_cell(part, [one.state for one in answers if one.key in part.keys]))
            for part in parts_of(assignment.id, assignment.key, terms)
        ),
        answers=tuple(answers),
        not_counted=_not_counted(verdicts, phrasing),
        receipts=tuple(_receipt(one, locale) for one in receipts),
        rule=rule_sentence(terms, locale),
        own_terms=tuple(_own_terms(allocations, exceptions, locale)),
        looks=tuple(looks),
        history=tuple(
            load_history(
                session, course_id, enrollment_id, versions, verdicts, answers, exceptions, receipts, locale
            )
        ),
        changed_rule=_changed_rule(verdicts, assignment.current_version),
    )


def _load_student(
    session: Session, course_id: int, enrollment_id: int, section_ids: Collection[int] | None
) -> Student | None:
    row = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(
            Enrollment.id == enrollment_id,
            Enrollment.course_id == course_id,
            Enrollment.role == "student",
            in_sections(section_ids),
        )
    ).first()
    if row is None:
        return None
    one, section = row
    given = one.preferred_name or one.given_name
    return Student(one.id, given, one.family_name, section or "", one.section_id, one.external_id or "")


def _load_versions(session: Session, assignment_id: int) -> Sequence[AssignmentTermsVersion]:
    return session.scalars(
        select(AssignmentTermsVersion)
        .where(AssignmentTermsVersion.assignment_id == assignment_id)
        .order_by(AssignmentTermsVersion.version)
    ).all()


def _load_verdicts(session: Session, assignment_id: int, enrollment_id: int) -> dict[str, RequirementVerdict]:
    rows = session.scalars(
        select(RequirementVerdict).where(
            RequirementVerdict.assignment_id == assignment_id,
            RequirementVerdict.enrollment_id == enrollment_id,
        )
    )
    return {row.requirement: row for row in rows}


def _load_receipts(session: Session, assignment_id: int, enrollment_id: int) -> list[Receipt]:
    return list(
        session.scalars(
            select(Receipt)
            .where(
                Receipt.enrollment_id == enrollment_id,
                (Receipt.assignment_id == assignment_id) | Receipt.assignment_id.is_(None),
            )
            .order_by(Receipt.saved_at, Receipt.id)
        )
    )


def _load_exceptions(session: Session, assignment_id: int, enrollment_id: int) -> list[RequirementException]:
    return list(
        session.scalars(
            select(RequirementException)
            .where(
                RequirementException.assignment_id == assignment_id,
                RequirementException.enrollment_id == enrollment_id,
            )
            .order_by(RequirementException.id)
        )
    )


def _load_allocations(session: Session, assignment_id: int, enrollment_id: int) -> list[Allocation]:
    return list(
        session.scalars(
            select(Allocation)
            .where(Allocation.assignment_id == assignment_id, Allocation.enrollment_id == enrollment_id)
            .options(joinedload(Allocation.blog))
            .order_by(Allocation.id)
        )
    )


def _answers(
    terms: AssignmentTerms,
    verdicts: dict[str, RequirementVerdict],
    comments: dict[int, Item],
    posts: dict[int, Item],
    phrasing: Phrasing,
) -> list[Answer]:
    found = []
    for asked in terms.requirements():
        row = verdicts.get(asked.key)
        if row is None:
            says = "Nothing has been graded here yet; the next check does it."
            found.append(Answer(asked.key, asked.title, State.NOT_DUE, says))
            continue
        verdict = row.as_verdict()
        found.append(
            Answer(
                key=asked.key,
                title=asked.title,
                state=verdict.state,
                says=say_verdict(verdict, phrasing),
                clock="" if verdict.reason == "date" else say_clock(verdict, phrasing),
                hints=say_remarks(verdict, phrasing),
                item=comments.get(row.comment_id or 0) or posts.get(row.post_id or 0),
                is_said=verdict.reason in {"on-time", "excused"},
                is_blog_time=not verdict.clock,
            )
        )
    return found


def _not_counted(verdicts: dict[str, RequirementVerdict], phrasing: Phrasing) -> tuple[Refused, ...]:
    """Every verdict of a student carries the same list; the first speaks for all."""
    row = next(iter(verdicts.values()), None)
    listed = () if row is None else row.not_counted()
    return tuple(Refused(say_not_counted(one, phrasing), one.permalink) for one in listed)


def _receipt(row: Receipt, locale: CourseLocale) -> SavedReceipt:
    is_found = row.comment_id is not None
    now = "The comment was found." if is_found else "The comment is not public where we can see it."
    return SavedReceipt(f"Saved {say_instant(row.saved_at, locale)}. {now}", row.url, is_found)


def _own_terms(
    allocations: Sequence[Allocation], exceptions: Sequence[RequirementException], locale: CourseLocale
) -> list[str]:
    """What holds for this student alone: assigned blogs first, then what a person granted."""
    said = []
    for one in allocations:
        line = f"Assigned blog: “{one.blog.title or one.blog.home_url}”"
        if one.replaced_by_id is not None:
            line += ", since replaced"
        if one.due_at is not None:
            line += f", due {say_due(one.due_at, locale)}"
        said.append(line + ".")
    said += [say_exception(granted, locale) for granted in exceptions if granted.revoked_at is None]
    return said


def say_exception(row: RequirementException, locale: CourseLocale) -> str:
    """ "Extended to Mon Oct 26, 23:59 CDT (summary): away on a field trip." """
    where = f" ({row.requirement.replace('-', ' ')})" if row.requirement else ""
    what = {**GRANTED, "incomplete": "Incomplete"}[row.kind]
    due = f" to {say_due(row.due_at, locale)}" if row.due_at is not None else ""
    reason = f": {row.reason.rstrip('.')}" if row.reason else ""
    return f"{what}{due}{where}{reason}."


def _blogs(verdicts: dict[str, RequirementVerdict], allocations: Sequence[Allocation]) -> set[int]:
    named = {blog_id for row in verdicts.values() for blog_id in row.evidence.get("blog_ids", ())}
    return named | {one.blog_id for one in allocations}


def _changed_rule(verdicts: dict[str, RequirementVerdict], version: int) -> str:
    older = [row.terms_version for row in verdicts.values() if row.terms_version != version]
    if not older:
        return ""
    return f"Graded by version {older[0]} of the rule; version {version} is in force from the next check on."
