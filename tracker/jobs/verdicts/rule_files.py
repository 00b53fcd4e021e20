"""A rule as a file: out of an assignment, and into one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import FileError, NotFoundError
from tracker.exports.tables import decode
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.jobs.keys import read_key
from tracker.jobs.transaction import read_transaction
from tracker.jobs.verdicts.terms import PutReport, put_terms
from tracker.queries.coursework import load_assignments
from tracker.queries.verdicts.preview_rule import RulePreview, preview_rule


@dataclass(frozen=True)
class ReadRule:
    """A rule that was read from a file, and what it would change. `seen_version`: of the assignment
    of this key, 0 where there is none."""

    key: str
    preview: RulePreview
    seen_version: int


def parse_rule_file(content: bytes, name: str) -> object:
    """The JSON of a file. FileError says why it is none."""
    try:
        return json.loads(decode(content))
    except (json.JSONDecodeError, RecursionError) as exc:
        raise FileError(f"{name} is no JSON: {exc}") from exc


def read_rule_file(course_id: int, key: str, document: object, now: datetime) -> ReadRule:
    """Read a rule's document and preview it on the class. TrackerError says what cannot be read, and where."""
    key = read_key(key, whose="An assignment", such_as="c4t-2")
    if not isinstance(document, dict):
        raise FileError("A rule is a JSON object, as export-assignment writes it.")
    terms = replace(terms_from_document(document), version=1)
    with read_transaction() as session:
        rows = load_assignments(session, course_id, key)
        preview = preview_rule(session, course_id, key if rows else None, terms, now)
    return ReadRule(key, preview, rows[0].version if rows else 0)


def import_rule(course_id: int, read: ReadRule, act: Act) -> PutReport:
    """Put a rule that was read in force. The same rule again makes no new version."""
    return put_terms(course_id, read.key, read.preview.terms, replace(act, seen=read.seen_version))


def export_rule(session: Session, course_id: int, key: str) -> dict[str, Any]:
    """The document of the rule in force, without its number: that is counted where it is put in force."""
    rows = load_assignments(session, course_id, key)
    if not rows:
        raise NotFoundError(f"There is no assignment {key} in this course.")
    return terms_to_document(replace(terms_from_document(rows[0].document), version=1))
