"""Instants, spans and verdicts in words. What a verdict is, is decided elsewhere; here it is only said."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tracker.domain.grade import State, Verdict

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def say_number(number: int) -> str:
    """Numbers up to twelve as words: 2 -> two, 20 -> 20."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def say_instant(instant: datetime, zone: ZoneInfo) -> str:
    """An aware instant on the course's clock: "Sun Oct 25, 23:59 CDT"."""
    local = instant.astimezone(zone)
    return f"{local:%a %b} {local.day}, {local:%H:%M %Z}"


def say_due(due_at: datetime, zone: ZoneInfo) -> str:
    """The last minute that is still in time, given the exclusive bound `due_at`."""
    return say_instant(due_at - timedelta(microseconds=1), zone)


def say_span(seconds: int) -> str:
    """A span in its largest unit, rounded down: "30 minutes", "2 days"."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return say_count(seconds // length, unit)
    return "less than a minute"


def say_minutes(minutes: int) -> str:
    """A span that a rule grants, to the minute: "1 hour and 30 minutes", "2 days"."""
    days, rest = divmod(minutes, 1_440)
    units = (days, "day"), (rest // 60, "hour"), (rest % 60, "minute")
    return " and ".join(say_count(number, unit) for number, unit in units if number)


def say_count(number: int, thing: str) -> str:
    """ "1 word", "65 words"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def say_percent(percent: Decimal) -> str:
    """ "80%", "37.5%"."""
    return f"{percent.normalize():f}%"


def for_staff(verdict: Verdict) -> str:
    """The sentence of the instructor's column, with its remarks."""
    return " ".join((verdict.says, *verdict.hints))


def for_student(verdict: Verdict, zone: ZoneInfo) -> str:
    """The same verdict, said to the student whom it is about. Neutral, and never more than they
    may know: who else could have written a comment, or what staff weigh, is not in it."""
    by_reason = _BY_REASON.get((verdict.state, verdict.reason))
    if by_reason is not None:
        return _fill(by_reason, verdict, zone)
    return _fill(_BY_STATE[verdict.state], verdict, zone)


def _fill(sentence: str, verdict: Verdict, zone: ZoneInfo) -> str:
    said = sentence.format(due=say_due(verdict.due_at, zone), says=verdict.says)
    return " ".join((said, *verdict.hints)) if verdict.state in _WITH_REMARKS else said


_WITH_REMARKS = {State.MET, State.LATE, State.NOT_DUE, State.NOT_FOUND_YET, State.DOES_NOT_COUNT}

_BY_STATE = {
    State.MET: "Counts.",
    State.PROVISIONAL: "Counts for now. Your receipt is on time; we watch until the comment is public.",
    State.LATE: "Found. It came after {due} and stands as late.",
    State.NOT_DUE: "Due {due}.",
    State.NOT_FOUND_YET: "Not seen yet. Left it already? Save a receipt.",
    State.CANNOT_SEE: "We cannot see this blog at present. Nothing is decided. A receipt helps.",
    State.IN_MODERATION: "Waiting for the blog’s owner. Your receipt is on time.",
    State.IN_REVIEW: "Your staff is checking whether a comment is yours. Nothing to do.",
    State.DATE_QUESTIONABLE: "The blog’s date and our looks differ. Your staff decides. Nothing to do.",
    State.DOES_NOT_COUNT: "Found; it does not count as it stands.",
    State.EXCUSED: "Excused. Nothing to do.",
}

_BY_REASON = {
    (State.NOT_DUE, "too-short"): "{says} There is time until {due}.",
    (State.NOT_DUE, "receipt-saved"): "Your receipt is saved. It counts once the comment is public.",
    (
        State.NOT_FOUND_YET,
        "no-summary",
    ): "Not seen yet on your class blog. Published it already? Write to your staff.",
    (
        State.CANNOT_SEE,
        "no-blog-allocated",
    ): "No blog is assigned to you yet. Nothing is decided. Write to your staff.",
    (State.CANNOT_SEE, "no-comment-feed"): (
        "This blog does not show us its comments. Nothing is decided. A receipt helps."
    ),
    (State.CANNOT_SEE, "opted-out"): (
        "This blog’s owner asked us not to read it. Nothing is decided. A receipt helps."
    ),
    (State.CANNOT_SEE, "class-blog-opted-out"): (
        "We were asked not to read your class blog. Nothing is decided. Write to your staff."
    ),
    (State.CANNOT_SEE, "not-looked-since-due"): (
        "We have not looked again since it was due. Nothing is decided. A receipt helps."
    ),
    (State.CANNOT_SEE, "gap"): (
        "This blog may have shown comments that we did not see. Nothing is decided. A receipt helps."
    ),
    (
        State.CANNOT_SEE,
        "no-class-blog",
    ): "We do not know your class blog yet. Register its address, then we look.",
    (State.CANNOT_SEE, "no-post-feed"): "Your class blog does not show us its posts. Nothing is decided.",
    (State.CANNOT_SEE, "class-blog-failing"): "Your class blog does not answer us. Nothing is decided.",
    (State.CANNOT_SEE, "class-blog-not-looked-at"): (
        "We have not looked at your class blog since it was due. Nothing is decided."
    ),
    (State.CANNOT_SEE, "class-blog-gap"): (
        "Your class blog may have shown posts that we did not see. Nothing is decided."
    ),
    (
        State.IN_REVIEW,
        "receipt-elsewhere",
    ): "Your staff is checking the place your receipt names. Nothing to do.",
    (State.IN_REVIEW, "link-too-general"): (
        "Found. It links the blog, not the posts you commented on. Your staff is looking."
    ),
    (State.IN_REVIEW, "links-other-posts"): (
        "Found. It links other posts than those you commented on. Your staff is looking."
    ),
    (
        State.IN_REVIEW,
        "links-some",
    ): "Found. It links some of the posts you commented on. Your staff is looking.",
    (
        State.IN_REVIEW,
        "no-link",
    ): "Found. It links none of the posts you commented on. Your staff is looking.",
    (State.DOES_NOT_COUNT, "too-short"): "{says} It does not count as it stands.",
}
