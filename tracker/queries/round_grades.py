"""The grades of one assignment side by side: who can be accepted or released at once, what was."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from tracker.domain.record import GradeRecord
from tracker.grading.recording import say_grade, say_proposal


def digest_of(records: Mapping[int, GradeRecord]) -> str:
    """Stands for who (by enrollment) would be accepted or released with what: it differs when any does."""
    lines = sorted(f"{who} {_grade(one)}" for who, one in records.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _grade(record: GradeRecord) -> str:
    if record.grade is None:
        return say_proposal(record.proposal)
    return say_grade(record.grade.value, record.grade.satisfactory)
