"""Which items to credit together: the best set under all limits, whatever the order of the facts.

Taking the best one after the other is right for each limit alone, and nearly always for all of them;
where it cannot be shown to be, a solver for integer programs (HiGHS) finds the best set.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import highspy

from tracker.grading.judging.constraints import Limit, Limits

Value = tuple[int, ...]
"""What an item or a set is worth, the most important first; sets are compared by their sums."""


def choose(values: Sequence[Value], limits: Limits) -> list[int]:
    """The places, in order, of the best set; among equals, of items that come first.

    `values` hold no negative number. The answer for a longer list is never worse.
    """
    ordered = sorted(range(len(values)), key=lambda place: (_negate(values[place]), place))
    taken = _take(ordered, limits.limits, limits.conflicts)
    reached = _sum(values, taken)
    if any(_sum(values, _take(ordered, [one])) == reached for one in limits.limits) or len(taken) == len(
        values
    ):
        return sorted(taken)
    return _solve(values, limits)


def _take(
    ordered: Sequence[int], limits: Sequence[Limit], conflicts: Collection[frozenset[int]] = ()
) -> list[int]:
    """Take one after the other what no limit forbids; under one limit alone that is the best."""
    group_of = [
        {place: number for number, group in enumerate(one.groups) for place in group} for one in limits
    ]
    used = [[0] * len(one.groups) for one in limits]
    shared = [0] * len(limits)
    taken: list[int] = []
    for place in ordered:
        if any(frozenset((place, other)) in conflicts for other in taken):
            continue
        groups = [found.get(place) for found in group_of]
        if any(
            group is not None and used[n][group] >= limits[n].own[group] and shared[n] >= limits[n].shared
            for n, group in enumerate(groups)
        ):
            continue
        for n, group in enumerate(groups):
            if group is not None:
                shared[n] += used[n][group] >= limits[n].own[group]
                used[n][group] += 1
        taken.append(place)
    return taken


def _solve(values: Sequence[Value], limits: Limits) -> list[int]:
    """As an integer program: one variable an item, a row a group and a pair; each part of the value
    in turn at its best, then the earliest items."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    model.setOptionValue("threads", 1)
    items = [model.addBinary() for _ in values]
    for one in limits.limits:
        extra = [model.addIntegral(lb=0, ub=one.shared) for _ in one.groups] if one.shared else []
        for number, group in enumerate(one.groups):
            if not group:
                continue
            total = sum(items[place] for place in group)
            model.addConstr((total - extra[number] if extra else total) <= one.own[number])
        if extra:
            model.addConstr(sum(extra) <= one.shared)
    for pair in sorted(map(sorted, limits.conflicts)):
        model.addConstr(items[pair[0]] + items[pair[1]] <= 1)
    for part in range(len(values[0])):
        weights = [value[part] for value in values]
        if not any(weights):
            continue
        goal = sum(weight * item for weight, item in zip(weights, items, strict=True) if weight)
        _maximize(model, goal)
        best = round(model.getObjectiveValue())
        model.addConstr(goal >= best)
    _maximize(model, sum((len(items) - place) * item for place, item in enumerate(items)))
    return [place for place, item in enumerate(items) if round(model.val(item))]


def _maximize(model: highspy.Highs, goal: Any) -> None:
    """Presolving makes it fast, but HiGHS 1.15 takes it for infeasible once in a thousand programs: never so
    here, where taking nothing breaks no limit and what was reached before can be reached again."""
    model.maximize(goal)
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        model.setOptionValue("presolve", "off")
        model.maximize(goal)


def _sum(values: Sequence[Value], places: Sequence[int]) -> Value:
    return tuple(map(sum, zip(*(values[place] for place in places), strict=True)))


def _negate(value: Value) -> Value:
    return tuple(-part for part in value)
