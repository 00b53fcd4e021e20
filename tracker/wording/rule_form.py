"""The words of the rule's form: the sentence around each field, its choices, and what a folded part holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from tracker.domain.assignment import (
    Combine,
    Different,
    HeldCredit,
    JoinedLate,
    Late,
    Order,
    Quota,
    Spread,
    Where,
    WorthKind,
)
from tracker.domain.locale import CourseLocale
from tracker.domain.rule_fields import describe
from tracker.domain.text import Aside
from tracker.domain.traits import Trait
from tracker.domain.typed_rule import TypedCondition, TypedPosts, TypedRule, TypedWeeks, TypedWorth
from tracker.wording.lists import say_list
from tracker.wording.numbers import say_count
from tracker.wording.times import say_day, say_time
from tracker.wording.traits import say_trait


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of the form: the `sentence` in which it stands as {} (of a check box: beside it), and what
    the folded part says of it where it is in use."""

    sentence: str
    now: str = ""

    @property
    def label(self) -> str:
        """The field's name for screen readers."""
        return self.sentence.replace("{}", "…").rstrip(".")


FIELDS: Mapping[type, Mapping[str, FieldWords]] = {
    Quota: {
        "required": FieldWords("How many in all", "{} in all"),
        "at_most": FieldWords("Up to {} count.", "up to {} count"),
        "period_least": FieldWords("At least {} a week", "{} a week"),
        "period_most": FieldWords("At most {} a week", "at most {} a week"),
    },
    Spread: {
        "different": FieldWords("Which posts"),
        "each_period": FieldWords("They only need to differ within a week"),
        "blogs_least": FieldWords("They are on at least {} different blogs.", "on {} or more blogs"),
        "new_blogs": FieldWords("Each week {} are on a blog new to the student.", "{} new a week"),
        "order": FieldWords("Order: {}.", "{}"),
        "days_apart": FieldWords("From one to the next: at least {} days.", "{} or more days apart"),
    },
    Late: {
        "grace_minutes": FieldWords("The first {} minutes cost nothing."),
        "per_day": FieldWords("Each started day costs {} %.", "{}% a day"),
        "flat": FieldWords("Being late at all costs {} %.", "{}% once"),
        "at_most": FieldWords("The total penalty is at most {} %."),
        "closes_after_days": FieldWords("After {} days late work is not accepted.", "closed after day {}"),
        "of_whole": FieldWords("The latest item’s penalty applies to all of them"),
    },
    JoinedLate: {
        "within_days": FieldWords("Students who join in the last {} days before a deadline"),
        "extra_days": FieldWords("get {} extra days.", "extra days: {}"),
    },
}
"""Part of a rule -> field -> its words."""

CHOICES: Mapping[type[Enum], Mapping[str, str]] = {
    Where: {
        Where.ALLOCATED: "the blog assigned to them",
        Where.LISTED: "the blogs of a list",
        Where.FOLLOWED: "blogs that the course follows",
        Where.CLASSMATES: "classmates’ blogs",
        Where.SECTION: "blogs of classmates in their section",
    },
    Different: {
        Different.POSTS: "different posts",
        Different.NOTHING: "any posts",
        Different.BLOGS: "different blogs",
        Different.AUTHORS: "posts of different authors",
    },
    Order: {
        Order.ANY: "any other post, newer or older",
        Order.NEWER: "each on a newer post than the one before",
        Order.SUCCESSIVE: "on successive posts",
    },
    Aside: {
        Aside.SIGNATURE: "signatures",
        Aside.INTRODUCTION: "introductions",
        Aside.QUOTE: "quotations",
    },
    WorthKind: {
        WorthKind.ALL: "all or nothing",
        WorthKind.EACH: "an equal share for each",
        WorthKind.BANDS: "by how many are missing",
    },
    Combine: {
        Combine.GATE: "all parts required",
        Combine.WEIGHTED: "weighted average",
        Combine.POOL: "sum of the items’ points, up to the points above",
    },
    HeldCredit: {
        HeldCredit.PROVISIONAL: "counts for now, with a receipt on time",
        HeldCredit.FULL: "counts, with a receipt on time",
        HeldCredit.NONE: "counts once the blog’s owner approves it",
    },
}
"""What can be chosen in the form, in the order in which it is offered."""


