"""Rules as courses might have them, drawn at random; only such as can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from tests.support.rules import comments_part, summary_part
from tracker.domain.assignment import (
    HINT,
    REQUIRED,
    AssignmentTerms,
    Band,
    Combine,
    Condition,
    Criterion,
    Different,
    HeldCredit,
    JoinedLate,
    Late,
    Level,
    Order,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Spread,
    Target,
    Where,
    Window,
    Worth,
    WorthKind,
)
from tracker.domain.text import Aside
from tracker.domain.traits import Trait
from tracker.grading.rules.checks import find_faults
from tracker.grading.windows import due_instant, opening_instant, week_windows

T = TypeVar("T")
FIRST_DAY = date(2026, 10, 12)


def draw_terms(
    rng: Random, zone: ZoneInfo, *, first: date = FIRST_DAY, places: Sequence[Where] = tuple(Where)
) -> AssignmentTerms:
    """One rule; drawn again until nothing in it contradicts itself."""
    while True:
        terms = _draw(rng, zone, first, [where for where in places if where is not Where.OWN])
        if not list(find_faults(terms)):
            return terms


def _draw(rng: Random, zone: ZoneInfo, first: date, places: Sequence[Where]) -> AssignmentTerms:
    weeks = _draw_periods(rng, zone, first)
    parts = [_draw_comments(rng, weeks, places)]
    end = weeks[-1].window.due_at + timedelta(days=7)
    if rng.random() < 0.6:
        summary = summary_part(Window(end, weeks[0].window.opens_at), ("C4T #2",))
        parts.append(replace(summary, late=_maybe(rng, 0.3, _draw_late(rng))))
    if rng.random() < 0.2:
        parts.append(_draw_posts(rng, weeks))
    combine = rng.choice([Combine.GATE, Combine.GATE, Combine.WEIGHTED, Combine.POOL])
    points = _maybe(rng, 0.7, Decimal(rng.randint(1, 2000)) / 100)
    if combine is Combine.POOL:
        points = points or Decimal(14)
        parts = [replace(one, worth=Worth(WorthKind.EACH, item_points=Decimal("0.5"))) for one in parts]
    return AssignmentTerms(
        title=rng.choice(["C4T #2", "Kōrero, round 2", "x"]),
        parts=tuple(parts),
        points=points,
        combine=combine,
        satisfactory_at=_maybe(rng, 0.2, rng.randint(1, 100)),
        joined_late=_maybe(rng, 0.3, JoinedLate(rng.randint(1, 10), rng.randint(1, 10))),
        held=rng.choice(list(HeldCredit)),
        version=rng.randint(1, 9),
    )


def with_rubric(terms: AssignmentTerms) -> AssignmentTerms:
    """The same, with a line that a person judges."""
    levels = (Level("none", "Nothing", 0), Level("some", "Some", 50), Level("much", "Much", 100))
    return replace(terms, rubric=(Criterion("thought", "Thought", levels),))


def _draw_periods(rng: Random, zone: ZoneInfo, first: date) -> tuple[Period, ...]:
    if rng.random() < 0.5:
        days = rng.randint(3, 14)
        opens_at = opening_instant(datetime.combine(first, time()), zone)
        due_at = due_instant(datetime.combine(first + timedelta(days=days - 1), time(23, 59)), zone)
        return (Period(1, Window(due_at, _maybe(rng, 0.8, opens_at))),)
    weeks = rng.randint(2, 4)
    skipped = _maybe(rng, 0.2, (2,)) or ()
    return week_windows(first, weeks, zone, due=rng.choice([time(23, 59), time(17)]), skipped=skipped)


def _draw_comments(rng: Random, weeks: tuple[Period, ...], places: Sequence[Where]) -> PartRule:
    where = rng.choice(places)
    addresses = ("https://room-nine.example/", "https://chalk.example/") if where is Where.LISTED else ()
    part = comments_part(
        Target(where, addresses), weeks, _draw_quota(rng, len(weeks)), _draw_spread(rng, where)
    )
    worth = Worth(rng.choice([WorthKind.ALL, WorthKind.ALL, WorthKind.EACH]))
    if rng.random() < 0.15:
        worth = Worth(WorthKind.BANDS, (Band(0, 100), Band(1, 70), Band(3, 20)))
    elif rng.random() < 0.3:
        worth = replace(worth, best_periods=len(weeks) - 1)
    return replace(
        part,
        conditions=_draw_conditions(rng),
        counts=_maybe(rng, 0.2, (Aside.SIGNATURE,)) or (),
        late=_maybe(rng, 0.5, _draw_late(rng)),
        worth=replace(worth, weight=rng.randint(1, 3)),
    )


def _draw_posts(rng: Random, weeks: tuple[Period, ...]) -> PartRule:
    least = rng.randint(0, 1)
    required = least * len(weeks) or rng.randint(1, 2)
    return PartRule(
        "post",
        RequirementKind.POST,
        Target(Where.OWN),
        weeks,
        Quota(required, period_least=least),
        conditions=(Condition(Trait.WORDS, 30, rng.choice([HINT, 50, REQUIRED])),),
        names=rng.choice([(), ("My week",)]),
        worth=Worth(WorthKind.EACH),
    )


def _draw_quota(rng: Random, weeks: int) -> Quota:
    least = rng.randint(0, 2)
    required = max(least * weeks, rng.randint(0, 5))
    at_most = required + rng.randint(0, 2)
    most = least + rng.randint(0, 3)
    return Quota(required, _maybe(rng, 0.4, at_most), least, _maybe(rng, 0.4, most))


def _draw_spread(rng: Random, where: Where) -> Spread:
    if where is Where.ALLOCATED:
        different = rng.choice([Different.POSTS, Different.POSTS, Different.NOTHING])
    else:
        different = rng.choice(list(Different))
    return Spread(
        different,
        each_period=rng.random() < 0.4,
        blogs_least=rng.choice([0, 0, 0, 2]),
        new_blogs=rng.choice([0, 0, 0, 1]),
        order=rng.choice([Order.ANY, Order.ANY, Order.ANY, Order.NEWER, Order.SUCCESSIVE]),
        days_apart=rng.choice([0, 0, 0, 1, 2]),
    )


def _draw_conditions(rng: Random) -> tuple[Condition, ...]:
    drawn = {
        Trait.WORDS: rng.randint(1, 60),
        Trait.SENTENCES: rng.randint(1, 3),
        Trait.LINKS: 1,
        Trait.QUESTIONS: 1,
        Trait.MORE_THAN_PRAISE: 1,
    }
    return tuple(
        Condition(trait, least, rng.choice([HINT, REQUIRED, 50, 33]))
        for trait, least in drawn.items()
        if rng.random() < (0.5 if trait is Trait.WORDS else 0.1)
    )


def _draw_late(rng: Random) -> Late:
    values: dict[str, Any] = {
        "grace_minutes": rng.choice([0, 0, 15]),
        "per_day": rng.choice([0, 7, 10]),
        "flat": rng.choice([0, 0, 20]),
        "at_most": rng.choice([50, 100]),
        "closes_after_days": rng.choice([None, 2, 5]),
        "of_whole": rng.random() < 0.3,
    }
    return Late(**values)


def _maybe(rng: Random, chance: float, value: T) -> T | None:
    return value if rng.random() < chance else None


def any_instant(rng: Random, first: date = FIRST_DAY, days: int = 30) -> datetime:
    """A minute of the weeks around, in UTC."""
    begin = datetime.combine(first, time(), UTC) - timedelta(days=3)
    return begin + timedelta(minutes=rng.randrange(days * 24 * 60))
