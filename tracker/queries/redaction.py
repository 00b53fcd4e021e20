"""The students whom a reader may not see, and texts in which such a student can be recognized.

Tested in tests/queries/review/test_how_matched.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.models import Enrollment, Handle

SHORTEST = 4
"""Shorter words would be found in anything."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is hidden from one reader; `applies` is False for a reader who may see all students.

    `people` are enrollments. `words` are their names and handles, as `_plain` writes them, without
    those that they share with a student whom the reader may see.
    """

    applies: bool = False
    people: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()

    def hides(self, text: str) -> bool:
        """Whether a hidden student can be recognized in a text."""
        plain = _plain(text)
        return any(word in plain for word in self.words)

    def shown(self, text: str) -> str:
        """The text, or "" if it is hidden."""
        return "" if self.hides(text) else text


def load_redaction(
    session: Session,
    course_id: int,
    *,
    only: int | None = None,
    section_ids: Collection[int] | None = None,
) -> Redaction:
    """Hide all students but one (`only`), or the students outside some sections (None: hide none);
    former students included. Two queries."""
    if only is None and section_ids is None:
        return Redaction()
    people = session.scalars(
        select(Enrollment).where(Enrollment.course_id == course_id, Enrollment.role == "student")
    ).all()
    sections = section_ids or ()
    visible = {one.id for one in people if one.id == only or (only is None and one.section_id in sections)}
    hidden: set[str] = set()
    open_words: set[str] = set()
    for one in people:
        (open_words if one.id in visible else hidden).update(_names(one))
    for who, words in _load_handles(session, course_id):
        (open_words if who in visible else hidden).update(words)
    shared = "\n".join(open_words)
    return Redaction(
        applies=True,
        people=frozenset(one.id for one in people if one.id not in visible),
        words=frozenset(word for word in hidden if len(word) >= SHORTEST and word not in shared),
    )


def _names(one: Enrollment) -> Iterable[str]:
    for given in {one.given_name, one.preferred_name} - {""}:
        yield _plain(f"{given} {one.family_name}")
        yield _plain(f"{one.family_name}, {given}")
    yield _plain(one.family_name)
    yield _plain(one.email)


def _load_handles(session: Session, course_id: int) -> Iterable[tuple[int, list[str]]]:
    rows = session.execute(
        select(Handle.enrollment_id, Handle.key, Handle.shown)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .where(Enrollment.course_id == course_id, or_(Handle.key != "", Handle.shown != ""))
    )
    for who, key, shown in rows:
        yield who, [_plain(key), _plain(key.partition(":")[2]), _plain(shown)]


def _plain(text: str) -> str:
    """In lower case, one blank between words, an address without scheme and the slash at its end."""
    line = " ".join(text.casefold().split())
    for start in ("https://", "http://"):
        line = line.removeprefix(start)
    return line.removeprefix("www.").rstrip("/")
