"""What the review page asks: the order of the queue and what is known of one comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.review import claims
from tracker.jobs.review import decisions as jobs
from tracker.models import Assignment, Blog, Course, Enrollment, Linkage, Section
from tracker.queries.permissions import find_linkage
from tracker.queries.review import review_queue
from tracker.queries.review.reviewed_comment import (
    DecisionLine,
    find_standing,
    load_last_decision,
    load_reviewed,
)

ACCOUNT = "https://www.blogger.com/profile/77"


@dataclass
class Class:
    course: Course
    first: Section
    noor: Enrollment
    bart: Enrollment
    blog: Blog
    assignment: Assignment


@pytest.fixture
def room(context: Flask) -> Class:
    """Noor (section 1) and Bart (section 2); a round that is due soon and gives Noor a blog."""
    course = make.add_course()
    first, second = make.add_section(course, "1"), make.add_section(course, "2")
    noor = make.add_enrollment(course, name="Noor Haddad", section=first)
    bart = make.add_enrollment(course, name="Bart Vale", section=second)
    blog = make.add_blog("Room Fourteen")
    make.follow(course, blog)
    assignment = make.add_assignment(course)
    make.allocate(assignment, noor, blog)
    make.add_verdict(assignment, noor, "comment-1", "in_review")
    db.session.commit()
    return Class(course, first, noor, bart, blog, assignment)


def wait_for(room: Class, *people: Enrollment, blog: Blog | None = None, **values: object) -> int:
    """A comment between these people."""
    comment = make.add_comment(make.add_post(blog or room.blog), **values)  # type: ignore[arg-type]
    make.add_linkage(room.course, comment, candidates=people)
    db.session.commit()
    return comment.id


def order(room: Class, sections: set[int] | None = None) -> list[int]:
    return [
        one
        for line in review_queue.load_queue(db.session(), room.course.id, make.NOW, sections)
        for one in line.comment_ids
    ]


def test_what_settles_a_requirement_stands_before_what_is_newer(room: Class) -> None:
    newer = wait_for(room, room.bart, posted_at=make.NOW)
    settling = wait_for(room, room.noor, posted_at=make.DUE - timedelta(days=5))
    assert order(room) == [settling, newer]


def test_the_nearest_deadline_comes_first(room: Class) -> None:
    far = make.add_assignment(room.course, "c4t-3", make.terms("C4T #3"))
    other = make.add_blog("Half Past Recess")
    make.allocate(far, room.bart, other)
    make.add_verdict(far, room.bart, "comment-1", "not_due", due_at=make.DUE + timedelta(days=30))
    later = wait_for(room, room.bart, blog=other)
    sooner = wait_for(room, room.noor)
    assert order(room) == [sooner, later]


def test_without_a_deadline_the_newest_comes_first(room: Class) -> None:
    old = wait_for(room, room.bart, posted_at=make.NOW - timedelta(days=9))
    new = wait_for(room, room.bart, posted_at=make.NOW - timedelta(days=1))
    assert order(room) == [new, old]


@pytest.mark.parametrize("state", ["met", "late", "excused", "does_not_count"])
def test_a_requirement_that_is_decided_presses_nobody(room: Class, state: str) -> None:
    make.allocate(room.assignment, room.bart, room.blog)
    make.add_verdict(room.assignment, room.bart, "comment-1", state)
    wait_for(room, room.bart)
    [line] = review_queue.load_queue(db.session(), room.course.id, make.NOW)
    assert line.settles is None


def test_a_comment_from_before_the_round_settles_nothing_in_it(room: Class) -> None:
    wait_for(room, room.noor, posted_at=make.OPENS - timedelta(seconds=1))
    [line] = review_queue.load_queue(db.session(), room.course.id, make.NOW)
    assert line.settles is None


def test_a_line_says_whom_it_settles_in_what_and_until_when(room: Class) -> None:
    wait_for(room, room.bart, room.noor)
    [line] = review_queue.load_queue(db.session(), room.course.id, make.NOW)
    assert line.settles == review_queue.Settles("Noor Haddad", "C4T #2", make.DUE)
    assert line.claims == ("Bart Vale", "Noor Haddad")


def test_comments_of_one_account_are_one_line_with_the_pressing_one_first(room: Class) -> None:
    newer = wait_for(room, room.bart, account=ACCOUNT, posted_at=make.NOW)
    pressing = wait_for(room, room.noor, account=ACCOUNT)
    [line] = review_queue.load_queue(db.session(), room.course.id, make.NOW)
    assert (line.comment_ids, line.is_group) == ((pressing, newer), True)


def test_two_without_an_account_are_two_lines_though_they_are_named_alike(room: Class) -> None:
    wait_for(room, room.bart, author="Anonymous")
    wait_for(room, room.bart, author="Anonymous")
    assert len(review_queue.load_queue(db.session(), room.course.id, make.NOW)) == 2


def test_whoever_has_sections_is_asked_about_their_students_only(room: Class) -> None:
    mine = wait_for(room, room.noor)
    wait_for(room, room.bart)
    both = wait_for(room, room.noor, room.bart, posted_at=make.OPENS - timedelta(days=1))
    assert order(room, {room.first.id}) == [mine, both]


def ask(room: Class, comment_id: int, who: Enrollment) -> None:
    jobs.ask_student(room.course.id, comment_id, who.id, Act(make.NOW))


@pytest.mark.one_database
def test_what_waits_for_a_students_answer_stands_at_the_end_and_names_the_student(room: Class) -> None:
    asked = wait_for(room, room.noor, author="Noor")
    other = wait_for(room, room.bart, author="Bart Vale", posted_at=make.NOW - timedelta(days=20))
    assert order(room) == [asked, other]
    ask(room, asked, room.noor)
    lines = review_queue.load_queue(db.session(), room.course.id, make.NOW)
    assert [(line.first, line.asked) for line in lines] == [(other, ()), (asked, ("Noor Haddad",))]


@pytest.mark.one_database
@pytest.mark.parametrize("answer", ["claim", "disclaim"])
def test_an_answer_gives_the_comment_back_to_staff(room: Class, answer: str) -> None:
    asked = wait_for(room, room.noor, author="Noor")
    ask(room, asked, room.noor)
    getattr(claims, answer)(room.noor.id, asked, Act(make.NOW))
    assert [line.asked for line in review_queue.load_queue(db.session(), room.course.id, make.NOW)] == [()]
    ask(room, asked, room.noor)
    [line] = review_queue.load_queue(db.session(), room.course.id, make.NOW)
    assert line.asked == ("Noor Haddad",)


@pytest.mark.one_database
def test_a_question_about_a_comment_that_was_set_aside_is_seen_until_it_is_answered(room: Class) -> None:
    aside = wait_for(room, room.noor, author="wildflower")
    ask(room, aside, room.noor)
    linkage = db.session.scalars(select(Linkage)).one()
    assert linkage.verdict == "ignore"
    assert (order(room), order(room, {room.first.id})) == ([aside], [aside])
    claims.disclaim(room.noor.id, aside, Act(make.NOW))
    assert order(room) == []


def test_what_was_merged_into_another_comment_does_not_wait(room: Class) -> None:
    kept = wait_for(room, room.noor)
    wait_for(room, room.noor, merged_into_id=kept)
    assert order(room) == [kept]


def test_what_was_decided_does_not_wait(room: Class) -> None:
    decided = wait_for(room, room.noor)
    jobs.confirm(room.course.id, decided, room.noor.id, Act(make.NOW), teach=False)
    assert order(room) == []


def test_another_courses_comments_are_not_here(room: Class) -> None:
    other = make.add_course("edt110")
    comment = wait_for(room, room.noor)
    assert review_queue.load_queue(db.session(), other.id, make.NOW) == []
    assert find_linkage(db.session(), other.id, comment, None) is None


def test_a_decided_comment_tells_who_decided_and_when(room: Class, now: datetime) -> None:
    user = make.add_user("Ines Okafor")
    comment = wait_for(room, room.noor, account=ACCOUNT)
    report = jobs.confirm(room.course.id, comment, room.noor.id, Act(now, user.id))
    students = review_queue.load_students(db.session(), room.course.id)
    linkage = find_linkage(db.session(), room.course.id, comment, None)
    assert linkage is not None
    found = load_reviewed(db.session(), linkage, students)
    assert found.decision == DecisionLine(
        report.decision_id, "confirm", "Noor Haddad", "Ines Okafor", now, taught=True
    )
    assert find_standing(db.session(), room.course.id, comment) == report.decision_id


def test_the_last_decision_is_ones_own_and_stands(room: Class, now: datetime) -> None:
    mine, theirs = make.add_user("Ines Okafor"), make.add_user("Tobias Quill")
    first, second = wait_for(room, room.noor), wait_for(room, room.noor)
    db.session.commit()
    ids = (mine.id, theirs.id)
    one = jobs.confirm(room.course.id, first, room.noor.id, Act(now, ids[0]), teach=False)
    two = jobs.mark_outsider(room.course.id, second, Act(now, ids[0]), teach=False)
    assert load_last_decision(db.session(), room.course.id, ids[1]) is None
    jobs.undo(room.course.id, two.decision_id, Act(now, ids[0]))
    last = load_last_decision(db.session(), room.course.id, ids[0])
    assert last is not None
    assert (last.decision_id, last.student) == (one.decision_id, "Noor Haddad")
