"""What another rule would change: a class judged by two rules, student by student.

Tested in tests/queries/verdicts/test_preview_rule.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.domain.assignment import AssignmentTerms, Period, Window
from tracker.domain.grade import Score, Verdict
from tracker.domain.states import Bucket
from tracker.grading.round_summary import bucket, count_buckets


class Outcome(StrEnum):
    """What a rule makes of a student, as far as it is decided."""

    SATISFACTORY = "satisfactory"
    NOT_YET = "not yet"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StudentResult:
    """One student by one rule."""

    verdicts: tuple[Verdict, ...]
    score: Score

    @property
    def outcome(self) -> Outcome:
        if self.score.satisfactory is None:
            return Outcome.OPEN
        return Outcome.SATISFACTORY if self.score.satisfactory else Outcome.NOT_YET

    @property
    def bucket(self) -> Bucket:
        return bucket([one.state for one in self.verdicts])

    @property
    def worth(self) -> tuple[Decimal, bool, Decimal]:
        """More of it is better: points where there are any, else what the requirements earn."""
        earned = sum((verdict.credit for verdict in self.verdicts), Decimal(0))
        return self.score.points or Decimal(0), bool(self.score.satisfactory), earned


@dataclass(frozen=True, slots=True)
class StudentChange:
    """A student who stands otherwise. `verdict`: the first of theirs that does, as the new rule has it;
    None where only the grade changes."""

    enrollment_id: int
    before: StudentResult
    after: StudentResult
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A class by two rules. `now` and `then` have every bucket, and each adds up to `students`; `now` is
    None where no rule was in force."""

    students: int
    now: Mapping[Bucket, int] | None
    then: Mapping[Bucket, int]
    outcomes: Mapping[Outcome, int]
    changes: tuple[StudentChange, ...]

    @property
    def gain(self) -> int:
        return sum(one.after.worth > one.before.worth for one in self.changes)

    @property
    def lose(self) -> int:
        return sum(one.after.worth < one.before.worth for one in self.changes)


def compare(before: Mapping[int, StudentResult] | None, after: Mapping[int, StudentResult]) -> Comparison:
    """Compare a class, by enrollment, as two rules have it."""
    return Comparison(
        students=len(after),
        now=None if before is None else count_buckets(one.bucket for one in before.values()),
        then=count_buckets(one.bucket for one in after.values()),
        outcomes={one: sum(each.outcome is one for each in after.values()) for one in Outcome},
        changes=tuple(
            StudentChange(who, was, tried, _first_changed(was, tried))
            for who, tried in sorted(after.items())
            if before is not None and (was := before.get(who)) and _meaning(was) != _meaning(tried)
        ),
    )


def shift_due(terms: AssignmentTerms, by: timedelta) -> AssignmentTerms:
    """The same terms with every due instant moved. A week that would begin before the one before it ends
    begins then."""
    return replace(
        terms, parts=tuple(replace(part, periods=_shift(part.periods, by)) for part in terms.parts)
    )


def _shift(periods: Iterable[Period], by: timedelta) -> tuple[Period, ...]:
    found: list[Period] = []
    for one in periods:
        opens_at = one.window.opens_at
        if found and opens_at is not None:
            opens_at = max(opens_at, found[-1].window.due_at)
        found.append(replace(one, window=Window(one.window.due_at + by, opens_at)))
    return tuple(found)


def _meaning(one: StudentResult) -> object:
    states = [(verdict.requirement, verdict.state, verdict.credit) for verdict in one.verdicts]
    return states, one.score.satisfactory, one.score.points


def _first_changed(before: StudentResult, after: StudentResult) -> Verdict | None:
    known = {one.requirement: (one.state, one.credit) for one in before.verdicts}
    return next(
        (one for one in after.verdicts if known.get(one.requirement) != (one.state, one.credit)), None
    )
