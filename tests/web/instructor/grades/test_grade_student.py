"""Settling a round, one student at a time or many at once, as staff get it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, post, sign_in, token_of
from tests.support.classroom import fill
from tests.support.queries import counted_queries
from tracker import clock
from tracker.domain.assignment import Criterion, Level
from tracker.extensions import db
from tracker.models import (
    CommentVersion,
    Course,
    Enrollment,
    GradeDecision,
    RequirementException,
    RequirementVerdict,
)
from tracker.queries.grade_records import load_records

ROUND = f"/courses/{COURSE}/grades/c4t-1"


QUOTING = (
    "<p>We tried the same in our room and it helped them.</p>"
    "<blockquote><p>Read aloud twice a day to all of them</p></blockquote>"
)
RUNNING = (
    "<p>Hello<script>alert(1)</script></p>"
    "<blockquote>&lt;script&gt;alert(2)&lt;/script&gt; and some more</blockquote>"
)


@pytest.fixture
def room(app: Flask, cast: Cast) -> list[int]:
    """The enrollments of 18 students in the order of `classroom.PATTERN`, with one round."""
    with app.app_context():
        made = fill(db.session.get_one(Course, cast.course_id), students=18, assignments=1, now=clock.now())
        return [one.id for one in made.students]


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def _hidden(page: str, form: str, name: str) -> str:
    """The value of a hidden field of the form that goes to an address ending so."""
    found = re.search(rf'action="[^"]*{form}(?:\?[^"]*)?".*?name="{name}" value="([^"]*)"', page, re.DOTALL)
    assert found, f"no {name} for {form}"
    return found[1]


def _said(app: Flask) -> list[tuple[str, int, bool | None, str]]:
    with app.app_context():
        rows = db.session.scalars(select(GradeDecision).order_by(GradeDecision.id))
        return [(row.kind, row.enrollment_id, row.satisfactory, row.reason) for row in rows]


def test_page_shows_the_words_the_rule_and_what_is_proposed(
    client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{ROUND}/{room[0]}")
    assert page.status_code == 200
    words = _words(page.text)
    assert "Chidinma Abara" in words
    assert "So true." in words
    assert "Comment 1 counts" in words
    assert "The rule proposes satisfactory" in words
    assert "Recorded nothing yet" in words
    assert "2 need you" in words


@pytest.mark.one_database
def test_what_is_set_aside_is_struck_out_and_counted_apart(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    with app.app_context():
        for row in db.session.scalars(select(CommentVersion)):
            row.text = QUOTING
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(f"{ROUND}/{room[0]}").text
    assert re.search(r'<del class="aside".*?Read aloud twice a day', page, re.DOTALL)
    assert "11 words of their own; 9 of a quotation not counted" in _words(page)


@pytest.mark.one_database
def test_text_of_a_comment_cannot_run_anything(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    with app.app_context():
        for row in db.session.scalars(select(CommentVersion)):
            row.text = RUNNING
        db.session.commit()
    sign_in(client, cast.instructor)
    assert "<script>alert" not in client.get(f"{ROUND}/{room[0]}").text


@pytest.mark.one_database
def test_accepting_goes_on_and_can_be_undone_from_there(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{room[0]}"
    answer = post(client, f"{url}/accept", url, seen=0, proposal="satisfactory")
    assert answer.status_code == 302
    following = client.get(answer.headers["Location"])
    assert "Chidinma Abara: accepted satisfactory." in _words(following.text)
    assert "Last: you recorded satisfactory for Chidinma Abara" in _words(following.text)
    assert _said(app) == [("accept", room[0], True, "")]
    number = _hidden(following.text, f"{room[0]}/undo", "decision")
    back = post(client, f"{url}/undo", url, seen=number, decision=number)
    assert back.status_code == 302
    assert "Recorded nothing yet" in _words(client.get(url).text)


@pytest.mark.one_database
def test_from_one_who_waits_the_way_leads_to_the_next_who_waits(
    client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    first, second = room[8], room[15]
    page = client.get(f"{ROUND}/{first}").text
    assert "1 of 2 needing you" in _words(page)
    assert "Decide who wrote it" in page
    answer = post(
        client,
        f"{ROUND}/{first}/set",
        f"{ROUND}/{first}",
        seen=0,
        satisfactory="yes",
        reason="Seen in class.",
    )
    assert answer.headers["Location"] == f"{ROUND}/{second}?part=comment"
    assert "1 of 1 needing you" in _words(client.get(f"{ROUND}/{second}").text)


@pytest.mark.one_database
def test_whoever_was_slower_sees_who_was_faster_and_what_they_typed(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    own = room[0]
    other = app.test_client()
    sign_in(other, cast.assistant)
    with app.app_context():
        for row in db.session.scalars(
            select(RequirementVerdict).where(RequirementVerdict.enrollment_id == own)
        ):
            row.state = "not_found_yet"
        db.session.commit()
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{own}"
    assert post(other, f"{url}/set", url, seen=0, satisfactory="yes", reason="Hers.").status_code == 302
    answer = post(client, f"{url}/set", url, seen=0, satisfactory="no", reason="Not hers, I think.")
    assert answer.status_code == 409
    words = _words(answer.text)
    assert "Ifeoma Nwachukwu-Hale set satisfactory by hand in the meantime" in words
    assert "Not hers, I think." in answer.text
    assert len(_said(app)) == 1


@pytest.mark.one_database
def test_grade_without_a_reason_is_asked_again_with_what_was_chosen(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{room[0]}"
    answer = post(client, f"{url}/set", url, seen=0, satisfactory="no", reason="")
    assert answer.status_code == 422
    assert "Enter a reason" in answer.text
    assert re.search(r'<input checked[^>]*value="no"', answer.text)
    assert _said(app) == []


@pytest.mark.one_database
def test_notes_are_kept_for_staff_and_words_for_the_student_go_with_the_release(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{room[0]}"
    post(client, f"{url}/note", url, seen=0, text="Ask about the link.")
    assert "Ask about the link." in client.get(url).text
    post(client, f"{url}/accept", url, seen=1, proposal="satisfactory")
    answer = post(client, f"{url}/release", url, seen=2, words="Well argued.")
    assert answer.status_code == 302
    assert "with your message “Well argued.”" in _words(client.get(url).text)
    assert [row[0] for row in _said(app)] == ["note", "accept", "release"]


@pytest.mark.one_database
def test_extending_in_a_form_of_the_page_and_taking_it_back(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{room[5]}"
    wrong = post(client, f"{url}/grant", url, seen=0, kind="extension", requirement="", due="soon")
    assert wrong.status_code == 422
    assert "as a time. Enter it like" in wrong.text
    assert 'value="soon"' in wrong.text
    done = post(client, f"{url}/grant", url, seen=0, kind="extension", requirement="", due="2099-12-31")
    assert done.status_code == 302
    assert "Extended to Thu, Dec 31, 11:59 PM CST" in _words(client.get(url).text)
    assert post(client, f"{url}/revoke", url, exception=1).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(RequirementException)).one().revoked_at is not None


@pytest.fixture
def one_part(app: Flask, cast: Cast) -> Cast:
    """A round of comments alone: one student has both, one has one, of one a comment is in review."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        made = make.add_assignment(course, "c4t-1", make.terms(summary=None))
        standing = {
            cast.student_id: "met",
            cast.other_student_id: "not_found_yet",
            cast.invited_id: "in_review",
        }
        for who, second in standing.items():
            student = db.session.get_one(Enrollment, who)
            make.add_verdict(made, student, "comment-1")
            make.add_verdict(made, student, "comment-2", second)
        db.session.commit()
    return cast


