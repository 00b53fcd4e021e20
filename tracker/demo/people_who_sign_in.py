"""One person for each role, invited and signed up as real people are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select

from tracker.demo.records import DemoCourse
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.people.accounts import create_user
from tracker.jobs.people.invitations import accept_invitation, invite
from tracker.jobs.people.staff import add_staff
from tracker.models import Enrollment, RequirementVerdict
from tracker.web.auth.passwords import hash_password

PASSWORD = "chalk-and-signal"  # noqa: S105 - of invented people, on this machine only


def add_people(course: DemoCourse, course_id: int, now: datetime) -> list[tuple[str, str]]:
    """(role, email to sign in with) of an administrator, an instructor, an assistant for section
    1, and two students."""
    hashed = hash_password(PASSWORD)
    people = []
    for role, email, name in (
        ("administrator", "admin@harlan.example", "Odalys Brandvold"),
        ("instructor", "instructor@harlan.example", course.staff_names[0]),
        ("assistant", "assistant@harlan.example", "Tomasz Okwuosa"),
    ):
        made = create_user(email, name, Act(now), is_admin=role == "administrator")
        accept_invitation(made.token, hashed, now=now)
        if role != "administrator":
            sections = course.sections[:1] if role == "assistant" else ()
            add_staff(course_id, email, role, Act(now), sections=sections)
        people.append((role, email))
    for student in _students(course_id):
        accept_invitation(invite(student.id, Act(now)), hashed, now=now)
        people.append(("student", student.email))
    return people


def _students(course_id: int) -> list[Enrollment]:
    """Two students with an email address: one with everything done, one with something left to do."""
    met = func.sum(case((RequirementVerdict.state == "met", 1), else_=0))
    rows = db.session.execute(
        select(Enrollment, met)
        .join(RequirementVerdict, RequirementVerdict.enrollment_id == Enrollment.id)
        .where(Enrollment.course_id == course_id, Enrollment.email != "")
        .group_by(Enrollment.id)
        .order_by(met.desc(), Enrollment.id)
    ).all()
    unfinished = [student for student, count in rows if count == 1]
    return [rows[0][0], *unfinished[:1]]
