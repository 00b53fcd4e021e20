"""The rule of an assignment as an immutable value: which work, where, when, how many, how good, worth what.

Six ideas make every rule (docs/rules.md): a *part* asks for items of one kind in a *place*, in one
or more *periods*, in a *quota*, *spread* over posts, blogs and days, each item held against
*conditions* and a *late* policy; what the parts are *worth* together is said once, by the terms.
Judging is left to `grading`. A new rule primitive is a trait in `domain.traits`, measured in
`grading.judging.measures`, or a field described in `domain.rule_fields`: docs/CONTRIBUTING.md has the recipe.

Tested in tests/grading/judging/test_periods.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from tracker.domain.rule_fields import PERCENT, within
from tracker.domain.text import Aside
from tracker.domain.traits import Trait

MOST_ITEMS = 100
"""More in one part than any course asks for; a number typed wrong would make as many requirements."""
MOST_WEEKS = 53
MOST_OF_TRAIT = 20_000


class RequirementKind(StrEnum):
    """What is asked for: a comment on a blog's post, or a post on the student's class blog."""

    COMMENT = "comment"
    POST = "post"


class HeldCredit(StrEnum):
    """What a comment held in moderation earns with a receipt on time (PRODUCT §5)."""

    PROVISIONAL = "provisional"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """Aware instants in UTC: from `opens_at` (None: any time before) until just before `due_at`.

    A due time typed as 23:59 admits the whole minute, so `due_at` is the start of the next one.
    """

    due_at: datetime
    opens_at: datetime | None = None


def widest(windows: Sequence[Window]) -> Window:
    """From the first opening, if each of them has one, to the last due instant."""
    opens = [window.opens_at for window in windows if window.opens_at is not None]
    due_at = max(window.due_at for window in windows)
    return Window(due_at, min(opens) if len(opens) == len(windows) else None)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Work of this title is due just before `due_at`, aware, in UTC: when blogs are worth a check."""

    due_at: datetime
    title: str


# Where ---------------------------------------------------------------------------------------------


class Where(StrEnum):
    ALLOCATED = "allocated"  # the blog, or the author or post on it, given to the student
    LISTED = "listed"
    FOLLOWED = "followed"  # any blog that the course follows
    CLASSMATES = "classmates"
    SECTION = "section"  # classmates of the student's own section
    OWN = "own"  # the student's own class blog


@dataclass(frozen=True, slots=True)
class Target:
    """Where the items of a part count. `addresses` are those of LISTED, as typed."""

    where: Where
    addresses: tuple[str, ...] = ()


# When ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """One window of a part. Weeks keep their number when others are skipped."""

    number: int = field(metadata=within(1))
    window: Window


@dataclass(frozen=True, slots=True)
class Late:
    """What an item earns after its due instant; without a policy it is shown as late and earns nothing.

    Percents are whole numbers. `per_day` is taken off for each started day, `flat` once; never more
    than `at_most` together. A day is 24 hours on the course's clock on the wall. In the first
    `grace_minutes` nothing is taken off; from `closes_after_days` on an item does not count.
    `of_whole`: the part earns what its latest item does, else each item for itself.
    """

    grace_minutes: int = 0
    per_day: int = field(default=0, metadata=PERCENT)
    flat: int = field(default=0, metadata=PERCENT)
    at_most: int = field(default=100, metadata=PERCENT)
    closes_after_days: int | None = field(default=None, metadata=within(1))
    of_whole: bool = False


# How many, how different -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quota:
    """How many items: `required` in all, credited up to `at_most` (None: no more than required).

    In each period at least `period_least`, and no more than `period_most` are credited.
    """

    required: int = field(metadata=within(0, MOST_ITEMS))
    at_most: int | None = field(default=None, metadata=within(1, MOST_ITEMS))
    period_least: int = field(default=0, metadata=within(0, MOST_ITEMS))
    period_most: int | None = field(default=None, metadata=within(1, MOST_ITEMS))

    @property
    def credited(self) -> int:
        """How many items can earn something."""
        return self.required if self.at_most is None else self.at_most


