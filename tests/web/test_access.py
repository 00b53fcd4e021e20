"""Every page, every role: read off the map of routes, so that a page added tomorrow is swept too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support import factories as make
from tests.support.cast import COURSE, OTHER_COURSE, Cast, gather, sign_in, token_of
from tracker.extensions import db
from tracker.models import Course, Enrollment
from tracker.web import access

PUBLIC = {"static", "auth.sign_in", "auth.sign_out", "auth.invitation", "home.theme", "home.health"}

Objects = dict[str, Any]
"""Argument of a route -> an object that fits it."""


def objects_of(course: Course, student: Enrollment) -> Objects:
    """One of everything a page can be about: all of it this student's, in this course."""
    blog = make.add_blog()
    make.follow(course, blog)
    make.add_feed(blog)
    assignment = make.add_assignment(course, key=f"c4t-of-{student.id}")
    make.allocate(assignment, student, blog)
    comment = make.add_comment(make.add_post(blog))
    make.add_linkage(course, comment, student)
    for requirement in ("comment-1", "comment-2", "summary"):
        make.add_verdict(assignment, student, requirement, "not_found_yet")
    return {
        "course_key": course.key,
        "enrollment_id": student.id,
        "assignment_key": assignment.key,
        "key": assignment.key,
        "blog_id": blog.id,
        "comment_id": comment.id,
        "token": "no-such-token",
        "filename": "tokens.css",
        "rest": "c4t-1",
    }


PERSONAL = {"enrollment_id", "comment_id"}
"""Arguments that name something of one student, which not all staff of the course may see."""


@pytest.fixture
def world(app: Flask, cast: Cast) -> dict[str, Objects]:
    """The objects of Noor (section 1), of Bart (section 2) and of a student in the other course."""
    app.config["CHECK_FROM_PAGES"] = False  # every button is pressed here, and these blogs are nowhere
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        other = db.session.get_one(Course, cast.other_course_id)
        found = {
            "noor": objects_of(course, db.session.get_one(Enrollment, cast.student_id)),
            "bart": objects_of(course, db.session.get_one(Enrollment, cast.other_student_id)),
            "stranger": objects_of(other, db.session.get_one(Enrollment, cast.stranger_id)),
        }
        db.session.commit()
    return found


def rules(app: Flask, area: str = "") -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(area)]


def address(app: Flask, rule: Rule, objects: Objects) -> str:
    missing = rule.arguments - objects.keys()
    assert not missing, f"{rule}: the sweep has no object for {missing}; add one to objects_of"
    values = {name: objects[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def requests(
    app: Flask, client: FlaskClient, area: str, objects: Objects, *, about: set[str] | None = None
) -> Iterator[tuple[str, TestResponse]]:
    """Ask for every page of an area by every method, with a good token; about some arguments only
    when `about` says so."""
    token = token_of(client.get("/courses", follow_redirects=True))
    for rule in rules(app, area):
        if about is not None and not rule.arguments & about:
            continue
        url = address(app, rule, objects)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            data = {"csrf_token": token} if method == "POST" else None
            with client.open(url, method=method, data=data) as answer:
                yield f"{method} {url}", answer


def test_only_these_pages_are_open_to_everybody(app: Flask) -> None:
    found = {
        rule.endpoint for rule in rules(app) if access.access_of(app, rule.endpoint) is access.Access.PUBLIC
    }
    assert found == PUBLIC


def test_signed_out_every_other_page_leads_to_the_sign_in(
    app: Flask, client: FlaskClient, world: dict[str, Objects]
) -> None:
    asked = 0
    for rule in rules(app):
        if rule.endpoint in PUBLIC:
            continue
        for what, answer in requests(app, client, rule.endpoint, world["noor"]):
            assert answer.status_code == 302, what
            assert answer.headers["Location"].startswith("/sign-in"), what
            asked += 1
    assert asked > 10


def test_without_a_token_no_page_can_be_posted_to(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects]
) -> None:
    sign_in(client, cast.instructor)
    for rule in rules(app):
        if "POST" in (rule.methods or ()):
            answer = client.post(address(app, rule, world["noor"]))
            assert answer.status_code == 400, rule
            assert "out of date" in answer.text, rule


def test_staff_open_every_page_of_their_course(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects]
) -> None:
    sign_in(client, cast.instructor)
    for what, answer in requests(app, client, "instructor.", world["noor"]):
        if what.startswith("GET"):
            assert answer.status_code == 200, what


