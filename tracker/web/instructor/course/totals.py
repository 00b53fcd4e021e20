"""What the course makes of the grades of its assignments: a gate, means, and how the class stands by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from tracker.domain.errors import TrackerError
from tracker.domain.grouping import grouped
from tracker.extensions import db
from tracker.jobs.verdicts.totals import set_totals
from tracker.queries.coursework import load_assignments
from tracker.queries.verdicts.gradebook import load_gradebook, say_course_rule
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import ButtonForm

bp = Blueprint("totals", __name__, url_prefix="/totals")
# It bears on everybody.
bp.before_request(load.whole_course_or_404)
GROUPS = ("1", "2", "3")


@bp.get("")
def index() -> Page:
    return _page(_as_typed(g.course.settings.get("totals") or {}))


@bp.post("")
def save() -> Page:
    if not ButtonForm().validate():
        return _page(request.form, "This page was out of date. Check your changes and save again.", 422)
    try:
        document = _document(request.form, request.form.getlist("required"))
        set_totals(g.course.id, document or None, act())
    except TrackerError as exc:
        return _page(request.form, str(exc), 422)
    flash("Saved. The gradebook has a total." if document else "Saved. The course has no total.")
    return redirect(url_for(".index"))


def _page(typed: Mapping[str, str], says: str = "", status: int = 200) -> Page:
    gradebook = load_gradebook(db.session(), g.course.id)
    page = render_template(
        "instructor/course/totals.html",
        assignments=load_assignments(db.session(), g.course.id),
        groups=GROUPS,
        typed=typed,
        required=request.form.getlist("required") if status != 200 else typed.get("required", ()),
        rule=say_course_rule(db.session(), g.course.id),
        stands=Counter(line.total for line in gradebook.lines).most_common(12)
        if gradebook.total_rule is not None
        else (),
        says=says,
    )
    return page, status


def _document(typed: Mapping[str, str], required: list[str]) -> dict[str, Any]:
    """The settings' own form of what was chosen; empty when nothing was."""
    members = grouped(
        (group, name.removeprefix("group-"))
        for name, group in typed.items()
        if name.startswith("group-") and group in GROUPS
    )
    if not required and not members:
        return {}
    return {
        "required": required,
        "passed": typed.get("passed", "").strip(),
        "otherwise": typed.get("otherwise", "").strip() or "D",
        "decimals": _whole(typed.get("decimals", "1"), "Decimals"),
        "groups": [
            {
                "title": typed.get(f"title-{group}", "").strip() or f"Group {group}",
                "of": members[group],
                "weight": _whole(typed.get(f"weight-{group}", "1"), "Weight"),
                "drop": _whole(typed.get(f"drop-{group}", "0"), "Drop"),
            }
            for group in sorted(members)
        ],
    }


def _as_typed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form as the settings fill them in."""
    typed: dict[str, Any] = {
        "required": document.get("required", ()),
        "passed": document.get("passed", ""),
        "otherwise": document.get("otherwise", "D"),
        "decimals": str(document.get("decimals", 1)),
    }
    for number, group in zip(GROUPS, document.get("groups", ()), strict=False):
        best = group.get("best")
        typed[f"title-{number}"] = group.get("title", "")
        typed[f"weight-{number}"] = str(group.get("weight", 1))
        typed[f"drop-{number}"] = str(group.get("drop", 0) if best is None else len(group["of"]) - best)
        typed |= {f"group-{key}": number for key in group["of"]}
    return typed


def _whole(typed: str, what: str) -> int:
    try:
        return int(typed.strip() or "0")
    except ValueError:
        raise TrackerError(f"{what}: “{typed.strip()[:20]}” is not a whole number.") from None
