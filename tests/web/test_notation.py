"""One instant is written one way on a page, by the course's locale."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.cast import COURSE, Cast, sign_in
from tests.support.classroom import fill
from tracker import clock
from tracker.extensions import db
from tracker.models import Course

TWELVE_HOURS = re.compile(r"\b\d{1,2}:\d\d [AP]M\b")
TWENTY_FOUR_HOURS = re.compile(r"\b\d\d:\d\d\b(?! [AP]M)")


@pytest.mark.parametrize(
    ("tag", "shown", "hidden"),
    [("en_US", TWELVE_HOURS, TWENTY_FOUR_HOURS), ("en_GB", TWENTY_FOUR_HOURS, TWELVE_HOURS)],
)
def test_the_course_page_follows_the_course_s_locale(
    app: Flask, client: FlaskClient, cast: Cast, tag: str, shown: re.Pattern[str], hidden: re.Pattern[str]
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        course.locale_tag = tag
        fill(course, students=2, now=clock.now())
    sign_in(client, cast.instructor)
    page = client.get(f"/courses/{COURSE}/").text
    assert shown.search(page)
    assert not hidden.search(page)
