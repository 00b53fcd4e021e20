"""How well a blog is seen, and whether it can be assigned, in words for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from tracker.domain.blog import (
    Advice,
    AdviceCode,
    Assignability,
    BlogRecord,
    Health,
    HealthCode,
    HealthLevel,
    KeptSight,
)
from tracker.domain.feed import FeedKind
from tracker.domain.locale import CourseLocale
from tracker.wording.numbers import say_count, say_plural
from tracker.wording.times import say_ago, say_date, say_short

HEALTH = {
    HealthCode.FINE: "Fine",
    HealthCode.NOT_CHECKED: "Not checked yet",
    HealthCode.NO_COMMENT_FEED: "No comment feed",
    HealthCode.NO_POST_FEED: "No post feed",
    HealthCode.KEPT_ELSEWHERE: "Comments kept elsewhere",
    HealthCode.OPTED_OUT: "Owner opted out",
    HealthCode.NO_ANSWER_ONCE: "No response last time",
    HealthCode.NO_ANSWER: "Hasn’t responded",
    HealthCode.GONE: "Gone for good",
    HealthCode.GAP: "Gap",
}
BOARD = {
    HealthLevel.FINE: ("is fine", "are fine"),
    HealthLevel.TROUBLE: ("is in trouble", "are in trouble"),
    HealthLevel.PARTLY: ("can be seen only in part", "can be seen only in part"),
    HealthLevel.WAITING: ("is waiting for its first check", "are waiting for their first check"),
}
"""Of one blog and of several, in the order of the sentence on all blogs."""

NIGHTS = {
    "new": "something new",
    "same": "nothing new",
    "gap": "with a gap",
    "failed": "no response",
    "none": "not checked",
}
ADVICE = {
    Advice.GOOD: "Good to assign",
    Advice.CARE: "Assign with care",
    Advice.NO: "Don’t assign",
    Advice.WAIT: "Not known yet",
}
REASONS = {
    AdviceCode.OPTED_OUT: "Its owner asked us on {opted_out} not to check it.",
    AdviceCode.GONE: "The blog says its address is gone for good.",
    AdviceCode.NO_ANSWER: "It hasn’t responded {since}.",
    AdviceCode.COMMENTS_CLOSED: "Its newest posts don’t accept comments.",
    AdviceCode.ASLEEP: "Its last post was on {last_post}.",
    AdviceCode.NOT_CHECKED: "We have not checked it yet.",
    AdviceCode.NO_COMMENT_FEED: (
        "No feed shows its comments. Students need to save receipts, so that we can check the posts’ pages."
    ),
    AdviceCode.KEPT_ELSEWHERE: (
        "Its comments are kept by {kept_by}, where we can’t see all of them. Students need to save receipts."
    ),
    AdviceCode.SEEN_IN_PART: "{health}, {since}.",
    AdviceCode.SOME_UNSEEN: "{health}, {since}: some comments could not be seen.",
    AdviceCode.MODERATED: "Its owner approves comments by hand, so they appear late: ask for receipts.",
    AdviceCode.NO_POST_SEEN: "We have not seen any posts on it yet.",
    AdviceCode.QUIET: "No new post since {last_post}.",
    AdviceCode.ONE_POST: "We know of only one post; two comments need two posts.",
    AdviceCode.TIGHT_WINDOW: (
        "It gets about {a_week} comments a week, its feed shows only {window}, and there is no other way to "
        "see older ones."
    ),
}


KEPT = {
    KeptSight.FOLLOWED: "Its comments are kept by {service}. We check their public feed there.",
    KeptSight.NEWEST_POSTS: (
        "Its comments are kept by {service}, which has feeds of single posts only. We check those of its "
        "newest posts. Ask students to save receipts, or assign another blog."
    ),
    KeptSight.UNSEEN: (
        "Its comments are kept by {service}, where we can’t see them. Ask students to save receipts, or "
        "assign another blog."
    ),
}


def say_kept(service: str, sight: KeptSight) -> str:
    """Who keeps a blog's comments in its stead, and what that means; "" where the blog does so itself."""
    return KEPT[sight].format(service=service) if service else ""


class SaidHealth(NamedTuple):
    level: HealthLevel
    word: str
    says: str
    """Since when it is so, or what it means; "" for nothing."""


def say_health(health: Health, locale: CourseLocale) -> SaidHealth:
    """What a blog's health is called, with what there is to say of it."""
    word = f"{HEALTH[health.code]}, {health.unseen} unseen" if health.unseen else HEALTH[health.code]
    means = {
        HealthCode.NO_COMMENT_FEED: "receipts and pages only",
        HealthCode.KEPT_ELSEWHERE: "receipts needed",
        HealthCode.OPTED_OUT: "receipts only",
    }.get(health.code, "")
    since = f"since {say_short(health.since, locale)}" if health.since is not None else ""
    return SaidHealth(health.level, word, "; ".join(filter(None, (since, means))))


