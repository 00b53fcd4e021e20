"""What a decision displaced: since when each verdict it changed had held, so that an undo gives back
the very verdict and not one like it that began to hold today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Assignment, RequirementVerdict

Place = tuple[int, int, str]
"""Assignment, enrollment, requirement."""


@dataclass(frozen=True, slots=True)
class Held:
    """A verdict in short, and the instant from which it held."""

    word: str
    as_of: datetime


def note_verdicts(session: Session, course_id: int) -> dict[Place, Held]:
    """Every verdict of a course as it is now."""
    return {place: Held(_word(row), row.as_of) for place, row in _load(session, course_id).items()}


def tell_displaced(session: Session, course_id: int, before: Mapping[Place, Held]) -> list[dict[str, Any]]:
    """The verdicts that are not what they were before, as the log keeps them."""
    now = note_verdicts(session, course_id)
    return [
        {
            "assignment_id": place[0],
            "enrollment_id": place[1],
            "requirement": place[2],
            "word": held.word,
            "as_of": held.as_of.isoformat(),
        }
        for place, held in sorted(before.items())
        if now.get(place) != held
    ]


def put_back(session: Session, displaced: Iterable[Mapping[str, Any]]) -> None:
    """Verdicts that are again what they were before hold since then, not since today."""
    for one in displaced:
        row = session.scalars(
            select(RequirementVerdict).where(
                RequirementVerdict.assignment_id == one["assignment_id"],
                RequirementVerdict.enrollment_id == one["enrollment_id"],
                RequirementVerdict.requirement == one["requirement"],
            )
        ).first()
        if row is not None and _word(row) == one["word"]:
            row.as_of = datetime.fromisoformat(one["as_of"])
    session.flush()


def _load(session: Session, course_id: int) -> dict[Place, RequirementVerdict]:
    rows = session.scalars(
        select(RequirementVerdict)
        .join(Assignment, Assignment.id == RequirementVerdict.assignment_id)
        .where(Assignment.course_id == course_id)
    )
    return {(row.assignment_id, row.enrollment_id, row.requirement): row for row in rows}


def _word(row: RequirementVerdict) -> str:
    """A short word for everything a verdict says but since when."""
    said = [row.state, row.reason, row.says, row.evidence, row.clock, row.comment_id, row.post_id]
    text = json.dumps([*said, row.due_at.isoformat(), row.terms_version, row.rules_version], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