class Different(StrEnum):
    """What no two credited items may share."""

    NOTHING = "nothing"
    POSTS = "posts"
    BLOGS = "blogs"
    AUTHORS = "authors"


class Order(StrEnum):
    """How the posts commented on follow each other, in the order of the comments."""

    ANY = "any"
    NEWER = "newer"  # each on a post published after the one before
    SUCCESSIVE = "successive"  # on posts that follow one another on their blog


@dataclass(frozen=True, slots=True)
class Spread:
    """How different the credited items are. `each_period`: they need to differ in `different` only
    within a period. `blogs_least`: over at least so many blogs in all; `new_blogs`: in each period
    at least so many on a blog that no credited item was on before; `days_apart`: whole days
    between one item and the next."""

    different: Different = Different.POSTS
    each_period: bool = False
    blogs_least: int = field(default=0, metadata=within(0, MOST_ITEMS))
    new_blogs: int = field(default=0, metadata=within(0, MOST_ITEMS))
    order: Order = Order.ANY
    days_apart: int = 0


# How good ------------------------------------------------------------------------------------------


_TRAITS = list(Trait)
_ASIDES = list(Aside)

HINT = 100
REQUIRED = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """At least so much of a trait. An item with less earns `short_earns` percent: HINT, all of it, and
    a remark; REQUIRED, nothing; or what lies between."""

    trait: Trait
    at_least: int = field(default=1, metadata=within(1, MOST_OF_TRAIT))
    short_earns: int = field(default=HINT, metadata=PERCENT)


@dataclass(frozen=True, slots=True)
class LinkRule:
    """A post that must link what was commented on for another part; recognized by links and names."""

    part: str


# Worth what ----------------------------------------------------------------------------------------


class WorthKind(StrEnum):
    ALL = "all"  # all or nothing
    EACH = "each"  # each item its share
    BANDS = "bands"  # by how many are missing


@dataclass(frozen=True, slots=True)
class Band:
    """Up to so many missing earn this percent of the part."""

    missing: int
    percent: int = field(metadata=PERCENT)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a part earns. `best_periods`: only so many of its best periods are counted. `weight` is its
    share beside other parts; `item_points` what one item adds to a pool of points."""

    kind: WorthKind = WorthKind.ALL
    bands: tuple[Band, ...] = ()
    best_periods: int | None = field(default=None, metadata=within(1, MOST_WEEKS))
    weight: int = field(default=1, metadata=within(1))
    item_points: Decimal | None = None


class Combine(StrEnum):
    """What the parts make together."""

    GATE = "gate"  # their mean by weight, and nothing where one part earns nothing
    WEIGHTED = "weighted"  # their mean by weight
    POOL = "pool"  # points of items of any part, up to the assignment's points


@dataclass(frozen=True, slots=True)
class Level:
    key: str
    title: str
    percent: int = field(metadata=PERCENT)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: a person chooses one of its levels."""

    key: str
    title: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class JoinedLate:
    """A student who was added within `within_days` before a due instant has `extra_days` more."""

    within_days: int = field(metadata=within(1, 366))
    extra_days: int = field(metadata=within(1, 366))


