"""Rules that nobody could meet, or that say two things at once: found before anyone is judged by them."""

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
    beyond = [f"{name} cannot be taken: {says}" for name, says in find_out_of_bounds(terms)]
    yield from beyond or _misfits(terms)


def _misfits(terms: AssignmentTerms) -> Iterator[str]:
    if not terms.title.strip():
        yield "Give the assignment a title; students see it."
    if len(terms.title) > MOST_TITLE:
        yield f"A title has up to {MOST_TITLE} characters."
    if not terms.parts:
        yield "The rule asks for nothing; add comments or posts."
    if len(terms.parts) > MOST_PARTS:
        yield f"A rule has up to {MOST_PARTS} parts."
    keys = [part.key for part in terms.parts]
    for key in keys:
        if not _KEY.fullmatch(key):
            yield f"“{key}” is no key of a part; use small letters and numbers, like comment."
    if len(set(keys)) != len(keys):
        yield "Two parts of the rule have the same key."
    for part in terms.parts:
        yield from _part_faults(part)
        if part.links and part.links.part not in {
            one.key for one in terms.parts if one.kind is RequirementKind.COMMENT
        }:
            yield f"The {part.noun} is to link comments that the rule does not ask for."
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
        yield "Posts are asked for on the student’s own class blog, comments on the blogs of others."
    if (where is Where.LISTED) != bool(addresses):
        yield (
            "Name the blogs on which comments count, one address a line."
            if where is Where.LISTED
            else ("Addresses are listed, but comments count elsewhere; take one of the two away.")
        )
    if part.kind is RequirementKind.COMMENT and (part.names or part.links):
        yield "Titles and links are asked of posts, not of comments."
    if any(not name.strip() for name in part.names):
        yield "A name by which the post is recognized is empty."


def _period_faults(part: PartRule) -> Iterator[str]:
    if not part.periods:
        yield f"Say until when the {part.noun}s are due."
    if len(part.periods) > MOST_WEEKS:
        yield f"A rule has up to {MOST_WEEKS} weeks."
    for period in part.periods:
        if period.window.opens_at is not None and period.window.opens_at >= period.window.due_at:
            yield f"The {part.noun}s are due before they open; look at the two times again."
    for one, after in itertools.pairwise(part.periods):
        opens = after.window.opens_at
        if after.number <= one.number or opens is None or opens < one.window.due_at:
            yield "The weeks overlap or are out of order."


def _quota_faults(part: PartRule) -> Iterator[str]:
    quota, periods, noun = part.quota, len(part.periods), part.noun
    if quota.credited < 1:
        yield f"A rule asks for 1 to {MOST_ITEMS} {noun}s."
    if quota.credited < quota.required:
        yield f"{quota.required} {noun}s are asked for, but only {quota.credited} can count."
    if quota.period_least * periods > quota.required:
        asked = quota.period_least * periods
        yield f"{quota.period_least} a week make {asked} in all, more than the {quota.required} asked for."
    most = quota.period_most
    if most is not None and most < quota.period_least:
        yield f"At most {most} a week is less than at least {quota.period_least}."
    elif most is not None and most * periods < quota.required:
        yield f"At most {most} a week allows {most * periods} of the {quota.required} {noun}s asked for."


