"""The gradebook as a file to take away."""

from __future__ import annotations

import re

from flask import Blueprint, Response, g
from flask_login import current_user

from tracker import clock
from tracker.jobs.grades.export_gradebook import export_gradebook
from tracker.web import load

bp = Blueprint("gradebook", __name__)


@bp.route("/gradebook.csv")
def download() -> Response:
    now = clock.now()
    made = export_gradebook(g.course.id, by=current_user.id, now=now, section_ids=load.visible_section_ids())
    name = f"gradebook-{re.sub(r'[^a-z0-9-]+', '-', g.course.key)}-{now:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, mimetype="text/csv", headers=headers)
