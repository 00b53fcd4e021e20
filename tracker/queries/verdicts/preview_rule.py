"""Trying a rule on what is stored before anybody is judged by it; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.assignment import HINT, AssignmentTerms, PartRule
from tracker.domain.grade import Score
from tracker.domain.record import GradeRecord, GradeWord, RecordedGrade
from tracker.domain.text import COUNTABLE
from tracker.domain.traits import Trait
from tracker.domain.typed_rule import TypedRule
from tracker.grading.judging.credit import judge_student
from tracker.grading.preview_rule import Comparison, Standing, compare, shift_due
from tracker.grading.recording import record_of
from tracker.grading.rules.checks import check
from tracker.grading.rules.document import terms_from_document
from tracker.grading.rules.from_form import read_rule
from tracker.grading.rules.to_form import type_rule
from tracker.grading.score import propose
from tracker.models import Course
from tracker.queries.coursework import AssignmentRow, load_assignments
from tracker.queries.grade_records import load_records
from tracker.queries.verdicts.facts import CourseFacts, load_course_facts
from tracker.wording.rule_preview import say_changed, say_made, say_milder
from tracker.wording.rules import rule_sentence

NEW = 0
"""The number of an assignment that is not there yet; nobody was given a blog for it."""


@dataclass(frozen=True)
class Milder:
    """Another choice, known by its `key`, and what would change by it beside the terms that are tried: "6
    students change. None loses." """

    key: str
    says: str
    then: str
    terms: AssignmentTerms


@dataclass(frozen=True)
class DryRun:
    """What terms would make of a class. `recorded` grades stay as people said them although the rule,
    which agrees with them now, would propose another; `released` of them are known to students.
    `milder` are choices by which somebody gains and nobody loses."""

    terms: AssignmentTerms
    comparison: Comparison
    recorded: int = 0
    released: int = 0
    milder: tuple[Milder, ...] = ()


def say_comparison(comparison: Comparison) -> str:
    """ "7 students change. None gains.": the answer in a few words."""
    if comparison.now is None:
        return say_made(comparison.students, comparison.outcomes)
    return say_changed(len(comparison.changes), comparison.gain, comparison.lose)


def try_terms(
    session: Session, course_id: int, key: str | None, terms: AssignmentTerms, now: datetime
) -> DryRun:
    """Judge a class by terms beside those in force for the assignment `key` (None: a new one)."""
    check(terms)
    trial = _Trial(session, course_id, key, now)
    after = trial.judge(terms)
    comparison = compare(trial.before, after)
    recorded, released = trial.count_recorded(after)
    milder = tuple(_hold_beside(trial, after, _milder(terms, after.values())))
    return DryRun(terms, comparison, recorded, released, milder)


def _hold_beside(
    trial: _Trial, after: Mapping[int, Standing], others: Iterable[tuple[str, str, AssignmentTerms]]
) -> Iterator[Milder]:
    for key, says, terms in others:
        comparison = compare(after, trial.judge(terms))
        if comparison.gain and not comparison.lose:
            yield Milder(key, says, say_comparison(comparison), terms)


@dataclass(frozen=True)
class TriedRule:
    """A rule from the form, tried: `rule` as everybody would read it. `typed` fills the form in where
    another one was tried than was typed (`is_other`)."""

    run: DryRun
    rule: str
    typed: TypedRule | None
    is_other: bool


def try_typed(
    session: Session,
    course_id: int,
    key: str | None,
    typed: TypedRule,
    now: datetime,
    *,
    hours: int = 0,
    milder: str = "",
) -> TriedRule:
    """Try what was typed, with every due time moved by so many hours, or with one of the milder choices
    that were offered beside it. FieldError as of `read_rule`."""
    locale = session.get_one(Course, course_id).locale
    terms = shift_due(read_rule(typed, locale.zone), timedelta(hours=hours))
    run = try_terms(session, course_id, key, terms, now)
    chosen = next((one for one in run.milder if one.key == milder), None)
    if chosen is not None:
        run = try_terms(session, course_id, key, chosen.terms, now)
    is_other = bool(hours) or chosen is not None
    return TriedRule(run, rule_sentence(run.terms, locale), type_rule(run.terms, locale.zone), is_other)


