"""Staff come and go, accounts are closed and opened, and those who cannot be done without stay."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.databases import SECRET
from tests.support.dump import dump
from tests.support.term import add_course, add_students
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.people import accounts, invitations
from tracker.jobs.people.staff import add_staff, disable_user, remove_staff
from tracker.models import AuditEntry, Course, Enrollment, Section, SectionStaff, User
from tracker.queries.permissions import STAFF_ROLES, find_enrollment, sections_of_staff

RASK, OYE, ADMIN = "t.rask@harlan.example", "n.oye@harlan.example", "root@harlan.example"


@pytest.fixture
def course_id(context: Flask, now: datetime) -> int:
    """A course with two sections that Tia Rask teaches; Ngozi Oye and an administrator have accounts."""
    made = add_course(now)
    for name in ("1", "2", "Abend"):
        db.session.add(Section(course_id=made, name=name))
    db.session.commit()
    for email, name in ((RASK, "Tia Rask"), (OYE, "Ngozi Oye"), (ADMIN, "Root")):
        user = accounts.create_user(email, name, Act(now), is_admin=email == ADMIN)
        invitations.accept_invitation(user.token, f"hash of {email}", now=now)
    add_staff(made, RASK, "instructor", Act(now))
    return made


def user_of(email: str) -> User:
    db.session.expire_all()
    return db.session.scalars(select(User).where(User.email == email)).one()


def role_of(course_id: int, email: str) -> str | None:
    found = find_enrollment(db.session(), course_id, user_of(email).id, STAFF_ROLES)
    return found.role if found else None


def sections_of(enrollment_id: int) -> list[str]:
    db.session.rollback()
    held = sections_of_staff(db.session(), enrollment_id) or ()
    return sorted(db.session.get_one(Section, one).name for one in held)


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_sections_are_those_that_were_said_last(course_id: int, now: datetime) -> None:
    first = add_staff(course_id, OYE, "assistant", Act(now), sections=["1", "2"])
    assert sections_of(first) == ["1", "2"]
    assert add_staff(course_id, OYE.upper(), "assistant", Act(now), sections=["Abend"]) == first
    assert sections_of(first) == ["Abend"]
    add_staff(course_id, OYE, "assistant", Act(now), sections=["Abend", "Abend"])
    assert sections_of(first) == ["Abend"]
    with pytest.raises(NotFoundError, match="no section '9'"):
        add_staff(course_id, OYE, "assistant", Act(now), sections=["9"])
    assert sections_of(first) == ["Abend"]
    add_staff(course_id, OYE, "assistant", Act(now))
    assert sections_of(first) == []


def test_an_instructor_is_kept_to_no_section(course_id: int, now: datetime) -> None:
    with pytest.raises(TrackerError, match="whole course"):
        add_staff(course_id, OYE, "instructor", Act(now), sections=["1"])
    enrollment = add_staff(course_id, OYE, "assistant", Act(now), sections=["1"])
    add_staff(course_id, OYE, "instructor", Act(now))
    assert sections_of(enrollment) == []


def test_removed_staff_are_out_and_come_back_by_being_added(course_id: int, now: datetime) -> None:
    enrollment = add_staff(course_id, OYE, "assistant", Act(now), sections=["1"])
    token = invitations.invite(enrollment, Act(now))
    remove_staff(course_id, OYE, Act(now))
    assert role_of(course_id, OYE) is None
    assert not db.session.scalars(select(SectionStaff)).all()
    with pytest.raises(NotFoundError):
        invitations.read_invitation(db.session(), token, now)
    with pytest.raises(NotFoundError, match="not on the staff"):
        remove_staff(course_id, OYE, Act(now))
    assert add_staff(course_id, OYE, "assistant", Act(now)) == enrollment
    assert role_of(course_id, OYE) == "assistant"
    assert sections_of(enrollment) == []
    assert acts()[-3:] == ["invite", "remove-staff", "add-staff"]


def test_a_student_is_no_staff_to_be_removed(course_id: int, now: datetime) -> None:
    rows = [RosterFileRow("s1", "Noor", "Haddad", email="noor@harlan.example")]
    [enrollment] = add_students(course_id, rows, SECRET, now)
    invitations.accept_invitation(invitations.invite(enrollment, Act(now)), "hash", now=now)
    with pytest.raises(NotFoundError, match="not on the staff"):
        remove_staff(course_id, "noor@harlan.example", Act(now))
    assert db.session.get_one(Enrollment, enrollment).is_active


def test_the_last_instructor_of_a_course_stays(course_id: int, now: datetime) -> None:
    add_staff(course_id, OYE, "assistant", Act(now))
    before = dump()
    with pytest.raises(ConflictError, match=r"last instructor of edt320\b"):
        remove_staff(course_id, RASK, Act(now))
    with pytest.raises(ConflictError, match="last instructor of edt320"):
        add_staff(course_id, RASK, "assistant", Act(now))
    with pytest.raises(ConflictError, match="last instructor of edt320"):
        disable_user(RASK, Act(now))
    assert dump() == before
    add_staff(course_id, OYE, "instructor", Act(now))
    remove_staff(course_id, RASK, Act(now))
    assert (role_of(course_id, RASK), role_of(course_id, OYE)) == (None, "instructor")


def test_an_instructor_whose_account_is_closed_is_nobody_to_stay(course_id: int, now: datetime) -> None:
    add_staff(course_id, OYE, "instructor", Act(now))
    disable_user(OYE, Act(now))
    with pytest.raises(ConflictError, match="last instructor of edt320"):
        remove_staff(course_id, RASK, Act(now))


def test_every_course_that_would_be_left_alone_is_named(course_id: int, now: datetime) -> None:
    other, third = add_course(now, key="zoo101"), add_course(now, key="art200")
    for one in (other, third):
        add_staff(one, RASK, "instructor", Act(now))
    add_staff(third, OYE, "instructor", Act(now))
    with pytest.raises(ConflictError, match=r"of edt320, zoo101\. Add another one first"):
        disable_user(RASK, Act(now))


def test_the_last_administrator_stays(course_id: int, now: datetime) -> None:
    before = dump()
    with pytest.raises(ConflictError, match="last administrator"):
        disable_user(ADMIN, Act(now))
    assert dump() == before
    accounts.create_user("deputy@harlan.example", "Deputy", Act(now), is_admin=True)
    assert disable_user(ADMIN, Act(now)).changed
    with pytest.raises(ConflictError, match="last administrator"):
        disable_user("deputy@harlan.example", Act(now))


def test_two_at_once_do_not_remove_the_last_two(course_id: int, context: Flask, now: datetime) -> None:
    add_staff(course_id, OYE, "instructor", Act(now))
    ended: list[str] = []
    gate = threading.Barrier(2)

    def remove(email: str) -> None:
        with context.app_context():
            gate.wait()
            try:
                remove_staff(course_id, email, Act(now))
                ended.append("removed")
            except ConflictError:
                ended.append("stays")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=remove, args=(email,)) for email in (RASK, OYE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["removed", "stays"]
    assert sorted(filter(None, (role_of(course_id, RASK), role_of(course_id, OYE)))) == ["instructor"]


def test_closed_account_is_out_and_only_what_is_new_works_when_it_is_opened(
    course_id: int, now: datetime
) -> None:
    link = invitations.offer_new_password(user_of(OYE).id, Act(now))
    session_before = user_of(OYE).get_id()
    assert disable_user(OYE, Act(now)).changed
    assert user_of(OYE).is_disabled
    assert not disable_user(OYE, Act(now)).changed
    with pytest.raises(ConflictError, match="disabled"):
        invitations.make_new_link(OYE, Act(now))
    assert disable_user(OYE, Act(now), undo=True).changed
    assert not disable_user(OYE, Act(now), undo=True).changed
    assert not user_of(OYE).is_disabled
    assert user_of(OYE).get_id() != session_before
    with pytest.raises(NotFoundError):
        invitations.read_invitation(db.session(), link, now)
    assert acts()[-2:] == ["disable-user", "enable-user"]


@pytest.mark.parametrize("email", [RASK, ADMIN, OYE])
def test_new_link_is_for_anybody_and_ends_the_one_before(course_id: int, now: datetime, email: str) -> None:
    first = invitations.make_new_link(email.upper(), Act(now))
    second = invitations.make_new_link(email, Act(now))
    assert (second.lasts, second.course) == (timedelta(hours=1), "")
    with pytest.raises(NotFoundError):
        invitations.accept_invitation(first.token, "lost", now=now)
    invitations.accept_invitation(second.token, "chosen anew", now=now)
    assert user_of(email).password_hash == "chosen anew"
    assert acts()[-1] == "choose-password"


def test_first_password_may_be_chosen_for_14_days_again(course_id: int, now: datetime) -> None:
    accounts.create_user("late@harlan.example", "Late", Act(now), is_admin=True)
    later = now + timedelta(days=30)
    made = invitations.make_new_link("late@harlan.example", Act(later))
    assert made.lasts == timedelta(days=14)
    invitations.accept_invitation(made.token, "chosen", now=later + timedelta(days=13))
    assert user_of("late@harlan.example").password_hash == "chosen"


def test_a_person_who_is_only_on_a_roster_gets_a_link_to_join(course_id: int, now: datetime) -> None:
    rows = [RosterFileRow("s1", "Noor", "Haddad", email="Noor@Harlan.example")]
    [enrollment] = add_students(course_id, rows, SECRET, now)
    made = invitations.make_new_link("noor@harlan.example", Act(now))
    assert made.course == db.session.get_one(Course, course_id).key
    invitations.accept_invitation(made.token, "chosen", now=now)
    assert db.session.get_one(Enrollment, enrollment).user_id == user_of("noor@harlan.example").id


def test_a_student_without_an_address_is_named_by_what_she_signs_in_with(
    course_id: int, now: datetime
) -> None:
    [enrollment] = add_students(course_id, [RosterFileRow("s2", "Ida", "Vale")], SECRET, now)
    token = invitations.invite(enrollment, Act(now))
    user_id = invitations.accept_invitation(token, "first", now=now, sign_in_name="ida.v")
    made = invitations.make_new_link("Ida.V", Act(now))
    assert invitations.accept_invitation(made.token, "second", now=now) == user_id


def test_a_link_for_nobody_is_refused(course_id: int, now: datetime) -> None:
    with pytest.raises(NotFoundError, match=r"no user who@harlan\.example, and nobody on a roster"):
        invitations.make_new_link("who@harlan.example", Act(now))


@pytest.mark.parametrize("way", ["page", "link"])
def test_a_change_of_password_ends_the_links_that_are_open(course_id: int, now: datetime, way: str) -> None:
    """However it was changed: by its owner on the page, or with a second link that was made meanwhile."""
    user_id = user_of(OYE).id
    open_link = invitations.offer_new_password(user_id, Act(now))
    if way == "page":
        accounts.set_password(user_id, "changed", now=now)
    else:
        with db.session.begin_nested():
            other = invitations.add_invitation(db.session(), now, purpose="reset", user_id=user_id)
        db.session.commit()
        invitations.accept_invitation(other, "changed", now=now)
    with pytest.raises(NotFoundError):
        invitations.accept_invitation(open_link, "stolen", now=now)
    assert user_of(OYE).password_hash == "changed"


def test_another_persons_links_stay_open(course_id: int, now: datetime) -> None:
    other = invitations.offer_new_password(user_of(RASK).id, Act(now))
    accounts.set_password(user_of(OYE).id, "changed", now=now)
    invitations.accept_invitation(other, "hers", now=now)


def test_a_preview_writes_nothing(course_id: int, now: datetime) -> None:
    add_staff(course_id, OYE, "assistant", Act(now), sections=["1"])
    before, act = dump(), replace(Act(now), preview=True)
    add_staff(course_id, OYE, "assistant", act, sections=["2"])
    remove_staff(course_id, OYE, act)
    disable_user(OYE, act)
    invitations.make_new_link(OYE, act)
    assert dump() == before
