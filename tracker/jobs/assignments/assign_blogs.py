"""Giving blogs to all who have none yet: drawn or by rotation, fairly, with what speaks against a blog.

Tested in tests/jobs/assignments/test_replace_blog.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.rota import Method
from tracker.grading.rota import Allotment, allot
from tracker.jobs.audit import record
from tracker.jobs.lookup import find_student
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Allocation, Assignment, Subscription
from tracker.queries import coursework
from tracker.queries.assignments.assigned_blogs import BlogChoice, load_choices, load_current, load_had
from tracker.text.addresses import blog_keys

MOST_A_BLOG = 1000


@dataclass(frozen=True)
class AllotReport(Allotment):
    """`blogs` are all that may be given, with what speaks against each; those that should not be given
    get no student."""

    blogs: tuple[BlogChoice, ...]

    @property
    def warned(self) -> tuple[BlogChoice, ...]:
        """Blogs that a student gets although something speaks against them."""
        used = set(self.given.values())
        return tuple(one for one in self.blogs if one.blog_id in used and one.report.why)


def allot_blogs(
    course_id: int,
    key: str,
    act: Act,
    *,
    method: Method,
    cap: int | None,
    seed: int,
    with_blind: bool = False,
    expected: Mapping[int, int] | None = None,
) -> AllotReport:
    """Give a blog to every student who has none for this assignment. Those who have one keep it.

    `with_blind`: also blogs whose comments we cannot see. `expected` is what a person saw before saving:
    ConflictError when it would come out otherwise by now.
    """
    if cap is not None and not 1 <= cap <= MOST_A_BLOG:
        raise TrackerError(f"Enter from 1 to {MOST_A_BLOG} students per blog.")
    with write_transaction(preview=act.preview) as session:
        assignment = find_assignment(session, course_id, key)
        choices = load_choices(session, course_id, assignment.id, act.now)
        fit = [
            one
            for one in choices
            if one.report.judged.is_healthy or (with_blind and one.report.judged.is_blind)
        ]
        has_one = {who for who, _ in load_current(session, assignment.id)}
        plan = allot(
            [who for who in coursework.load_student_ids(session, course_id) if who not in has_one],
            [one.blog_id for one in fit],
            had=load_had(session, course_id),
            loads={one.blog_id: one.students for one in fit},
            method=method,
            cap=cap,
            round_number=_round_number(session, assignment),
            seed=seed,
        )
        report = AllotReport(plan.given, plan.without, plan.loads, tuple(choices))
        if expected is not None and dict(expected) != dict(report.given):
            raise ConflictError(
                "Blogs or assigned blogs changed in the meantime. Preview again before you save."
            )
        session.add_all(
            Allocation(assignment_id=assignment.id, enrollment_id=who, blog_id=blog_id, created_at=act.now)
            for who, blog_id in report.given.items()
        )
        if report.given:
            finish(session, assignment, "allot-blogs", {"given": len(report.given)}, act)
    return report


def give_blog(
    course_id: int,
    key: str,
    enrollment_id: int,
    blog_id: int,
    act: Act,
    *,
    author: str = "",
    post_url: str = "",
) -> None:
    """Give one student a blog by hand, or one author or post on it. ConflictError when they have one."""
    with write_transaction(preview=act.preview) as session:
        assignment = find_assignment(session, course_id, key)
        _check_member(session, course_id, enrollment_id, blog_id)
        if any(who == enrollment_id for who, _ in load_current(session, assignment.id)):
            raise ConflictError("This student already has a blog for this assignment. Replace it instead.")
        session.add(
            Allocation(
                assignment_id=assignment.id,
                enrollment_id=enrollment_id,
                blog_id=blog_id,
                author=author.strip()[:200],
                post_url=post_url.strip(),
                created_at=act.now,
            )
        )
        finish(session, assignment, "give-blog", {"given": 1}, act)


def find_assignment(session: Session, course_id: int, key: str) -> Assignment:
    found = session.scalar(select(Assignment).filter_by(course_id=course_id, key=key.casefold()))
    if found is None:
        raise NotFoundError(f"There is no assignment {key} in this course.")
    return found


def _round_number(session: Session, assignment: Assignment) -> int:
    """How many assignments of the course came before: each round goes one blog further."""
    earlier = select(func.count()).where(
        Assignment.course_id == assignment.course_id, Assignment.id < assignment.id
    )
    return session.scalar(earlier) or 0


def _check_member(session: Session, course_id: int, enrollment_id: int, blog_id: int) -> None:
    find_student(session, course_id, enrollment_id)
    followed = select(Subscription.id).filter_by(course_id=course_id, blog_id=blog_id, role="followed")
    if session.scalar(followed) is None:
        raise NotFoundError("This course doesn’t follow that blog. Follow it first.")


def finish(session: Session, assignment: Assignment, action: str, after: Mapping[str, int], act: Act) -> None:
    """Note what was done with an assignment's blogs, match again (who was given a blog is evidence) and
    judge everybody. Does not commit."""
    session.flush()
    record(
        session, act, action, "assignment", assignment.id, course_id=assignment.course_id, after=dict(after)
    )
    rematch_in(session, assignment.course_id, act.now)
    store_verdicts(session, assignment.course_id, act.now)


def find_followed(session: Session, course_id: int, address: str) -> int:
    """The followed blog that an address names. NotFoundError when there is none."""
    keys = blog_keys(address)
    for blog_id, key in coursework.load_followed_addresses(session, course_id):
        if key in keys:
            return blog_id
    raise NotFoundError(f"This course doesn’t follow a blog at {address}.")
