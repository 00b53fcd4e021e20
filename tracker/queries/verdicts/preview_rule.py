"""What another rule would make of a class, judged by what is stored; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.assignment import HINT, AssignmentTerms, PartRule
from tracker.domain.record import GradeRecord
from tracker.domain.text import COUNTABLE
from tracker.domain.traits import Trait
from tracker.domain.typed_rule import TypedRule
from tracker.grading.judging.credit import judge_student
from tracker.grading.preview_rule import Comparison, StudentResult, compare, shift_due
from tracker.grading.recording import record_of
from tracker.grading.rules.checks import check
from tracker.grading.rules.from_form import read_rule
from tracker.grading.rules.to_form import type_rule
from tracker.grading.score import propose, propose_part
from tracker.models import Course
from tracker.queries.coursework import load_assignment
from tracker.queries.grade_records import GradeRecords, load_all_records
from tracker.queries.verdicts.facts import load_course_facts
from tracker.wording.rule_preview import say_changed, say_made, say_milder
from tracker.wording.rules import rule_sentence

NEW = 0
"""The number of an assignment that is not there yet; no student was given a blog for it."""


@dataclass(frozen=True)
class Milder:
    """Another choice, known by its `key`, and what would change by it beside the rule that is previewed: "6
    students change. None loses." """

    key: str
    says: str
    then: str
    terms: AssignmentTerms


@dataclass(frozen=True)
class RulePreview:
    """What a rule would make of a class; `rule` as students would read it. `recorded` grades stay as
    people said them although the rule, which agrees with them now, would propose another; `released`
    of them are known to students. `milder` are choices by which some students gain and none loses.

    From the form: `typed` fills it in with a rule that is another one than was typed (`is_other`)."""

    terms: AssignmentTerms
    rule: str
    comparison: Comparison
    recorded: int = 0
    released: int = 0
    milder: tuple[Milder, ...] = ()
    typed: TypedRule | None = None
    is_other: bool = False

    @property
    def is_beyond_form(self) -> bool:
        """Whether the form cannot be filled in with it."""
        return self.is_other and self.typed is None


def say_comparison(comparison: Comparison) -> str:
    """ "7 students change. None gains.": the answer in a few words."""
    if comparison.now is None:
        return say_made(comparison.students, comparison.outcomes)
    return say_changed(len(comparison.changes), comparison.gain, comparison.lose)


def preview_rule(
    session: Session, course_id: int, key: str | None, terms: AssignmentTerms, now: datetime
) -> RulePreview:
    """Judge a class by terms beside those in force for the assignment `key` (None: a new one)."""
    check(terms)
    judging = _Class(session, course_id, key, now)
    after = judging.judge(terms)
    comparison = compare(judging.before, after)
    recorded, released = judging.count_recorded(terms, after)
    milder = tuple(_hold_beside(judging, after, _milder(terms, after.values())))
    return RulePreview(terms, rule_sentence(terms, judging.locale), comparison, recorded, released, milder)


def _hold_beside(
    judging: _Class, after: Mapping[int, StudentResult], others: Iterable[tuple[str, str, AssignmentTerms]]
) -> Iterator[Milder]:
    for key, says, terms in others:
        comparison = compare(after, judging.judge(terms))
        if comparison.gain and not comparison.lose:
            yield Milder(key, says, say_comparison(comparison), terms)


def preview_typed_rule(
    session: Session,
    course_id: int,
    key: str | None,
    typed: TypedRule,
    now: datetime,
    *,
    hours: int = 0,
    milder: str = "",
) -> RulePreview:
    """Preview what was typed, with every due time moved by so many hours, or with one of the milder choices
    that were offered beside it. FieldError as of `read_rule`."""
    zone = session.get_one(Course, course_id).zone
    terms = shift_due(read_rule(typed, zone), timedelta(hours=hours))
    preview = preview_rule(session, course_id, key, terms, now)
    chosen = next((one for one in preview.milder if one.key == milder), None)
    if chosen is not None:
        preview = preview_rule(session, course_id, key, chosen.terms, now)
    is_other = bool(hours) or chosen is not None
    return replace(preview, typed=type_rule(preview.terms, zone), is_other=is_other)


def preview_deadline(session: Session, course_id: int, key: str, by: timedelta, now: datetime) -> RulePreview:
    """Move every due instant of an assignment: "move the deadline by two hours: 7 change"."""
    terms = load_assignment(session, course_id, key).terms
    return preview_rule(session, course_id, key, shift_due(terms, by), now)


class _Class:
    """The facts of a course, loaded once, and the class by the terms in force."""

    def __init__(self, session: Session, course_id: int, key: str | None, now: datetime) -> None:
        self.locale = session.get_one(Course, course_id).locale
        self._now = now
        row = None if key is None else load_assignment(session, course_id, key)
        self._number = NEW if row is None else row.id
        self._facts = load_course_facts(session, course_id, [self._number])
        records = {} if key is None else load_all_records(session, course_id, assignment_key=key)
        self._records = {who: record for (_, who), record in records.items()}
        self.before = None if row is None else self.judge(row.terms)

    def count_recorded(self, terms: AssignmentTerms, after: Mapping[int, StudentResult]) -> tuple[int, int]:
        """Of how many students a grade that people recorded, of the whole or of a part, is one that the rule
        would newly disagree with, and of how many of them it is released."""
        newly = [
            found
            for who, records in self._records.items()
            if who in after and (found := _newly_disagreeing(records, terms, after[who]))
        ]
        return len(newly), sum(any(one.released is not None for one in found) for found in newly)

    def judge(self, terms: AssignmentTerms) -> dict[int, StudentResult]:
        found = {}
        for who in self._facts.student_ids:
            student = self._facts.of_student(self._number, terms, who)
            judged = judge_student(
                terms, student, self._facts.sights, self._facts.class_sights, self._now, self.locale.zone
            )
            grade = self._records[who].whole.grade if who in self._records else None
            levels = grade.levels if grade is not None else None
            found[who] = StudentResult(judged.verdicts, propose(terms, judged.verdicts, levels))
        return found


def _newly_disagreeing(
    records: GradeRecords, terms: AssignmentTerms, after: StudentResult
) -> list[GradeRecord]:
    """The grades of one student that a person gave and another rule would not propose."""
    proposals = {key: propose_part(terms, key, after.verdicts) for key in terms.graded_parts}
    given = [(one, proposals[key]) for key, one in records.parts.items() if key in proposals]
    if not records.whole.follows:
        given.append((records.whole, after.score))
    return [
        record
        for record, proposal in given
        if record.grade is not None and not record.disagrees and record_of([record.grade], proposal).disagrees
    ]


def _milder(
    terms: AssignmentTerms, results: Iterable[StudentResult]
) -> Iterator[tuple[str, str, AssignmentTerms]]:
    """Choices that ask less where texts fall short: what is set aside counts, or the length is a hint."""
    if not any(verdict.hints or verdict.reason == "too-short" for one in results for verdict in one.verdicts):
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
