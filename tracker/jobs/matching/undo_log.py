"""What a decision displaced: since when each verdict it changed had held, so that an undo gives back
the very verdict and not one like it that began to hold today.

Tested in tests/jobs/matching/test_learning.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.effects import Effects
from tracker.models import RequirementVerdict
from tracker.queries.verdicts.snapshot import mark


def list_displaced(effects: Effects) -> list[dict[str, Any]]:
    """The verdicts that were other ones before, as the log keeps them."""
    return [
        {
            "assignment_id": one.place[0],
            "enrollment_id": one.place[1],
            "requirement": one.place[2],
            "word": one.before.word,
            "as_of": one.before.as_of.isoformat(),
        }
        for one in effects.verdicts
        if one.before is not None
    ]


def put_back(session: Session, displaced: Iterable[Mapping[str, Any]]) -> None:
    """Verdicts that are again what they were before hold since then, not since today."""
    for one in displaced:
        place = {key: one[key] for key in ("assignment_id", "enrollment_id", "requirement")}
        row = session.scalars(select(RequirementVerdict).filter_by(**place)).first()
        if row is not None and mark(row) == one["word"]:
            row.as_of = datetime.fromisoformat(one["as_of"])
    session.flush()
