"""The sentences of stored verdicts, as staff read them."""

from __future__ import annotations

from tracker.extensions import db
from tracker.models import Assignment, RequirementVerdict
from tracker.queries.phrasing import load_phrasing
from tracker.wording.sentences import Phrasing
from tracker.wording.verdicts import say_clock, say_verdict


def sentence_of(row: RequirementVerdict) -> str:
    return say_verdict(row.as_verdict(), _phrasing(row))


def clock_of(row: RequirementVerdict) -> str:
    return say_clock(row.as_verdict(), _phrasing(row))


def _phrasing(row: RequirementVerdict) -> Phrasing:
    course = db.session.get_one(Assignment, row.assignment_id).course
    return load_phrasing(db.session(), course, [row.as_verdict()])
