"""Conflicts: a contested account with both sides' comments, and decisions that something contradicts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import Cast, post, sign_in
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.review import claims, decisions
from tracker.models import Course, Enrollment, Linkage, LinkageDecision

HERE = "/courses/edt320/review/conflicts"
ACCOUNT = "https://www.blogger.com/profile/77"
KEY = "blogger:77"

pytestmark = pytest.mark.one_database


@dataclass(frozen=True)
class Contested:
    """Three comments of one account: said to be Noor's, said to be Bart's, and one that waits."""

    noors: int
    barts: int
    open: int


@pytest.fixture
def contested(app: Flask, cast: Cast) -> Contested:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor, bart = (db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id))
        blog = make.add_blog("Room Fourteen")
        make.follow(course, blog)
        assignment = make.add_assignment(course)
        for who in (noor, bart):
            make.allocate(assignment, who, blog)
        numbers = []
        for text in ("Chalk.", "Slate.", "Paper."):
            comment = make.add_comment(make.add_post(blog), "sunny", f"<p>{text}</p>", account=ACCOUNT)
            make.add_linkage(course, comment, candidates=(noor, bart))
            numbers.append(comment.id)
        db.session.commit()
        decisions.confirm(course.id, numbers[0], noor.id, Act(make.NOW))
        standing = db.session.scalars(
            select(Linkage.decision_id).where(Linkage.comment_id == numbers[1])
        ).one()
        decisions.confirm(course.id, numbers[1], bart.id, Act(make.NOW, seen=standing))
        db.session.remove()
        return Contested(*numbers)


def answer(app: Flask, comment_id: int) -> tuple[str, int | None, str]:
    with app.app_context():
        row = db.session.scalars(select(Linkage).where(Linkage.comment_id == comment_id)).one()
        return row.verdict, row.enrollment_id, row.flag


def test_both_sides_of_a_contested_account_stand_side_by_side(
    client: FlaskClient, cast: Cast, contested: Contested
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "1 account to resolve." in page
    assert page.index("Noor Haddad-Lindström</bdi> <span") < page.index("Chalk.") < page.index("Slate.")
    assert "1 open comment follows your decision" in page
    assert "1 conflict to resolve" in client.get("/courses/edt320/review").text


def test_settling_for_one_student_moves_what_is_open_and_can_be_undone(
    app: Flask, client: FlaskClient, cast: Cast, contested: Contested
) -> None:
    sign_in(client, cast.instructor)
    page = post(client, HERE, kind="account", key=KEY, seen="", whose=str(cast.student_id))
    assert page.status_code == 302
    assert answer(app, contested.open)[:2] == ("accept", cast.student_id)
    assert answer(app, contested.barts)[:2] == ("accept", cast.other_student_id)
    page = client.get(HERE).text
    assert "Saved. 1 comment moved with it." in page
    assert "Noor Haddad-Lindström</bdi>’s only" in page
    with app.app_context():
        settled = db.session.scalars(select(LinkageDecision.id).where(LinkageDecision.kind == "settle")).one()
    post(client, f"{HERE}/undo", HERE, decision=str(settled))
    assert answer(app, contested.open)[0] == "review"
    assert "1 account to resolve." in client.get(HERE).text


def test_an_account_that_is_shared_proves_nothing(
    app: Flask, client: FlaskClient, cast: Cast, contested: Contested
) -> None:
    sign_in(client, cast.instructor)
    post(client, HERE, kind="account", key=KEY, seen="", whose="nobody")
    assert "Not used as evidence" in client.get(HERE).text
    assert answer(app, contested.open)[0] == "ignore", "nothing else speaks for anybody"
    assert answer(app, contested.noors)[:2] == ("accept", cast.student_id)


def test_an_account_said_to_be_several_students_stays_no_evidence_and_is_not_asked_about_again(
    app: Flask, client: FlaskClient, cast: Cast, contested: Contested
) -> None:
    sign_in(client, cast.instructor)
    before = answer(app, contested.open)
    assert before[0] == "review"
    post(client, HERE, kind="account", key=KEY, seen="", whose="shared")
    page = client.get(HERE).text
    assert "Shared by several students</div>" in page
    assert "No conflicts." in page
    assert answer(app, contested.open) == before
    with app.app_context():
        settled = db.session.scalars(select(LinkageDecision.id).where(LinkageDecision.kind == "settle")).one()
    post(client, f"{HERE}/undo", HERE, decision=str(settled))
    assert "1 account to resolve." in client.get(HERE).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({"whose": ""}, "Choose whose account it is", id="nothing chosen"),
        pytest.param({"whose": "999999"}, "changed in the meantime", id="a student who has no part in it"),
        pytest.param(
            {"whose": "nobody", "key": "blogger:1"}, "changed in the meantime", id="no such conflict"
        ),
        pytest.param(
            {"whose": "nobody", "seen": "12345"}, "resolved this conflict in the meantime", id="stale"
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_said(
    client: FlaskClient, cast: Cast, contested: Contested, fields: dict[str, str], says: str
) -> None:
    sign_in(client, cast.instructor)
    post(client, HERE, **{"kind": "account", "key": KEY, "seen": "", **fields})
    page = client.get(HERE).text
    assert says in page
    assert "1 account to resolve." in page


def test_a_claim_against_a_decision_is_shown_and_the_decision_can_be_kept(
    app: Flask, client: FlaskClient, cast: Cast, contested: Contested
) -> None:
    with app.app_context():
        claims.claim(cast.other_student_id, contested.noors, Act(make.NOW))
        db.session.remove()
    assert answer(app, contested.noors)[2] == "claimed"
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "Since then: Bart" in page
    assert "says they wrote it" in page
    with app.app_context():
        seen = db.session.scalars(
            select(Linkage.decision_id).where(Linkage.comment_id == contested.noors)
        ).one()
    post(client, f"{HERE}/{contested.noors}", HERE, seen=str(seen))
    assert answer(app, contested.noors) == ("accept", cast.student_id, "")
    page = client.get(HERE).text
    assert "Kept as it was" in page
    assert "1 account to resolve." in page, "what the decision taught is still taught"


def test_decided_comments_of_a_student_who_left_are_told_and_not_asked_about(
    app: Flask, client: FlaskClient, cast: Cast, contested: Contested
) -> None:
    with app.app_context():
        db.session.scalars(
            select(Linkage).where(Linkage.comment_id == contested.noors)
        ).one().flag = "former-student"
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "1 account to resolve." in page
    assert "Students who left" in page
    assert "1 comment, by people’s decisions" in page


def test_with_nothing_to_settle_the_page_says_so(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    assert "No conflicts." in client.get(HERE).text


def test_staff_of_single_sections_find_no_conflicts(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.assistant)
    assert client.get(HERE).status_code == 404
