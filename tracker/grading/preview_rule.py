"""What another rule would change: a class judged by two rules, student by student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.domain.assignment import AssignmentTerms, Period, Window
from tracker.domain.grade import Score, Verdict
from tracker.domain.states import Bucket
from tracker.grading.round_summary import bucket


class Outcome(StrEnum):
    """What a rule makes of a student, as far as it is decided."""

    SATISFACTORY = "satisfactory"
    NOT_YET = "not yet"
    OPEN = "open"


class Direction(StrEnum):
    GAINS = "gains"
    LOSES = "loses"
    OTHERWISE = "otherwise"


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


@dataclass(frozen=True, slots=True)
class StudentChange:
    """A student who stands otherwise. `verdict`: the first of theirs that does, as the new rule has it;
    None where only the grade changes."""

    enrollment_id: int
    before: StudentResult | None
    after: StudentResult
    direction: Direction
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
        return sum(one.direction is Direction.GAINS for one in self.changes)

    @property
    def lose(self) -> int:
        return sum(one.direction is Direction.LOSES for one in self.changes)


def compare(before: Mapping[int, StudentResult] | None, after: Mapping[int, StudentResult]) -> Comparison:
    """Compare a class, by enrollment, as two rules have it."""
    changes = []
    for who in sorted(after):
        was = None if before is None else before.get(who)
        if was is not None and _meaning(was) != _meaning(after[who]):
            changes.append(
                StudentChange(
                    who, was, after[who], _direction(was, after[who]), _first_changed(was, after[who])
                )
            )
    return Comparison(
        students=len(after),
        now=None if before is None else _count(before.values()),
        then=_count(after.values()),
        outcomes={one: sum(each.outcome is one for each in after.values()) for one in Outcome},
        changes=tuple(changes),
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


def _direction(before: StudentResult, after: StudentResult) -> Direction:
    was, now = _worth(before), _worth(after)
    if now > was:
        return Direction.GAINS
    return Direction.LOSES if now < was else Direction.OTHERWISE


def _worth(one: StudentResult) -> tuple[Decimal, bool, Decimal]:
    """Who has more of it has more: points where there are any, else what the requirements earn."""
    earned = sum((verdict.credit for verdict in one.verdicts), Decimal(0))
    return one.score.points or Decimal(0), bool(one.score.satisfactory), earned


def _first_changed(before: StudentResult, after: StudentResult) -> Verdict | None:
    known = {verdict.requirement: verdict for verdict in before.verdicts}
    for verdict in after.verdicts:
        was = known.get(verdict.requirement)
        if was is None or (was.state, was.credit) != (verdict.state, verdict.credit):
            return verdict
    return None


def _count(results: Iterable[StudentResult]) -> dict[Bucket, int]:
    found = Counter(one.bucket for one in results)
    return {one: found[one] for one in Bucket}
