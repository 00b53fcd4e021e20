"""An assignment's rule in one plain text, the same for whoever grades and whoever is graded."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, CommentsRule, Floor, HeldCredit, SummaryRule, Window
from tracker.grading.windows import shown_due, shown_opening
from tracker.grading.words import say_count, say_number


def rule_sentence(terms: AssignmentTerms, zone: ZoneInfo) -> str:
    """The whole rule, in the order in which the work is done. Times are the course's own."""
    sentences = [_comments(terms.comments, zone)]
    if terms.comments.min_words:
        sentences.append(_length(terms.comments))
    if terms.summary is not None:
        sentences.append(_summary(terms.summary, terms.comments, zone))
    sentences.append(_HELD[terms.held])
    if terms.points is not None:
        sentences.append(f"All of it together earns {_points(terms)}.")
    return " ".join(sentences)


def _comments(rule: CommentsRule, zone: ZoneInfo) -> str:
    if rule.count == 1:
        what = "Write one comment on a post"
    else:
        where = f"{say_number(rule.count)} different posts" if rule.different_posts else "posts"
        what = f"Write {say_number(rule.count)} comments on {where}"
    return f"{what} of the blog assigned to you, {_between(rule.window, zone)}."


def _length(rule: CommentsRule) -> str:
    each = "The comment" if rule.count == 1 else "Each comment"
    words = say_count(rule.min_words, "word")
    if rule.floor is Floor.REQUIRED:
        return f"{each} needs at least {words} of your own."
    return f"{each} should have at least {words} of your own; a shorter one counts all the same."


def _summary(rule: SummaryRule, comments: CommentsRule, zone: ZoneInfo) -> str:
    if comments.count == 1 or not comments.different_posts:
        links = "what you commented on"
    elif comments.count == 2:
        links = "both posts you commented on"
    else:
        links = f"all {say_number(comments.count)} posts you commented on"
    named = f" Call it “{rule.names[0]}”." if rule.names else ""
    due = _due(rule.window, zone)
    return f"Then write one summary post on your class blog that links {links}, by {due}.{named}"


def _between(window: Window, zone: ZoneInfo) -> str:
    if window.opens_at is None:
        return f"by {_due(window, zone)}"
    opens = shown_opening(window.opens_at, zone)
    clock = "" if (opens.hour, opens.minute) == (0, 0) else f", {_clock(opens, window.opens_at, zone)}"
    return f"between {_day(opens)}{clock} and {_due(window, zone)}"


def _due(window: Window, zone: ZoneInfo) -> str:
    due = shown_due(window.due_at, zone)
    return f"{_day(due)}, {_clock(due, window.due_at, zone)}"


def _day(local: datetime) -> str:
    return f"{local:%A, %B} {local.day}"


def _clock(local: datetime, instant: datetime, zone: ZoneInfo) -> str:
    """The minute with the zone's name just then: CDT in October, CST in November."""
    return f"{local:%H:%M} {instant.astimezone(zone):%Z}"


def _points(terms: AssignmentTerms) -> str:
    return f"{terms.points:f} points" if terms.points != 1 else "1 point"


_HELD = {
    HeldCredit.PROVISIONAL: (
        "A comment that waits for the blog’s owner counts for now, if you saved a receipt in time."
    ),
    HeldCredit.FULL: "A comment that waits for the blog’s owner counts, if you saved a receipt in time.",
    HeldCredit.NONE: "A comment counts once the blog’s owner has let it through.",
}
