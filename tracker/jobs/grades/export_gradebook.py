"""Hand the gradebook out as a file, and note who took it.

Tested in tests/jobs/verdicts/test_totals.py.
"""

from __future__ import annotations

from collections.abc import Collection

from tracker.domain.act import Act
from tracker.exports.gradebook_csv import GradebookRow, gradebook_csv
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.queries.verdicts.gradebook import load_gradebook


def export_gradebook(course_id: int, act: Act, *, section_ids: Collection[int] | None = None) -> bytes:
    """The CSV file's bytes: every active student of these sections (None: of the course).

    Grades leave the program with it, so the audit log says who took them, when and how many.
    """
    with write_transaction(preview=act.preview) as session:
        gradebook = load_gradebook(session, course_id, section_ids)
        rows = [
            GradebookRow(
                family=line.student.family,
                given=line.student.given,
                external_id=line.student.external_id,
                section=line.student.section,
                grades=line.grades,
                total=None if gradebook.total_rule is None else line.total,
            )
            for line in gradebook.lines
        ]
        made = gradebook_csv(rows, gradebook.assignments)
        counts = {"students": len(rows), "assignments": len(gradebook.assignments)}
        record(session, act, "gradebook-exported", "course", course_id, course_id=course_id, after=counts)
    return made
