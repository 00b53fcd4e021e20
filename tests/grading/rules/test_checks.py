"""Rules that nobody could meet are refused with a sentence; the nearest that can be met are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.grading.weeks import on, one_window, rule, weeks
from tests.support.rules import summary_part
from tracker.domain.assignment import (
    HINT,
    REQUIRED,
    AssignmentTerms,
    Band,
    Combine,
    Condition,
    Criterion,
    Different,
    JoinedLate,
    Late,
    Level,
    LinkRule,
    Order,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Spread,
    Target,
    Where,
    Window,
    Worth,
    WorthKind,
)
from tracker.domain.errors import TrackerError
from tracker.domain.traits import Trait
from tracker.grading.rules.checks import check, find_faults

ONE = Quota(1)
WINDOW = one_window()[0].window
SUMMARY = summary_part(WINDOW, ("C4T #2",))
POSTS = PartRule("post", RequirementKind.POST, Target(Where.OWN), one_window(), ONE)
LISTED = Target(Where.LISTED, ("https://kia-ora.example/", "https://room-nine.example/"))
LEVELS = (Level("some", "Some", 50), Level("much", "Much", 100))


def asks(quota: Quota = ONE, **changes: Any) -> AssignmentTerms:
    """Terms of one part of comments; what names a field of the part changes the part."""
    of_part = {name: changes.pop(name) for name in ("key", "target", "names", "links") if name in changes}
    terms = rule(quota, **changes)
    return replace(terms, parts=(replace(terms.parts[0], **of_part),))


def and_posts(*parts: PartRule, **changes: Any) -> AssignmentTerms:
    terms = rule(ONE, **changes)
    return replace(terms, parts=(*terms.parts, *parts))


def at_days(*days: tuple[int, int], numbers: tuple[int, ...] = ()) -> tuple[Period, ...]:
    """Periods from one day to another."""
    numbers = numbers or tuple(range(1, len(days) + 1))
    return tuple(
        Period(number, Window(on(due, 0), on(opens, 0)))
        for number, (opens, due) in zip(numbers, days, strict=True)
    )


def apart(number: int, days: int, span: timedelta) -> AssignmentTerms:
    window = Window(on(0) + span, on(0))
    return asks(Quota(number), periods=(Period(1, window),), spread=Spread(days_apart=days))


def pool(points: str | None, item: str | None, **asked: Any) -> AssignmentTerms:
    worth = Worth(WorthKind.EACH, item_points=None if item is None else Decimal(item))
    total = None if points is None else Decimal(points)
    return asks(worth=worth, combine=Combine.POOL, points=total, **asked)


def bands(*given: tuple[int, int], **asked: Any) -> AssignmentTerms:
    return asks(Quota(20), worth=Worth(WorthKind.BANDS, tuple(Band(*one) for one in given)), **asked)


def shorter(earns: int) -> AssignmentTerms:
    return bands((0, 100), conditions=(Condition(Trait.WORDS, 50, earns),))


def rubric(*levels: Level, again: bool = False) -> AssignmentTerms:
    one = Criterion("thought", "Thought", levels)
    return asks(rubric=(one, one) if again else (one,))


def many(part: PartRule, number: int) -> tuple[PartRule, ...]:
    return tuple(replace(part, key=f"post{n}") for n in range(number))


OVERLAP = "The weeks overlap or are out of order."
TWICE = "Two parts of the rule have the same key."
MOST_OFF = "The largest late penalty is less than the penalty for one day."
BEFORE_OPENING = "The comments are due before they open. Correct one of the two times."
HUNDRED = "Ask for 1 to 100 comments."
GIVEN_ONE = "Each student has one blog here, so the rule can’t ask for different blogs."
OWN_BLOG = "Posts go on the student’s own class blog, and comments on other blogs."
LINKS_NOTHING = "The summary post should link to comments, but the rule doesn’t ask for any."
OF_POSTS = "Only posts can have required titles and links, not comments."
SUCCESSIVE = "Successive posts are on one blog. Choose “the blog assigned to them”."
FALLING = "List the percents from none missing to most missing, each lower than the one before."
NO_HALF = "With percents by number missing, late or short work must count in full or not at all."
BEST = "To count only the best weeks, ask for the same number every week and nothing besides."
POINTS = "Enter points from 0 to 10,000, with at most two decimals."
POOLED = "Enter points for each item if, and only if, the items’ points are added up."
TWO_LEVELS = "“Thought” needs at least two levels with different names."

PRESENCE = "“introduces” can only be required once; enter 1."
NEW_BLOGS = "3 new blogs a week need 3 comments a week, but the rule asks for 2."


def beyond(name: str, least: int, most: str) -> str:
    """What is said of a number out of the bounds that its field describes."""
    return f"{name}: enter a number from {least} to {most}."


REFUSED: list[tuple[str, AssignmentTerms, str]] = [
    ("long title", replace(asks(), title="x" * 201), "Use at most 200 characters for the title."),
    ("a part too many", and_posts(*many(POSTS, 20)), "A rule can have at most 20 parts."),
    ("a week too many", asks(Quota(2), periods=weeks(54)), "A rule can have at most 53 weeks."),
    ("no title", replace(asks(), title=" "), "Enter a title. Students see it."),
    ("no parts", AssignmentTerms("C4T", ()), "The rule doesn’t ask for anything. Add comments or posts."),
    (
        "key",
        asks(key="w-1"),
        "“w-1” can’t be the key of a part. Use lowercase letters and numbers, such as comment.",
    ),
    ("two keys", and_posts(replace(POSTS, key="comment")), TWICE),
    ("links nothing", and_posts(replace(SUMMARY, links=LinkRule("gone"))), LINKS_NOTHING),
    ("links a post", and_posts(POSTS, replace(SUMMARY, links=LinkRule("post"))), LINKS_NOTHING),
    ("comments at home", asks(where=Where.OWN), OWN_BLOG),
    ("posts abroad", and_posts(replace(POSTS, target=Target(Where.FOLLOWED))), OWN_BLOG),
    (
        "no address",
        asks(where=Where.LISTED),
        "List the blogs on which comments count, one address per line.",
    ),
    (
        "addresses elsewhere",
        asks(target=Target(Where.FOLLOWED, LISTED.addresses)),
        "You listed blogs, but comments count elsewhere. Remove the list or choose it above.",
    ),
    ("comment's title", asks(names=("C4T",)), OF_POSTS),
    ("comment's links", asks(links=LinkRule("comment")), OF_POSTS),
    (
        "empty name",
        and_posts(replace(POSTS, names=("C4T", " "))),
        "One of the titles or labels for recognizing the post is empty.",
    ),
    ("no period", replace(asks(), parts=(replace(POSTS, periods=()),)), "Enter when the posts are due."),
    ("due at its opening", asks(periods=at_days((3, 3))), BEFORE_OPENING),
    ("weeks overlap", asks(Quota(2), periods=at_days((0, 7), (6, 14))), OVERLAP),
    ("numbers repeat", asks(Quota(2), periods=at_days((0, 7), (7, 14), numbers=(1, 1))), OVERLAP),
    (
        "a later week without an opening",
        asks(Quota(2), periods=(*weeks(1), Period(2, Window(on(14))))),
        OVERLAP,
    ),
    ("week 0", asks(periods=at_days((0, 7), numbers=(0,))), beyond("parts.periods.number", 1, "100,000")),
    ("nothing asked", asks(Quota(0)), HUNDRED),
    ("more than a hundred", asks(Quota(101)), beyond("parts.quota.required", 0, "100")),
    ("fewer count", asks(Quota(3, at_most=2)), "The rule asks for 3 comments, but only 2 can count."),
    (
        "weekly least",
        asks(Quota(3, period_least=2), periods=weeks(2)),
        "2 a week makes 4 in all, more than the 3 asked for.",
    ),
    (
        "weekly most under least",
        asks(Quota(4, period_least=2, period_most=1), periods=weeks(2)),
        "The most per week (1) is less than the least per week (2).",
    ),
    (
        "none a week",
        asks(Quota(2, period_most=0), periods=weeks(2)),
        beyond("parts.quota.period_most", 1, "100"),
    ),
    (
        "weekly most",
        asks(Quota(5, period_most=2), periods=weeks(2)),
        "At most 2 a week allows only 4 of the 5 comments asked for.",
    ),
    ("blogs on one", asks(Quota(2), where=Where.ALLOCATED, spread=Spread(Different.BLOGS)), GIVEN_ONE),
    ("authors on one", asks(Quota(2), where=Where.ALLOCATED, spread=Spread(Different.AUTHORS)), GIVEN_ONE),
    ("two blogs on one", asks(Quota(2), where=Where.ALLOCATED, spread=Spread(blogs_least=2)), GIVEN_ONE),
    ("new on one", asks(Quota(2), where=Where.ALLOCATED, spread=Spread(new_blogs=1)), GIVEN_ONE),
    (
        "more than listed",
        asks(Quota(3), target=LISTED, spread=Spread(blogs_least=3)),
        "You asked for 3 blogs, but listed only 2.",
    ),
    (
        "more blogs than comments",
        asks(Quota(2), spread=Spread(blogs_least=3)),
        "3 blogs need as many comments, but the rule asks for only 2.",
    ),
    (
        "more new ones than a week has",
        asks(Quota(4, period_least=2), periods=weeks(2), spread=Spread(new_blogs=3)),
        NEW_BLOGS,
    ),
    (
        "more new ones than comments",
        asks(Quota(2), spread=Spread(new_blogs=3)),
        NEW_BLOGS,
    ),
    (
        "order of posts",
        replace(asks(), parts=(replace(POSTS, spread=Spread(order=Order.NEWER)),)),
        "Only comments can have an order, not posts.",
    ),
    (
        "newer on the same",
        asks(spread=Spread(Different.NOTHING, order=Order.NEWER)),
        "Newer or successive posts are different posts. Choose “different posts” too.",
    ),
    ("successive anywhere", asks(Quota(2), spread=Spread(order=Order.SUCCESSIVE)), SUCCESSIVE),
    (
        "too far apart",
        apart(3, 7, timedelta(days=12, hours=23)),
        "3 comments at least 7 days apart don’t fit into 13 days.",
    ),
    (
        "asked twice",
        asks(conditions=(Condition(Trait.WORDS, 50),) * 2),
        "The rule has the same requirement twice.",
    ),
    (
        "no words",
        asks(conditions=(Condition(Trait.WORDS, 0),)),
        beyond("parts.conditions.at_least", 1, "20,000"),
    ),
    ("two introductions", asks(conditions=(Condition(Trait.INTRODUCES, 2),)), PRESENCE),
    ("shorter earns more", shorter(101), beyond("parts.conditions.short_earns", 0, "100")),
    ("most off", asks(late=Late(at_most=101)), beyond("parts.late.at_most", 0, "100")),
    ("most under a day", asks(late=Late(per_day=11, at_most=10)), MOST_OFF),
    ("most under flat", asks(late=Late(flat=11, at_most=10)), MOST_OFF),
    (
        "closed at once",
        asks(late=Late(closes_after_days=0)),
        beyond("parts.late.closes_after_days", 1, "100,000"),
    ),
    ("points below", asks(points=Decimal("-0.01")), POINTS),
    ("too many points", asks(points=Decimal("10000.01")), POINTS),
    ("empty pool", pool("0", "1"), "Enter the points that the items add up to."),
    ("pool of none", pool(None, "1"), "Enter the points that the items add up to."),
    ("pool adds nothing", pool("14", None), POOLED),
    ("adds to no pool", asks(worth=Worth(item_points=Decimal(1))), POOLED),
    ("no bands", asks(worth=Worth(WorthKind.BANDS)), "Enter the percent by number missing."),
    (
        "bands unused",
        asks(worth=Worth(WorthKind.ALL, (Band(3, 100),))),
        "You entered percents by number missing. Choose “by how many are missing” too.",
    ),
    ("bands out of order", bands((9, 85), (3, 100)), FALLING),
    ("bands rise", bands((3, 85), (9, 90)), FALLING),
    ("bands alike", bands((3, 85), (9, 85)), FALLING),
    ("bands twice", bands((3, 100), (3, 85)), FALLING),
    ("band above", bands((3, 101)), beyond("parts.worth.bands.percent", 0, "100")),
    ("bands and late work", bands((0, 100), late=Late(per_day=1)), NO_HALF),
    ("bands and a flat loss", bands((0, 100), late=Late(flat=1)), NO_HALF),
    ("bands and almost all", shorter(99), NO_HALF),
    ("bands and almost nothing", shorter(1), NO_HALF),
    (
        "pool and the latest",
        pool("14", "0.5", late=Late(per_day=10, of_whole=True)),
        "When the items’ points are added up, a late item can only lose its own points.",
    ),
    ("weighs nothing", asks(worth=Worth(weight=0)), beyond("parts.worth.weight", 1, "100,000")),
    (
        "best of all",
        asks(Quota(3, period_least=1), periods=weeks(3), worth=Worth(WorthKind.EACH, best_periods=3)),
        "The best 3 weeks drop no week, since there are only 3.",
    ),
    (
        "best of none",
        asks(Quota(3, period_least=1), periods=weeks(3), worth=Worth(WorthKind.EACH, best_periods=0)),
        beyond("parts.worth.best_periods", 1, "53"),
    ),
    (
        "best and others",
        asks(Quota(4, period_least=1), periods=weeks(3), worth=Worth(WorthKind.EACH, best_periods=2)),
        BEST,
    ),
    ("satisfactory at nothing", asks(satisfactory_at=0), beyond("satisfactory_at", 1, "100")),
    ("satisfactory above", asks(satisfactory_at=101), beyond("satisfactory_at", 1, "100")),
    ("one level", rubric(LEVELS[0]), TWO_LEVELS),
    ("levels alike", rubric(LEVELS[0], LEVELS[0]), TWO_LEVELS),
    ("level above", rubric(LEVELS[0], Level("more", "More", 101)), beyond("rubric.levels.percent", 0, "100")),
    ("line twice", rubric(*LEVELS, again=True), "Two lines of the rubric have the same name."),
    ("no day within", asks(joined_late=JoinedLate(0, 1)), beyond("joined_late.within_days", 1, "366")),
    ("no day more", asks(joined_late=JoinedLate(1, 0)), beyond("joined_late.extra_days", 1, "366")),
]

TAKEN: list[tuple[str, AssignmentTerms]] = [
    ("a key of 20", asks(key="abcdefghijklmnopqrs9")),
    ("links a comment", and_posts(SUMMARY)),
    ("listed", asks(Quota(2), target=LISTED, spread=Spread(blogs_least=2))),
    ("no opening", asks(periods=(Period(1, Window(on(14))),))),
    ("weeks that meet", asks(Quota(2, period_least=1), periods=at_days((0, 7), (7, 14)))),
    ("a week left out", asks(Quota(2), periods=at_days((0, 7), (14, 21), numbers=(1, 3)))),
    ("one", asks(Quota(0, at_most=1))),
    ("a hundred", asks(Quota(100))),
    ("least is most is all", asks(Quota(4, period_least=2, period_most=2), periods=weeks(2))),
    ("one a week", asks(Quota(2, period_most=1), periods=weeks(2))),
    ("one comment, one blog", asks(where=Where.ALLOCATED, spread=Spread(Different.BLOGS, blogs_least=1))),
    ("posts of one blog", asks(Quota(2), where=Where.ALLOCATED)),
    ("as many blogs", asks(Quota(2), spread=Spread(blogs_least=2))),
    ("one blog of an optional", asks(Quota(0, at_most=3), spread=Spread(blogs_least=1))),
    ("all new", asks(Quota(4, period_least=2), periods=weeks(2), spread=Spread(new_blogs=2))),
    ("all new in one window", asks(Quota(2), spread=Spread(new_blogs=2))),
    ("successive", asks(Quota(2), where=Where.ALLOCATED, spread=Spread(order=Order.SUCCESSIVE))),
    ("newer", asks(Quota(2), spread=Spread(Different.BLOGS, order=Order.NEWER))),
    ("just far enough", apart(3, 7, timedelta(days=13))),
    ("one day apart in one window", apart(1, 90, timedelta(days=1))),
    (
        "apart without an opening",
        asks(Quota(3), periods=(Period(1, Window(on(2))),), spread=Spread(days_apart=9)),
    ),
    ("one of each", asks(conditions=(Condition(Trait.WORDS, 1, 0), Condition(Trait.INTRODUCES, 1, 100)))),
    ("a whole day off", asks(late=Late(per_day=100, flat=100, at_most=100, closes_after_days=1))),
    ("nothing off", asks(late=Late(at_most=0))),
    ("no points", asks(points=Decimal(0))),
    ("a long title", replace(asks(), title="x" * 200)),
    ("twenty parts", and_posts(*many(POSTS, 19))),
    ("a year of weeks", asks(Quota(2), periods=weeks(53))),
    ("ten thousand", asks(points=Decimal(10_000))),
    ("pool", pool("14", "0.5")),
    ("pool and late work", pool("14", "0.5", late=Late(per_day=10))),
    ("bands to nothing", bands((0, 100), (1, 0))),
    ("bands and late work in full", bands((0, 100), late=Late(grace_minutes=5, closes_after_days=2))),
    ("bands and a hint", shorter(HINT)),
    ("bands and what is required", shorter(REQUIRED)),
    (
        "best one",
        asks(Quota(3, period_least=1), periods=weeks(3), worth=Worth(WorthKind.EACH, best_periods=1)),
    ),
    (
        "best two",
        asks(Quota(3, period_least=1), periods=weeks(3), worth=Worth(WorthKind.EACH, best_periods=2)),
    ),
    ("satisfactory from one", asks(satisfactory_at=1)),
    ("satisfactory at the whole", asks(satisfactory_at=100)),
    ("levels from nothing to all", rubric(Level("none", "None", 0), LEVELS[1])),
    ("a day within a day", asks(joined_late=JoinedLate(1, 1))),
]


@pytest.mark.parametrize(
    ("terms", "says"), [pytest.param(terms, says, id=name) for name, terms, says in REFUSED]
)
def test_what_nobody_could_meet_is_refused_with_a_sentence(terms: AssignmentTerms, says: str) -> None:
    assert says in list(find_faults(terms))
    with pytest.raises(TrackerError) as refusal:
        check(terms)
    assert str(refusal.value) == next(find_faults(terms))


@pytest.mark.parametrize("terms", [pytest.param(terms, id=name) for name, terms in TAKEN])
def test_what_can_just_be_met_is_taken(terms: AssignmentTerms) -> None:
    assert list(find_faults(terms)) == []
    check(terms)
