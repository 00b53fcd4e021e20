"""What a decision about an account would move, told before it is made; nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import BlogProfile, Denial
from tracker.domain.roster import Handle as HandleValue
from tracker.matching.candidates import index_roster
from tracker.matching.decide import match_entry
from tracker.matching.handles import account_handle_from
from tracker.models import Comment, Linkage
from tracker.queries.matching.known_handles import load_roster
from tracker.queries.matching.match_inputs import (
    CommentToMatch,
    CourseRoster,
    load_comments,
    load_standing_decisions,
)
from tracker.queries.matching.quoting import look_for_quotes
from tracker.queries.review.reviewed_comment import find_comments_of_account
from tracker.wording.evidence import say_why_not


@dataclass(frozen=True, slots=True)
class Staying:
    """A comment of the account that would not go along, and the sentence that says why."""

    comment_id: int
    posted_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Foresight:
    """`moves` other comments of the account would come to be this student's (or nobody's), the
    oldest of them written at `since`; `stays` would not, and `staying` says why of each; `decided`
    are kept as people said."""

    moves: int
    stays: int
    decided: int
    since: datetime | None = None
    staying: tuple[Staying, ...] = field(default=(), compare=False)


def foresee(
    session: Session, course_id: int, comment: Comment, choices: Sequence[int | None]
) -> dict[int | None, Foresight]:
    """For each answer (a student, or None for nobody) what learning the account would move.

    Empty when the comment names no account, or no other comment was written under it.
    """
    handle = account_handle_from(comment.as_entry(""))
    if handle is None:
        return {}
    ids = find_comments_of_account(session, course_id, handle.shown, handle.key) - {comment.id}
    if not ids:
        return {}
    roster = load_roster(session, course_id)
    others = load_comments(session, course_id, comment_ids=ids)
    decided = set(load_standing_decisions(session, course_id, ids))
    free = [one for one in others if one.row.id not in decided]
    return {
        choice: _count(session, _taught(roster, handle, choice), free, choice, len(others) - len(free))
        for choice in choices
    }


def _taught(roster: CourseRoster, handle: HandleValue, choice: int | None) -> CourseRoster:
    """The roster as it would be with the account learnt."""
    if choice is None:
        return replace(roster, denials=(*roster.denials, Denial(handle.kind, handle.key)))
    return replace(
        roster,
        enrollees=tuple(
            replace(one, handles=(*one.handles, handle)) if one.enrollment_id == choice else one
            for one in roster.enrollees
        ),
    )


def _count(
    session: Session,
    roster: CourseRoster,
    comments: Collection[CommentToMatch],
    choice: int | None,
    decided: int,
) -> Foresight:
    index = index_roster(roster.enrollees, roster.signs, roster.denials, roster.blogs)
    names = {one.enrollment_id: one.name for one in roster.enrollees}
    look_for_quotes(session, roster, (index,), comments)
    blogs = {blog.blog_id: blog for blog in roster.blogs}
    wanted = MatchVerdict.IGNORE if choice is None else MatchVerdict.ACCEPT
    moved = []
    stays = []
    for one in comments:
        blog = blogs.get(one.row.blog_id) or BlogProfile(one.row.blog_id)
        match = match_entry(one.row.as_entry(one.html), blog, index)
        if match.verdict is not wanted or match.enrollment_id != choice:
            why = say_why_not(match, choice, names)
            stays.append(Staying(one.row.id, one.row.posted_at or one.row.first_seen_at, why))
        elif not _is_there(one.linkage, wanted, choice):
            moved.append(one.row.posted_at or one.row.first_seen_at)
    return Foresight(len(moved), len(stays), decided, min(moved, default=None), tuple(stays))


def _is_there(linkage: Linkage | None, wanted: MatchVerdict, choice: int | None) -> bool:
    return linkage is not None and linkage.verdict == wanted and linkage.enrollment_id == choice
