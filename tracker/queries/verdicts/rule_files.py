"""A rule as a document that files hold: out of an assignment, and read with a preview of what it changes.

Tested in tests/web/instructor/assignments/test_assignments.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import FileError
from tracker.domain.keys import read_key
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.queries.coursework import load_assignment, load_assignments
from tracker.queries.verdicts.preview_rule import RulePreview, preview_rule


@dataclass(frozen=True)
class ReadRule:
    """A rule that was read from a file, and what it would change. `seen_version`: of the assignment
    of this key, 0 where there is none."""

    key: str
    preview: RulePreview
    seen_version: int


def read_rule(session: Session, course_id: int, key: str, document: object, now: datetime) -> ReadRule:
    """Read a rule's document and preview it on the class. TrackerError says where it cannot be read."""
    key = read_key(key, whose="An assignment", such_as="c4t-2")
    terms = read_terms(document)
    rows = load_assignments(session, course_id, key)
    preview = preview_rule(session, course_id, key if rows else None, terms, now)
    return ReadRule(key, preview, rows[0].version if rows else 0)


def read_terms(document: object) -> AssignmentTerms:
    """The terms of a rule's document; its number counts for nothing, it is given where it is put in force."""
    if not isinstance(document, dict):
        raise FileError("A rule is a JSON object, as export-assignment writes it.")
    return replace(terms_from_document(document), version=1)


def export_rule(session: Session, course_id: int, key: str) -> dict[str, Any]:
    """The document of the rule in force, without its number."""
    return terms_to_document(replace(load_assignment(session, course_id, key).terms, version=1))
