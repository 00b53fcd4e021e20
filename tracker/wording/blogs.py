"""How well a blog is seen, and whether it can be assigned, in words for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from tracker.domain.locale import CourseLocale
from tracker.domain.reason import Reason
from tracker.wording.numbers import say_count, say_plural
from tracker.wording.times import say_ago, say_date, say_short

HEALTH = {
    "fine": "Fine",
    "not-checked": "Not checked yet",
    "no-comment-feed": "No comment feed",
    "no-post-feed": "No post feed",
    "opted-out": "Owner opted out",
    "no-answer-once": "No answer last time",
    "no-answer": "Hasn’t responded",
    "gone": "Gone for good",
    "gap": "Gap",
}
"""Health codes (`feeds.blog_health.HealthCode`) as they are called."""

NIGHTS = {
    "new": "something new",
    "same": "nothing new",
    "gap": "with a gap",
    "failed": "no answer",
    "none": "no check",
}

ADVICE = {
    "good": "Good to assign",
    "care": "Assign with care",
    "no": "Do not assign",
    "wait": "Not known yet",
}

REASONS = {
    "owner-opted-out": "Its owner asked us on {on} not to check it.",
    "address-gone": "Its address answers that it is gone for good.",
    "no-answer": "It hasn’t responded since {since}.",
    "comments-closed": "Its newest posts take no comments.",
    "asleep": "Its last post is of {on_with_year}.",
    "not-checked": "We have not checked it yet.",
    "no-feed-of-comments": (
        "No feed shows its comments: students need receipts, and we read the posts’ pages."
    ),
    "no-answer-once": "No answer last time, since {since}.",
    "gone": "Gone for good, since {since}: some comments could not be seen.",
    "gap": "{gap}, since {since}: some comments could not be seen.",
    "moderated": "Its owner lets comments through by hand, so they come late: ask for receipts.",
    "no-post-seen": "We have seen no post of it yet.",
    "quiet": "No new post since {on_with_year}.",
    "one-post": "It has one post that we know of; two comments need two posts.",
    "tight-window": (
        "About {a_week} a week pass through a feed of {window}, with no other way to those it drops."
    ),
}
"""Why a blog should not be assigned, or with care (`feeds.assignability.AdviceCode`, and health codes)."""

FACTS = {
    "answers": ("Answers", "yes"),
    "answers-gone": ("Answers", "gone for good"),
    "answers-not-checked": ("Answers", "not checked yet"),
    "answers-not": ("Answers", "no, since {since}"),
    "last-post": ("Last post", "{ago}, {on_with_year}"),
    "last-post-none": ("Last post", "none seen"),
    "comments-closed": ("Comments", "closed on its newest posts"),
    "comments-open": ("Comments", "open on {open} of its newest {posts}"),
    "comments-come": ("Comments", "open, as far as they come in"),
    "comments-unknown": ("Comments", "it does not say"),
    "a-week": ("A week", "about {comments}"),
    "a-week-few": ("A week", "less than one comment"),
    "a-week-none": ("A week", "no comment seen yet"),
    "moderated": ("Moderated", "yes: {of_all} came public after a check that should have shown it"),
    "moderated-perhaps": (
        "Moderated",
        "perhaps: {of_all} came public after a check that should have shown it",
    ),
    "moderated-not": ("Moderated", "not so far, in {comments}"),
    "moderated-unknown": ("Moderated", "cannot tell yet"),
    "window": ("Feed", "its newest {window} at most"),
    "window-one": ("Feed", "one entry at most so far"),
    "ways": ("We see", "{ways}"),
}
"""What was seen of a blog (`feeds.assignability.FactCode`): its topic and what there is to say."""

WAYS = {
    "feed": "a feed of all comments",
    "rest": "REST, which goes back to the start of term",
    "post-feeds": "the own feeds of posts assigned to students",
    "post-feeds-if-needed": "each post’s own feed when the other is not enough",
    "pages": "its posts; comments only on the pages of posts that receipts name",
    "receipts": "nothing but what receipts name",
}


BOARD = {
    "fine": "{is_or_are} fine",
    "trouble": "{is_or_are} in trouble",
    "partly": "can be seen only in part",
    "waiting": "{waits} for a first check",
}
"""Levels of health (`feeds.blog_health.HealthLevel`) in the order of the sentence on all blogs."""


def say_health(reason: Reason, locale: CourseLocale) -> tuple[str, str]:
    """What a blog's health is called, and since when or what it means ("" for nothing)."""
    word = _gap(reason) if reason.code == "gap" else HEALTH[reason.code]
    if "since" in reason.params:
        since = f"since {say_short(reason.instant('since'), locale)}"
        return word, f"{since}; receipts only" if reason.code == "opted-out" else since
    return word, "receipts and pages only" if reason.code == "no-comment-feed" else ""


def say_board(counts: Mapping[str, int]) -> str:
    """ "90 blogs. 85 are fine; 2 are in trouble; 3 can be seen only in part." """
    total = sum(counts.values())
    if not total:
        return "No blogs yet."
    if counts["fine"] == total:
        return f"{say_count(total, 'blog')}. {say_plural(total, 'It is', 'All are')} fine."
    parts = [
        f"{number} "
        + words.format(is_or_are=say_plural(number, "is", "are"), waits=say_plural(number, "waits", "wait"))
        for level, words in BOARD.items()
        if (number := counts[level])
    ]
    return f"{say_count(total, 'blog')}. {'; '.join(parts)}."


def say_nights(marks: Sequence[str]) -> str:
    """ "Last 14 nights, oldest first: 12 something new, 2 no answer." for whoever cannot see the marks."""
    runs = [(mark, len(list(same))) for mark, same in groupby(marks)]
    said = ", ".join(f"{number} {NIGHTS[mark]}" for mark, number in runs)
    return f"Last {say_count(len(marks), 'night')}, oldest first: {said}."


def say_reason(reason: Reason, locale: CourseLocale) -> str:
    """One reason not to assign a blog, or to do so with care."""
    return REASONS[reason.code].format(**_said(reason, locale))


def say_fact(fact: Reason, locale: CourseLocale) -> tuple[str, str]:
    """One thing that was seen of a blog: its topic, and what there is to say."""
    topic, sentence = FACTS[fact.code]
    return topic, sentence.format(**_said(fact, locale))


def _gap(reason: Reason) -> str:
    unseen = reason.params["unseen"]
    return f"{HEALTH['gap']}, {unseen} unseen" if unseen else HEALTH["gap"]


def _said(reason: Reason, locale: CourseLocale) -> dict[str, object]:
    """The parameters of a reason as its sentence takes them up."""
    said: dict[str, object] = dict(reason.params)
    if "since" in reason.params:
        said["since"] = say_short(reason.instant("since"), locale)
    if "on" in reason.params:
        said["on"] = say_date(reason.instant("on"), locale)
        said["on_with_year"] = say_date(reason.instant("on"), locale, with_year=True)
    if "now" in reason.params:
        said["ago"] = say_ago(reason.instant("on"), reason.instant("now"))
    if "unseen" in reason.params:
        said["gap"] = _gap(reason)
    for name, thing in (("comments", "comment"), ("posts", "post")):
        if name in reason.params:
            said[name] = say_count(reason.number(name), thing)
    if "late" in reason.params:
        said["of_all"] = f"{reason.number('late')} of {said['comments']}"
    if isinstance(ways := reason.params.get("ways"), list):
        said["ways"] = "; ".join(WAYS[str(way)] for way in ways)
    return said