def words_of(kind: type) -> Mapping[str, FieldWords]:
    """The words of the fields of a part of a rule, or of the same as it is typed."""
    return next(words for part, words in FIELDS.items() if issubclass(kind, part))


def say_folds(typed: TypedRule, locale: CourseLocale) -> Mapping[str, str]:
    """Part of the form -> its present value."""
    counts = [words for kind, words in CHOICES[Aside].items() if kind in typed.counts]
    different = [*_say_set(typed.quota, {"at_most"}), *_say_set(typed.spread)]
    addresses, lines = len(typed.addresses.split()), len(typed.rubric.strip().splitlines())
    return {
        "round": "in use" if typed.comments_due else "not in use",
        "weeks": _say_weeks(typed.weeks, locale) or "not in use",
        "skipped": _say_skipped(typed.weeks, locale) or "none",
        "different": ", ".join(different) or CHOICES[Order][Order.ANY],
        "addresses": say_count(addresses, "address", "addresses") if addresses else "none",
        "text": _say_texts(typed.conditions),
        "counts": ", ".join(counts) or f"no {say_list([*CHOICES[Aside].values()], locale, 'or')}",
        "late": say_late(typed.late),
        "summary_texts": _say_texts(typed.summary.conditions),
        "summary": _say_posts(typed.summary) if typed.summary_due else "none",
        "posts_texts": _say_texts(typed.posts.conditions),
        "posts": ", ".join(_say_set(typed.posts_quota)) or "none",
        "grade": f"{_say_worth(typed.worth)}; {CHOICES[Combine].get(typed.combine, '')}",
        "held": CHOICES[HeldCredit].get(typed.held, ""),
        "joined": ", ".join(_say_set(typed.joined_late)) or "no extra time",
        "rubric": say_count(lines, "line") if lines else "none",
    }


def say_late(late: Late | None) -> str:
    if late is None:
        return "shown as late, earns no credit"
    return ", ".join(_say_set(late)) or "counts in full"


def _say_set(value: Any, only: Collection[str] = ()) -> list[str]:
    """What each field says that holds something else than its default."""
    if value is None:
        return []
    words, said = words_of(type(value)), []
    for one in describe(value.__class__):
        held, now = getattr(value, one.key), words[one.key].now
        if now and held != one.default and (not only or one.key in only):
            said.append(now.format(CHOICES[one.kind][held] if issubclass(one.kind, Enum) else held))
    return said


def _say_weeks(weeks: TypedWeeks, locale: CourseLocale) -> str:
    return f"{say_count(weeks.number, 'week')} from {_say_typed(weeks.first, locale)}" if weeks.number else ""


def _say_skipped(weeks: TypedWeeks, locale: CourseLocale) -> str:
    last = f"the last ends {_say_typed(weeks.last_ends, locale)}" if weeks.last_ends else ""
    return ", ".join(filter(None, (weeks.skipped, last)))


def _say_typed(text: str, locale: CourseLocale) -> str:
    """A day or a time as typed, in words; what is neither is left as it is."""
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=locale.zone)
    except ValueError:
        return text
    day = say_day(local, locale)
    return f"{day}, {say_time(local, locale)}" if len(text) > _DAY else day


def _say_texts(conditions: Iterable[TypedCondition]) -> str:
    said = [say_trait(Trait(one.trait), one.at_least) for one in conditions if one.trait != Trait.WORDS]
    return ", ".join(said) or "none"


def _say_posts(posts: TypedPosts) -> str:
    words = [say_trait(Trait.WORDS, one.at_least) for one in posts.conditions if one.trait == Trait.WORDS]
    return ", ".join([*words, "late work accepted" if posts.late else "no late work"])


def _say_worth(worth: TypedWorth) -> str:
    said = worth.bands if worth.kind == WorthKind.BANDS else CHOICES[WorthKind].get(worth.kind, "")
    return f"{said}, best {worth.best_periods} weeks" if worth.best_periods else said


_DAY = len("2026-10-25")
