"""Whether one comment, taken by itself, can count: its blog, its window, its length.

Which comments count together is left to `credit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, CommentsRule, Floor, Window
from tracker.domain.grade import AllocationFact, CommentFact, Lateness, NotCounted, StudentFacts, Timing
from tracker.grading.lateness import judge
from tracker.grading.windows import allocated_window, extend
from tracker.grading.words import say_count, say_instant


@dataclass(frozen=True, slots=True)
class Examined:
    """A comment with its timeliness. `refusal` is a reason code, "" when it can count."""

    comment: CommentFact
    lateness: Lateness
    refusal: str = ""
    hints: tuple[str, ...] = ()


def current_allocations(facts: StudentFacts) -> tuple[AllocationFact, ...]:
    """The blogs that the student is to comment on now. A replaced blog only keeps its credit."""
    return tuple(fact for fact in facts.allocations if not fact.keeps_credit) or facts.allocations


def window_on(blog_id: int, terms: AssignmentTerms, facts: StudentFacts, extended: datetime | None) -> Window:
    """The comments' window on one of the student's blogs."""
    given = (fact for fact in facts.allocations if fact.blog_id == blog_id)
    return extend(allocated_window(terms.comments.window, given), extended)


def examine(
    comment: CommentFact,
    terms: AssignmentTerms,
    facts: StudentFacts,
    extended: datetime | None,
    zone: ZoneInfo,
) -> Examined:
    """Hold one comment against the conditions that need no other comment."""
    window = window_on(comment.blog_id, terms, facts, extended)
    lateness = judge(comment.times, window, zone, held_on_blog=comment.held_on_blog)
    hints = _length_hints(comment, terms.comments)
    if comment.blog_id not in {fact.blog_id for fact in facts.allocations}:
        return Examined(comment, lateness, "other-blog", hints)
    if lateness.timing is Timing.EARLY:
        return Examined(comment, lateness, "before-opening", hints)
    if hints and terms.comments.floor is Floor.REQUIRED:
        return Examined(comment, lateness, "too-short", hints)
    return Examined(comment, lateness, "", hints)


def refuse(examined: Examined, reason: str, zone: ZoneInfo) -> NotCounted:
    """What to say of a comment that was found and does not count."""
    if reason == "too-short":
        says = f"Found, {' '.join(examined.hints)}"
    elif reason == "before-opening":
        says = f"Posted {say_instant(examined.lateness.taken_at, zone)}, before the assignment opened."
    else:
        says = _REFUSALS[reason]
    return NotCounted(examined.comment.permalink, reason, says, comment_id=examined.comment.comment_id)


def _length_hints(comment: CommentFact, rule: CommentsRule) -> tuple[str, ...]:
    if comment.words >= rule.min_words:
        return ()
    return (f"{say_count(comment.words, 'word')}; the rule asks for {rule.min_words}.",)


_REFUSALS = {
    "other-blog": "Found on another blog than the one assigned.",
    "same-post": "On the same post as one that counts; the rule asks for different posts.",
    "same-text": "The same text as one that counts; it is one comment.",
    "not-needed": "Found; the comments asked for are there without it.",
}
