"""What a folded part of the rule's form holds at present, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tracker.domain.typed_rule import TypedCondition, TypedLate, TypedPosts, TypedQuota, TypedRule, TypedWorth
from tracker.wording.numbers import say_count

_ORDERS = {"any": "any other post", "newer": "each newer", "successive": "one after another"}
_HELD = {"provisional": "counts for now", "full": "counts", "none": "counts once let through"}
_TRAITS = {
    "questions": "a question",
    "links": "a link",
    "introduces": "who writes",
    "refers": "about the post",
    "more-than-praise": "more than praise",
}
_ASIDES = {"signature": "signatures", "introduction": "introductions", "quote": "quotations"}
_COMBINE = {"gate": "every part, or nothing", "weighted": "by weight", "pool": "a pool of points"}


def say_folds(typed: TypedRule) -> Mapping[str, str]:
    """Part of the form -> its present value."""
    weeks = typed.weeks
    return {
        "round": "in use" if typed.comments_due else "weeks are used",
        "weeks": f"{say_count(weeks.number, 'week')} from {weeks.first}" if weeks.number else "one round",
        "skipped": ", ".join(_weeks(typed)) or "none",
        "different": ", ".join(_different(typed)),
        "addresses": say_count(len(typed.addresses.split()), "address", "addresses")
        if typed.addresses
        else "none",
        "text": _say_texts(typed.conditions),
        "counts": ", ".join(_ASIDES[one] for one in typed.counts if one in _ASIDES)
        or "not signatures, introductions, quotations",
        "late": say_late(typed.late),
        "summary_texts": _say_texts(typed.summary.conditions),
        "summary": _say_posts(typed.summary) if typed.summary_due else "none asked",
        "posts_texts": _say_texts(typed.posts.conditions),
        "posts": _say_quota(typed.posts_quota) or "none asked",
        "grade": _say_grade(typed),
        "held": _HELD.get(typed.held, ""),
        "joined": say_count(typed.joined_extra, "day") + " more" if typed.joined_extra else "no more time",
        "rubric": say_count(len(typed.rubric.strip().splitlines()), "line")
        if typed.rubric.strip()
        else "none",
    }


def say_late(late: TypedLate) -> str:
    if not late.taken:
        return "shown as late, earns nothing"
    said = [f"{late.flat}% once"] if late.flat else []
    said += [f"{late.per_day}% a day"] if late.per_day else []
    said += [f"closed after {say_count(late.closes, 'day')}"] if late.closes else []
    return ", ".join(said) or "counts in full"


def _different(typed: TypedRule) -> Iterator[str]:
    yield _ORDERS.get(typed.order, "")
    if typed.quota.at_most:
        yield f"up to {typed.quota.at_most} count"
    if typed.blogs_least:
        yield f"{say_count(typed.blogs_least, 'blog')} at least"
    if typed.new_blogs:
        yield f"{typed.new_blogs} new a week"
    if typed.days_apart:
        yield f"{say_count(typed.days_apart, 'day')} apart"


def _weeks(typed: TypedRule) -> Iterator[str]:
    if typed.weeks.skipped:
        yield typed.weeks.skipped
    if typed.weeks.last_ends:
        yield f"the last ends {typed.weeks.last_ends.replace('T', ' ')}"


def _say_texts(conditions: Iterable[TypedCondition]) -> str:
    said = [
        _TRAITS.get(one.trait, f"{one.at_least} {one.trait}") for one in conditions if one.trait != "words"
    ]
    return ", ".join(said) or "nothing besides words"


def _say_posts(posts: TypedPosts) -> str:
    words = [f"{say_count(one.at_least, 'word')}, " for one in posts.conditions if one.trait == "words"]
    return "".join(words) + ("late work taken" if posts.late.taken else "none late")


def _say_quota(quota: TypedQuota) -> str:
    said = [f"{quota.required} in all"] if quota.required else []
    said += [f"{quota.period_least} a week"] if quota.period_least else []
    said += [f"at most {quota.period_most} a week"] if quota.period_most else []
    said += [f"up to {quota.at_most} count"] if quota.at_most else []
    return ", ".join(said)


def _say_grade(typed: TypedRule) -> str:
    return f"{_say_worth(typed.worth)}; {_COMBINE.get(typed.combine, '')}"


def _say_worth(worth: TypedWorth) -> str:
    said = {"all": "all or nothing", "each": "each its share", "bands": worth.bands}.get(worth.kind, "")
    return f"{said}, best {worth.best} weeks" if worth.best else said
