"""The proposed grade of one assignment or of one of its parts: what its verdicts are worth, by the terms.

A part adds its share of the whole: by weight, or the points of its items. What parts add is summed exactly,
whether the rule proposes it or a person recorded it, and rounded once (docs/rules.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
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
from tracker.domain.grade import PartGrade, Score, Verdict
from tracker.domain.grouping import grouped
from tracker.domain.states import COUNTED, HELD, UNDECIDED, WAIVED, State

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What a part makes: a share from 0 to 1, whether it is satisfactory, and points for a pool."""

    share: Fraction
    satisfactory: bool
    points: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Added:
    """What a part adds: a share of the whole."""

    share: Fraction
    satisfactory: bool


def propose(
    terms: AssignmentTerms,
    verdicts: Sequence[Verdict],
    levels: Mapping[str, str] | None = None,
    recorded: Mapping[str, PartGrade] | None = None,
) -> Score:
    """What the rule proposes; recording it is a person's decision.

    Nothing is proposed while something is undecided, or while a rubric lacks the levels that a
    person chooses (`levels`: criterion -> level). A comment that its owner holds earns what the terms
    say. Of a part in `recorded` the person's word counts, not its verdicts. All is reckoned exactly and
    rounded once at the end, to hundredths, half up.
    """
    done = recorded or {}
    by_key = {verdict.requirement: verdict for verdict in verdicts}
    open_parts = [part for part in terms.parts if part.key not in done]
    if done:
        asked = [[by_key[one.key] for one in part.requirements() if one.key in by_key] for part in open_parts]
        if not all(asked):
            return Score(satisfactory=None)
        verdicts = [verdict for mine in asked for verdict in mine]
    states = {verdict.state for verdict in verdicts}
    if not (states or done) or states & UNDECIDED or not _is_rated(terms, levels):
        return Score(satisfactory=None)
    adds = {part.key: _adds(terms, part, _part_worth(terms, part, by_key)) for part in open_parts}
    unit = Fraction(terms.points or 1)
    adds |= {key: _Added(one.exact / unit, one.satisfactory) for key, one in done.items()}
    share, satisfactory = _combine(terms, adds)
    if terms.rubric and levels is not None:
        share *= _rubric_share(terms.rubric, levels)
    return _score(terms, share, share, satisfactory, states)


def propose_part(terms: AssignmentTerms, key: str, verdicts: Sequence[Verdict]) -> Score:
    """What the rule proposes for one part by itself. Its points are what it adds to the whole; its percent
    is of the part, and so is the one from which it is satisfactory."""
    part = terms.part(key)
    keys = {one.key for one in part.requirements()}
    by_key = {one.requirement: one for one in verdicts if one.requirement in keys}
    states = {verdict.state for verdict in by_key.values()}
    if not states or states & UNDECIDED:
        return Score(satisfactory=None)
    added = _adds(terms, part, _part_worth(terms, part, by_key))
    return _score(terms, added.share / full_share(terms, key), added.share, added.satisfactory, states)


def _score(
    terms: AssignmentTerms, earned: Fraction, of_whole: Fraction, satisfactory: bool, states: Set[State]
) -> Score:
    if terms.satisfactory_at is not None:
        satisfactory = earned * 100 >= terms.satisfactory_at
    provisional = earned > 0 and terms.held is HeldCredit.PROVISIONAL and bool(states & HELD)
    exact = of_whole * Fraction(terms.points or 1)
    points = None if terms.points is None else round_half_up(exact, 2)
    return Score(satisfactory, points, provisional, round_half_up(earned * 100, 2), exact)


def full_share(terms: AssignmentTerms, key: str) -> Fraction:
    """The share of the whole that a part adds where it earns everything."""
    part = terms.part(key)
    if terms.combine is Combine.POOL:
        most = part.quota.credited * Fraction(part.worth.item_points or 0)
        return min(WHOLE, most / Fraction(terms.points or 1)) or WHOLE
    return Fraction(part.worth.weight, sum(one.worth.weight for one in terms.parts))


def full_points(terms: AssignmentTerms, key: str | None) -> Decimal | None:
    """The points of a part, or of the whole (None), as they are shown and typed; None without points."""
    if terms.points is None or key is None:
        return terms.points
    return round_half_up(full_share(terms, key) * Fraction(terms.points), 2)


def add_by_hand(
    terms: AssignmentTerms, key: str, points: Decimal | None, satisfactory: bool | None
) -> Fraction:
    """What a part adds to the whole with a grade set by hand. All of its points are all of its share, also
    where hundredths do not hold it (3.33 of a third of 10)."""
    full = full_share(terms, key) * Fraction(terms.points or 1)
    if points is None:
        return full if satisfactory else Fraction(0)
    return full if points == full_points(terms, key) else Fraction(points)


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


def _adds(terms: AssignmentTerms, part: PartRule, worth: _Worth) -> _Added:
    if terms.combine is Combine.POOL:
        return _Added(min(WHOLE, worth.points / Fraction(terms.points or 1)), worth.satisfactory)
    return _Added(worth.share * full_share(terms, part.key), worth.satisfactory)


def _combine(terms: AssignmentTerms, adds: Mapping[str, _Added]) -> tuple[Fraction, bool]:
    """The share of the whole, and whether every part is satisfactory."""
    satisfactory = all(one.satisfactory for one in adds.values())
    if terms.combine is Combine.GATE and any(one.share == 0 for one in adds.values()):
        return Fraction(0), satisfactory
    return min(WHOLE, sum((one.share for one in adds.values()), Fraction(0))), satisfactory


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
