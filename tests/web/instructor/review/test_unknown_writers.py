"""The page of unknown writers: what it shows and to whom, what an answer does, and how it is taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import Cast, post, sign_in
from tests.support.queries import counted_queries
from tracker import clock
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.review import decisions as jobs
from tracker.models import Allocation, Course, Enrollment, HandleDenial, Linkage

REVIEW = "/courses/edt320/review"
HERE = f"{REVIEW}/unknown-writers"
SAID = "<p>I write this as a <b>requirement</b> of EDT 320; see my class blog at</p>"
COUNTED = "2 comments name the course and fit no student on the roster."


@dataclass(frozen=True)
class Waiting:
    """Comment ids: one on a blog assigned to Noor (section 1) and Bart (section 2), one on Bart's blog."""

    both: int
    barts: int


@pytest.fixture
def waiting(app: Flask, cast: Cast) -> Waiting:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        course.words = ["EDT 320"]
        noor, bart = (db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id))
        shared, other = make.add_blog("Room Fourteen"), make.add_blog("Half Past Recess")
        assignment, later = make.add_assignment(course), make.add_assignment(course, "c4t-3")
        for round_, student, blog in (
            (assignment, noor, shared), (assignment, bart, shared), (later, bart, other),
        ):  # fmt: skip
            make.allocate(round_, student, blog)
        make.add_verdict(assignment, noor, "comment-1", "not_found_yet")
        found = []
        for blog in (shared, other):
            make.follow(course, blog)
            found.append(make.add_comment(make.add_post(blog), "paperlantern", SAID).id)
        db.session.commit()
        rematch_course(course.id, clock.now())
        return Waiting(*found)


