"""Accounts seen with several people, with both sides' comments, for the person who settles them.

Tested in tests/web/instructor/review/test_conflicts.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.roster import HandleKind
from tracker.models import Linkage
from tracker.queries.matching.decisions import load_settling
from tracker.queries.matching.known_handles import find_contested, load_roster
from tracker.queries.review.conflicts import load_signed
from tracker.text.addresses import account_key


@dataclass(frozen=True, slots=True)
class Contest:
    """A conflict with the comments posted under its account, newest first. `seen` is the word that
    stands about it, to be named by who settles it."""

    conflict: Conflict
    comments: tuple[Linkage, ...]
    seen: int | None

    def comments_of(self, enrollment_id: int | None) -> list[Linkage]:
        """Those linked to a student; None: those said to be no student's."""
        return [
            one
            for one in self.comments
            if (one.verdict == "accept" and one.enrollment_id == enrollment_id)
            or (one.verdict == "ignore" and enrollment_id is None)
        ]

    @property
    def waiting(self) -> list[Linkage]:
        return [one for one in self.comments if one.verdict == "review"]


def load_contests(session: Session, course_id: int) -> list[Contest]:
    """Every account of a course that a person has to settle."""
    conflicts = load_conflicts(session, course_id)
    signed = load_signed(session, course_id) if conflicts else []
    settled = load_settling(session, course_id)
    found = []
    for one in conflicts:
        said = settled.get((one.kind, one.key))
        found.append(Contest(one, tuple(_under(one, signed)), said.id if said else None))
    return found


def _under(conflict: Conflict, signed: Iterable[Linkage]) -> Iterable[Linkage]:
    wanted = f"twitter:{conflict.key}" if conflict.kind == HandleKind.TWITTER else conflict.key
    for one in signed:
        if conflict.kind == HandleKind.AVATAR:
            if one.comment.avatar_key == conflict.key:
                yield one
        elif wanted in map(account_key, (one.comment.account, one.comment.author_url)):
            yield one


@dataclass(frozen=True, slots=True)
class Conflict:
    """A key seen with several people: not used until a person settles whose it is. `nobodys`: a
    person said of one comment that no student wrote it."""

    kind: str
    key: str
    shown: str
    enrollment_ids: tuple[int, ...]
    nobodys: bool


def load_conflicts(session: Session, course_id: int) -> list[Conflict]:
    """The keys of a course that a person has to settle."""
    roster = load_roster(session, course_id)
    nobodys = {(one.kind, one.key) for one in roster.denials if one.enrollment_id is None}
    shown = {
        (handle.kind, handle.key): handle.shown or handle.key
        for enrollee in roster.enrollees
        for handle in enrollee.handles
    }
    # What is still contested although a person has spoken is shared.
    said = load_settling(session, course_id)
    return [
        Conflict(kind.value, key, shown[kind, key], tuple(sorted(people)), (kind, key) in nobodys)
        for (kind, key), people in sorted(find_contested(roster).items())
        if (kind.value, key) not in said
    ]
