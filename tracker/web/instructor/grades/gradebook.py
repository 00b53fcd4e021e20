"""The gradebook as a file to take away.

Tested in tests/web/instructor/course/test_course.py.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, g

from tracker.jobs.grades.export_gradebook import export_gradebook
from tracker.web import load
from tracker.web.act import act

bp = Blueprint("gradebook", __name__)


@bp.route("/gradebook.csv")
def download() -> Response:
    export = act()
    made = export_gradebook(g.course.id, export, section_ids=load.visible_section_ids())
    name = f"gradebook-{re.sub(r'[^a-z0-9-]+', '-', g.course.key)}-{export.now:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, mimetype="text/csv", headers=headers)