def test_round_of_one_part_accepts_releases_and_takes_back_at_once(
    app: Flask, client: FlaskClient, one_part: Cast
) -> None:
    sign_in(client, one_part.instructor)
    page = client.get(ROUND).text
    counts = [int(n) for n in re.findall(r'<td class="num">(\d+)</td>', page)]
    assert (sum(counts), len(counts)) == (3, 8)
    assert re.search(r"1 of 3 are certain ?; 1 needs you ?\.", _words(page))
    assert page.count("Who needs you") == 1
    assert "Accept the 1 that is certain" in page
    answer = client.post(
        f"{ROUND}/accept",
        data={
            "csrf_token": token_of(client.get(ROUND)),
            "seen": _hidden(page, "/accept", "seen"),
            "which": "yes",
        },
    )
    assert answer.status_code == 302
    page = client.get(ROUND).text
    assert "Accepted 1 grade." in page
    assert "Release 1 grade" in page
    assert _said(app) == [("accept", one_part.student_id, True, "")]
    stale = post(client, f"{ROUND}/release", ROUND, seen="0" * 32, words="Thanks.")
    assert stale.status_code == 409
    assert "changed after you opened this page" in stale.text
    assert "Thanks." in stale.text
    seen = _hidden(page, "/release", "seen")
    assert post(client, f"{ROUND}/release", ROUND, seen=seen, words="Thanks.").status_code == 302
    page = client.get(ROUND).text
    assert "1 released" in page
    for batch in re.findall(r'name="batch" value="([^"]+)"', page):
        assert post(client, f"{ROUND}/undo", ROUND, batch=batch).status_code == 302
    with app.app_context():
        assert not any(
            one.grade or one.released for one in load_records(db.session(), one_part.course_id).values()
        )


