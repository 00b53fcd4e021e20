"""Where staff read a comment they see what counts of it, and struck out what does not (PRODUCT S20)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import Cast, sign_in
from tracker.extensions import db
from tracker.models import Course, Enrollment

pytestmark = pytest.mark.one_database

SAID = " ".join(["chalk"] * 47) + " &lt;b&gt;."
SIGNATURE = "Noor Haddad-Lindström of Room Nine<br>Noor, Harlan State<br>EDT 320, 2026"
SAYS = "48 words of their own; 11 of a signature not counted."


@pytest.fixture
def number(app: Flask, cast: Cast) -> int:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor = db.session.get_one(Enrollment, cast.student_id)
        blog = make.add_blog()
        make.follow(course, blog)
        comment = make.add_comment(make.add_post(blog), "Noor", f"<p>{SAID}</p><p>{SIGNATURE}</p>")
        make.add_linkage(course, comment, noor)
        assignment = make.add_assignment(course)
        make.add_verdict(assignment, noor, "comment-1", comment_id=comment.id)
        db.session.commit()
        return comment.id


@pytest.mark.parametrize("page", ["review/{comment}", "comments/{comment}", "grid/{student}/c4t-2"])
def test_signature_is_struck_out_and_counted_apart(
    client: FlaskClient, cast: Cast, number: int, page: str
) -> None:
    sign_in(client, cast.instructor)
    address = f"/courses/edt320/{page}".format(comment=number, student=cast.student_id)
    text = client.get(address).text
    assert SAYS in text
    assert text.count('<del class="aside" title="Not counted: a signature">') == 3
    assert "chalk &lt;b&gt;." in text
    assert "<b>." not in text
