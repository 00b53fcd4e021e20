"""What a decision about a comment would change among the others of its account, before it is made.

The page shows this for every possible answer, so nothing is decided and taken back here as a preview
elsewhere is: the comments of the account alone are matched by what would be known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.effects import UNMATCHED, AnswerChange, Effects
from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import Denial, HandleOrigin, KnownHandle
from tracker.matching.handles import account_handle_from
from tracker.models import Comment, LinkageDecision
from tracker.queries.matching.course_matcher import CourseMatcher, build_matcher
from tracker.queries.matching.decisions import TaughtByAccept, Words, load_words
from tracker.queries.matching.known_handles import complete, load_base, load_taught
from tracker.queries.matching.match_inputs import (
    CommentToMatch,
    CourseRoster,
    load_comments,
    load_standing_decisions,
)
from tracker.queries.matching.quoting import find_quotes
from tracker.queries.review.reviewed_comment import find_comments_of_account
from tracker.wording.evidence import say_why_not


@dataclass(frozen=True, slots=True)
class Staying:
    """A comment of the account that would not go along, and the sentence that says why."""

    comment_id: int
    posted_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """`effects` has the other comments of the account that would come to be this student's (or
    nobody's), the oldest of them written at `since`. `staying` would not; `decided` are kept as people
    said."""

    effects: Effects
    since: datetime | None
    staying: tuple[Staying, ...]
    decided: int


def preview_decision(
    session: Session, course_id: int, comment: Comment, choices: Sequence[int | None]
) -> dict[int | None, DecisionPreview]:
    """For each answer (a student, or None for no student) what learning the account would change.

    Empty when the comment names no account, or no other comment was written under it.
    """
    handle = account_handle_from(comment.as_entry(""))
    if handle is None:
        return {}
    ids = find_comments_of_account(session, course_id, handle.shown, handle.key) - {comment.id}
    if not ids:
        return {}
    decided = load_standing_decisions(session, course_id, {*ids, comment.id})
    words = load_words(session, course_id, ids)
    others = load_comments(session, course_id, comment_ids=ids)
    free = [one for one in others if one.row.id not in decided]
    known = load_base(session, course_id)
    matcher = build_matcher(session, course_id, known)
    base, taught = _forget(known, load_taught(session, course_id), decided.get(comment.id), handle)
    found = {}
    for choice in choices:
        would_be = matcher.with_roster(complete(_learn(base, handle, choice), taught))
        find_quotes(session, would_be.roster, (would_be.index,), free)
        found[choice] = _preview(would_be, free, words, choice, len(others) - len(free))
    return found


def _learn(base: CourseRoster, handle: KnownHandle, choice: int | None) -> CourseRoster:
    if choice is None:
        return replace(base, denials=(*base.denials, Denial(handle.kind, handle.key)))
    return _change_handles(base, choice, lambda held: (*held, handle))


def _forget(
    base: CourseRoster, taught: list[TaughtByAccept], standing: LinkageDecision | None, handle: KnownHandle
) -> tuple[CourseRoster, list[TaughtByAccept]]:
    """Without what the decision that would be replaced taught of the account, and what rests on that."""
    if standing is None or not any(handle.key == one["key"] for one in standing.taught):
        return base, taught
    if standing.enrollment_id is None:
        nobodys = Denial(handle.kind, handle.key)
        return replace(base, denials=tuple(one for one in base.denials if one != nobodys)), taught
    lesson = (handle.kind, handle.key, HandleOrigin.DECISION)
    base = _change_handles(
        base,
        standing.enrollment_id,
        lambda held: tuple(one for one in held if (one.kind, one.key, one.origin) != lesson),
    )
    return base, [
        one for one in taught if (one.enrollment_id, one.key) != (standing.enrollment_id, handle.key)
    ]


def _change_handles(
    base: CourseRoster, who: int, change: Callable[[tuple[KnownHandle, ...]], tuple[KnownHandle, ...]]
) -> CourseRoster:
    return replace(
        base,
        enrollees=tuple(
            replace(one, handles=change(one.handles)) if one.enrollment_id == who else one
            for one in base.enrollees
        ),
    )


def _preview(
    matcher: CourseMatcher,
    comments: Sequence[CommentToMatch],
    words: Mapping[int, Words],
    choice: int | None,
    decided: int,
) -> DecisionPreview:
    wanted = (MatchVerdict.IGNORE if choice is None else MatchVerdict.ACCEPT).value, choice
    names = {one.enrollment_id: one.name for one in matcher.roster.enrollees}
    moving, staying, dates = [], [], []
    for one in comments:
        entry, posted_at = one.row.as_entry(one.html), one.row.at
        said = matcher.weigh_words(entry, words.get(one.row.id))
        match, _ = matcher.judge(entry, one.row.blog_id, said)
        before = (one.linkage.verdict, one.linkage.enrollment_id) if one.linkage else UNMATCHED
        if (match.verdict.value, match.enrollment_id) != wanted:
            staying.append(Staying(one.row.id, posted_at, say_why_not(match, choice, names)))
        elif before != wanted:
            moving.append(AnswerChange(one.row.id, before, wanted))
            dates.append(posted_at)
    return DecisionPreview(Effects(tuple(moving)), min(dates, default=None), tuple(staying), decided)
