"""The checks of a blog in words: what each one brought, and what may have been missed between two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tracker.domain.blog import OpenGap
from tracker.domain.feed import DispositionKind, FeedKind, PollOutcome
from tracker.domain.grouping import grouped
from tracker.domain.locale import CourseLocale
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant

FEEDS = {
    FeedKind.COMMENTS: "All comments",
    FeedKind.POST_COMMENTS: "One post’s comments",
    FeedKind.POSTS: "Posts",
    FeedKind.REST: "Comments (REST)",
    FeedKind.PAGE: "A post’s page",
}
_BECAME: Mapping[tuple[str, str], tuple[str, str, str]] = {
    (DispositionKind.NEW, ""): ("New", "", "new"),
    (DispositionKind.NEW, "post"): ("New post", "", "new"),
    (DispositionKind.NEW, "hidden"): ("New, hidden", "the blog does not show its text yet", "new"),
    (DispositionKind.EDITED, "text"): ("Edited", "the text changed; we keep every version", "edited"),
    (DispositionKind.EDITED, "post"): ("Post edited", "", "edited"),
    (DispositionKind.EDITED, "gone"): (
        "Gone",
        "two full checks did not show it; it keeps its credit",
        "gone",
    ),
    (DispositionKind.EDITED, "removed"): ("Removed", "the blog says so; it keeps its credit", "removed"),
    (DispositionKind.EDITED, "missing"): (
        "Not shown",
        "its place was checked in full without it; the next full check decides",
        "no longer shown",
    ),
    (DispositionKind.EDITED, "back"): ("Back", "shown again, so it was never gone", "back"),
    (DispositionKind.EDITED, "hidden"): (
        "Hidden",
        "the blog shows something else in place of the text; the text we have stands",
        "hidden",
    ),
    (DispositionKind.EDITED, "post-hidden"): (
        "Post hidden",
        "the blog shows something else in place of the text; the text we have stands",
        "hidden",
    ),
    (DispositionKind.EDITED, "shown"): ("Shown", "the text was hidden until now", "shown again"),
    (DispositionKind.EDITED, "post-shown"): ("Post shown", "the text was hidden until now", "shown again"),
    (DispositionKind.NOT_A_COMMENT, "pingback"): (
        "Not a comment",
        "a pingback: another page links here",
        "not a comment",
    ),
    (DispositionKind.NOT_A_COMMENT, "tombstone"): (
        "Not a comment",
        "a notice that a comment was removed",
        "not a comment",
    ),
    (DispositionKind.SKIPPED, ""): ("Skipped", "", "could not be read"),
}
"""(kind, reason) of an entry -> what became of it in a word or two, what that means, and as a check counts
it, in this order."""


def say_entry(kind: DispositionKind, reason: str) -> tuple[str, str]:
    """What became of one entry in a word or two, and what that means; "" for nothing more to say."""
    if kind is DispositionKind.SKIPPED:
        return "Skipped", reason
    is_none = kind is DispositionKind.NOT_A_COMMENT
    otherwise = ("Not a comment", reason, "") if is_none else (kind.value.capitalize(), "", "")
    word, means, _ = _BECAME.get((kind, reason), otherwise)
    return word, means


def say_poll(outcome: PollOutcome, entries: int, counts: Mapping[tuple[str, str], int], error: str) -> str:
    """What one check brought: "10 shown, 2 new, 1 edited.", or why there was nothing to read.

    `counts` are (kind, reason) -> how many of the `entries`.
    """
    if outcome is PollOutcome.GONE:
        return "The blog says this address is gone for good."
    if outcome is not PollOutcome.OK and outcome is not PollOutcome.NOT_MODIFIED:
        return error or "No response."
    numbers = grouped((counted, counts.get(key, 0)) for key, (_, _, counted) in _BECAME.items())
    brought = ", ".join(f"{sum(each)} {counted}" for counted, each in numbers.items() if any(each))
    if outcome is PollOutcome.NOT_MODIFIED:
        return f"The feed has not changed; {brought}." if brought else "Unchanged since the last check."
    if not entries and not brought:
        return "Nothing has changed."
    return f"{entries} shown, {brought or 'nothing new'}."


def say_full_window(*, gap: bool, window_full: bool, new: int, entries: int) -> str:
    """What a check that may not have shown everything means; "" where it did."""
    if gap and window_full:
        return "Every entry it showed was new, so some may have been missed."
    if gap:
        return "The blog counts more comments than we could read."
    if window_full and new * 2 >= entries > 1:
        return "The feed was full and at least half of it was new: a busy night."
    return ""


def say_gap(gap: OpenGap, locale: CourseLocale, thing: str = "comment") -> str:
    """ "3 comments may have come and gone unseen between … and …." """
    some = say_count(gap.expected, thing) if gap.expected else f"Some {thing}s"
    after = f"between {say_instant(gap.after_at, locale)} and" if gap.after_at else "before"
    return (
        f"{some} may have come and gone unseen {after} {say_instant(gap.before_at, locale)}. "
        "Requirements that depend on this time show “Can’t see”."
    )


def say_closed_gap(
    gap: OpenGap, closed_at: datetime, closed_by: str, locale: CourseLocale, thing: str = "comment"
) -> str:
    """ "3 comments between … and … were found later, on …, by REST." """
    some = say_count(gap.expected, thing) if gap.expected else f"Any {thing}s"
    after = f"from between {say_instant(gap.after_at, locale)} and" if gap.after_at else "from before"
    before, closed = say_instant(gap.before_at, locale), say_instant(closed_at, locale)
    return f"{some} {after} {before} were found on {closed}{f', by {closed_by}' if closed_by else ''}."


def say_unseen(expected: int | None, thing: str = "comment") -> str:
    """ "Gap, 3 comments unseen": the heading of a gap."""
    return f"Gap, {say_count(expected, thing)} unseen" if expected else f"Gap, some {thing}s may be unseen"
