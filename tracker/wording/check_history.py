"""The checks of a blog in words: what each one brought, and what may have been missed between two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tracker.domain.feed import DispositionKind, FeedKind, PollOutcome
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
_BECAME = {
    (DispositionKind.NEW, ""): ("New", ""),
    (DispositionKind.NEW, "post"): ("New post", ""),
    (DispositionKind.EDITED, "post"): ("Post edited", ""),
    (DispositionKind.EDITED, "text"): ("Edited", "the text changed; we keep every version"),
    (DispositionKind.EDITED, "missing"): (
        "Not shown",
        "its place was checked in full without it; the next full check decides",
    ),
    (DispositionKind.EDITED, "gone"): ("Gone", "two full checks did not show it; it keeps its credit"),
    (DispositionKind.EDITED, "removed"): ("Removed", "the blog says so; it keeps its credit"),
    (DispositionKind.EDITED, "back"): ("Back", "shown again, so it was never gone"),
    (DispositionKind.NOT_A_COMMENT, "pingback"): ("Not a comment", "a pingback: another page links here"),
    (DispositionKind.NOT_A_COMMENT, "tombstone"): ("Not a comment", "a notice that a comment was removed"),
}
_COUNTED = (
    ((DispositionKind.NEW, ""), "{} new"),
    ((DispositionKind.NEW, "post"), "{} new"),
    ((DispositionKind.EDITED, "text"), "{} edited"),
    ((DispositionKind.EDITED, "post"), "{} edited"),
    ((DispositionKind.EDITED, "gone"), "{} gone"),
    ((DispositionKind.EDITED, "removed"), "{} removed"),
    ((DispositionKind.EDITED, "missing"), "{} no longer shown"),
    ((DispositionKind.EDITED, "back"), "{} back"),
    ((DispositionKind.NOT_A_COMMENT, "pingback"), "{} not a comment"),
    ((DispositionKind.NOT_A_COMMENT, "tombstone"), "{} not a comment"),
    ((DispositionKind.SKIPPED, ""), "{} could not be read"),
)


def say_entry(kind: DispositionKind, reason: str) -> tuple[str, str]:
    """What became of one entry in a word or two, and what that means; "" for nothing more to say."""
    if kind is DispositionKind.SKIPPED:
        return "Skipped", reason
    otherwise = "Not a comment" if kind is DispositionKind.NOT_A_COMMENT else kind.value.capitalize()
    return _BECAME.get((kind, reason), (otherwise, reason if kind is DispositionKind.NOT_A_COMMENT else ""))


def say_poll(outcome: PollOutcome, entries: int, counts: Mapping[tuple[str, str], int], error: str) -> str:
    """What one check brought: "10 shown, 2 new, 1 edited.", or why there was nothing to read.

    `counts` are (kind, reason) -> how many of the `entries`.
    """
    if outcome is PollOutcome.GONE:
        return "The blog says this address is gone for good."
    if outcome is not PollOutcome.OK and outcome is not PollOutcome.NOT_MODIFIED:
        return error or "No response."
    said: dict[str, int] = {}
    for key, words in _COUNTED:
        if number := counts.get(key, 0):
            said[words] = said.get(words, 0) + number
    brought = ", ".join(words.format(number) for words, number in said.items())
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


def say_gap(
    after_at: datetime | None,
    before_at: datetime,
    expected: int | None,
    locale: CourseLocale,
    thing: str = "comment",
) -> str:
    """ "3 comments may have come and gone unseen between … and …." """
    some = say_count(expected, thing) if expected else f"Some {thing}s"
    after = f"between {say_instant(after_at, locale)} and" if after_at else "before"
    return (
        f"{some} may have come and gone unseen {after} {say_instant(before_at, locale)}. "
        "Requirements that depend on this time show “Can’t see”."
    )


def say_closed_gap(
    after_at: datetime | None,
    before_at: datetime,
    expected: int | None,
    closed_at: datetime,
    closed_by: str,
    locale: CourseLocale,
    thing: str = "comment",
) -> str:
    """ "3 comments between … and … were found later, on …, by REST." """
    some = say_count(expected, thing) if expected else f"Any {thing}s"
    after = f"from between {say_instant(after_at, locale)} and" if after_at else "from before"
    by = f", by {closed_by}" if closed_by else ""
    return (
        f"{some} {after} {say_instant(before_at, locale)} were found on {say_instant(closed_at, locale)}{by}."
    )


def say_unseen(expected: int | None, thing: str = "comment") -> str:
    """ "Gap, 3 comments unseen": the heading of a gap."""
    return f"Gap, {say_count(expected, thing)} unseen" if expected else f"Gap, some {thing}s may be unseen"
