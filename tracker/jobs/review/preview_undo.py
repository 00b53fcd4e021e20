"""What taking a decision back would change, told before it is done; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.domain.act import Act
from tracker.jobs.review.decisions import undo_in
from tracker.jobs.transaction import write_transaction
from tracker.models import LinkageDecision
from tracker.queries.matching.decisions import GoingBack, load_answers


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """`changes` has the comment itself first; `forgets` says what was learnt, as it is shown;
    `verdicts` requirements would stand otherwise."""

    changes: tuple[GoingBack, ...]
    forgets: tuple[str, ...]
    verdicts: int


def preview_undo(decision: LinkageDecision, now: datetime) -> UndoPreview:
    """Take it back as `review.undo` does, look at what came of it, and leave everything as it was."""
    course_id, comment_id, decision_id = decision.course_id, decision.comment_id, decision.id
    with write_transaction(preview=True) as session:
        decision = session.get_one(LinkageDecision, decision_id)
        forgets = tuple(one.get("shown") or one["key"] for one in decision.taught if "handle" in one)
        before = load_answers(session, course_id)
        report = undo_in(session, decision, Act(now))
        after = load_answers(session, course_id)
        undoing = session.get_one(LinkageDecision, report.decision_id)
        verdicts = len(undoing.displaced or ())
    changed = [
        GoingBack(number, before[number], answer)
        for number, answer in after.items()
        if number in before and before[number] != answer
    ]
    changed.sort(key=lambda one: (one.comment_id != comment_id, -one.comment_id))
    return UndoPreview(tuple(changed), forgets, verdicts)
