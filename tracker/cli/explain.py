"""Why isn't this comment here? The answer of the blog's page on the command line: explain."""

from __future__ import annotations

from dataclasses import asdict

import click

from tracker import clock
from tracker.cli.group import Output, course_id_of, json_option, tracker
from tracker.domain.missing_comment import Finding
from tracker.extensions import db
from tracker.models import Course
from tracker.queries.blogs.explain import Explanation
from tracker.queries.blogs.missing_comment import explain_link
from tracker.queries.polling.poll_inputs import load_open_courses

NOWHERE = (Finding.NOT_FOLLOWED, Finding.NOT_AN_ADDRESS)


@tracker.command("explain")
@click.argument("url")
@click.option("--course", "course_key", metavar="C", help="The course's key (default: every open course).")
@json_option
def explain_command(url: str, course_key: str | None, out: Output) -> None:
    """Show what we know about a comment's or post's link, and why it may not be here. Fetches nothing."""
    found = _explain_in(url, course_key)
    out.write([{"course": key, **asdict(explanation)} for key, explanation in found])
    for key, explanation in found:
        if len(found) > 1:
            out.say(f"{key}:")
        out.say(explanation.says)
        for fact in explanation.facts:
            out.say(f"  {fact}")
        for todo in explanation.todo:
            out.say(f"  -> {todo}")


def _explain_in(url: str, course_key: str | None) -> list[tuple[str, Explanation]]:
    """The answer of the course, or of every open course that knows the blog; one answer if none does."""
    session, now = db.session(), clock.now()
    ids = load_open_courses(session) if course_key is None else [course_id_of(course_key)]
    found = [
        (session.get_one(Course, course_id).key, explain_link(session, course_id, url, now=now))
        for course_id in ids
    ]
    known = [one for one in found if one[1].answer not in NOWHERE]
    if not found:
        raise click.UsageError("There are no courses yet.")
    return known or found[:1]