@pytest.mark.one_database
def test_part_of_an_assignment_is_accepted_released_and_taken_back_by_itself(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    stale = post(client, f"{ROUND}/accept", ROUND, seen="0" * 32, which="yes", part="comment", words="Hello.")
    assert stale.status_code == 409
    assert stale.text.count("Hello.") >= 1
    form = re.search(r'action="[^"]*/accept".*?</form>', client.get(ROUND).text, re.DOTALL)
    assert form is not None
    seen = _hidden(form[0], "/accept", "seen")
    fields = {"seen": seen, "which": "yes", "part": "comment", "release": "yes"}
    assert post(client, f"{ROUND}/accept", ROUND, **fields).status_code == 302
    said = _said(app)
    assert {kind for kind, *_ in said} == {"accept", "release"}
    with app.app_context():
        assert set(db.session.scalars(select(GradeDecision.part))) == {"comment"}
        records = load_records(db.session(), cast.course_id, assignment_key="c4t-1", part="comment")
        assert sum(one.shown_to_student is not None for one in records.values()) == len(said) / 2
    page = client.get(ROUND).text
    assert f"Accepted and released {len(said) // 2}: two comments" in _words(page)
    (batch,) = re.findall(r'name="batch" value="([^"]+)"', page)
    assert post(client, f"{ROUND}/undo", ROUND, batch=batch).status_code == 302
    assert f"Undone for {len(said) // 2} students." in client.get(ROUND).text


@pytest.mark.one_database
def test_page_shows_each_part_and_the_whole_and_what_each_can_have(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        made = make.add_assignment(course, "c4t-1", make.terms(points=Decimal(10)))
        for key in ("comment-1", "comment-2", "summary"):
            make.add_verdict(made, db.session.get_one(Enrollment, cast.student_id), key)
        db.session.commit()
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{cast.student_id}"
    assert "Grade: two comments" in _words(client.get(f"{url}?part=comment").text)
    too_much = post(
        client, f"{url}/set?part=summary", url, seen=0, satisfactory="yes", points="6", reason="Good."
    )
    assert "6 is more than the maximum of 5 points." in too_much.text
    assert post(client, f"{url}/accept?part=comment", url, seen=0, proposal="5").status_code == 302
    fields = {"satisfactory": "yes", "points": "4.5", "reason": "Good."}
    assert post(client, f"{url}/set?part=summary", url, seen=1, **fields).status_code == 302
    whole = _words(client.get(f"{url}?part=whole").text)
    assert "Recorded 9.5 follows from its parts" in whole
    assert "Two comments 5, recorded" in whole
    refused = post(client, f"{url}/release?part=whole", url, seen=2, words="")
    assert "Release the parts." in refused.text


@pytest.mark.one_database
def test_batch_of_another_round_is_not_undone_from_here(
    client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    assert post(client, f"{ROUND}/undo", ROUND, batch="no-such").status_code == 404


@pytest.mark.one_database
def test_word_about_one_student_is_not_undone_at_anothers_address(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{room[0]}"
    post(client, f"{url}/accept", url, seen=0, proposal="satisfactory")
    other = f"{ROUND}/{room[3]}"
    assert post(client, f"{other}/undo", other, seen=1, decision=1).status_code == 400
    assert len(_said(app)) == 1


@pytest.mark.one_database
def test_points_and_rubric_are_asked_where_the_rule_has_them(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        make.add_assignment(course, "c4t-1", make.terms(summary=None, points=Decimal(10)))
        db.session.commit()
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{cast.student_id}"
    assert "of 10" in _words(client.get(url).text)
    wrong = post(client, f"{url}/set", url, seen=0, satisfactory="yes", points="ten", reason="x")
    assert wrong.status_code == 422
    assert "“ten” is not a number of points." in wrong.text
    assert (
        post(client, f"{url}/set", url, seen=0, satisfactory="yes", points="9,5", reason="x").status_code
        == 302
    )
    assert "Recorded 9.5" in _words(client.get(url).text)


@pytest.mark.one_database
def test_rubric_waits_for_a_person_who_chooses_its_levels(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    rubric = (Criterion("depth", "Depth", (Level("good", "Good", 100), Level("thin", "Thin", 60))),)
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        made = make.add_assignment(course, "c4t-1", make.terms(points=Decimal(10), rubric=rubric))
        for key in ("comment-1", "comment-2", "summary"):
            make.add_verdict(made, db.session.get_one(Enrollment, cast.student_id), key)
        db.session.commit()
    sign_in(client, cast.instructor)
    url = f"{ROUND}/{cast.student_id}"
    page = _words(client.get(url).text)
    assert "1 of 1 needing you" in page
    assert "no grade until you choose the levels" in page
    assert post(client, f"{url}/accept", url, seen=0, proposal="").status_code == 422
    done = post(client, f"{url}/accept", url, seen=0, proposal="", **{"level-depth": "thin"})
    assert done.status_code == 302
    assert "Recorded 6 accepted" in _words(client.get(url).text)


@pytest.mark.one_database
def test_requirement_is_taken_as_done_and_the_rule_unchanged(
    app: Flask, client: FlaskClient, cast: Cast, room: list[int]
) -> None:
    """PRODUCT S20: the assistant accepts with a note; the verdict is met, the rule as it was."""
    sign_in(client, cast.assistant)
    who = room[16]
    url = f"{ROUND}/{who}"
    assert "Found, 38 words; the rule asks for 50." in _words(client.get(url).text)
    answer = post(
        client, f"{url}/grant", url, seen=0, kind="substitute", requirement="comment-2", reason="48 will do."
    )
    assert answer.status_code == 302
    with app.app_context():
        row = db.session.scalars(
            select(RequirementVerdict).where(
                RequirementVerdict.enrollment_id == who, RequirementVerdict.requirement == "comment-2"
            )
        ).one()
        assert (row.state, row.terms_version) == ("met", 1)
    assert "Marked complete, comment 2, by Ifeoma Nwachukwu-Hale: 48 will do" in _words(client.get(url).text)


@pytest.mark.one_database
def test_questions_asked_do_not_grow_with_the_class(app: Flask, client: FlaskClient, cast: Cast) -> None:
    people = {}
    with app.app_context():
        for key, students in (("few", 9), ("many", 36)):
            room = fill(make.add_course(key), students=students, assignments=1, now=clock.now())
            people[key] = room.students[0].id
    sign_in(client, cast.admin)
    asked = []
    for key, who in people.items():
        with app.app_context(), counted_queries() as sent:
            assert client.get(f"/courses/{key}/grades/c4t-1").status_code == 200
            first = len(sent)
            assert client.get(f"/courses/{key}/grades/c4t-1/{who}").status_code == 200
        asked.append((first, len(sent) - first))
    assert asked[0] == asked[1]
