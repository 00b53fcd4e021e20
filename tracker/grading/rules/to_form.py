"""Terms -> the form a person would have filled in, where the form can say them.

Tested in tests/grading/rules/test_from_form.py.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, PartRule, Worth
from tracker.domain.errors import TrackerError
from tracker.domain.typed_rule import (
    TypedCondition,
    TypedPosts,
    TypedQuota,
    TypedRule,
    TypedWeeks,
    TypedWorth,
)
from tracker.grading.rules.field_parsers import write_bands, write_numbers, write_points, write_rubric
from tracker.grading.rules.from_form import read_rule
from tracker.grading.windows import shown_due, shown_opening

TYPED = "%Y-%m-%dT%H:%M"
_DAY = timedelta(days=1)


def type_rule(terms: AssignmentTerms, zone: ZoneInfo) -> TypedRule | None:
    """The form filled in; None where the rule has more than the form says: read again, it would be
    another rule."""
    typed = _type(terms, zone)
    try:
        same = read_rule(typed, zone) == replace(terms, version=1)
    except TrackerError:
        return None
    return typed if same else None


def _type(terms: AssignmentTerms, zone: ZoneInfo) -> TypedRule:
    parts = {part.key: part for part in terms.parts}
    comments, summary, posts = (parts.get(key) for key in ("comment", "summary", "post"))
    typed = TypedRule(
        title=terms.title,
        template=terms.template,
        quota=TypedQuota(),
        points=write_points(terms.points),
        combine=terms.combine.value,
        satisfactory_at=terms.satisfactory_at or 0,
        held=terms.held.value,
        joined_late=terms.joined_late,
        rubric=write_rubric(terms.rubric),
    )
    timed = comments or posts
    if timed is not None:
        typed = _type_times(typed, timed, zone)
    if comments is not None:
        typed = _type_comments(typed, comments)
    if summary is not None:
        due = shown_due(summary.window.due_at, zone).strftime(TYPED)
        typed = replace(typed, summary_due=due, summary=_type_posts(summary))
    if posts is not None:
        typed = replace(typed, posts_quota=_type_quota(posts, typed.weeks), posts=_type_posts(posts))
    return typed


def _type_times(typed: TypedRule, part: PartRule, zone: ZoneInfo) -> TypedRule:
    opens_at, quota = part.window.opens_at, part.quota
    first_due = shown_due(part.periods[0].window.due_at, zone)
    asks_weeks = len(part.periods) > 1 or quota.period_least or quota.period_most
    if opens_at is None or not asks_weeks:
        opens = shown_opening(opens_at, zone).strftime(TYPED) if opens_at else ""
        return replace(typed, opens=opens, comments_due=first_due.strftime(TYPED))
    numbers = [period.number for period in part.periods]
    begins = shown_opening(opens_at, zone).date()
    first = begins - 7 * _DAY * (numbers[0] - 1)
    skipped = [number for number in range(1, numbers[-1]) if number not in numbers]
    last = shown_due(part.periods[-1].window.due_at, zone)
    as_the_others = first_due + 7 * _DAY * (numbers[-1] - numbers[0])
    return replace(
        typed,
        weeks=TypedWeeks(
            first.isoformat(),
            numbers[-1],
            write_numbers(skipped),
            f"{first_due:%H:%M}",
            (first_due.date() - begins).days + 1,
            "" if last == as_the_others else last.strftime(TYPED),
        ),
    )


def _type_quota(part: PartRule, weeks: TypedWeeks) -> TypedQuota:
    quota = part.quota
    as_weeks_ask = weeks.number and quota.required == quota.period_least * len(part.periods)
    return TypedQuota(**asdict(quota) | {"required": 0 if as_weeks_ask else quota.required})


def _type_comments(typed: TypedRule, part: PartRule) -> TypedRule:
    return replace(
        typed,
        quota=_type_quota(part, typed.weeks),
        where=part.target.where.value,
        addresses="\n".join(part.target.addresses),
        spread=part.spread,
        conditions=_type_conditions(part),
        counts=tuple(one.value for one in part.counts),
        late=part.late,
        worth=_type_worth(part.worth),
    )


def _type_posts(part: PartRule) -> TypedPosts:
    return TypedPosts("\n".join(part.names), _type_conditions(part), part.late, _type_worth(part.worth))


def _type_conditions(part: PartRule) -> tuple[TypedCondition, ...]:
    return tuple(TypedCondition(one.trait.value, one.at_least, one.short_earns) for one in part.conditions)


def _type_worth(worth: Worth) -> TypedWorth:
    return TypedWorth(
        worth.kind.value,
        write_bands(worth.bands),
        worth.best_periods or 0,
        worth.weight,
        write_points(worth.item_points),
    )