def _spread_faults(part: PartRule) -> Iterator[str]:
    spread, quota = part.spread, part.quota
    needed = max(quota.required, 1)
    one_blog = part.target.where in {Where.ALLOCATED, Where.OWN}
    several = spread.different in {Different.BLOGS, Different.AUTHORS} and quota.credited > 1
    if one_blog and (several or spread.blogs_least > 1 or spread.new_blogs):
        yield "Each student is given one blog, so different blogs cannot be asked for."
    if part.target.where is Where.LISTED and spread.blogs_least > len(part.target.addresses):
        yield f"{spread.blogs_least} different blogs are asked for; {len(part.target.addresses)} are listed."
    if spread.blogs_least > needed:
        yield f"{spread.blogs_least} different blogs need as many {part.noun}s; {needed} are asked for."
    in_period = quota.period_least if len(part.periods) > 1 else needed
    if spread.new_blogs > in_period:
        yield (
            f"{spread.new_blogs} on a new blog each week needs as many {part.noun}s a week; "
            f"the rule asks for {in_period}."
        )
    if spread.order is not Order.ANY:
        if part.kind is RequirementKind.POST:
            yield "The order of posts commented on is asked of comments, not of posts."
        if spread.different is Different.NOTHING:
            yield "Newer or successive posts are different posts; say that posts must differ."
        if spread.order is Order.SUCCESSIVE and (not one_blog or several):
            yield "Successive posts stand on one blog; ask for them on the blog given to each student."
    window = part.window if part.periods else None
    if spread.days_apart and window is not None and window.opens_at is not None:
        days = (window.due_at - window.opens_at) // timedelta(days=1) + 1
        if spread.days_apart * (needed - 1) > days:
            yield (
                f"{needed} {part.noun}s that are {spread.days_apart} or more days apart do not fit into "
                f"{days} days."
            )


def _condition_faults(part: PartRule) -> Iterator[str]:
    traits = [one.trait for one in part.conditions]
    if len(set(traits)) != len(traits):
        yield "The same is asked of a text twice."
    for one in part.conditions:
        if TRAITS[one.trait] is TraitKind.PRESENCE and one.at_least > 1:
            yield f"“{one.trait.value}” is there or not; ask for 1 of it."


def _late_faults(part: PartRule) -> Iterator[str]:
    late = part.late
    if late is not None and late.at_most < max(late.flat, late.per_day):
        yield "The most that is taken off is less than what one late day takes off."


def _worth_faults(terms: AssignmentTerms) -> Iterator[str]:
    points = terms.points
    if points is not None and not 0 <= points <= MOST_POINTS:
        yield f"Points go from 0 to {MOST_POINTS:,}, in hundredths at the finest."
    is_pool = terms.combine is Combine.POOL
    if is_pool and not points:
        yield "A pool of points needs the points it holds."
    for part in terms.parts:
        yield from _part_worth_faults(part, is_pool=is_pool)
    for criterion in terms.rubric:
        keys = [level.key for level in criterion.levels]
        if len(keys) < 2 or len(set(keys)) != len(keys):
            yield f"“{criterion.title}” needs at least two levels, each with a key of its own."
    if len({one.key for one in terms.rubric}) != len(terms.rubric):
        yield "Two lines of the rubric have the same key."


def _part_worth_faults(part: PartRule, *, is_pool: bool) -> Iterator[str]:
    worth = part.worth
    if (worth.item_points is not None) != is_pool:
        yield "What one item adds is said exactly where points are pooled."
    if is_pool and part.late is not None and part.late.of_whole:
        yield "In a pool every item adds its own points; what the latest loses, only it can lose."
    if (worth.kind is WorthKind.BANDS) != bool(worth.bands):
        yield (
            "Say what so many fewer earn."
            if not worth.bands
            else ("Bands are given, but the part is not judged by them.")
        )
    if list(worth.bands) != sorted(worth.bands, key=lambda band: (band.missing, -band.percent)) or any(
        after.percent >= one.percent or after.missing == one.missing
        for one, after in itertools.pairwise(worth.bands)
    ):
        yield "Bands go from all there to fewer, and each earns less than the one before."
    if worth.kind is WorthKind.BANDS and not is_pool and _may_earn_less(part):
        yield "Bands go by what is there; let late and shorter work count in full, or not at all."
    best = worth.best_periods
    if best is not None and best >= len(part.periods):
        yield f"The best {best} weeks leave none out: there are {len(part.periods)}."
    if best is not None and part.quota.period_least * len(part.periods) != part.quota.credited:
        yield "The best weeks are taken where each week asks for the same number, and nothing besides."


def _may_earn_less(part: PartRule) -> bool:
    """Whether an item may count and earn less than the whole of it."""
    late = part.late
    return (late is not None and late.flat + late.per_day > 0) or any(
        HINT > one.short_earns > REQUIRED for one in part.conditions
    )
