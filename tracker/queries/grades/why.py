"""Why? One student and one assignment: each verdict with its evidence, rule, clock and history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import Requirement
from tracker.domain.grouping import grouped
from tracker.domain.history import HistoryLine, in_order
from tracker.domain.locale import CourseLocale
from tracker.domain.states import CAN_BE_MARKED_COMPLETE, NEEDS_PERSON, PLAIN, State, urgency_of
from tracker.models import Allocation, Course, Receipt, RequirementVerdict
from tracker.queries.class_standing import Part, Student, parts_of, student_of
from tracker.queries.comment_history import load_decisions, load_reader, people_of, say_decisions
from tracker.queries.coursework import AssignmentRow, load_assignments, load_verdicts
from tracker.queries.grade_history import (
    load_granted,
    load_rule_changes,
    say_grades,
    say_receipts,
)
from tracker.queries.grade_records import load_words
from tracker.queries.grades.grid import show_cell
from tracker.queries.grades.why_items import WhyItem, load_items
from tracker.queries.grades.why_looks import Check, load_check_lines
from tracker.queries.permissions import find_student
from tracker.queries.phrasing import load_phrasing
from tracker.queries.standings import standings_by
from tracker.wording.rules import rule_sentence
from tracker.wording.sentences import Phrasing
from tracker.wording.states import STATES, Cell
from tracker.wording.times import say_due, say_instant
from tracker.wording.verdicts import say_clock, say_marks, say_not_counted, say_remarks, say_verdict


@dataclass(frozen=True, slots=True)
class RequirementAnswer:
    """One requirement: where it stands and why. `word` is that of the grid's legend; `is_said` when the
    sentence begins with it. `is_blog_time`: whose clock it was goes without saying."""

    key: str
    title: str
    state: State
    says: str
    clock: str = ""
    hints: tuple[str, ...] = ()
    item: WhyItem | None = None
    is_said: bool = False
    is_blog_time: bool = False

    @property
    def word(self) -> str:
        return STATES[self.state].grid

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


@dataclass(frozen=True, slots=True)
class Grant:
    """Something that a person granted to this student alone and that stands, in a sentence."""

    number: int
    says: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that one cell of the grid rests on. `blogs` are those assigned to the student, since
    replaced or not, with their titles; `latest_grant` is the number of the last thing granted, 0 for
    none; `changed_rule` says that the verdicts were reached under an older rule."""

    student: Student
    assignment: AssignmentRow
    parts: tuple[tuple[Part, Cell], ...]
    answers: tuple[RequirementAnswer, ...]
    not_counted: tuple[Refused, ...]
    receipts: tuple[SavedReceipt, ...]
    rule: str
    blogs: dict[int, str]
    blog_terms: tuple[str, ...]
    grants: tuple[Grant, ...]
    latest_grant: int
    checks: tuple[Check, ...]
    history: tuple[HistoryLine, ...]
    changed_rule: str = ""

    @property
    def own_terms(self) -> tuple[str, ...]:
        """What holds for this student alone: assigned blogs first, then what a person granted."""
        return (*self.blog_terms, *(grant.says for grant in self.grants))

    @property
    def lead(self) -> RequirementAnswer | None:
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
    student = find_student(session, course_id, enrollment_id, section_ids)
    assignments = load_assignments(session, course_id, assignment_key)
    if student is None or not assignments:
        return None
    (assignment,) = assignments
    course = session.get_one(Course, course_id)
    locale = course.locale
    rows = load_verdicts(session, [assignment.id], [enrollment_id])
    verdicts = {row.requirement: row for row in rows}
    phrasing = load_phrasing(session, course, [row.as_verdict() for row in rows])
    items = load_items(session, course_id, enrollment_id, rows, locale)
    answers = [
        _answer(asked, verdicts.get(asked.key), items.get(asked.key), phrasing)
        for asked in assignment.terms.requirements()
    ]
    receipts = _load_receipts(session, assignment.id, enrollment_id)
    words = load_words(session, course_id, assignment.id, enrollment_id)
    standings = standings_by(rows, words)
    granted = load_granted(session, assignment.id, enrollment_id)
    allocations = _load_allocations(session, assignment.id, enrollment_id)
    checks = load_check_lines(session, course_id, _blogs(rows, allocations), locale)
    return Why(
        student=student_of(student),
        assignment=assignment,
        parts=tuple(
            (part, show_cell(part, standings.of(part, enrollment_id))) for part in parts_of(assignment)
        ),
        answers=tuple(answers),
        not_counted=_not_counted(rows, phrasing),
        receipts=tuple(_receipt(one, locale) for one in receipts),
        rule=rule_sentence(assignment.terms, locale),
        blogs={one.blog_id: one.blog.shown_title for one in allocations},
        blog_terms=tuple(_say_allocation(one, locale) for one in allocations),
        grants=tuple(Grant(one.row.id, one.says(locale)) for one in granted if one.row.revoked_at is None),
        latest_grant=max((one.row.id for one in granted), default=0),
        checks=tuple(checks),
        history=in_order(
            load_rule_changes(session, assignment.id),
            _say_items(answers),
            say_receipts(receipts),
            _say_decisions(session, course_id, locale, answers, section_ids),
            *(one.history(locale) for one in granted),
            say_grades(words),
            _say_verdicts(answers, verdicts),
        ),
        changed_rule=_changed_rule(rows, assignment.version),
    )


