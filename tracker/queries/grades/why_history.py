"""How one student's standing came about, and when we last looked where it could have changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.checks import LastCheck, check_of_all
from tracker.domain.locale import CourseLocale
from tracker.models import (
    AssignmentTermsVersion,
    Blog,
    LinkageDecision,
    Receipt,
    RequirementException,
    RequirementVerdict,
    Subscription,
    User,
)
from tracker.queries.checks import load_checks
from tracker.queries.grade_records import load_words
from tracker.queries.verdicts.grade_history import load_revokers, say_exceptions, say_grades
from tracker.wording.states import words_of
from tracker.wording.times import say_instant, say_short

if TYPE_CHECKING:
    from tracker.queries.grades.why import Answer


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with its instant; `when` says it on the course's clock."""

    at: datetime
    when: str
    says: str


@dataclass(frozen=True, slots=True)
class Look:
    """When we last looked at a blog completely. Read from the feeds as they are now."""

    blog_id: int
    title: str
    says: str
    is_failing: bool = False


def load_looks(
    session: Session, course_id: int, blog_ids: Collection[int], locale: CourseLocale
) -> list[Look]:
    """One line for each blog of the course: its comments where it is followed, its posts where it is
    a class blog."""
    wanted = sorted(blog_ids)
    comments, posts = load_checks(session, wanted)
    rows = session.execute(
        select(Blog, Subscription.role)
        .join(Subscription, (Subscription.blog_id == Blog.id) & (Subscription.course_id == course_id))
        .where(Blog.id.in_(wanted))
        .order_by(Blog.id)
    )
    blogs: dict[int, Blog] = {}
    seen: dict[int, list[LastCheck | None]] = {}
    for blog, role in rows:
        blogs[blog.id] = blog
        places = comments if role == "followed" else posts
        seen.setdefault(blog.id, []).append(places.get(blog.id))
    return [_look(blog, check_of_all(seen[blog.id]), locale) for blog in blogs.values()]


def _look(blog: Blog, check: LastCheck | None, locale: CourseLocale) -> Look:
    title = blog.title or blog.home_url
    if check is None:
        return Look(blog.id, title, blog.note or "It has no feed that we can read.", is_failing=True)
    at = check.last_full_check
    last = f"ast complete look {say_instant(at, locale)}." if at is not None else ""
    if check.failing_since is not None:
        says = f"Does not answer since {say_instant(check.failing_since, locale)}"
        return Look(blog.id, title, f"{says}; l{last}" if last else f"{says}.", is_failing=True)
    return Look(blog.id, title, f"L{last}" if last else "No complete look yet.")


def load_history(
    session: Session,
    course_id: int,
    enrollment_id: int,
    versions: Sequence[AssignmentTermsVersion],
    verdicts: Mapping[str, RequirementVerdict],
    answers: Sequence[Answer],
    exceptions: Sequence[RequirementException],
    receipts: Sequence[Receipt],
    locale: CourseLocale,
) -> list[Event]:
    """What happened, oldest first; four questions of its own at most."""
    grades = load_words(session, course_id, versions[0].assignment_id, enrollment_id)
    comments = {one.item.comment_id for one in answers if one.item and one.item.comment_id}
    decisions = session.scalars(
        select(LinkageDecision)
        .where(LinkageDecision.course_id == course_id, LinkageDecision.comment_id.in_(sorted(comments)))
        .options(joinedload(LinkageDecision.enrollment))
        .order_by(LinkageDecision.id)
    ).all()
    people = [
        *(row.by_user_id for row in versions),
        *(row.by_user_id for row in decisions),
        *(row.by_user_id for row in exceptions),
    ]
    names = _names(session, set(people))
    said = [
        *_of_rule(versions, names),
        *_of_items(answers),
        *(
            (row.saved_at, f"Receipt saved by {'staff' if row.by_staff else 'the student'}")
            for row in receipts
        ),
        *((row.at, _of_decision(row, names)) for row in decisions),
        *say_exceptions(exceptions, names, load_revokers(session, exceptions), locale),
        *say_grades(grades),
        *_of_verdicts(answers, verdicts),
    ]
    return [Event(at, say_short(at, locale), says) for at, says in sorted(said, key=lambda one: one[0])]


def _names(session: Session, user_ids: Collection[int | None]) -> dict[int | None, str]:
    rows = session.execute(
        select(User.id, User.name).where(User.id.in_(sorted(one for one in user_ids if one)))
    )
    return {row.id: row.name for row in rows}


def _by(names: Mapping[int | None, str], user_id: int | None) -> str:
    return f" by {names[user_id]}" if user_id in names else ""


def _of_rule(
    versions: Sequence[AssignmentTermsVersion], names: Mapping[int | None, str]
) -> list[tuple[datetime, str]]:
    return [
        (
            row.at,
            f"Assignment made{_by(names, row.by_user_id)}"
            if row.version == 1
            else f"Rule changed{_by(names, row.by_user_id)}, version {row.version}",
        )
        for row in versions
    ]


def _of_items(answers: Sequence[Answer]) -> list[tuple[datetime, str]]:
    said = []
    for one in answers:
        if one.item is None:
            continue
        said.append((one.item.first_seen_at, f"{one.title} first seen on “{one.item.blog}”"))
        if one.item.edited_at is not None:
            said.append((one.item.edited_at, f"{one.title} had been edited"))
        if one.item.gone_since is not None:
            said.append((one.item.gone_since, f"{one.title} was not shown any more"))
    return said


def _of_decision(row: LinkageDecision, names: Mapping[int | None, str]) -> str:
    student = row.enrollment
    whose = "this student" if student is None else (student.preferred_name or student.given_name)
    what = {
        "confirm": f"Comment confirmed as {whose}’s",
        "outsider": "Comment said to be no student’s",
        "undo": "Decision about the comment undone",
        "claim": "Claimed by the student: “that is mine”",
        "disclaim": "Disowned by the student: “not mine”",
    }.get(row.kind, "Decided")
    return what + _by(names, row.by_user_id)


def _of_verdicts(
    answers: Sequence[Answer], verdicts: Mapping[str, RequirementVerdict]
) -> list[tuple[datetime, str]]:
    """Since when today's answers hold; those reached at one instant in one line."""
    reached: dict[datetime, list[str]] = {}
    for one in answers:
        if one.key in verdicts:
            line = f"{one.title}: {words_of(one.state).grid}"
            reached.setdefault(verdicts[one.key].as_of, []).append(line)
    return [(at, "Judged. " + "; ".join(lines)) for at, lines in reached.items()]
