"""What people said about the writers of a course's comments: the log, read as it stands.

Tested in tests/jobs/review/test_decisions.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.grouping import grouped
from tracker.domain.linkage import DecisionKind
from tracker.domain.roster import AccountUse, HandleKind
from tracker.models import (
    Comment,
    Enrollment,
    Handle,
    HandleDenial,
    Linkage,
    LinkageDecision,
    MatchState,
)
from tracker.queries.coursework import blogs_of

_UNDO = aliased(LinkageDecision)
WORDS = (DecisionKind.CLAIM, DecisionKind.DISCLAIM, DecisionKind.REJECT, DecisionKind.ASK)
"""What is said about a comment without deciding whose it is."""


def load_standing(
    session: Session,
    course_id: int,
    kinds: Iterable[DecisionKind],
    comment_ids: Collection[int] | None = None,
) -> list[LinkageDecision]:
    """The decisions of these kinds that were not undone, in the order in which they were made."""
    statement = (
        select(LinkageDecision)
        .outerjoin(_UNDO, _UNDO.undoes_id == LinkageDecision.id)
        .where(
            LinkageDecision.course_id == course_id,
            LinkageDecision.kind.in_([kind.value for kind in kinds]),
            _UNDO.id.is_(None),
        )
        .order_by(LinkageDecision.id)
    )
    if comment_ids is not None:
        if len(comment_ids) > MANY:  # not worth naming each
            found = session.scalars(statement).all()
            return [one for one in found if one.comment_id in comment_ids]
        statement = statement.where(LinkageDecision.comment_id.in_(sorted(comment_ids)))
    return list(session.scalars(statement))


MANY = 500


@dataclass(slots=True)
class Words:
    """What was said about one comment and stands, each by the enrollment it is about, with the
    number of the row that says it."""

    claimed: dict[int, int] = field(default_factory=dict)
    disclaimed: dict[int, int] = field(default_factory=dict)
    rejected: dict[int, int] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The students who were asked and have said nothing since."""
        answers = self.claimed | self.disclaimed
        return tuple(who for who, row in self.asked.items() if answers.get(who, 0) < row)


def load_words(
    session: Session, course_id: int, comment_ids: Collection[int] | None = None
) -> dict[int, Words]:
    """comment -> what people said about it. Of a student's own words the last one stands."""
    found: dict[int, Words] = defaultdict(Words)
    for row in load_standing(session, course_id, WORDS, comment_ids):
        if row.comment_id is None or row.enrollment_id is None:
            continue
        words, who = found[row.comment_id], row.enrollment_id
        if row.kind == DecisionKind.REJECT:
            words.rejected[who] = row.id
        elif row.kind == DecisionKind.ASK:
            words.asked[who] = row.id
        else:
            words.claimed.pop(who, None)
            words.disclaimed.pop(who, None)
            (words.claimed if row.kind == DecisionKind.CLAIM else words.disclaimed)[who] = row.id
    return dict(found)


@dataclass(frozen=True, slots=True)
class TaughtByAccept:
    """An account that an automatic answer proved to be a student's, and by how many comments."""

    enrollment_id: int
    kind: str
    key: str
    shown: str
    comments: int


def load_taught_by_accepts(session: Session, course_id: int) -> list[TaughtByAccept]:
    rows = session.scalars(
        select(Linkage.teaches)
        .where(Linkage.course_id == course_id, Linkage.teaches.is_not(None))
        .order_by(Linkage.comment_id)
    )
    counted = grouped(((one["enrollment_id"], one["kind"], one["key"]), one["shown"]) for one in rows if one)
    return [
        TaughtByAccept(who, kind, key, min(shown), len(shown))
        for (who, kind, key), shown in sorted(counted.items())
    ]


def load_account_uses(session: Session, course_id: int) -> tuple[AccountUse, ...]:
    """The accounts under which people confirmed a student beside somebody else's name, link or
    signature, by the last answer about each comment."""
    answers = (DecisionKind.CONFIRM.value, DecisionKind.OUTSIDER.value)
    rows = session.execute(
        select(LinkageDecision.comment_id, LinkageDecision.enrollment_id, LinkageDecision.taught)
        .outerjoin(_UNDO, _UNDO.undoes_id == LinkageDecision.id)
        .where(LinkageDecision.course_id == course_id, LinkageDecision.kind.in_(answers), _UNDO.id.is_(None))
        .order_by(LinkageDecision.id)
    )
    last = {comment_id: (who, taught) for comment_id, who, taught in rows}
    found = {
        AccountUse(HandleKind(one["used"]), one["key"], who)
        for who, taught in last.values()
        if who is not None
        for one in taught
        if "used" in one
    }
    return tuple(sorted(found))


def load_taught_handles(session: Session, course_id: int) -> Sequence[Handle]:
    """The stored handles that decisions taught."""
    return session.scalars(
        select(Handle)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .where(Enrollment.course_id == course_id, Handle.taught_by_id.is_not(None))
        .order_by(Handle.id)
    ).all()


def load_handles(session: Session, course_id: int) -> Sequence[Handle]:
    return session.scalars(
        select(Handle)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .where(Enrollment.course_id == course_id)
        .order_by(Handle.id)
    ).all()


def load_denial_rows(session: Session, course_id: int) -> Sequence[HandleDenial]:
    return session.scalars(
        select(HandleDenial).where(HandleDenial.course_id == course_id).order_by(HandleDenial.id)
    ).all()


def load_comment_ids(session: Session, course_id: int) -> Sequence[int]:
    """Every comment of the blogs a course checks."""
    return session.scalars(
        select(Comment.id)
        .where(
            Comment.merged_into_id.is_(None),
            Comment.blog_id.in_(blogs_of(course_id)),
        )
        .order_by(Comment.id)
    ).all()


def find_matched_by(session: Session, course_id: int) -> str:
    """By what the whole course was last matched; "" for never."""
    state = session.get(MatchState, course_id)
    return state.matched_by if state else ""


def find_settled(session: Session, course_id: int, kind: str, key: str) -> int | None:
    """The decision that stands about a handle; None when no person settled it."""
    row = load_settling(session, course_id).get((kind, key))
    return row.id if row else None


def load_settling(session: Session, course_id: int) -> dict[tuple[str, str], LinkageDecision]:
    """(kind, key) of a handle -> the last decision that says whose it is and stands."""
    return {
        (row.handle_kind, row.handle_key): row
        for row in load_standing(session, course_id, (DecisionKind.SETTLE,))
        if row.handle_kind and row.handle_key
    }