# The whole -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing asked, judged by itself. `key` is stable: comment-1, comment-w3-1, summary.

    `slot` is its number among those of its part and period (from 1); `period` None: any of them.
    `is_optional`: it may earn something and lacks nothing where it is empty.
    """

    key: str
    kind: RequirementKind
    title: str
    window: Window
    part: str = "comment"
    period: int | None = None
    slot: int = 1
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class PartRule:
    """Items of one kind that are asked together. `key` begins the keys of its requirements.

    `names` are titles and labels by which a post is recognized ("C4T #2"), compared without case,
    blanks and punctuation. `counts` are kinds of text that count as the writer's own words after all.
    Conditions and counts are kept in the order of their kinds; which was said first means nothing.
    """

    key: str
    kind: RequirementKind
    target: Target
    periods: tuple[Period, ...]
    quota: Quota
    spread: Spread = Spread()
    conditions: tuple[Condition, ...] = ()
    counts: tuple[Aside, ...] = ()
    names: tuple[str, ...] = ()
    links: LinkRule | None = None
    late: Late | None = None
    worth: Worth = Worth()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.conditions, key=lambda one: _TRAITS.index(one.trait)))
        object.__setattr__(self, "conditions", ordered)
        object.__setattr__(self, "counts", tuple(sorted(self.counts, key=_ASIDES.index)))

    @property
    def noun(self) -> str:
        if self.kind is RequirementKind.COMMENT:
            return "comment"
        return "summary post" if self.links else "post"

    @property
    def window(self) -> Window:
        """From the first opening to the last due instant."""
        return widest([period.window for period in self.periods])

    def requirements(self) -> tuple[Requirement, ...]:
        """Those of the periods first, then those that any period may fill, then the optional ones."""
        least, quota = self.quota.period_least, self.quota
        found = [
            self._requirement(f"{self.key}-w{period.number}-{n}", period, n)
            for period in self.periods
            for n in range(1, least + 1)
        ]
        any_period = quota.credited - least * len(self.periods)
        needed = quota.required - least * len(self.periods)
        only_one = quota.credited == 1 and self.kind is RequirementKind.POST and not found
        found += [
            self._requirement(self.key if only_one else f"{self.key}-{n}", None, n, is_optional=n > needed)
            for n in range(1, any_period + 1)
        ]
        return tuple(found)

    def _requirement(
        self, key: str, period: Period | None, n: int, *, is_optional: bool = False
    ) -> Requirement:
        title = self.noun.capitalize()
        if key != self.key and (period is None or self.quota.period_least > 1):
            title += f" {n}"
        if period is None:
            return Requirement(key, self.kind, title, self.window, self.key, None, n, is_optional)
        title += f", week {period.number}"
        return Requirement(key, self.kind, title, period.window, self.key, period.number, n, is_optional)


@dataclass(frozen=True, slots=True)
class AssignmentTerms:
    """One version of an assignment's rule. `points` None means satisfactory / not yet only.

    `satisfactory_at`: from this percent on it is satisfactory; None: once every requirement earns
    something. `held` says what a comment earns that its blog's owner has not let through.
    """

    title: str
    parts: tuple[PartRule, ...]
    points: Decimal | None = None
    combine: Combine = Combine.GATE
    satisfactory_at: int | None = field(default=None, metadata=within(1, 100))
    rubric: tuple[Criterion, ...] = ()
    joined_late: JoinedLate | None = None
    template: str = "c4t"
    held: HeldCredit = HeldCredit.PROVISIONAL
    version: int = 1

    @property
    def comment_parts(self) -> tuple[PartRule, ...]:
        return tuple(part for part in self.parts if part.kind is RequirementKind.COMMENT)

    @property
    def comments_window(self) -> Window | None:
        """From the first opening to the last due instant of comments; None where none are asked."""
        windows = [part.window for part in self.comment_parts]
        return widest(windows) if windows else None

    @property
    def graded_parts(self) -> tuple[str, ...]:
        """The keys of the parts that are graded each by itself, as they fall due; () where the whole is
        graded at once: it has one part, or a rubric, which rates the whole."""
        return tuple(part.key for part in self.parts) if len(self.parts) > 1 and not self.rubric else ()

    def part(self, key: str) -> PartRule:
        """Raises KeyError when there is none of that key."""
        return {part.key: part for part in self.parts}[key]

    def requirements(self) -> tuple[Requirement, ...]:
        """Everything asked, in the order in which it is done and shown."""
        return tuple(requirement for part in self.parts for requirement in part.requirements())