def test_a_student_opens_every_own_page(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects]
) -> None:
    sign_in(client, cast.student)
    for what, answer in requests(app, client, "student.", world["noor"]):
        if what.startswith("GET"):
            assert answer.status_code == 200, what


@pytest.mark.parametrize("who", ["other_instructor", "student", "other_student", "outsider"])
def test_pages_for_staff_do_not_exist_for_others(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects], who: str
) -> None:
    sign_in(client, getattr(cast, who))
    for what, answer in requests(app, client, "instructor.", world["noor"]):
        assert answer.status_code == 404, what


@pytest.mark.parametrize("who", ["instructor", "assistant", "admin", "other_instructor", "outsider"])
def test_pages_for_a_student_do_not_exist_for_others(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects], who: str
) -> None:
    sign_in(client, getattr(cast, who))
    for what, answer in requests(app, client, "student.", world["noor"]):
        assert answer.status_code == 404, what


@pytest.mark.parametrize("who", ["instructor", "assistant", "admin"])
def test_objects_of_another_course_do_not_exist_in_this_one(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects], who: str
) -> None:
    """One foreign object at a time: the others on the address are the course's own."""
    sign_in(client, getattr(cast, who))
    for name in world["noor"].keys() - {"course_key", "token", "filename"}:
        objects = {**world["noor"], name: world["stranger"][name]}
        for what, answer in requests(app, client, "instructor.", objects, about={name}):
            assert answer.status_code == 404, what


def test_an_assistant_sees_students_of_the_own_section_only(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects]
) -> None:
    sign_in(client, cast.assistant)
    for name in PERSONAL:
        objects = {**world["noor"], name: world["bart"][name]}
        for what, answer in requests(app, client, "instructor.", objects, about={name}):
            assert answer.status_code == 404, what
    for what, answer in requests(app, client, "instructor.", world["noor"], about=PERSONAL):
        if what.startswith("GET"):
            assert answer.status_code == 200, what


def test_a_student_cannot_reach_what_is_another_students(
    app: Flask, client: FlaskClient, cast: Cast, world: dict[str, Objects]
) -> None:
    sign_in(client, cast.student)
    for name in world["noor"].keys() - {"course_key", "token", "filename"}:
        objects = {**world["noor"], name: world["bart"][name]}
        for what, answer in requests(app, client, "student.", objects, about={name}):
            assert answer.status_code == 404, what


def test_whoever_was_dropped_is_out_at_the_next_request(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.student)
    assert client.get(f"/courses/{COURSE}/me/").status_code == 200
    with app.app_context():
        db.session.get_one(Enrollment, cast.student_id).is_active = False
        db.session.commit()
    assert client.get(f"/courses/{COURSE}/me/").status_code == 404


def test_the_other_course_is_not_in_the_list_of_courses(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    page = client.get("/courses").text
    assert COURSE.upper() in page
    assert OTHER_COURSE.upper() not in page


def test_a_page_that_names_no_access_stops_the_program_from_starting() -> None:
    app = Flask("forgetful")
    app.add_url_rule("/open", "open", lambda: Response("hello"))
    with pytest.raises(RuntimeError, match="open"):
        access.register(app)


def test_a_page_added_after_the_start_is_open_to_nobody(own_app: Flask) -> None:
    own_app.add_url_rule("/late", "late", lambda: Response("hello"))
    client = own_app.test_client()
    with own_app.app_context():
        cast = gather()
    assert client.get("/late").status_code == 302
    sign_in(client, cast.admin)
    assert client.get("/late").status_code == 404
