"""Whose a blog was when something was posted on it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.support import factories as make
from tests.support.cast import gather
from tracker.extensions import db
from tracker.models import Course, Enrollment
from tracker.queries.assigned_then import load_assigned_then


def test_window_and_section_tell_who_was_assigned_the_blog_then(context: Flask) -> None:
    cast = gather()
    course = db.session.get_one(Course, cast.course_id)
    noor, bart = (db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id))
    blog = make.add_blog("Room Fourteen")
    first, later = make.add_assignment(course), make.add_assignment(course, "c4t-3")
    due = make.NOW + timedelta(days=7)
    make.allocate(first, noor, blog, opens_at=make.NOW, due_at=due)
    make.allocate(later, bart, blog, opens_at=make.NOW + timedelta(days=60))
    db.session.flush()
    everybody = load_assigned_then(db.session(), course.id, None, {blog.id})
    assert everybody.at(blog.id, make.NOW) == {noor.id}
    assert everybody.at(blog.id, make.NOW + timedelta(days=61)) == {bart.id}
    assert everybody.at(blog.id, None) == {noor.id, bart.id}
    assert everybody.at(blog.id + 1, None) == frozenset()
    bart_s = load_assigned_then(db.session(), course.id, {bart.section_id or 0}, {blog.id})
    assert bart_s.at(blog.id, None) == {bart.id}
