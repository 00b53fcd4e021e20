"""One instant is written one way on a page, by the course's locale: all pages, read off the map of routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.cast import Cast, sign_in
from tests.support.classroom import fill
from tests.web.test_access import Objects, address, objects_of, rules
from tracker import clock
from tracker.extensions import db
from tracker.models import Assignment, Course, Enrollment, RequirementException

NOTATIONS = {
    "en_US": re.compile(r"(?<![\d:])\d{1,2}:\d\d [AP]M\b"),
    "en_GB": re.compile(r"(?<![\d:])\d\d:\d\d(?![\d:]| [AP]M)"),
}


@pytest.fixture
def room(app: Flask, cast: Cast) -> Objects:
    """A classroom, and in it Noor with one of everything and an extension."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        fill(course, students=4, now=clock.now())
        objects = objects_of(course, db.session.get_one(Enrollment, cast.student_id))
        assignment = db.session.query(Assignment).filter_by(key=objects["key"]).one()
        db.session.add(
            RequirementException(
                assignment_id=assignment.id,
                enrollment_id=cast.student_id,
                kind="extension",
                due_at=clock.now() + timedelta(days=1),
                at=clock.now(),
            )
        )
        db.session.commit()
        return objects


def pages(app: Flask, client: FlaskClient, area: str, objects: Objects) -> Iterator[tuple[str, str]]:
    """(route, what a reader sees)."""
    for rule in rules(app, area):
        if "GET" in (rule.methods or ()):
            answer = client.get(address(app, rule, objects), follow_redirects=True)
            if answer.mimetype == "text/html":  # files are for programs, which read ISO 8601
                yield rule.endpoint, re.sub(r"<[^>]*>", " ", answer.text)


@pytest.mark.parametrize(("tag", "other"), [("en_US", "en_GB"), ("en_GB", "en_US")])
@pytest.mark.parametrize(("who", "area"), [("instructor", "instructor."), ("student", "student.")])
def test_every_page_follows_the_course_s_locale(
    app: Flask, client: FlaskClient, cast: Cast, room: Objects, who: str, area: str, tag: str, other: str
) -> None:
    with app.app_context():
        db.session.get_one(Course, cast.course_id).locale_tag = tag
        db.session.commit()
    sign_in(client, getattr(cast, who))
    seen = 0
    for page, text in pages(app, client, area, room):
        wrong = NOTATIONS[other].search(text)
        assert not wrong, f"{page}: {text[max(0, wrong.start() - 80) : wrong.end() + 20]}"
        seen += bool(NOTATIONS[tag].search(text))
    assert seen
