"""Addresses that pages had once: a reader who kept one is sent on to where the page is now."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from tracker.web.access import signed_in

bp = Blueprint("moved", __name__, url_prefix="/courses/<course_key>")

PAGES = {
    "settle": "grades",
    "parts": "review/split-comments",
    "sample": "review/spot-checks",
    "review/alike": "review/similar-text",
    "give-blogs": "assigned-blogs",
}
"""How the address of a page began below its course, and how it begins now."""


@signed_in
def send_on(course_key: str, rest: str = "") -> Response:
    """Only what is read can be sent on; a form that was open before an upgrade is loaded again."""
    old = request.endpoint.rpartition(".")[2] if request.endpoint else ""
    path = "/".join(filter(None, (PAGES[old], rest)))
    query = request.query_string.decode()
    course = url_for("instructor.course.index", course_key=course_key)
    return redirect(f"{course}{path}{'?' * bool(query)}{query}", 301)


for page in PAGES:
    bp.add_url_rule(f"/{page}", endpoint=page, view_func=send_on)
    bp.add_url_rule(f"/{page}/<path:rest>", endpoint=page, view_func=send_on)
