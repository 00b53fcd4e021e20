"""A rule as a person types it: texts and numbers, times on the course's clock on the wall.

What they mean together is left to `grading.rules.from_form`. "", 0 and None stand for what is left empty.

Tested in tests/grading/rules/test_from_form.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.domain.assignment import (
    HINT,
    MOST_ITEMS,
    Combine,
    HeldCredit,
    JoinedLate,
    Late,
    Quota,
    Spread,
    Where,
    WorthKind,
)
from tracker.domain.rule_fields import within


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """At least so many of a trait (`domain.traits.Trait`); what has less earns so many percent."""

    trait: str
    at_least: int = 1
    short_earns: int = HINT


@dataclass(frozen=True, slots=True)
class TypedWorth:
    """What a part earns: `bands` like "0: 100, 3: 85" (missing: percent), `best_periods` so many weeks
    (0: all of them), `item_points` for a pool."""

    kind: str = WorthKind.ALL.value
    bands: str = ""
    best_periods: int = 0
    weight: int = 1
    item_points: str = ""


@dataclass(frozen=True, slots=True)
class TypedWeeks:
    """Weeks from a first day on ("2026-10-12"), `number` 0 for none; `skipped` like "3, 7". Each is open
    for so many `days`, until `ends` on the last of them; the last week until `last_ends`, a time like
    "2026-12-10T17:00", where that is not ""."""

    first: str = ""
    number: int = 0
    skipped: str = ""
    ends: str = "23:59"
    days: int = 7
    last_ends: str = ""


@dataclass(frozen=True, slots=True)
class TypedQuota(Quota):
    """How many. `required` 0 with weeks: as many as the weeks ask for together."""

    required: int = field(default=0, metadata=within(0, MOST_ITEMS))


@dataclass(frozen=True, slots=True)
class TypedPosts:
    """Posts on the student's own class blog: the summary, or those asked besides. `names` are one a
    line."""

    names: str = ""
    conditions: tuple[TypedCondition, ...] = ()
    late: Late | None = None
    worth: TypedWorth = TypedWorth()


@dataclass(frozen=True, slots=True)
class TypedRule:
    """The whole form. Times are like "2026-10-25T23:59"; `addresses` one a line.

    Either one window (`opens`, `comments_due`) or `weeks`, for the comments of `quota` and the posts of
    `posts_quota`; nothing is asked where all of a quota is empty. `summary_due` "": no summary is asked.
    `rubric` has one criterion a line: "Thought: Nothing 0, Some 50, Much 100".
    """

    title: str
    template: str = "c4t"
    quota: TypedQuota = TypedQuota(2)
    where: str = Where.ALLOCATED.value
    addresses: str = ""
    spread: Spread = field(default_factory=Spread)
    opens: str = ""
    comments_due: str = ""
    weeks: TypedWeeks = TypedWeeks()
    conditions: tuple[TypedCondition, ...] = ()
    counts: tuple[str, ...] = ()
    late: Late | None = None
    worth: TypedWorth = TypedWorth()
    summary_due: str = ""
    summary: TypedPosts = TypedPosts()
    posts_quota: TypedQuota = TypedQuota()
    posts: TypedPosts = TypedPosts()
    points: str = ""
    combine: str = Combine.GATE.value
    satisfactory_at: int = 0
    held: str = HeldCredit.PROVISIONAL.value
    joined_late: JoinedLate | None = None
    rubric: str = ""
