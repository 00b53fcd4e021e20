"""A rule as a person types it: texts and numbers, times on the course's clock on the wall.

What they mean together is left to `grading.rules.from_form`. "" and 0 stand for what is left empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.assignment import HINT, Different, HeldCredit, Order, Where, WorthKind


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """At least so many of a trait (`domain.assignment.Trait`); what has less earns so many percent."""

    trait: str
    at_least: int = 1
    short_earns: int = HINT


@dataclass(frozen=True, slots=True)
class TypedLate:
    """Whether late work is taken, and what it loses; see `domain.assignment.Late`. `closes` 0: never."""

    taken: bool = False
    grace: int = 0
    per_day: int = 0
    flat: int = 0
    at_most: int = 100
    closes: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class TypedWorth:
    """What a part earns: `bands` like "0: 100, 3: 85" (missing: percent), `best` so many weeks (0: all
    of them), `item_points` for a pool."""

    kind: str = WorthKind.ALL.value
    bands: str = ""
    best: int = 0
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
class TypedQuota:
    """How many; see `domain.assignment.Quota`. `required` 0 with weeks: as many as the weeks ask for
    together; `at_most` 0: no more than required; `period_most` 0: any number."""

    required: int = 0
    at_most: int = 0
    period_least: int = 0
    period_most: int = 0


@dataclass(frozen=True, slots=True)
class TypedPosts:
    """Posts on the student's own class blog: the summary, or those asked besides. `names` are one a
    line."""

    names: str = ""
    conditions: tuple[TypedCondition, ...] = ()
    late: TypedLate = TypedLate()
    worth: TypedWorth = TypedWorth()


@dataclass(frozen=True, slots=True)
class TypedRule:
    """The whole form. Times are like "2026-10-25T23:59"; `addresses` one a line.

    Either one window (`opens`, `comments_due`) or `weeks`, for the comments of `quota` and the posts of
    `posts_quota`; nothing is asked where all of a quota is 0. `summary_due` "": no summary is asked.
    `rubric` has one criterion a line: "Thought: Nothing 0, Some 50, Much 100".
    """

    title: str
    template: str = "c4t"
    quota: TypedQuota = TypedQuota(2)
    where: str = Where.ALLOCATED.value
    addresses: str = ""
    different: str = Different.POSTS.value
    each_week: bool = False
    blogs_least: int = 0
    new_blogs: int = 0
    order: str = Order.ANY.value
    days_apart: int = 0
    opens: str = ""
    comments_due: str = ""
    weeks: TypedWeeks = TypedWeeks()
    conditions: tuple[TypedCondition, ...] = ()
    counts: tuple[str, ...] = ()
    late: TypedLate = TypedLate()
    worth: TypedWorth = TypedWorth()
    summary_due: str = ""
    summary: TypedPosts = TypedPosts()
    posts_quota: TypedQuota = TypedQuota()
    posts: TypedPosts = TypedPosts()
    points: str = ""
    combine: str = "gate"
    satisfactory_at: int = 0
    held: str = HeldCredit.PROVISIONAL.value
    joined_within: int = 0
    joined_extra: int = 0
    rubric: str = ""
