"""What people said that bears on a comment beside its own decisions: that it counts as one with another,
and whose the account is that it was written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.domain.linkage import DecisionKind
from tracker.domain.roster import HandleKind
from tracker.models import Comment, CommentJoin, Linkage, LinkageDecision, User
from tracker.queries.review.how_facts import Said
from tracker.wording.times import say_instant

if TYPE_CHECKING:
    from tracker.queries.review.how_matched import Reader

_UNDO = aliased(LinkageDecision)
_PARTS = re.compile(r"[/?=@#&]+|\.wordpress\.com")


def load_joins(session: Session, linkage: Linkage, reader: Reader) -> Iterator[Said]:
    """The comments with which this one was counted as one, and that it was taken apart again."""
    mine = linkage.comment_id
    rows = session.execute(
        select(CommentJoin, User.name)
        .outerjoin(User, User.id == CommentJoin.by_user_id)
        .where(
            CommentJoin.course_id == linkage.course_id,
            or_(CommentJoin.comment_id == mine, CommentJoin.with_comment_id == mine),
        )
        .order_by(CommentJoin.id)
    ).all()
    others = {row.with_comment_id if row.comment_id == mine else row.comment_id for row, _ in rows}
    last = {(row.comment_id, row.with_comment_id): row.id for row, _ in rows}
    written = _say_written(session, others, reader) if others else {}
    for row, name in rows:
        by = "Your staff" if reader.is_student else name or "A person"
        other = written[row.with_comment_id if row.comment_id == mine else row.comment_id]
        is_undone = last[row.comment_id, row.with_comment_id] != row.id
        if row.kind == "join":
            yield Said(row.at, f"{by} joined it with {other}: the two count as one.", (), is_undone)
        else:
            yield Said(row.at, f"{by} said that it and {other} count as two.", (), is_undone)


def _say_written(session: Session, ids: Iterable[int], reader: Reader) -> dict[int, str]:
    """Both are one student's comments on one post, so that the time tells which is meant."""
    rows = session.execute(
        select(Comment.id, Comment.posted_at, Comment.first_seen_at).where(Comment.id.in_(sorted(ids)))
    )
    return {
        number: f"the comment of {say_instant(posted_at or first_seen_at, reader.locale)}"
        for number, posted_at, first_seen_at in rows
    }


def load_settled(session: Session, linkage: Linkage) -> Sequence[tuple[LinkageDecision, bool]]:
    """What people said of the account that a comment was written with, and whether it was taken back."""
    rows = session.execute(
        select(LinkageDecision, _UNDO.id)
        .outerjoin(_UNDO, _UNDO.undoes_id == LinkageDecision.id)
        .where(
            LinkageDecision.course_id == linkage.course_id,
            LinkageDecision.kind == DecisionKind.SETTLE.value,
        )
        .options(joinedload(LinkageDecision.by))
        .order_by(LinkageDecision.id)
    ).all()
    return [(row, undone is not None) for row, undone in rows if _is_of(row, linkage.comment)]


def say_settled(
    settled: Iterable[tuple[LinkageDecision, bool]], comment: Comment, reader: Reader
) -> Iterator[Said]:
    """To a student only that it is hers, or nobody's."""
    for row, is_undone in settled:
        if reader.is_student and row.enrollment_id not in (None, reader.student_id):
            continue
        by = "Your staff" if reader.is_student else row.by.name if row.by else "A person"
        whose = reader.whose(row.enrollment_id)
        yield Said(row.at, f"{by} settled {_say_key(row, comment, reader)}: it is {whose}.", (), is_undone)


def _say_key(row: LinkageDecision, comment: Comment, reader: Reader) -> str:
    if row.handle_kind == HandleKind.AVATAR:
        return "whose the picture beside the name is"
    shown = next((one for one in _addresses(comment) if _names(one, row)), "")
    if reader.is_student or reader.redaction.hides(shown):
        return "whose the account is that it was written with"
    return f"whose the account {shown} is"


def _is_of(row: LinkageDecision, comment: Comment) -> bool:
    if row.handle_kind == HandleKind.AVATAR:
        return bool(comment.avatar_key) and comment.avatar_key == row.handle_key
    return any(_names(address, row) for address in _addresses(comment))


def _addresses(comment: Comment) -> tuple[str, ...]:
    return tuple(one for one in (comment.account, comment.author_url) if one)


def _names(address: str, row: LinkageDecision) -> bool:
    """Whether a profile's address is the one of a key ("blogger:123"): it names the service and the
    person. Making keys of addresses is left to matching."""
    service, _, who = (row.handle_key or "").rpartition(":")
    written = address.lower()
    return (service or row.handle_kind or "").rstrip("+") in written and who in _PARTS.split(written)
