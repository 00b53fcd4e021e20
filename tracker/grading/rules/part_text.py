"""One part of a rule in plain sentences: what to write, where, when, how different, how good, how late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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
    Trait,
    Where,
    Window,
)
from tracker.domain.text import Aside
from tracker.grading.judging.measures import say_trait
from tracker.grading.windows import shown_due, shown_opening
from tracker.grading.words import say_minutes, say_number

WEEK = timedelta(weeks=1)


def part_sentences(terms: AssignmentTerms, part: PartRule, zone: ZoneInfo) -> Iterator[str]:
    yield _comments(part, zone) if part.kind is RequirementKind.COMMENT else _posts(terms, part, zone)
    yield from _weeks(part, zone)
    yield from _spread(part)
    for condition in part.conditions:
        yield _condition(part, condition)
    if part.counts:
        yield f"Words of {say_ordered([_ASIDE[kind] for kind in part.counts])} count too."
    if part.names:
        also = say_ordered([f"“{name}”" for name in part.names], "or")
        yield f"Call it {also}." if part.quota.credited == 1 else f"Put {also} into the title."
    if part.late is not None:
        yield from _late(part.late, part)


def say_place(target: Target) -> str:
    """ "your classmates’ blogs", "blogs that the course follows"."""
    return (
        "one of the blogs listed"
        if target.where is Where.LISTED
        else _PLACES[target.where].removeprefix("of ")
    )


def say_ordered(things: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def _comments(part: PartRule, zone: ZoneInfo) -> str:
    quota, number = part.quota, part.quota.required or part.quota.credited
    place = (
        _PLACES[part.target.where]
        if part.target.where is not Where.LISTED
        else (f"of {say_ordered(part.target.addresses, 'or')}")
    )
    if number == 1:
        what = f"one comment on a post {place}"
    else:
        different = part.spread.different
        what = f"{say_number(number)} comments on posts {place}"
        if different is Different.POSTS:
            several = "different posts" if _is_weekly(part) else f"{say_number(number)} different posts"
            what = f"{say_number(number)} comments on {several} {place}"
    upto = f", up to {say_number(quota.credited)} count" if quota.credited > quota.required > 0 else ""
    begin = "Write" if quota.required else "Write up to"
    return f"{begin} {what}{upto}, {_when(part, zone)}."


def _posts(terms: AssignmentTerms, part: PartRule, zone: ZoneInfo) -> str:
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
        f"by {say_due_day(part.window, zone)}" if part.links and not _is_weekly(part) else _when(part, zone)
    )
    return f"{begin}{upto} {what} on your class blog{links}, {when}."


def _when(part: PartRule, zone: ZoneInfo) -> str:
    if not _is_weekly(part):
        return _between(part.window, zone)
    quota = part.quota
    counts = []
    if quota.period_least:
        counts.append(f"at least {say_number(quota.period_least)}")
    if quota.period_most is not None:
        counts.append(f"at most {say_number(quota.period_most)}")
    if quota.period_least * len(part.periods) == quota.credited:
        counts = [say_number(quota.period_least)]
    each = f"{say_ordered(counts)} a week, " if counts else ""
    weeks = f"the {say_number(len(part.periods))} weeks"
    opens = part.window.opens_at
    begins = f" from {_day(shown_opening(opens, zone))}" if opens is not None else ""
    return f"{each}in {weeks}{begins} to {say_due_day(part.window, zone)}"


def _weeks(part: PartRule, zone: ZoneInfo) -> Iterator[str]:
    """When a week ends; each by itself where they are not alike."""
    if not _is_weekly(part):
        return
    dues = [shown_due(period.window.due_at, zone) for period in part.periods]
    numbers = [period.number for period in part.periods]
    alike = [due == dues[0] + WEEK * (number - numbers[0]) for due, number in zip(dues, numbers, strict=True)]
    if all(alike[:-1]):
        opens = _opening_day(part, zone)
        ends = f"is open from {opens} to" if opens else "ends on"
        last = "" if alike[-1] else f", the last one on {_day(dues[-1])}, {dues[-1]:%H:%M}"
        yield f"Each week {ends} {dues[0]:%A} at {dues[0]:%H:%M}{last}."
        left_out = [str(n) for n in range(1, numbers[-1]) if n not in numbers]
        if left_out:
            yield f"Week {say_ordered(left_out)} {'is' if len(left_out) == 1 else 'are'} left out."
    else:
        each = [
            f"week {number} on {_day(due)}, {due:%H:%M}" for number, due in zip(numbers, dues, strict=True)
        ]
        yield f"The weeks end: {'; '.join(each)}."


def _opening_day(part: PartRule, zone: ZoneInfo) -> str:
    """The day of the week on which every week opens, where the days before it are of no week; else ""."""
    opens = [shown_opening(one.window.opens_at, zone) for one in part.periods if one.window.opens_at]
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
        days = "day" if spread.days_apart == 1 else "days"
        yield f"Each must come at least {say_number(spread.days_apart)} {days} after the one before."


def _condition(part: PartRule, one: Condition) -> str:
    only = part.quota.credited == 1
    subject = f"{'The' if only else 'Each'} {part.noun}"
    short = "a shorter one" if one.trait not in _SAYS else "one that does not"
    if one.trait in {Trait.LINKS, Trait.QUESTIONS}:
        short = "one without"
    asked = _SAYS.get(one.trait)
    if asked is not None:
        must = f"{subject} must {asked}" if one.short_earns == REQUIRED else f"{subject} should {asked}"
    elif one.short_earns == REQUIRED:
        must = f"{subject} needs at least {say_trait(one.trait, one.at_least)} of your own"
    else:
        must = f"{subject} should have at least {say_trait(one.trait, one.at_least)} of your own"
    if one.short_earns == REQUIRED:
        return f"{must}."
    counts = "counts all the same" if one.short_earns == HINT else f"counts {one.short_earns}%"
    return f"{must}; {short} {counts}."


def _late(late: Late, part: PartRule) -> Iterator[str]:
    noun = part.noun
    if late.grace_minutes:
        yield f"Up to {say_minutes(late.grace_minutes)} late costs nothing."
    costs = [f"{late.flat}%"] if late.flat else []
    if late.per_day:
        costs.append(f"{late.per_day}% for each day begun")
    most = f", at most {late.at_most}%" if costs and late.at_most < 100 else ""
    yield f"A late {noun} loses {say_ordered(costs)}{most}." if costs else f"A late {noun} counts in full."
    if late.closes_after_days is not None:
        days = "day" if late.closes_after_days == 1 else "days"
        yield f"After {say_number(late.closes_after_days)} {days} it does not count."
    if late.of_whole and part.quota.credited > 1:
        yield f"What the latest {noun} loses, all of them lose."


def _between(window: Window, zone: ZoneInfo) -> str:
    if window.opens_at is None:
        return f"by {say_due_day(window, zone)}"
    opens = shown_opening(window.opens_at, zone)
    clock = "" if (opens.hour, opens.minute) == (0, 0) else f", {_clock(opens, window.opens_at, zone)}"
    return f"between {_day(opens)}{clock} and {say_due_day(window, zone)}"


def say_due_day(window: Window, zone: ZoneInfo) -> str:
    """ "Sunday, October 25, 23:59 CDT"."""
    due = shown_due(window.due_at, zone)
    return f"{_day(due)}, {_clock(due, window.due_at - timedelta(microseconds=1), zone)}"


def _is_weekly(part: PartRule) -> bool:
    return len(part.periods) > 1


def _day(local: datetime) -> str:
    return f"{local:%A, %B} {local.day}"


def _clock(local: datetime, instant: datetime, zone: ZoneInfo) -> str:
    """The minute with the zone's name just then: CDT in October, CST in November."""
    return f"{local:%H:%M} {instant.astimezone(zone):%Z}"


_PLACES = {
    Where.ALLOCATED: "of the blog assigned to you",
    Where.FOLLOWED: "of blogs that the course follows",
    Where.CLASSMATES: "of your classmates’ blogs",
    Where.SECTION: "of the blogs of classmates in your section",
}
_SAYS = {
    Trait.INTRODUCES: "say who you are",
    Trait.REFERS: "take up something of the post",
    Trait.MORE_THAN_PRAISE: "say more than praise",
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
