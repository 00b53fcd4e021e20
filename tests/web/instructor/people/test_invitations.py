"""Links that let people in: made by staff, shown once, used once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, post, sign_in, token_of
from tests.support.queries import counted_queries
from tracker import clock
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.people import invitations
from tracker.models import Course, Enrollment, User
from tracker.queries.people.people import find_by_sign_in

PAGE = f"/courses/{COURSE}/students/invitations"
NEW = "seven green kettles"
LINK = re.compile(r"http://localhost(/invitation/[\w-]+)")


def make_links(client: FlaskClient, **fields: object) -> list[str]:
    return LINK.findall(post(client, PAGE, **fields).text)


def use(client: FlaskClient, path: str, **fields: str) -> str:
    """Fill in the invitation; the text of the page it ends on."""
    data = {"csrf_token": token_of(client.get(path)), "password": NEW, "again": NEW, **fields}
    return client.post(path, data=data, follow_redirects=True).text


def test_a_printed_link_makes_an_account_and_signs_in(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    [link] = make_links(client, student=cast.invited_id)
    student = app.test_client()
    assert "EDT320, Fall 2026" in use(student, link, sign_in_name="robin.t")
    assert sign_in(app.test_client(), "Robin.T", NEW).status_code == 302
    with app.app_context():
        enrollment = db.session.get_one(Enrollment, cast.invited_id)
        assert enrollment.user is not None
        assert enrollment.user.sign_in_name == "robin.t"


def test_a_link_works_once(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    [link] = make_links(client, student=cast.invited_id)
    use(app.test_client(), link, sign_in_name="robin.t")
    answer = app.test_client().get(link)
    assert answer.status_code == 404
    assert "no longer works" in answer.text


def test_a_new_link_replaces_the_one_before(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    [first] = make_links(client, student=cast.invited_id)
    [second] = make_links(client, student=cast.invited_id)
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200


def test_links_name_the_configured_host_whatever_the_request_says(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    token = token_of(client.get(PAGE))
    answer = client.post(
        PAGE,
        data={"csrf_token": token, "student": cast.invited_id},
        headers={"X-Forwarded-Host": "elsewhere.example"},
    )
    assert LINK.search(answer.text)
    assert "elsewhere.example" not in answer.text


def test_an_assistant_invites_students_of_the_own_section_only(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        far = make.add_enrollment(course, name="Sunniva Holt", section=course.sections[1]).id
        db.session.commit()
    sign_in(client, cast.assistant)
    page = client.get(PAGE).text
    assert "Robin Tallis" in page
    assert "Sunniva Holt" not in page
    assert make_links(client, student=far) == []


def test_a_student_of_another_course_cannot_be_invited(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    assert make_links(client, student=cast.stranger_id) == []


def test_a_forgotten_password_is_replaced_by_a_link(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    [link] = make_links(client, forgotten=cast.student_id)
    use(app.test_client(), link)
    assert sign_in(app.test_client(), cast.student, NEW).status_code == 302
    assert sign_in(app.test_client(), cast.student).status_code == 422


def test_staff_of_one_course_cannot_choose_a_password_for_staff_of_another(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        teacher = find_by_sign_in(db.session(), cast.other_instructor)
        enrolled = make.add_enrollment(course, teacher).id
        db.session.commit()
    sign_in(client, cast.instructor)
    assert make_links(client, forgotten=enrolled) == []


def test_an_address_on_a_roster_does_not_open_the_account_behind_it(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    """Anybody who writes a roster can type an administrator's address."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        typed = make.add_enrollment(course, name="Otto Lund", email=cast.admin).id
        db.session.commit()
    sign_in(client, cast.instructor)
    [link] = make_links(client, student=typed)
    thief = app.test_client()
    data = {"csrf_token": token_of(thief.get(link)), "password": NEW, "again": NEW, "current": NEW}
    assert thief.post(link, data=data).status_code == 422
    assert sign_in(app.test_client(), cast.admin, NEW).status_code == 422
    owner = app.test_client()
    data = {"csrf_token": token_of(owner.get(link)), "current": make.PASSWORD}
    assert owner.post(link, data=data).status_code == 302
    assert sign_in(app.test_client(), cast.admin).status_code == 302
    with app.app_context():
        assert db.session.get_one(Enrollment, typed).user_id is not None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        pytest.param("kettles", "8 to 128 characters", id="too short"),
        pytest.param("k" * 129, "8 to 128 characters", id="too long"),
        pytest.param("Password123", "This password is too common", id="common"),
    ],
)
def test_a_bad_password_is_refused_and_the_link_stays_good(
    app: Flask, client: FlaskClient, cast: Cast, password: str, says: str
) -> None:
    with app.app_context():
        link = f"/invitation/{invitations.invite(cast.invited_id, Act(clock.now()))}"
    assert says in use(client, link, password=password, again=password, sign_in_name="robin.t")
    assert client.get(link).status_code == 200


def test_a_name_that_is_taken_is_refused(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        db.session.add(User(sign_in_name="robin.t", name="Another Robin", created_at=clock.now()))
        db.session.commit()
        link = f"/invitation/{invitations.invite(cast.invited_id, Act(clock.now()))}"
    assert "Choose another" in use(client, link, sign_in_name="Robin.T")


def test_nothing_ticked_makes_no_sheet(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    assert make_links(client) == []


def test_more_students_need_no_more_queries(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    client.get(PAGE)
    with app.app_context(), counted_queries() as few:
        client.get(PAGE)
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        for n in range(30):
            section = course.sections[n % 2]
            make.add_enrollment(course, name=f"Student {n}", section=section)
            make.add_enrollment(course, make.add_user(f"Signed Up {n}"), section=section)
        db.session.commit()
    with app.app_context(), counted_queries() as many:
        assert "Student 29" in client.get(PAGE).text
    assert len(many) == len(few)