def _load_receipts(session: Session, assignment_id: int, enrollment_id: int) -> Sequence[Receipt]:
    return session.scalars(
        select(Receipt)
        .where(
            Receipt.enrollment_id == enrollment_id,
            (Receipt.assignment_id == assignment_id) | Receipt.assignment_id.is_(None),
        )
        .order_by(Receipt.saved_at, Receipt.id)
    ).all()


def _load_allocations(session: Session, assignment_id: int, enrollment_id: int) -> Sequence[Allocation]:
    return session.scalars(
        select(Allocation)
        .where(Allocation.assignment_id == assignment_id, Allocation.enrollment_id == enrollment_id)
        .options(joinedload(Allocation.blog))
        .order_by(Allocation.id)
    ).all()


def _answer(
    asked: Requirement, row: RequirementVerdict | None, item: WhyItem | None, phrasing: Phrasing
) -> RequirementAnswer:
    if row is None:
        says = "Nothing has been graded here yet; the next check does it."
        return RequirementAnswer(asked.key, asked.title, State.NOT_DUE, says)
    verdict = row.as_verdict()
    return RequirementAnswer(
        key=asked.key,
        title=asked.title,
        state=verdict.state,
        says=say_verdict(verdict, phrasing),
        clock="" if verdict.reason == "date" else say_clock(verdict, phrasing),
        hints=(*say_marks(verdict, phrasing), *say_remarks(verdict, phrasing)),
        item=item,
        is_said=verdict.reason in {"on-time", "excused"},
        is_blog_time=not verdict.clock,
    )


def _not_counted(rows: Sequence[RequirementVerdict], phrasing: Phrasing) -> tuple[Refused, ...]:
    """Every verdict of a student carries the same list; the first speaks for all."""
    listed = rows[0].not_counted() if rows else ()
    return tuple(Refused(say_not_counted(one, phrasing), one.permalink) for one in listed)


def _receipt(row: Receipt, locale: CourseLocale) -> SavedReceipt:
    now = (
        "The comment was found."
        if row.comment_id is not None
        else "The comment is not public where we can see it."
    )
    return SavedReceipt(f"Saved {say_instant(row.saved_at, locale)}. {now}", row.url)


def _say_allocation(row: Allocation, locale: CourseLocale) -> str:
    line = f"Assigned blog: “{row.blog.shown_title}”"
    if row.replaced_by_id is not None:
        line += ", since replaced"
    if row.due_at is not None:
        line += f", due {say_due(row.due_at, locale)}"
    return line + "."


def _say_items(answers: Sequence[RequirementAnswer]) -> Iterator[HistoryLine]:
    for answer in answers:
        item = answer.item
        if item is None:
            continue
        yield HistoryLine(item.first_seen_at, f"{answer.title} first seen on “{item.blog}”")
        if item.edited_at is not None:
            yield HistoryLine(item.edited_at, f"{answer.title} had been edited")
        if item.gone_since is not None:
            yield HistoryLine(item.gone_since, f"{answer.title} was not shown any more")


def _say_decisions(
    session: Session,
    course_id: int,
    locale: CourseLocale,
    answers: Sequence[RequirementAnswer],
    section_ids: Collection[int] | None,
) -> Iterator[HistoryLine]:
    """What was said about whose the comments are that the answers name."""
    titles = {
        answer.item.comment_id: answer.title.lower()
        for answer in answers
        if answer.item and answer.item.comment_id
    }
    decisions = load_decisions(session, course_id, titles)
    reader = load_reader(session, course_id, locale, people_of(decisions), section_ids=section_ids)
    return say_decisions(decisions, reader, titles)


def _say_verdicts(
    answers: Sequence[RequirementAnswer], verdicts: Mapping[str, RequirementVerdict]
) -> Iterator[HistoryLine]:
    """Since when today's answers hold; those reached at one instant in one line."""
    reached = grouped(
        (verdicts[answer.key].as_of, f"{answer.title}: {answer.word}")
        for answer in answers
        if answer.key in verdicts
    )
    for at, lines in reached.items():
        yield HistoryLine(at, "Graded. " + "; ".join(lines))


def _blogs(rows: Sequence[RequirementVerdict], allocations: Sequence[Allocation]) -> set[int]:
    named = {blog_id for row in rows for blog_id in row.evidence.get("blog_ids", ())}
    return named | {one.blog_id for one in allocations}


def _changed_rule(rows: Sequence[RequirementVerdict], version: int) -> str:
    older = [row.terms_version for row in rows if row.terms_version != version]
    if not older:
        return ""
    return f"Graded by version {older[0]} of the rule; version {version} is in force from the next check on."
