"""The course page and its empty state, as a reader sees them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import COURSE, OTHER_COURSE, Cast, sign_in
from tests.support.classroom import fill
from tests.support.queries import counted_queries
from tracker import clock
from tracker.extensions import db
from tracker.models import AcceptSample, Course, SampleMark

PAGE = f"/courses/{COURSE}/"


@pytest.fixture
def room(app: Flask, cast: Cast) -> Cast:
    """The cast's course with 24 more students, three rounds and a section of its own for half."""
    with app.app_context():
        fill(db.session.get_one(Course, cast.course_id), students=24, now=clock.now())
    return cast


def _words(page: str) -> str:
    """The text between the tags, blanks made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_lead_sentence_answers_where_the_round_stands(client: FlaskClient, room: Cast) -> None:
    sign_in(client, room.instructor)
    page = _words(client.get(PAGE).text)
    assert "C4T #3, two comments." in page
    assert "20 of 27 decided; 2 need you; 2 can’t be seen yet; 3 have time left." in page


def test_counts_lead_to_the_students_behind_them(client: FlaskClient, room: Cast) -> None:
    sign_in(client, room.instructor)
    page = client.get(PAGE).text
    links = re.findall(
        rf'<li><a href="({PAGE}grid\?part=c4t-3\.comments&amp;state=[a-z-]+)">.*?<b>(\d+)</b>',
        page,
        re.DOTALL,
    )
    assert sum(int(number) for _, number in links) == 27
    for href, number in links:
        grid = client.get(href.replace("&amp;", "&")).text
        assert len(re.findall(r'<th class="name"\s+scope="row"', grid)) == int(number), href


def test_lists_name_students_blogs_and_reasons(client: FlaskClient, room: Cast) -> None:
    sign_in(client, room.instructor)
    page = _words(client.get(PAGE).text)
    assert "“Nana Ama” left 1 comment" in page
    assert "Decides both comments of C4T #3" in page
    assert "Ms. Aiyana’s Word Lab” hasn’t responded since Sat, Oct 24, 2:15 AM CDT." in page


def test_assistant_counts_own_section_only(client: FlaskClient, room: Cast) -> None:
    sign_in(client, room.assistant)
    page = _words(client.get(PAGE).text)
    assert "14 students, 6 assigned blogs." in page, "half of the class, Noor and Robin"
    assert "Marcus Bell" not in page, "of section 2"


@pytest.mark.parametrize("who", ["other_instructor", "student", "outsider"])
def test_nobody_else_finds_the_course(client: FlaskClient, room: Cast, who: str) -> None:
    sign_in(client, getattr(room, who))
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}grid").status_code == 404
    assert client.get(f"{PAGE}gradebook.csv").status_code == 404


def test_new_course_shows_four_steps_and_the_next_one(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.other_instructor)
    page = client.get(f"/courses/{OTHER_COURSE}/")
    assert "Now the blogs they comment on." in page.text, "a student is enrolled already"
    assert page.text.count("<li") - page.text.count("<link") >= 4
    for title in (
        "Add your students",
        "Follow the blogs",
        "Choose the first assignment",
        "Check the blogs for the first time",
    ):
        assert title in page.text
    for href in re.findall(r'<a class="btn [^"]+" href="([^"]+)"', page.text):
        assert client.get(href).status_code == 200, href


def test_pages_carry_no_inline_style_or_script(client: FlaskClient, room: Cast) -> None:
    sign_in(client, room.instructor)
    for path in ("", "grid"):
        page = client.get(PAGE + path).text
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", page), path


def test_questions_asked_do_not_grow_with_the_class(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        fill(make.add_course("few"), students=20, assignments=1, now=clock.now())
        fill(make.add_course("many"), students=40, assignments=4, now=clock.now())
    sign_in(client, cast.admin)
    asked = []
    for key in ("few", "many"):
        with app.app_context(), counted_queries() as sent:
            assert client.get(f"/courses/{key}/").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


@pytest.mark.one_database
def test_the_weekly_sample_is_counted_in_a_line_for_whoever_may_check_it(
    app: Flask, client: FlaskClient, room: Cast
) -> None:
    with app.app_context():
        blog = make.add_blog("Room Fourteen")
        for place in (1, 2, 3):
            drawn = AcceptSample(
                course_id=room.course_id,
                week="2026-W43",
                place=place,
                comment_id=make.add_comment(make.add_post(blog)).id,
                enrollment_id=room.student_id,
                rules_version="test",
                drawn_at=make.NOW,
            )
            db.session.add(drawn)
        db.session.flush()
        db.session.add(SampleMark(sample_id=drawn.id, is_right=False, at=make.NOW))
        db.session.commit()
    sign_in(client, room.instructor)
    page = _words(client.get(PAGE).text)
    assert "week of Mon, Oct 19: 1 of 3 checked, 1 incorrect." in page
    another = app.test_client()
    sign_in(another, room.assistant)
    assert "drawn by lot" not in another.get(PAGE).text
