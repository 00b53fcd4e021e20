"""What the bar, the foot and the colors of every page need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from tracker import clock
from tracker.extensions import db
from tracker.queries.checks import load_last_run
from tracker.queries.polling.last_checked import say_last
from tracker.queries.standings import count_needs
from tracker.web import load

THEMES = ("system", "light", "dark")
ENTRIES = (
    ("course", "Course"),
    ("grid", "Grid"),
    ("review", "Review"),
    ("assignments", "Assignments"),
    ("blogs", "Blogs"),
    ("students", "Students"),
)
"""Subjects of the instructor's pages; each has a page `instructor.<subject>.index`."""
WITHIN = dict.fromkeys(
    ("conflicts", "spot_checks", "split_comments", "similar_text", "unknown_writers", "matching", "comments"),
    "review",
) | {
    "grade_student": "grid",
    "grade_round": "grid",
    "totals": "grid",
}
"""Subjects without an entry of their own, and the entry under which they are reached."""


@dataclass(frozen=True)
class NavEntry:
    label: str
    href: str
    current: bool
    count: int = 0


def register(app: Flask) -> None:
    app.context_processor(_everywhere)
    app.context_processor(_in_a_course)
    app.url_defaults(_stay_in_course)


def _everywhere() -> dict[str, Any]:
    theme = request.cookies.get("theme")
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return {"theme": theme if theme in THEMES else "system", "here": here}


def _in_a_course() -> dict[str, Any]:
    """`course` and `nav` for the pages of a course; for its staff also `whole_course`: whether this person
    sees every section, and so may change what concerns all. Nothing elsewhere."""
    if "course" not in g:
        return {}
    now = clock.now()
    nav: dict[str, Any] = {"zone_name": now.astimezone(g.course.zone).tzname()}
    if request.blueprints[-1:] == ["student"]:
        return {"course": g.course, "nav": {**nav, "home": url_for("student.status.index")}}
    entries = _entries()
    last_run = say_last(load_last_run(db.session()), now, g.course.locale)
    nav |= {"home": entries[0].href, "entries": entries, "last_run": last_run}
    return {"course": g.course, "nav": nav, "whole_course": load.visible_section_ids() is None}


def _entries() -> list[NavEntry]:
    subject_here = _subject()
    waiting = count_needs(db.session(), g.course.id, load.visible_section_ids())
    return [
        NavEntry(
            label,
            url_for(f"instructor.{subject}.index"),
            current=subject == subject_here,
            count=waiting if subject == "review" else 0,
        )
        for subject, label in ENTRIES
    ]


def _subject() -> str:
    """The entry whose page this is; "" outside the instructor's pages."""
    room, _, rest = (request.endpoint or "").partition(".")
    subject = rest.partition(".")[0] if room == "instructor" else ""
    return WITHIN.get(subject, subject)


def _stay_in_course(endpoint: str, values: dict[str, Any]) -> None:
    """Inside a course, addresses need not name it."""
    if "course" not in g or "course_key" in values or endpoint not in current_app.view_functions:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "course_key"):
        values["course_key"] = g.course.key
