"""A rule as a person typed it -> terms. What is wrong is said of the field in which it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import Enum
from typing import TypeVar
from zoneinfo import ZoneInfo

from tracker.domain.assignment import (
    MOST_ITEMS,
    MOST_WEEKS,
    AssignmentTerms,
    Combine,
    Condition,
    HeldCredit,
    LinkRule,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Target,
    Where,
    Window,
    Worth,
    WorthKind,
)
from tracker.domain.errors import FieldError, TrackerError
from tracker.domain.text import Aside
from tracker.domain.traits import Trait
from tracker.domain.typed_rule import (
    TypedCondition,
    TypedPosts,
    TypedQuota,
    TypedRule,
    TypedWeeks,
    TypedWorth,
)
from tracker.grading.rules.bounds import find_out_of_bounds
from tracker.grading.rules.checks import check
from tracker.grading.rules.field_parsers import read_bands, read_lines, read_numbers, read_points, read_rubric
from tracker.grading.windows import due_instant, opening_instant, parse_local, week_windows

DAYS_OF_WEEK = 7

E = TypeVar("E", bound=Enum)


def read_rule(typed: TypedRule, zone: ZoneInfo) -> AssignmentTerms:
    """What was typed, as terms. FieldError names the field that cannot be read, TrackerError what does
    not fit together."""
    for name, says in find_out_of_bounds(typed):
        raise FieldError(says, field=name)
    if not typed.title.strip():
        raise FieldError("Enter a title. Students see it.", field="title")
    periods = _periods(typed, zone)
    comments, posts = [*_comments(typed, periods)], [*_class_posts(typed, periods)]
    if not comments and not posts:
        raise FieldError(f"Ask for 1 to {MOST_ITEMS} comments.", field="quota.required")
    parts = [*comments, *_summary(typed, periods, zone), *posts]
    with _at("points"):
        points = read_points(typed.points)
    with _at("rubric"):
        rubric = read_rubric(typed.rubric)
    terms = AssignmentTerms(
        title=typed.title.strip(),
        parts=tuple(parts),
        points=points,
        combine=_choice(Combine, typed.combine, "combine"),
        satisfactory_at=typed.satisfactory_at or None,
        rubric=rubric,
        joined_late=typed.joined_late,
        template=typed.template,
        held=_choice(HeldCredit, typed.held, "held"),
    )
    check(terms)
    return terms


def _periods(typed: TypedRule, zone: ZoneInfo) -> tuple[Period, ...]:
    if not typed.weeks.number:
        return (Period(1, _window(typed, zone)),)
    if typed.opens.strip() or typed.comments_due.strip():
        raise FieldError(
            "Enter either opening and due times or a number of weeks, not both.", field="weeks.number"
        )
    return _weeks(typed.weeks, zone)


def _window(typed: TypedRule, zone: ZoneInfo) -> Window:
    if not typed.comments_due.strip():
        raise FieldError("Enter when the comments are due.", field="comments_due")
    opens_at = None
    if typed.opens.strip():
        with _at("opens"):
            opens_at = opening_instant(parse_local(typed.opens, end_of_day=False), zone)
    with _at("comments_due"):
        due_at = due_instant(parse_local(typed.comments_due), zone)
    if opens_at is not None and opens_at >= due_at:
        raise FieldError(
            "The assignment opens after its comments are due. Correct one of the two times.",
            field="comments_due",
        )
    return Window(due_at, opens_at)


def _weeks(weeks: TypedWeeks, zone: ZoneInfo) -> tuple[Period, ...]:
    if weeks.number > MOST_WEEKS:
        raise FieldError(f"A rule can have at most {MOST_WEEKS} weeks.", field="weeks.number")
    with _at("weeks.first"):
        first = _day(weeks.first)
    with _at("weeks.skipped"):
        skipped = read_numbers(weeks.skipped)
    with _at("weeks.ends"):
        ends = parse_local(f"{first} {weeks.ends.strip() or '23:59'}").time()
        if not 1 <= weeks.days <= DAYS_OF_WEEK:
            raise FieldError(f"Enter from 1 to {DAYS_OF_WEEK} days.", field="weeks.days")
        found = week_windows(first, weeks.number, zone, due=ends, days=weeks.days, skipped=skipped)
    if not found:
        raise FieldError("You skipped every week. Keep at least one.", field="weeks.skipped")
    return (*found[:-1], _last_week(found[-1], weeks, zone))


def _last_week(week: Period, weeks: TypedWeeks, zone: ZoneInfo) -> Period:
    if not weeks.last_ends.strip():
        return week
    with _at("weeks.last_ends"):
        due_at = due_instant(parse_local(weeks.last_ends), zone)
    if week.window.opens_at is not None and due_at <= week.window.opens_at:
        raise FieldError("The last week ends before it begins.", field="weeks.last_ends")
    return replace(week, window=replace(week.window, due_at=due_at))


def _day(text: str) -> date:
    if not text.strip():
        raise TrackerError("Enter the day on which the first week begins.")
    local = parse_local(text, end_of_day=False)
    if local != datetime.combine(local.date(), datetime.min.time()):
        raise TrackerError("Enter only a day, without a time.")
    return local.date()


def _comments(typed: TypedRule, periods: tuple[Period, ...]) -> Iterator[PartRule]:
    with _at("quota.required"):
        quota = _quota(typed.quota, periods, typed.weeks, "comments")
    if quota is None:
        return
    yield PartRule(
        "comment",
        RequirementKind.COMMENT,
        Target(_choice(Where, typed.where, "where"), read_lines(typed.addresses)),
        periods,
        quota,
        typed.spread,
        conditions=_conditions(typed.conditions),
        counts=tuple(_choice(Aside, one, "counts") for one in typed.counts),
        late=typed.late,
        worth=_worth(typed.worth, "worth"),
    )


def _summary(typed: TypedRule, periods: Sequence[Period], zone: ZoneInfo) -> Iterator[PartRule]:
    if not typed.summary_due.strip():
        return
    opens_at = periods[0].window.opens_at
    with _at("summary_due"):
        due_at = due_instant(parse_local(typed.summary_due), zone)
    if opens_at is not None and due_at <= opens_at:
        raise FieldError(
            "The summary is due before the assignment opens. Correct one of the two times.",
            field="summary_due",
        )
    names = read_lines(typed.summary.names) or (typed.title.strip(),)
    window = (Period(1, Window(due_at, opens_at)),)
    yield _posts("summary", typed.summary, window, Quota(1), names, LinkRule("comment"))


def _class_posts(typed: TypedRule, periods: tuple[Period, ...]) -> Iterator[PartRule]:
    with _at("posts_quota.required"):
        quota = _quota(typed.posts_quota, periods, typed.weeks, "posts")
    if quota is None:
        return
    yield _posts("post", typed.posts, periods, quota, read_lines(typed.posts.names))


def _quota(typed: TypedQuota, periods: Sequence[Period], weeks: TypedWeeks, nouns: str) -> Quota | None:
    """None where nothing is asked. What is said of each week holds where there are weeks."""
    least, most = (typed.period_least, typed.period_most) if weeks.number else (0, None)
    required = typed.required or least * len(periods)
    if not (required or typed.at_most):
        return None
    if required > MOST_ITEMS:
        raise TrackerError(f"Ask for 1 to {MOST_ITEMS} {nouns}.")
    asked = {"required": required, "period_least": least, "period_most": most}
    return Quota(**asdict(typed) | asked)


def _conditions(typed: Sequence[TypedCondition]) -> tuple[Condition, ...]:
    return tuple(
        Condition(_choice(Trait, one.trait, "conditions"), one.at_least, one.short_earns) for one in typed
    )


def _posts(
    key: str,
    typed: TypedPosts,
    periods: tuple[Period, ...],
    quota: Quota,
    names: tuple[str, ...],
    links: LinkRule | None = None,
) -> PartRule:
    return PartRule(
        key,
        RequirementKind.POST,
        Target(Where.OWN),
        periods,
        quota,
        conditions=_conditions(typed.conditions),
        names=names,
        links=links,
        late=typed.late,
        worth=_worth(typed.worth, "summary.worth" if links else "posts.worth"),
    )


def _worth(typed: TypedWorth, field: str) -> Worth:
    with _at(f"{field}.bands"):
        bands = read_bands(typed.bands)
    with _at(f"{field}.item_points"):
        item_points = read_points(typed.item_points)
    kind = _choice(WorthKind, typed.kind, f"{field}.kind")
    return Worth(kind, bands, typed.best_periods or None, typed.weight, item_points)


def _choice(kind: type[E], value: str, field: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise FieldError("Choose one of the options.", field=field) from None


@contextmanager
def _at(field: str) -> Iterator[None]:
    """Whatever cannot be read inside was typed into this field."""
    try:
        yield
    except FieldError:
        raise
    except TrackerError as exc:
        raise FieldError(str(exc), field=field) from exc