def reason(app: Flask, comment_id: int) -> tuple[str, int | None]:
    with app.app_context():
        row = db.session.scalars(select(Linkage).where(Linkage.comment_id == comment_id)).one()
        return row.reason, row.enrollment_id


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_page_shows_the_text_the_course_words_and_who_was_assigned_the_blog(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    said = words_of(page)
    assert COUNTED in said
    assert "<b>requirement</b>" in page
    assert "Names the course or the college: “EDT 320”." in said
    noors = said.index("It’s by Noor Haddad-Lindström")
    assert "Open requirement: a comment for C4T #2" in said[noors:]
    assert noors < said.index("It’s by Bartholomew Featherstonehaugh-Villanueva", noors)
    assert re.search(r'<a [^>]*href="/courses/edt320/review"[^>]* aria-current', page)


def test_course_page_and_review_lead_here_and_count_it_as_no_open_review(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    review = client.get(REVIEW)
    assert "Nothing waits for you." in review.text
    assert COUNTED in words_of(review.text)
    assert HERE in review.text
    assert 'class="count"' not in review.text


def test_student_is_chosen_on_the_review_page_and_undo_brings_the_comment_back(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    link = re.search(
        rf'href="({REVIEW}/{waiting.both}\?who={cast.student_id}&amp;back=1)"', client.get(HERE).text
    )
    assert link, "the answer's link"
    page = client.get(link[1].replace("&amp;", "&")).text
    assert re.search(rf'name="who" value="{cast.student_id}"\s+id="c\d" checked', page)
    answer = {"who": str(cast.student_id), "seen": "", "back": "1", "teach": f"{cast.student_id}:name"}
    done = post(client, f"{REVIEW}/{waiting.both}", **answer)
    assert done.location == f"{HERE}?page=1"
    assert reason(app, waiting.both) == ("decided", cast.student_id)
    page = client.get(HERE).text
    assert "1 comment names the course" in words_of(page)
    assert f"/{waiting.both}?who" not in page
    [decision] = re.findall(r'name="decision" value="(\d+)"', page)
    post(client, f"{REVIEW}/{waiting.both}/undo", HERE, decision=decision)
    assert reason(app, waiting.both) == ("course-named", None)
    assert COUNTED in words_of(client.get(HERE).text)


def test_someone_else_is_chosen_beforehand_where_the_list_names_them(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{REVIEW}/{waiting.barts}?who={cast.student_id}&back=1").text
    assert re.search(r'value="other"\s+id="c-other" checked', page)
    assert f'<option value="{cast.student_id}" selected>' in page
    page = client.get(f"{REVIEW}/{waiting.barts}?who=other&back=1").text
    assert re.search(r'value="other"\s+id="c-other" checked', page)
    assert " selected>" not in page
    assert client.get(f"{REVIEW}/{waiting.barts}?who=<b>&back=x").status_code == 200


def test_answer_that_is_not_complete_is_shown_again_as_it_was(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    refused = post(
        client, f"{REVIEW}/{waiting.both}", who="other", other="0", seen="", back="3", teach="other:name"
    )
    assert refused.status_code == 422
    assert "Choose a student from the list." in refused.text
    assert re.search(r'name="back"\s+value="3"', refused.text)
    assert re.search(r'name="teach"\s+value="other:name" checked', refused.text)
    assert f"{HERE}?page=3" in refused.text


def test_not_a_student_is_saved_at_once_and_teaches_the_name_on_that_blog(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        first = db.session.scalars(select(Linkage).where(Linkage.comment_id == waiting.both)).one()
        again = make.add_comment(make.add_post(first.comment.blog), "paperlantern", SAID).id
        db.session.commit()
        rematch_course(course.id, clock.now())
    sign_in(client, cast.instructor)
    assert "3 comments name the course" in words_of(client.get(HERE).text)
    done = post(client, f"{HERE}/{waiting.both}/not-a-student", HERE, back="1")
    assert done.location == f"{HERE}?page=1"
    said = words_of(client.get(HERE).text)
    assert "1 comment names the course" in said
    assert "Last decision: a comment by “paperlantern” is not by a student in this course" in said
    assert reason(app, waiting.both) == ("decided", None)
    assert reason(app, again) == ("outsider", None)
    assert reason(app, waiting.barts) == ("course-named", None)
    with app.app_context():
        assert db.session.scalars(select(HandleDenial.kind)).all() == ["name"]


def test_comment_that_was_decided_meanwhile_is_shown_with_that_decision(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    client.get(HERE)
    with app.app_context():
        jobs.confirm(cast.course_id, waiting.both, cast.student_id, Act(clock.now()), teach=False)
    late = post(client, f"{HERE}/{waiting.both}/not-a-student", HERE, back="1")
    page = client.get(late.location).text
    assert "Someone decided about this comment in the meantime" in page
    assert reason(app, waiting.both) == ("decided", cast.student_id)


def test_assistant_of_a_section_sees_and_answers_what_their_students_could_have_written(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.assistant)
    page = client.get(HERE).text
    assert "1 comment names the course" in words_of(page)
    assert "Noor Haddad-Lindström" in page
    assert "Bartholomew" not in page
    assert HERE in client.get(REVIEW).text
    assert post(client, f"{HERE}/{waiting.barts}/not-a-student", HERE, back="1").status_code == 404
    assert post(client, f"{HERE}/{waiting.both}/not-a-student", HERE, back="1").status_code == 302
    assert reason(app, waiting.both) == ("decided", None)


def test_assistant_sees_it_by_the_assigned_blog_also_where_no_candidate_is_of_their_section(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    with app.app_context():
        linkage = db.session.scalars(select(Linkage).where(Linkage.comment_id == waiting.both)).one()
        linkage.candidates = [
            one for one in linkage.candidates if one["enrollment_id"] == cast.other_student_id
        ]
        assert linkage.candidates
        db.session.commit()
    sign_in(client, cast.assistant)
    page = client.get(HERE).text
    assert "1 comment names the course" in words_of(page)
    assert "Noor Haddad-Lindström" in page
    assert client.get(f"{REVIEW}/{waiting.both}?who=other&back=1").status_code == 200
    assert client.get(f"{REVIEW}/{waiting.barts}?who=other&back=1").status_code == 404
    assert post(client, f"{HERE}/{waiting.both}/not-a-student", HERE, back="1").status_code == 302
    assert reason(app, waiting.both) == ("decided", None)
    assert client.get(f"/courses/edt320/comments/{waiting.both}").status_code == 200


def test_blog_assigned_long_after_the_comment_shows_it_to_no_assistant(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    with app.app_context():
        linkage = db.session.scalars(select(Linkage).where(Linkage.comment_id == waiting.both)).one()
        linkage.candidates = [{**linkage.candidates[0], "enrollment_id": cast.other_student_id}]
        for row in db.session.scalars(select(Allocation)):
            row.opens_at = clock.now() + timedelta(days=90)
        db.session.commit()
    sign_in(client, cast.assistant)
    assert "No comments by unknown writers." in client.get(HERE).text
    assert client.get(f"{REVIEW}/{waiting.both}?who=other&back=1").status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("person", ["student", "outsider", "other_instructor"])
def test_nobody_else_finds_the_page(client: FlaskClient, cast: Cast, waiting: Waiting, person: str) -> None:
    sign_in(client, getattr(cast, person))
    assert client.get(HERE).status_code == 404


def test_empty_list_says_what_will_appear_here(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "No comments by unknown writers." in page
    assert "nothing in it points to a student on the roster, it appears here." in words_of(page)


def test_how_it_was_matched_says_that_it_fits_nobody(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    said = words_of(client.get(f"/courses/edt320/comments/{waiting.both}").text)
    assert "not matched to anyone: it names the course, but nothing in it points to a student" in said
    assert "Students who were assigned the blog then are shown below." in said
    page = client.get(f"{REVIEW}/{waiting.both}").text
    assert "Until you decide, it counts for no one." in words_of(page)


def test_questions_asked_do_not_grow_with_the_list(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    asked = []
    for more in (0, 6):
        with app.app_context():
            blog = (
                db.session.scalars(select(Linkage).where(Linkage.comment_id == waiting.both))
                .one()
                .comment.blog
            )
            for _ in range(more):
                make.add_comment(make.add_post(blog), "bookworm", SAID)
            db.session.commit()
            rematch_course(cast.course_id, clock.now())
        for page in (HERE, REVIEW):
            with app.app_context(), counted_queries() as sent:
                assert client.get(page).status_code == 200
            asked.append(len(sent))
    assert asked[:2] == asked[2:]
