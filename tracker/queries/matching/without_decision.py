"""What a course would know had one decision not been made: for who thinks of deciding otherwise.

Tested in tests/queries/review/test_preview_decision.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.linkage import DecisionKind
from tracker.domain.roster import Denial, Enrollee, HandleKind, HandleOrigin
from tracker.models import Comment, LinkageDecision
from tracker.queries.matching import decisions
from tracker.queries.matching.decisions import TaughtByAccept
from tracker.queries.matching.match_inputs import CourseRoster, load_standing_decisions

Taught = tuple[str, str, int | None, int | None]
"""What a decision teaches: kind, key, blog and student."""


def forget(
    session: Session, base: CourseRoster, learned: list[TaughtByAccept], standing: LinkageDecision | None
) -> tuple[CourseRoster, list[TaughtByAccept]]:
    """The base without what this decision alone taught, and what automatic answers taught without what
    may rest on that."""
    if standing is None or not standing.taught:
        return base, learned
    others = [
        row for row in load_standing_decisions(session, base.course_id).values() if row.id != standing.id
    ]
    refusals = decisions.load_standing(session, base.course_id, (DecisionKind.REJECT,))
    blog_id = _blog_of(session, standing)
    gone = _taught(standing, blog_id) - {
        one for row in (*others, *refusals) for one in _taught(row, _blog_of(session, row))
    }
    known = replace(
        base,
        enrollees=tuple(_without_handles(one, gone) for one in base.enrollees),
        denials=tuple(_without_denials(base.denials, gone)),
        uses=tuple(
            use for use in base.uses if (use.kind.value, use.key, None, use.enrollment_id) not in gone
        ),
    )
    return known, [one for one in learned if (one.kind, one.key, None, one.enrollment_id) not in gone]


def _blog_of(session: Session, row: LinkageDecision) -> int | None:
    """The blog of a decision's comment, where it taught a name there."""
    if not any((one.get("handle") or one.get("denial")) == HandleKind.NAME for one in row.taught):
        return None
    comment = session.get(Comment, row.comment_id) if row.comment_id is not None else None
    return comment.blog_id if comment else None


def _taught(row: LinkageDecision, blog_id: int | None) -> set[Taught]:
    return {_place(one, row.enrollment_id, blog_id) for one in row.taught}


def _place(one: dict[str, Any], who: int | None, blog_id: int | None) -> Taught:
    kind = one.get("handle") or one.get("denial") or one.get("used") or ""
    return kind, one["key"], blog_id if kind == HandleKind.NAME else None, who


def _without_handles(enrollee: Enrollee, gone: Collection[Taught]) -> Enrollee:
    who = enrollee.enrollment_id
    handles = tuple(
        one
        for one in enrollee.handles
        if one.origin is not HandleOrigin.DECISION or (one.kind.value, one.key, one.blog_id, who) not in gone
    )
    return enrollee if len(handles) == len(enrollee.handles) else replace(enrollee, handles=handles)


def _without_denials(denials: Iterable[Denial], gone: Collection[Taught]) -> Iterable[Denial]:
    return (one for one in denials if (one.kind.value, one.key, one.blog_id, one.enrollment_id) not in gone)
