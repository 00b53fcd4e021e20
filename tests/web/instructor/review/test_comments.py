"""The page "how this comment was matched", as staff and as the student read it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import evening
from tests.support import factories as make
from tests.support.cast import Cast, sign_in
from tests.support.evidence import stored
from tracker import clock
from tracker.domain.linkage import EvidenceKind
from tracker.extensions import db
from tracker.models import Comment, Course, Enrollment, Linkage

STAFF, MINE = "/courses/edt320/comments", "/courses/edt320/me/comments"
LONG = "Bartholomew Featherstonehaugh-Villanueva"


@pytest.fixture
def matched(app: Flask, cast: Cast) -> int:
    """A comment taken for Noor's; the signs name Bart, who could have written it."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor, bart = (db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id))
        blog = make.add_blog()
        make.follow(course, blog)
        comment = make.add_comment(make.add_post(blog), "Noor")
        linkage = make.add_linkage(course, comment, noor, candidates=(bart,), rules_version="2025.9")
        linkage.verdict = "accept"
        signs = [
            stored(EvidenceKind.OTHERS_SIGNATURE, -14.0, "text", seen=LONG, veto=True, other=bart.id),
            stored(
                EvidenceKind.AUTHOR_LINK,
                15.0,
                "author-link",
                seen="http://noor.example",
                known="https://noor.example/",
            ),
        ]
        mine = {"enrollment_id": noor.id, "bits": -8.0, "probability": 0.91234, "level": "likely"}
        linkage.candidates = [
            {**mine, "evidence": signs},
            {**linkage.candidates[0], "enrollment_id": bart.id, "evidence": []},
        ]
        db.session.commit()
        return comment.id


def test_names_written_from_the_right_stand_apart_in_their_sentences(
    app: Flask, client: FlaskClient, cast: Cast, matched: int
) -> None:
    with app.app_context():
        noor, bart = (db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id))
        noor.given_name, noor.family_name, noor.preferred_name = "נועה", "לוי", ""
        bart.given_name, bart.family_name, bart.preferred_name = "نور", "الهدى", ""
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(f"{STAFF}/{matched}").text
    assert "It is <bdi>נועה לוי</bdi>’s, matched automatically." in page
    body = page.split("<h1", 1)[1].split("</main>")[0]
    assert "نور الهدى" in body
    for name in ("נועה לוי", "نور الهدى"):
        assert body.count(name) == body.count(f"<bdi>{name}</bdi>")


def test_staff_read_contradictions_first_and_numbers_only_on_demand(
    client: FlaskClient, cast: Cast, matched: int
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{STAFF}/{matched}").text
    order = (
        "It is Noor Haddad-Lindström’s, matched automatically.",
        "Evidence against",
        "Signed with another student’s name",
        "Evidence for",
        "Author link goes to Noor’s class blog",
        "http://noor.example",
        "https://noor.example/",
        "Other candidates",
        LONG,
        "<details",
        "Start",
        "\N{MINUS SIGN}9.0",
        "+15.0",
        "91%",
        "needs at least 90%, 4 bits more",
        "rule set",
        "Decisions",
        "When and how we found it",
    )
    found = [page.index(text, page.index("<main")) for text in (*order[:8],)]
    assert found == sorted(found)
    assert [text for text in order if text not in page] == []
    assert "The limits above are those of the current rule set" in page


def test_a_student_reads_of_her_comment_and_of_nobody_else(
    client: FlaskClient, cast: Cast, matched: int
) -> None:
    sign_in(client, cast.student)
    page = client.get(f"{MINE}/{matched}").text
    assert "It is yours, matched automatically." in page
    assert "The name links to your class blog" in page
    assert "known as another person’s" in page
    assert "Not yours?" in page
    assert "Bart" not in page
    assert "Featherstonehaugh" not in page
    assert "Other candidates" not in page


def test_a_name_that_a_student_may_not_see_is_neither_shown_nor_denied(
    app: Flask, client: FlaskClient, cast: Cast, matched: int
) -> None:
    with app.app_context():
        linkage = db.session.query(Linkage).filter_by(comment_id=matched).one()
        first, other = linkage.candidates
        hers = stored(EvidenceKind.OTHERS_NAME, -8.0, "author", seen="Bart", other=cast.other_student_id)
        linkage.candidates = [{**first, "evidence": [hers]}, other]
        db.session.get_one(Comment, matched).author = "Bart"
        db.session.commit()
    sign_in(client, cast.student)
    page = client.get(f"{MINE}/{matched}").text
    assert "Posted on “" in page
    assert "Bart" not in page
    assert "Not signed" not in page


def test_a_comment_in_review_is_on_no_students_page(
    app: Flask, client: FlaskClient, cast: Cast, matched: int
) -> None:
    with app.app_context():
        linkage = db.session.query(Linkage).filter_by(comment_id=matched).one()
        linkage.verdict, linkage.enrollment_id = "review", None
        db.session.commit()
    sign_in(client, cast.student)
    assert client.get(f"{MINE}/{matched}").status_code == 404


def test_a_comment_without_author_evidence_or_post_can_be_read(
    app: Flask, client: FlaskClient, cast: Cast, matched: int
) -> None:
    with app.app_context():
        comment = db.session.get_one(Comment, matched)
        comment.author = comment.permalink = ""
        comment.post_id, comment.posted_at = None, None
        comment.gone_since = make.NOW
        db.session.query(Linkage).filter_by(comment_id=matched).one().candidates = []
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(f"{STAFF}/{matched}").text
    assert "Not signed, at “" in page
    assert "no longer shown since" in page
    assert "Show the calculation" not in page


@pytest.mark.one_database
def test_pages_about_a_comment_lead_to_how_it_was_matched(
    client: FlaskClient, cast: Cast, matched: int
) -> None:
    sign_in(client, cast.instructor)
    for page in (f"/courses/edt320/review/{matched}", f"{STAFF}/{matched}"):
        assert client.get(page).status_code == 200
    assert f'href="{STAFF}/{matched}"' in client.get(f"/courses/edt320/review/{matched}").text
    assert f'href="/courses/edt320/review/{matched}"' in client.get(f"{STAFF}/{matched}").text


@pytest.mark.one_database
def test_a_students_status_leads_to_how_her_comment_was_matched(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        comment = evening.live_through(cast, clock.now()).comment.id
    sign_in(client, cast.student)
    assert f'href="{MINE}/{comment}"' in client.get("/courses/edt320/me/").text
    assert client.get(f"{MINE}/{comment}").status_code == 200


@pytest.mark.one_database
def test_numbers_name_the_bounds_of_the_course(
    app: Flask, client: FlaskClient, cast: Cast, matched: int
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        course.settings = {**course.settings, "accept_at": 0.97, "review_at": 0.05}
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(f"{STAFF}/{matched}").text
    assert "needs at least 97%" in page
    assert "From 5%, a person is asked" in page