def try_shift(session: Session, course_id: int, key: str, by: timedelta, now: datetime) -> DryRun:
    """Move every due instant of an assignment: "move the deadline by two hours: 7 change"."""
    trial = _Trial(session, course_id, key, now)
    assert trial.row is not None  # noqa: S101 - a key that is there
    return try_terms(session, course_id, key, shift_due(terms_from_document(trial.row.document), by), now)


class _Trial:
    """The facts of a course, loaded once, and the class by the terms in force."""

    def __init__(self, session: Session, course_id: int, key: str | None, now: datetime) -> None:
        self._zone = session.get_one(Course, course_id).zone
        self._session, self._course_id, self._now = session, course_id, now
        rows = load_assignments(session, course_id, key) if key is not None else []
        self.row: AssignmentRow | None = rows[0] if rows else None
        self._number = NEW if self.row is None else self.row.id
        self._facts: CourseFacts = load_course_facts(session, course_id, [self._number])
        self._records = self._load_records()
        in_force = None if self.row is None else terms_from_document(self.row.document)
        self.before = None if in_force is None else self.judge(in_force)

    def count_recorded(self, after: Mapping[int, Standing]) -> tuple[int, int]:
        """How many grades that people recorded the rule would newly disagree with, and how many of them
        are released."""
        newly = [
            record
            for who, record in self._records.items()
            if record.grade is not None
            and not record.grade.disagrees
            and who in after
            and _disagrees(record.grade, after[who].score)
        ]
        return len(newly), sum(record.released is not None for record in newly)

    def judge(self, terms: AssignmentTerms) -> dict[int, Standing]:
        found = {}
        for who in self._facts.student_ids:
            student = self._facts.of_student(self._number, terms, who)
            judged = judge_student(
                terms, student, self._facts.sights, self._facts.class_sights, self._now, self._zone
            )
            grade = self._records[who].grade if who in self._records else None
            levels = grade.levels if grade is not None else None
            found[who] = Standing(judged.verdicts, propose(terms, judged.verdicts, levels))
        return found

    def _load_records(self) -> dict[int, GradeRecord]:
        if self.row is None:
            return {}
        records = load_records(self._session, self._course_id, assignment_key=self.row.key)
        return {cell[1]: record for cell, record in records.items()}


def _disagrees(grade: RecordedGrade, proposal: Score) -> bool:
    word = GradeWord(grade.number, grade.kind, grade.at, value=grade.value, satisfactory=grade.satisfactory)
    recorded = record_of([word], proposal).grade
    return recorded is not None and recorded.disagrees


def _milder(
    terms: AssignmentTerms, standings: Iterable[Standing]
) -> Iterator[tuple[str, str, AssignmentTerms]]:
    """Choices that ask less where texts fall short: what is set aside counts, or the length is a hint."""
    if not any(
        verdict.hints or verdict.reason == "too-short" for one in standings for verdict in one.verdicts
    ):
        return
    for part in terms.parts:
        floor = [one for one in part.conditions if one.short_earns < HINT]
        if not floor:
            continue
        for kind in COUNTABLE:
            if kind not in part.counts and any(one.trait is Trait.WORDS for one in floor):
                counted = _with(terms, part, counts=(*part.counts, kind))
                yield f"{part.key}-{kind.value}", say_milder(part.kind, kind), counted
        softer = tuple(replace(one, short_earns=HINT) for one in part.conditions)
        yield f"{part.key}-hint", say_milder(part.kind, None), _with(terms, part, conditions=softer)


def _with(terms: AssignmentTerms, part: PartRule, **changes: object) -> AssignmentTerms:
    changed = replace(part, **changes)  # type: ignore[arg-type]
    return replace(terms, parts=tuple(changed if one is part else one for one in terms.parts))
