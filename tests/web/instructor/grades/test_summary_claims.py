"""Under Why? a summary stands beside what the comments say (PRODUCT S18). Names are invented."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import Cast, sign_in
from tracker.extensions import db
from tracker.models import BlogAddress, Course, Enrollment
from tracker.text.addresses import home_key

WHY = "/courses/edt320/grid/{student}/c4t-2"
LEFT_OUT = "They commented on “Chalk”, "
NOT_THERE = "It links to “the tides”, but we have no comment of theirs there."


def tell(app: Flask, cast: Cast, *, right: bool) -> None:
    """Noor commented on "Chalk"; her summary links that, or another post of the blog."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor = db.session.get_one(Enrollment, cast.student_id)
        blog, own = make.add_blog("Room Nine"), make.add_blog("Noor in EDT 320")
        make.follow(course, blog)
        make.follow(course, own, "class-blog")
        for one in (blog, own):
            db.session.add(BlogAddress(blog_id=one.id, key=home_key(one.home_url)))
        chalk, tides = make.add_post(blog, "Chalk"), make.add_post(blog, "Tides")
        comment = make.add_comment(chalk)
        make.add_linkage(course, comment, noor)
        link = f'<a href="{chalk.url}">chalk</a>' if right else f'<a href="{tides.url}">the tides</a>'
        mine = f'<a href="{own.home_url}">mine</a>'
        summary = make.add_post(own, "C4T #2 Summary Post", html=f"<p>I wrote about {link} on {mine}.</p>")
        assignment = make.add_assignment(course)
        make.add_verdict(assignment, noor, "comment-1", comment_id=comment.id)
        make.add_verdict(assignment, noor, "summary", post_id=summary.id)
        db.session.commit()


def test_differences_are_said_under_the_summary(app: Flask, client: FlaskClient, cast: Cast) -> None:
    tell(app, cast, right=False)
    sign_in(client, cast.instructor)
    page = client.get(WHY.format(student=cast.student_id)).text
    assert LEFT_OUT in page
    assert NOT_THERE in page


@pytest.mark.one_database
def test_nothing_is_said_where_they_agree(app: Flask, client: FlaskClient, cast: Cast) -> None:
    tell(app, cast, right=True)
    sign_in(client, cast.instructor)
    assert "Beside what the comments say" not in client.get(WHY.format(student=cast.student_id)).text
