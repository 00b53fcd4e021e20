"""The proposed grade of one assignment: what its verdicts are worth together, by the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tracker.domain.assignment import (
    AssignmentTerms,
    Combine,
    Criterion,
    HeldCredit,
    PartRule,
    Requirement,
    WorthKind,
)
from tracker.domain.grade import Score, Verdict
from tracker.domain.grouping import grouped
from tracker.domain.states import COUNTED, HELD, UNDECIDED, WAIVED

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What a part makes: a share from 0 to 1, whether it is satisfactory, and points for a pool."""

    share: Fraction
    satisfactory: bool
    points: Fraction = Fraction(0)


def propose(
    terms: AssignmentTerms, verdicts: Sequence[Verdict], levels: Mapping[str, str] | None = None
) -> Score:
    """What the rule proposes; recording it is a person's decision.

    Nothing is proposed while something is undecided, or while a rubric lacks the levels that a
    person chooses (`levels`: criterion -> level). A comment that its owner holds earns what the terms
    say. All is reckoned exactly and rounded once at the end, to hundredths, half up.
    """
    states = {verdict.state for verdict in verdicts}
    if not states or states & UNDECIDED or not _is_rated(terms, levels):
        return Score(satisfactory=None)
    by_key = {verdict.requirement: verdict for verdict in verdicts}
    worths = {part.key: _part_worth(terms, part, by_key) for part in terms.parts}
    share, satisfactory = _combine(terms, worths)
    if terms.rubric and levels is not None:
        share *= _rubric_share(terms.rubric, levels)
    if terms.satisfactory_at is not None:
        satisfactory = share * 100 >= terms.satisfactory_at
    provisional = share > 0 and terms.held is HeldCredit.PROVISIONAL and bool(states & HELD)
    points = None if terms.points is None else round_half_up(share * Fraction(terms.points), 2)
    return Score(satisfactory, points, provisional, round_half_up(share * 100, 2))


def earned(terms: AssignmentTerms, verdict: Verdict) -> Fraction | None:
    """The share of its requirement that a verdict earns, from 0 to 1; None where nothing is asked of the
    student any more. A comment that its owner holds earns what the terms say."""
    if verdict.state in WAIVED:
        return None
    if verdict.state in HELD:
        return Fraction(0) if terms.held is HeldCredit.NONE else WHOLE
    return Fraction(verdict.credit) / 100 if verdict.state in COUNTED else Fraction(0)


def _part_worth(terms: AssignmentTerms, part: PartRule, verdicts: Mapping[str, Verdict]) -> _Worth:
    asked = [
        (slot, earned(terms, verdicts[slot.key])) for slot in part.requirements() if slot.key in verdicts
    ]
    counted = [(slot, share) for slot, share in asked if share is not None]
    if part.worth.best_periods is not None:
        counted = _best_periods(counted, part.worth.best_periods)
    required = [share for slot, share in counted if not slot.is_optional]
    extra = [share for slot, share in counted if slot.is_optional]
    satisfactory = all(share > 0 for share in required)
    points = sum(required + extra, Fraction(0)) * Fraction(part.worth.item_points or 0)
    if part.worth.kind is WorthKind.BANDS:
        missing = sum(share == 0 for share in required)
        percent = max((band.percent for band in part.worth.bands if missing <= band.missing), default=0)
        return _Worth(Fraction(percent, 100), percent > 0, points)
    if part.worth.kind is WorthKind.ALL and not satisfactory:
        return _Worth(Fraction(0), satisfactory=False, points=points)
    return _Worth(_share(part, required, extra), satisfactory, points)


def _share(part: PartRule, required: Sequence[Fraction], extra: Sequence[Fraction]) -> Fraction:
    """The mean of what is required, raised by what is extra to no more than the whole; the worst of it
    where the latest item decides."""
    if not required:
        room = part.quota.credited
        return min(WHOLE, sum(extra, Fraction(0)) / room) if extra and room else WHOLE
    if part.late is not None and part.late.of_whole:
        return min(required)
    return min(WHOLE, sum([*required, *extra], Fraction(0)) / len(required))


def _best_periods(
    counted: Sequence[tuple[Requirement, Fraction]], best: int
) -> list[tuple[Requirement, Fraction]]:
    """The requirements of the periods that earned most. Each has its period (`rules.checks`)."""
    by_period = grouped((slot.period, share) for slot, share in counted)
    ranked = sorted(by_period, key=lambda period: (-_mean(by_period[period]), period or 0))
    kept = set(ranked[:best])
    return [(slot, share) for slot, share in counted if slot.period in kept]


def _combine(terms: AssignmentTerms, worths: Mapping[str, _Worth]) -> tuple[Fraction, bool]:
    """The share of the whole, and whether every part is satisfactory."""
    satisfactory = all(one.satisfactory for one in worths.values())
    if terms.combine is Combine.POOL:
        got = sum((one.points for one in worths.values()), Fraction(0))
        return min(WHOLE, got / Fraction(terms.points or 1)), satisfactory
    if terms.combine is Combine.GATE and any(one.share == 0 for one in worths.values()):
        return Fraction(0), satisfactory
    weights = {part.key: part.worth.weight for part in terms.parts}
    whole = sum(weights.values())
    return sum((one.share * weights[key] for key, one in worths.items()), Fraction(0)) / whole, satisfactory


def _is_rated(terms: AssignmentTerms, levels: Mapping[str, str] | None) -> bool:
    chosen = levels or {}
    return all(chosen.get(one.key) in {level.key for level in one.levels} for one in terms.rubric)


def _rubric_share(rubric: Sequence[Criterion], levels: Mapping[str, str]) -> Fraction:
    """The mean of the levels chosen."""
    return _mean(
        [
            Fraction(next(level.percent for level in one.levels if level.key == levels[one.key]), 100)
            for one in rubric
        ]
    )


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def round_half_up(number: Fraction, decimals: int) -> Decimal:
    """Exactly, without a binary fraction on the way."""
    return Decimal((number * 2 * 10**decimals + 1) // 2).scaleb(-decimals)
