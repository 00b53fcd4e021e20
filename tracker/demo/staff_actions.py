"""What staff and students decide after the last poll, so that every review page shows something."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tracker.demo.conflicts import HERS, HIS, NAMESAKE
from tracker.demo.records import DemoCourse
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.review.claims import claim, disclaim, load_claimable
from tracker.jobs.review.decisions import confirm, mark_outsider
from tracker.models import Comment, Enrollment, User


def take_staff_actions(course: DemoCourse, course_id: int, now: datetime) -> None:
    """Decide and claim as people would, by the jobs they would use. Takes a second or two."""
    staff = db.session.scalars(select(User.id).where(User.name == course.staff_names[0])).one()
    students = dict(
        db.session.execute(
            select(Enrollment.external_id, Enrollment.id).where(Enrollment.course_id == course_id)
        )
        .tuples()
        .all()
    )
    found = {
        what: (_comment(permalink), students[who]) for what, (permalink, who) in course.conflicts.items()
    }
    confirm(course_id, *found[HERS], Act(now, staff), teach={"account"})
    mark_outsider(course_id, found[HIS][0], Act(now, staff), teach={"account"})
    alike, namesake = found[NAMESAKE]
    mark_outsider(course_id, alike, Act(now, staff), teach=())
    claim(namesake, alike, Act(now))
    _claim_and_take_back(course_id, now)


def _comment(permalink: str) -> int:
    return db.session.scalars(select(Comment.id).where(Comment.permalink == permalink)).one()


def _claim_and_take_back(course_id: int, now: datetime) -> None:
    """The student who signs in last calls an unmatched comment theirs, and then takes it back."""
    student = db.session.scalars(
        select(Enrollment)
        .where(
            Enrollment.course_id == course_id, Enrollment.role == "student", Enrollment.user_id.is_not(None)
        )
        .order_by(Enrollment.id.desc())
    ).first()
    unmatched = load_claimable(db.session(), student.id) if student else []
    if student and unmatched:
        claim(student.id, unmatched[-1].comment_id, Act(now, student.user_id))
        disclaim(student.id, unmatched[-1].comment_id, Act(now, student.user_id))
