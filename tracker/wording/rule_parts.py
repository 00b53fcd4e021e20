"""One part of a rule in plain sentences: what to write, where, when, how different, how good, how late.

Tested in tests/wording/test_rules.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tracker.domain.assignment import (
    HINT,
    REQUIRED,
    AssignmentTerms,
    Condition,
    Different,
    Late,
    Order,
    PartRule,
    RequirementKind,
    Target,
    Where,
    Window,
)
from tracker.domain.locale import CourseLocale
from tracker.domain.text import Aside
from tracker.domain.traits import TRAITS, TraitKind
from tracker.wording.lists import say_list
from tracker.wording.numbers import say_number, say_plural
from tracker.wording.times import say_long_day, say_long_due, say_minutes, say_time
from tracker.wording.traits import SHORT, say_trait

WEEK = timedelta(weeks=1)
LAST_MOMENT = timedelta(microseconds=1)
"""A due instant is exclusive; the minute before it is the last one in time."""


def part_sentences(terms: AssignmentTerms, part: PartRule, locale: CourseLocale) -> Iterator[str]:
    yield _comments(part, locale) if part.kind is RequirementKind.COMMENT else _posts(terms, part, locale)
    yield from _weeks(part, locale)
    yield from _spread(part)
    for condition in part.conditions:
        yield _condition(part, condition)
    if part.counts:
        yield f"Words of {say_list([_ASIDE[kind] for kind in part.counts], locale)} count too."
    if part.names:
        also = say_list([f"“{name}”" for name in part.names], locale, "or")
        yield f"Call it {also}." if part.quota.credited == 1 else f"Put {also} into the title."
    if part.late is not None:
        yield from _late(part.late, part, locale)


def say_place(target: Target) -> str:
    """ "your classmates’ blogs", "blogs that the course follows"."""
    return _PLACES[target.where].removeprefix("of ")


def _comments(part: PartRule, locale: CourseLocale) -> str:
    quota, number = part.quota, part.quota.required or part.quota.credited
    place = _PLACES[part.target.where]
    if part.target.where is Where.LISTED:
        place = f"of {say_list(part.target.addresses, locale, 'or')}"
    several = "posts"
    if part.spread.different is Different.POSTS:
        several = "different posts" if _is_weekly(part) else f"{say_number(number)} different posts"
    comments = "one comment on a post" if number == 1 else f"{say_number(number)} comments on {several}"
    upto = f", up to {say_number(quota.credited)} count" if quota.credited > quota.required > 0 else ""
    begin = "Write" if quota.required else "Write up to"
    return f"{begin} {comments} {place}{upto}, {_when(part, locale)}."


def _posts(terms: AssignmentTerms, part: PartRule, locale: CourseLocale) -> str:
    number = part.quota.required or part.quota.credited
    what = f"one {part.noun}" if number == 1 else f"{say_number(number)} {part.noun}s"
    links = ""
    if part.links is not None:
        of = terms.part(part.links.part)
        count = of.quota.required
        links = " that links what you commented on"
        if count > 1 and of.spread.different is not Different.NOTHING:
            which = "both" if count == 2 else f"all {say_number(count)}"
            links = f" that links {which} posts you commented on"
    begin = "Then write" if part.links else "Write"
    upto = "" if part.quota.required else " up to"
    when = (
        f"by {say_long_due(part.window.due_at, locale)}"
        if part.links and not _is_weekly(part)
        else _when(part, locale)
    )
    return f"{begin}{upto} {what} on your class blog{links}, {when}."


def _when(part: PartRule, locale: CourseLocale) -> str:
    if not _is_weekly(part):
        return _between(part.window, locale)
    quota = part.quota
    counts = []
    if quota.period_least:
        counts.append(f"at least {say_number(quota.period_least)}")
    if quota.period_most is not None:
        counts.append(f"at most {say_number(quota.period_most)}")
    if quota.period_least * len(part.periods) == quota.credited:
        counts = [say_number(quota.period_least)]
    each = f"{say_list(counts, locale)} a week, " if counts else ""
    weeks = f"the {say_number(len(part.periods))} weeks"
    opens = part.window.opens_at
    begins = f" from {say_long_day(opens, locale)}" if opens is not None else ""
    return f"{each}in {weeks}{begins} to {say_long_due(part.window.due_at, locale)}"


def _weeks(part: PartRule, locale: CourseLocale) -> Iterator[str]:
    """When a week ends; each by itself where they are not alike."""
    if not _is_weekly(part):
        return
    ends = [period.window.due_at - LAST_MOMENT for period in part.periods]
    dues = [_local_minute(end, locale) for end in ends]
    numbers = [period.number for period in part.periods]
    alike = [due == dues[0] + WEEK * (number - numbers[0]) for due, number in zip(dues, numbers, strict=True)]
    if all(alike[:-1]):
        opens = _opening_day(part, locale)
        until = f"is open from {opens} to" if opens else "ends on"
        last = "" if alike[-1] else f", the last one on {_day_and_time(ends[-1], locale)}"
        yield f"Each week {until} {dues[0]:%A} at {say_time(ends[0], locale)}{last}."
        left_out = [str(n) for n in range(1, numbers[-1]) if n not in numbers]
        if left_out:
            yield f"Week {say_list(left_out, locale)} {'is' if len(left_out) == 1 else 'are'} left out."
    else:
        each = [
            f"week {number} on {_day_and_time(end, locale)}"
            for number, end in zip(numbers, ends, strict=True)
        ]
        yield f"The weeks end: {'; '.join(each)}."


def _opening_day(part: PartRule, locale: CourseLocale) -> str:
    """The day of the week on which every week opens, where the days before it are of no week; else ""."""
    opens = [_local_minute(one.window.opens_at, locale) for one in part.periods if one.window.opens_at]
    day = f"{opens[0]:%A}" if len(opens) == len(part.periods) else ""
    whole_days = all((one.hour, one.minute) == (0, 0) and f"{one:%A}" == day for one in opens)
    first = part.periods[0].window
    has_gap = first.opens_at is not None and first.opens_at + WEEK - first.due_at >= timedelta(days=1)
    return day if whole_days and has_gap else ""


def _spread(part: PartRule) -> Iterator[str]:
    spread, noun, several = part.spread, part.noun, part.quota.credited > 1
    within = " in a week" if spread.each_period and _is_weekly(part) else ""
    if several and spread.different is Different.BLOGS:
        yield f"No two{within} may be on the same blog."
    if several and spread.different is Different.AUTHORS:
        yield f"No two{within} may be on posts of the same author."
    if spread.blogs_least > 1:
        yield f"They must be on at least {say_number(spread.blogs_least)} different blogs."
    if spread.new_blogs:
        where = "Each week at least" if _is_weekly(part) else "At least"
        yield f"{where} {say_number(spread.new_blogs)} must be on a blog where none of yours counted before."
    if spread.order is Order.NEWER and several:
        yield f"Each {noun} must be on a newer post than the one before."
    if spread.order is Order.SUCCESSIVE and several:
        yield "They must be on posts that follow one another on the blog."
    if spread.days_apart and several:
        yield f"Each must come at least {say_days(spread.days_apart)} after the one before."


def _condition(part: PartRule, one: Condition) -> str:
    kind, what = TRAITS[one.trait], say_trait(one.trait, one.at_least)
    subject = f"{'The' if part.quota.credited == 1 else 'Each'} {part.noun}"
    is_required = one.short_earns == REQUIRED
    if kind is TraitKind.PRESENCE:
        must = f"{subject} {'must' if is_required else 'should'} {what}"
    else:
        must = f"{subject} {'needs' if is_required else 'should have'} at least {what} of your own"
    if is_required:
        return f"{must}."
    counts = "counts all the same" if one.short_earns == HINT else f"counts {one.short_earns}%"
    return f"{must}; {SHORT[kind]} {counts}."


def _late(late: Late, part: PartRule, locale: CourseLocale) -> Iterator[str]:
    noun = part.noun
    if late.grace_minutes:
        yield f"Up to {say_minutes(late.grace_minutes)} late costs nothing."
    costs = [f"{late.flat}%"] if late.flat else []
    if late.per_day:
        costs.append(f"{late.per_day}% for each started day")
    most = f", at most {late.at_most}%" if costs and late.at_most < 100 else ""
    yield (
        f"A late {noun} loses {say_list(costs, locale)}{most}." if costs else f"A late {noun} counts in full."
    )
    if late.closes_after_days is not None:
        yield f"After {say_days(late.closes_after_days)} it does not count."
    if late.of_whole and part.quota.credited > 1:
        yield f"What the latest {noun} loses, all of them lose."


def _between(window: Window, locale: CourseLocale) -> str:
    if window.opens_at is None:
        return f"by {say_long_due(window.due_at, locale)}"
    opens = window.opens_at.astimezone(locale.zone)
    clock = "" if (opens.hour, opens.minute) == (0, 0) else f", {say_time(opens, locale)} {opens:%Z}"
    return f"between {say_long_day(opens, locale)}{clock} and {say_long_due(window.due_at, locale)}"


def say_days(number: int) -> str:
    """ "one day", "seven days"."""
    return f"{say_number(number)} {say_plural(number, 'day')}"


def _is_weekly(part: PartRule) -> bool:
    return len(part.periods) > 1


def _day_and_time(instant: datetime, locale: CourseLocale) -> str:
    return f"{say_long_day(instant, locale)}, {say_time(instant, locale)}"


def _local_minute(instant: datetime, locale: CourseLocale) -> datetime:
    """The naive minute that the course's clock on the wall shows."""
    return instant.astimezone(locale.zone).replace(tzinfo=None, fold=0, second=0, microsecond=0)


_PLACES = {
    Where.ALLOCATED: "of the blog assigned to you",
    Where.LISTED: "of one of the blogs listed",
    Where.FOLLOWED: "of blogs that the course follows",
    Where.CLASSMATES: "of your classmates’ blogs",
    Where.SECTION: "of the blogs of classmates in your section",
}
_ASIDE = {
    Aside.QUOTE: "quotations",
    Aside.TAIL: "a last blog post line",
    Aside.PLUGIN: "an account line",
    Aside.REPLY: "an “in reply to” line",
    Aside.SIGNATURE: "a signature",
    Aside.INTRODUCTION: "an introduction",
    Aside.PASTED: "what is copied from the post",
}
