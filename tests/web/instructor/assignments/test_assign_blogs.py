"""An assignment's blogs: checked first, saved as seen, replaced and given back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, post, sign_in
from tests.support.written import add_blog, add_post
from tracker.extensions import db
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Allocation, Course, FeedState, Post

pytestmark = pytest.mark.one_database

HERE = f"/courses/{COURSE}/assignments/c4t-7/blogs"
SEEN = re.compile(r'name="seen"[^>]*value="([^"]*)"')


@pytest.fixture
def signed_in(app: Flask, client: FlaskClient, cast: Cast) -> FlaskClient:
    """Two healthy blogs and an assignment for which nobody has one."""
    with app.app_context():
        course = db.session.scalars(select(Course).where(Course.key == COURSE)).one()
        for title in ("Alpha", "Beta"):
            blog = add_blog(course.id, f"http://{title.casefold()}.example/", make.NOW, title=title)
            for n in (1, 2):
                added = add_post(blog, make.NOW, number=n)
                added.posted_at, added.comments_url = make.NOW - timedelta(days=n), f"{added.url}feed/"
        due = make.NOW + timedelta(days=400)
        make.add_assignment(course, "c4t-7", make.terms("C4T #7", make.Window(due), None))
        db.session.execute(update(FeedState).values(fully_checked_at=make.NOW))
        store_verdicts(db.session(), course.id, make.NOW)
        db.session.commit()
    sign_in(client, cast.instructor)
    return client


def given(app: Flask) -> list[tuple[int, int]]:
    with app.app_context():
        rows = db.session.scalars(
            select(Allocation)
            .where(Allocation.assignment.has(key="c4t-7"), Allocation.replaced_by_id.is_(None))
            .order_by(Allocation.id)
        )
        return [(row.enrollment_id, row.blog_id) for row in rows]


def test_blogs_are_previewed_first_and_saved_as_seen(app: Flask, signed_in: FlaskClient) -> None:
    assert "No student has a blog yet." in signed_in.get(HERE).text
    wanted = {"method": "rotation", "cap": "", "seed": "", "with_blind": ""}
    shown = post(signed_in, HERE, HERE, **(wanted | {"preview": "Preview"}))
    assert "nothing is saved yet" in shown.text
    assert given(app) == []
    seen = SEEN.search(shown.text)
    assert seen is not None
    post(signed_in, HERE, HERE, **(wanted | {"seen": seen.group(1)}))
    assert " ".join(f"{who}:{blog}" for who, blog in given(app)) == seen.group(1)
    late = post(signed_in, HERE, HERE, **(wanted | {"seen": seen.group(1)}))
    assert (late.status_code, "in the meantime" in late.text) == (409, True)


def test_one_student_is_given_a_blog_by_hand_once(app: Flask, signed_in: FlaskClient) -> None:
    page = signed_in.get(HERE).text
    student = re.search(r'<select[^>]*name="student".*?value="(\d+)"', page, re.DOTALL)
    blog = re.search(r'<select[^>]*name="blog".*?value="(\d+)"', page, re.DOTALL)
    assert student is not None
    assert blog is not None
    typed = {"student": student.group(1), "blog": blog.group(1), "author": "Ada", "post_url": ""}
    post(signed_in, f"{HERE}/give", HERE, **(typed))
    assert given(app) == [(int(student.group(1)), int(blog.group(1)))]
    assert "posts by Ada" in signed_in.get(HERE).text
    again = post(signed_in, f"{HERE}/give", HERE, **(typed))
    assert again.status_code == 422  # they are among those who have none no longer


def test_a_blog_is_replaced_as_shown_and_given_back(app: Flask, signed_in: FlaskClient) -> None:
    page = signed_in.get(HERE).text
    student = re.findall(r'<select[^>]*name="student".*?value="(\d+)"', page, re.DOTALL)[0]
    blog = re.findall(r'<select[^>]*name="blog".*?value="(\d+)"', page, re.DOTALL)[0]
    post(signed_in, f"{HERE}/give", HERE, student=student, blog=blog, author="", post_url="")
    before = given(app)
    there = f"{HERE}/{blog}/replace"
    shown = signed_in.get(there).text
    assert "1 student moves" in shown
    seen = SEEN.search(shown)
    assert seen is not None
    assert post(signed_in, there, there, **({"days": "x", "seen": seen.group(1)})).status_code == 422
    post(signed_in, there, there, **({"days": "3", "seen": seen.group(1)}))
    assert given(app) != before
    assert "1 student moved" in signed_in.get(HERE).text
    post(signed_in, f"{HERE}/{blog}/undo", HERE)
    assert given(app) == before


def test_only_staff_of_the_whole_course_deal_out_blogs(
    app: Flask, signed_in: FlaskClient, cast: Cast
) -> None:
    assert signed_in.get(HERE.replace("c4t-7", "c4t-99")).status_code == 404
    for other in (cast.assistant, cast.other_instructor):
        client = app.test_client()
        sign_in(client, other)
        assert client.get(HERE).status_code == 404


def test_blog_that_should_not_be_assigned_is_drawn_as_such(app: Flask, signed_in: FlaskClient) -> None:
    with app.app_context():
        db.session.execute(update(Post).values(posted_at=make.NOW - timedelta(days=900)))
        db.session.commit()
    page = signed_in.get(HERE).text
    assert '<span class="state s-trouble">' in page
    assert "Don’t assign" in page
    assert "Its last post was on" in page