def say_board(counts: Mapping[HealthLevel, int]) -> str:
    """ "90 blogs. 85 are fine; 2 are in trouble; 3 can be seen only in part." """
    total = sum(counts.values())
    if not total:
        return "No blogs yet."
    if counts[HealthLevel.FINE] == total:
        return f"{say_count(total, 'blog')}. {say_plural(total, 'It is', 'All are')} fine."
    parts = [
        f"{number} {say_plural(number, *words)}"
        for level, words in BOARD.items()
        if (number := counts[level])
    ]
    return f"{say_count(total, 'blog')}. {'; '.join(parts)}."


def say_nights(marks: Sequence[str]) -> str:
    """ "Last 14 nights, oldest first: 12 something new, 2 no response." for screen readers."""
    runs = [(mark, len(list(same))) for mark, same in groupby(marks)]
    said = ", ".join(f"{number} {NIGHTS[mark]}" for mark, number in runs)
    return f"Last {say_count(len(marks), 'night')}, oldest first: {said}."


def say_reasons(found: Assignability, locale: CourseLocale) -> tuple[str, ...]:
    """Why a blog should not be assigned, or only with care."""
    blog = found.blog
    _, health, since = say_health(blog.health, locale)
    said = {
        "health": health,
        "since": since,
        "opted_out": say_date(blog.opted_out_at, locale) if blog.opted_out_at else "",
        "last_post": say_date(blog.last_post_at, locale, with_year=True) if blog.last_post_at else "",
        "a_week": blog.comments_a_week,
        "window": blog.window,
        "kept_by": blog.kept_by,
    }
    return tuple(REASONS[code].format(**said) for code in found.reasons)


def say_record(blog: BlogRecord, now: datetime, locale: CourseLocale) -> tuple[tuple[str, str], ...]:
    """What was seen of a blog, as (topic, what there is to say)."""
    last_post = "none seen"
    if blog.last_post_at is not None:
        ago = say_ago(blog.last_post_at, now)
        last_post = f"{ago}, {say_date(blog.last_post_at, locale, with_year=True)}"
    window = f"shows its newest {blog.window}" if blog.window != 1 else "has shown one entry so far"
    lines = (
        ("Responds", _answers(blog, locale)),
        ("Last post", last_post),
        ("Comments", _comments(blog)),
        ("Per week", _a_week(blog)),
        ("Moderated", _moderated(blog)),
        ("Feed", window if blog.window else ""),
        ("We check", _ways(blog)),
    )
    return tuple((topic, said) for topic, said in lines if said)


def _answers(blog: BlogRecord, locale: CourseLocale) -> str:
    if blog.is_gone:
        return "gone for good"
    if blog.health.level is HealthLevel.WAITING:
        return "not checked yet"
    return f"no, {say_health(blog.health, locale).says}" if blog.health.is_silent else "yes"


def _comments(blog: BlogRecord) -> str:
    if blog.are_comments_closed:
        return "closed on its newest posts"
    if blog.posts_lately and blog.open_lately:
        return f"open on {blog.open_lately} of its newest {say_count(blog.posts_lately, 'post')}"
    return "open, since new ones appear" if blog.comments_lately else "the blog does not say"


def _a_week(blog: BlogRecord) -> str:
    if not blog.comments:
        return "no comments seen yet"
    number = blog.comments_a_week
    return f"about {say_count(number, 'comment')}" if number else "fewer than one comment"


def _moderated(blog: BlogRecord) -> str:
    if not blog.timed:
        return "can’t tell yet"
    if not blog.late:
        return f"not so far, in {say_count(blog.timed, 'comment')}"
    word = "yes" if blog.is_moderated else "perhaps"
    of_all = f"{blog.late} of {say_count(blog.timed, 'comment')}"
    return f"{word}: {of_all} appeared only after a check that should have shown them"


def _ways(blog: BlogRecord) -> str:
    ways = []
    if FeedKind.COMMENTS in blog.kinds:
        ways.append("a feed of all comments")
    if blog.has_rest:
        ways.append("the REST API, back to the start of the term")
    if FeedKind.POST_COMMENTS in blog.kinds:
        ways.append("the comment feeds of single posts assigned to students")
    elif blog.has_post_feeds and FeedKind.COMMENTS in blog.kinds:
        ways.append("each post’s own comment feed when the other is not enough")
    if ways:
        return "; ".join(ways)
    if blog.kept_by:
        return "its posts; its comments are not on its pages"
    if FeedKind.POSTS in blog.kinds:
        return "its posts; comments only on the pages of posts that receipts link to"
    return "only the pages that receipts link to"
