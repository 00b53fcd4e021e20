"""The list of unknown writers: what is on it, in which order, and who could have written a comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.review import claims
from tracker.jobs.review import decisions as jobs
from tracker.matching.decide import COURSE_NAMED
from tracker.models import Assignment, Blog, Comment, Course, Enrollment, Section
from tracker.queries.review.unknown_writers import (
    UnknownWriter,
    count_unknown_writers,
    load_unknown_writers,
)

SAID = "<p>I write this as a requirement of EDT 320; more on my class blog at</p>"
ACCOUNT = "https://www.blogger.com/profile/77"


@dataclass
class Class:
    course: Course
    first: Section
    ada: Enrollment
    noor: Enrollment
    blog: Blog
    assignment: Assignment


@pytest.fixture
def room(context: Flask) -> Class:
    """Ada (section 2) has found both comments, Noor (section 1) none; both have the same blog."""
    course = make.add_course(words=["EDT 320"])
    first, second = make.add_section(course, "1"), make.add_section(course, "2")
    ada = make.add_enrollment(course, name="Ada Abbot", section=second)
    noor = make.add_enrollment(course, name="Noor Haddad", section=first)
    blog = make.add_blog("Room Fourteen")
    make.follow(course, blog)
    assignment = make.add_assignment(course)
    for student, state in ((ada, "met"), (noor, "not_found_yet")):
        make.allocate(assignment, student, blog, opens_at=make.OPENS, due_at=make.DUE)
        make.add_verdict(assignment, student, "comment-1", state)
    db.session.commit()
    return Class(course, first, ada, noor, blog, assignment)


def add(room: Class, *people: Enrollment, text: str = SAID, author: str = "owl", **values: object) -> Comment:
    """A comment that names the course and fits nobody, stored with `people` as candidates."""
    comment = make.add_comment(make.add_post(room.blog), author, text, **values)  # type: ignore[arg-type]
    make.add_linkage(room.course, comment, candidates=people, verdict="ignore", reason=COURSE_NAMED)
    db.session.commit()
    return comment


def lines(room: Class, sections: set[int] | None = None) -> tuple[UnknownWriter, ...]:
    found = load_unknown_writers(db.session(), room.course.id, sections).lines
    assert len(found) == count_unknown_writers(db.session(), room.course.id, sections)
    return found


def test_newest_comes_first_with_the_words_that_name_the_course(room: Class) -> None:
    old = add(room, posted_at=make.DUE - timedelta(days=5), text="<p>I am in edt 320.</p>")
    new = add(room, posted_at=make.DUE - timedelta(days=1))
    assert [(one.comment.id, one.course_words) for one in lines(room)] == [
        (new.id, "EDT 320"),
        (old.id, "edt 320"),
    ]


def test_whoever_lacks_a_comment_there_is_named_first(room: Class) -> None:
    add(room, room.ada, room.noor)
    [line] = lines(room)
    assert [(one.student.name, one.lacks) for one in line.assigned] == [
        ("Noor Haddad", "C4T #2"),
        ("Ada Abbot", ""),
    ]


def test_whoever_had_the_blog_at_another_time_dropped_or_denied_it_is_not_named(room: Class) -> None:
    later, gone = (make.add_enrollment(room.course, name=name) for name in ("Lee Late", "Gil Gone"))
    gone.is_active = False
    make.allocate(room.assignment, gone, room.blog)
    make.allocate(room.assignment, later, room.blog, opens_at=make.DUE + timedelta(days=30))
    comment = add(room, room.noor, room.ada)
    jobs.reject(room.course.id, comment.id, room.noor.id, Act(make.NOW), teach=False)
    db.session.refresh(comment)
    found = load_unknown_writers(db.session(), room.course.id).lines
    assert [one.student.name for line in found for one in line.assigned] == ["Ada Abbot"]


def test_other_reasons_merged_comments_and_other_courses_are_not_on_the_list(room: Class) -> None:
    kept = add(room)
    add(room, merged_into_id=kept.id)
    nobodys = make.add_comment(make.add_post(room.blog))
    make.add_linkage(room.course, nobodys)
    other = make.add_course("edt110")
    db.session.commit()
    assert [one.comment.id for one in lines(room)] == [kept.id]
    assert count_unknown_writers(db.session(), other.id) == 0
    assert load_unknown_writers(db.session(), other.id).lines == ()


def test_sections_see_comments_their_students_could_have_written_and_name_only_these(room: Class) -> None:
    by_blog = add(room, room.ada)
    room.blog = make.add_blog("Half Past Recess")
    make.allocate(room.assignment, room.ada, room.blog)
    by_name = add(room, room.ada, room.noor)
    add(room, room.ada)
    add(room)
    found = lines(room, {room.first.id})
    assert {one.comment.id for one in found} == {by_blog.id, by_name.id}
    assert {one.student.name for line in found for one in line.assigned} == {"Noor Haddad"}
    assert len(lines(room)) == 4


def test_comments_of_one_account_are_counted(room: Class) -> None:
    add(room, account=ACCOUNT)
    add(room, account=ACCOUNT)
    add(room)
    assert sorted(one.others for one in lines(room)) == [0, 1, 1]


@pytest.mark.one_database
def test_whoever_was_asked_is_named_until_they_answer_and_the_comment_stays(room: Class) -> None:
    comment = add(room, room.noor, room.ada)
    jobs.ask_student(room.course.id, comment.id, room.noor.id, Act(make.NOW))
    assert [one.asked for one in lines(room)] == [("Noor Haddad",)]
    claims.disclaim(room.noor.id, comment.id, Act(make.NOW))
    [line] = lines(room)
    assert (line.asked, [one.student.name for one in line.assigned]) == ((), ["Ada Abbot"])


@pytest.mark.one_database
def test_a_claim_takes_a_comment_to_the_review_queue(room: Class) -> None:
    comment = add(room, room.noor)
    [claimable] = claims.load_claimable(db.session(), room.noor.id)
    assert claimable.comment_id == comment.id
    claims.claim(room.noor.id, comment.id, Act(make.NOW))
    assert lines(room) == ()


@pytest.mark.one_database
def test_pages_are_cut_from_the_whole_list(room: Class) -> None:
    for days in range(51):
        add(room, posted_at=make.DUE - timedelta(days=days))
    first = load_unknown_writers(db.session(), room.course.id)
    last = load_unknown_writers(db.session(), room.course.id, page=9)
    assert (len(first.lines), len(last.lines)) == (50, 1)
    assert (last.place.page, last.place.first, last.place.last, last.place.shown) == (2, 51, 51, 51)
