"""People who sign in: made, invited once, let in, and signed out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.people import accounts, invitations
from tracker.models import Course, Enrollment, Invitation, User

HASH = "a hash of a password"


def user(user_id: int) -> User:
    db.session.expire_all()
    return db.session.get_one(User, user_id)


def test_a_new_user_gets_a_link_of_which_only_the_hash_is_kept(context: Flask, now: datetime) -> None:
    made = accounts.create_user(" R.Achter@Harlan.example ", "R. Achter", Act(now))
    assert user(made.user_id).email == "r.achter@harlan.example"
    assert db.session.scalars(select(Invitation.token_hash)).one() == invitations.hash_token(made.token)


@pytest.mark.parametrize(
    ("email", "name"), [("no address", "A"), ("a b@c.example", "A"), ("a@b.example", " ")]
)
def test_a_user_needs_an_address_and_a_name(context: Flask, now: datetime, email: str, name: str) -> None:
    with pytest.raises(TrackerError):
        accounts.create_user(email, name, Act(now))


def test_an_address_belongs_to_one_user_in_any_case(context: Flask, now: datetime) -> None:
    accounts.create_user("a@harlan.example", "A", Act(now))
    with pytest.raises(ConflictError):
        accounts.create_user("A@Harlan.example", "B", Act(now))


def test_who_makes_a_course_teaches_it(context: Flask, now: datetime) -> None:
    made = accounts.create_user("a@harlan.example", "Ada Achter", Act(now))
    course_id = accounts.create_course(
        "EDT320", "EDT 320", Act(now, made.user_id), time_zone="America/Chicago"
    )
    enrollment = db.session.scalars(select(Enrollment)).one()
    assert (enrollment.course_id, enrollment.role, enrollment.family_name) == (
        course_id,
        "instructor",
        "Achter",
    )
    assert db.session.get_one(Course, course_id).key == "edt320"


@pytest.mark.parametrize(
    ("key", "zone"), [("edt 320", "UTC"), ("", "UTC"), ("a/b", "UTC"), ("edt320", "Mars/Base"), ("e", "../x")]
)
def test_a_course_needs_a_short_key_and_a_known_zone(
    context: Flask, now: datetime, key: str, zone: str
) -> None:
    with pytest.raises(TrackerError):
        accounts.create_course(key, "A course", Act(now), time_zone=zone)


@pytest.fixture
def student(context: Flask, now: datetime) -> int:
    [enrollment_id] = add_students(
        add_course(now), [RosterFileRow("s1", "Noor", "Haddad", email="Noor@Harlan.example")], SECRET, now
    )
    return enrollment_id


def test_an_invitation_shows_whom_it_is_for_and_lets_them_in_once(student: int, now: datetime) -> None:
    token = invitations.invite(student, Act(now))
    shown = invitations.read_invitation(db.session(), token, now)
    assert (shown.name, shown.course_name, shown.needs_sign_in_name) == (
        "Noor Haddad",
        "EDT 320, Fall 2026",
        False,
    )
    user_id = invitations.accept_invitation(token, HASH, now=now)
    assert user(user_id).email == "noor@harlan.example"
    assert db.session.get_one(Enrollment, student).user_id == user_id
    with pytest.raises(NotFoundError):
        invitations.accept_invitation(token, HASH, now=now)


def test_a_second_invitation_ends_the_first(student: int, now: datetime) -> None:
    first = invitations.invite(student, Act(now))
    invitations.invite(student, Act(now))
    with pytest.raises(NotFoundError):
        invitations.read_invitation(db.session(), first, now)


def test_an_invitation_runs_out_after_fourteen_days(student: int, now: datetime) -> None:
    token = invitations.invite(student, Act(now))
    invitations.read_invitation(
        db.session(), token, now + invitations.INVITATION_LASTS - timedelta(seconds=1)
    )
    with pytest.raises(NotFoundError):
        invitations.read_invitation(db.session(), token, now + invitations.INVITATION_LASTS)


def test_a_student_without_an_address_chooses_a_name_that_is_free(context: Flask, now: datetime) -> None:
    rows = [RosterFileRow("s1", "Noor", "Haddad"), RosterFileRow("s2", "Ida", "Vale")]
    noor, ida = add_students(add_course(now), rows, SECRET, now)
    token = invitations.invite(noor, Act(now))
    assert invitations.read_invitation(db.session(), token, now).needs_sign_in_name
    user_id = invitations.accept_invitation(token, HASH, now=now, sign_in_name=" Noor.H ")
    assert user(user_id).sign_in_name == "noor.h"
    with pytest.raises(ConflictError):
        invitations.accept_invitation(invitations.invite(ida, Act(now)), HASH, now=now, sign_in_name="NOOR.h")


def test_a_student_of_two_courses_is_one_user(student: int, now: datetime) -> None:
    first = invitations.accept_invitation(invitations.invite(student, Act(now)), HASH, now=now)
    rows = [RosterFileRow("x1", "Noor", "Haddad", email="noor@harlan.example")]
    [other] = add_students(add_course(now, key="edt999"), rows, SECRET, now)
    assert invitations.accept_invitation(invitations.invite(other, Act(now)), HASH, now=now) == first


def test_a_link_made_from_a_roster_never_opens_somebody_elses_account(context: Flask, now: datetime) -> None:
    made = accounts.create_user("admin@harlan.example", "Odalys Brandvold", Act(now), is_admin=True)
    invitations.accept_invitation(made.token, HASH, now=now)
    rows = [RosterFileRow("x1", "Odalys", "Brandvold", email="admin@harlan.example")]
    [planted] = add_students(add_course(now, key="edt666"), rows, SECRET, now)
    with pytest.raises(ConflictError):
        invitations.accept_invitation(invitations.invite(planted, Act(now)), "the attacker's", now=now)
    assert user(made.user_id).password_hash == HASH


def test_staff_cannot_offer_a_new_password_to_staff(context: Flask, now: datetime) -> None:
    made = accounts.create_user("a@harlan.example", "A", Act(now), is_admin=True)
    with pytest.raises(ConflictError):
        invitations.offer_new_password(made.user_id, Act(now, made.user_id))


def test_two_students_of_one_course_cannot_share_an_address(student: int, now: datetime) -> None:
    invitations.accept_invitation(invitations.invite(student, Act(now)), HASH, now=now)
    course_id = db.session.get_one(Enrollment, student).course_id
    rows = [RosterFileRow("s2", "Nora", "Haddad", email="noor@harlan.example")]
    [other] = add_students(course_id, rows, SECRET, now)
    with pytest.raises(ConflictError):
        invitations.accept_invitation(invitations.invite(other, Act(now)), HASH, now=now)


def test_a_new_password_signs_out_everywhere_else(context: Flask, now: datetime) -> None:
    made = accounts.create_user("a@harlan.example", "A", Act(now))
    before = user(made.user_id).session_version
    accounts.set_password(made.user_id, HASH, now=now)
    assert user(made.user_id).session_version == before + 1
    token = invitations.offer_new_password(made.user_id, Act(now))
    invitations.accept_invitation(token, "another", now=now)
    assert user(made.user_id).password_hash == "another"
    assert user(made.user_id).session_version == before + 2


def test_a_link_for_a_new_password_lasts_an_hour(context: Flask, now: datetime) -> None:
    made = accounts.create_user("a@harlan.example", "A", Act(now))
    invitations.accept_invitation(made.token, HASH, now=now)
    token = invitations.offer_new_password(made.user_id, Act(now))
    with pytest.raises(NotFoundError):
        invitations.accept_invitation(token, HASH, now=now + timedelta(hours=1))
