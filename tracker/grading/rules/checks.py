"""Rules that no student could meet, or that contradict themselves: found before anyone is graded by them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta

from tracker.domain.assignment import (
    HINT,
    MOST_ITEMS,
    MOST_WEEKS,
    REQUIRED,
    AssignmentTerms,
    Combine,
    Different,
    Order,
    PartRule,
    RequirementKind,
    Where,
    WorthKind,
)
from tracker.domain.errors import TrackerError
from tracker.domain.traits import TRAITS, TraitKind
from tracker.grading.rules.bounds import find_out_of_bounds

MOST_POINTS = 10_000
MOST_PARTS = 20
MOST_TITLE = 200

_KEY = re.compile(r"[a-z][a-z0-9]{0,19}")


def check(terms: AssignmentTerms) -> None:
    """Raise TrackerError with a sentence for the first thing that does not fit together."""
    for fault in find_faults(terms):
        raise TrackerError(fault)


def find_faults(terms: AssignmentTerms) -> Iterator[str]:
    """A sentence for everything that does not fit together, or first for what is out of all bounds."""
    beyond = [f"{name}: {says[0].lower()}{says[1:]}" for name, says in find_out_of_bounds(terms)]
    yield from beyond or _misfits(terms)


def _misfits(terms: AssignmentTerms) -> Iterator[str]:
    if not terms.title.strip():
        yield "Enter a title. Students see it."
    if len(terms.title) > MOST_TITLE:
        yield f"Use at most {MOST_TITLE} characters for the title."
    if not terms.parts:
        yield "The rule doesn’t ask for anything. Add comments or posts."
    if len(terms.parts) > MOST_PARTS:
        yield f"A rule can have at most {MOST_PARTS} parts."
    keys = [part.key for part in terms.parts]
    for key in keys:
        if not _KEY.fullmatch(key):
            yield f"“{key}” can’t be the key of a part. Use lowercase letters and numbers, such as comment."
    if len(set(keys)) != len(keys):
        yield "Two parts of the rule have the same key."
    for part in terms.parts:
        yield from _part_faults(part)
        if part.links and part.links.part not in {
            one.key for one in terms.parts if one.kind is RequirementKind.COMMENT
        }:
            yield f"The {part.noun} should link to comments, but the rule doesn’t ask for any."
    yield from _worth_faults(terms)


def _part_faults(part: PartRule) -> Iterator[str]:
    yield from _place_faults(part)
    yield from _period_faults(part)
    yield from _quota_faults(part)
    yield from _spread_faults(part)
    yield from _condition_faults(part)
    yield from _late_faults(part)


def _place_faults(part: PartRule) -> Iterator[str]:
    where, addresses = part.target.where, part.target.addresses
    if (part.kind is RequirementKind.POST) != (where is Where.OWN):
        yield "Posts go on the student’s own class blog, and comments on other blogs."
    if (where is Where.LISTED) != bool(addresses):
        list_them = "List the blogs on which comments count, one address per line."
        superfluous = "You listed blogs, but comments count elsewhere. Remove the list or choose it above."
        yield list_them if where is Where.LISTED else superfluous
    if part.kind is RequirementKind.COMMENT and (part.names or part.links):
        yield "Only posts can have required titles and links, not comments."
    if any(not name.strip() for name in part.names):
        yield "One of the titles or labels for recognizing the post is empty."


def _period_faults(part: PartRule) -> Iterator[str]:
    if not part.periods:
        yield f"Enter when the {part.noun}s are due."
    if len(part.periods) > MOST_WEEKS:
        yield f"A rule can have at most {MOST_WEEKS} weeks."
    for period in part.periods:
        if period.window.opens_at is not None and period.window.opens_at >= period.window.due_at:
            yield f"The {part.noun}s are due before they open. Correct one of the two times."
    for one, after in itertools.pairwise(part.periods):
        opens = after.window.opens_at
        if after.number <= one.number or opens is None or opens < one.window.due_at:
            yield "The weeks overlap or are out of order."


def _quota_faults(part: PartRule) -> Iterator[str]:
    quota, periods, noun = part.quota, len(part.periods), part.noun
    if quota.credited < 1:
        yield f"Ask for 1 to {MOST_ITEMS} {noun}s."
    if quota.credited < quota.required:
        yield f"The rule asks for {quota.required} {noun}s, but only {quota.credited} can count."
    if quota.period_least * periods > quota.required:
        asked = quota.period_least * periods
        yield f"{quota.period_least} a week makes {asked} in all, more than the {quota.required} asked for."
    most = quota.period_most
    if most is not None and most < quota.period_least:
        yield f"The most per week ({most}) is less than the least per week ({quota.period_least})."
    elif most is not None and most * periods < quota.required:
        yield f"At most {most} a week allows only {most * periods} of the {quota.required} {noun}s asked for."


def _spread_faults(part: PartRule) -> Iterator[str]:
    spread, quota = part.spread, part.quota
    needed = max(quota.required, 1)
    one_blog = part.target.where in {Where.ALLOCATED, Where.OWN}
    several = spread.different in {Different.BLOGS, Different.AUTHORS} and quota.credited > 1
    if one_blog and (several or spread.blogs_least > 1 or spread.new_blogs):
        yield "Each student has one blog here, so the rule can’t ask for different blogs."
    if part.target.where is Where.LISTED and spread.blogs_least > len(part.target.addresses):
        yield f"You asked for {spread.blogs_least} blogs, but listed only {len(part.target.addresses)}."
    if spread.blogs_least > needed:
        yield f"{spread.blogs_least} blogs need as many {part.noun}s, but the rule asks for only {needed}."
    in_period = quota.period_least if len(part.periods) > 1 else needed
    if spread.new_blogs > in_period:
        yield (
            f"{spread.new_blogs} new blogs a week need {spread.new_blogs} {part.noun}s a week, "
            f"but the rule asks for {in_period}."
        )
    if spread.order is not Order.ANY:
        if part.kind is RequirementKind.POST:
            yield "Only comments can have an order, not posts."
        if spread.different is Different.NOTHING:
            yield "Newer or successive posts are different posts. Choose “different posts” too."
        if spread.order is Order.SUCCESSIVE and (not one_blog or several):
            yield "Successive posts are on one blog. Choose “the blog assigned to them”."
    window = part.window if part.periods else None
    if spread.days_apart and window is not None and window.opens_at is not None:
        days = (window.due_at - window.opens_at) // timedelta(days=1) + 1
        if spread.days_apart * (needed - 1) > days:
            yield (
                f"{needed} {part.noun}s at least {spread.days_apart} days apart don’t fit into {days} days."
            )


def _condition_faults(part: PartRule) -> Iterator[str]:
    traits = [one.trait for one in part.conditions]
    if len(set(traits)) != len(traits):
        yield "The rule has the same requirement twice."
    for one in part.conditions:
        if TRAITS[one.trait] is TraitKind.PRESENCE and one.at_least > 1:
            yield f"“{one.trait.value}” can only be required once; enter 1."


def _late_faults(part: PartRule) -> Iterator[str]:
    late = part.late
    if late is not None and late.at_most < max(late.flat, late.per_day):
        yield "The largest late penalty is less than the penalty for one day."


def _worth_faults(terms: AssignmentTerms) -> Iterator[str]:
    points = terms.points
    if points is not None and not 0 <= points <= MOST_POINTS:
        yield f"Enter points from 0 to {MOST_POINTS:,}, with at most two decimals."
    is_pool = terms.combine is Combine.POOL
    if is_pool and not points:
        yield "Enter the points that the items add up to."
    for part in terms.parts:
        yield from _part_worth_faults(part, is_pool=is_pool)
    for criterion in terms.rubric:
        keys = [level.key for level in criterion.levels]
        if len(keys) < 2 or len(set(keys)) != len(keys):
            yield f"“{criterion.title}” needs at least two levels with different names."
    if len({one.key for one in terms.rubric}) != len(terms.rubric):
        yield "Two lines of the rubric have the same name."


def _part_worth_faults(part: PartRule, *, is_pool: bool) -> Iterator[str]:
    worth = part.worth
    if (worth.item_points is not None) != is_pool:
        yield "Enter points for each item if, and only if, the items’ points are added up."
    if is_pool and part.late is not None and part.late.of_whole:
        yield "When the items’ points are added up, a late item can only lose its own points."
    if (worth.kind is WorthKind.BANDS) != bool(worth.bands):
        yield (
            "Enter the percent by number missing."
            if not worth.bands
            else "You entered percents by number missing. Choose “by how many are missing” too."
        )
    if list(worth.bands) != sorted(worth.bands, key=lambda band: (band.missing, -band.percent)) or any(
        after.percent >= one.percent or after.missing == one.missing
        for one, after in itertools.pairwise(worth.bands)
    ):
        yield "List the percents from none missing to most missing, each lower than the one before."
    if worth.kind is WorthKind.BANDS and not is_pool and _may_earn_less(part):
        yield "With percents by number missing, late or short work must count in full or not at all."
    best = worth.best_periods
    if best is not None and best >= len(part.periods):
        yield f"The best {best} weeks drop no week, since there are only {len(part.periods)}."
    if best is not None and part.quota.period_least * len(part.periods) != part.quota.credited:
        yield "To count only the best weeks, ask for the same number every week and nothing besides."


def _may_earn_less(part: PartRule) -> bool:
    """Whether an item may count and earn less than the whole of it."""
    late = part.late
    return (late is not None and late.flat + late.per_day > 0) or any(
        HINT > one.short_earns > REQUIRED for one in part.conditions
    )
