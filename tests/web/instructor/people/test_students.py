"""The roster's pages: a list in two steps, nothing saved unseen, nothing lost on a slip."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support import factories as make
from tests.support.cast import COURSE, OTHER_COURSE, Cast, post, sign_in, token_of
from tracker.extensions import db
from tracker.models import Course, Enrollment, EnrollmentEvent, Handle

PAGE = f"/courses/{COURSE}/students"
LIST = 'student_id,name,section,blog_url\ns901,"Vale, Ida",1,http://ida.example/\ns902,Zoë Brontë,2,\n'
SIGNED = re.compile(r'name="given"[^>]*value="([^"]+)"')


def students(app: Flask, course_id: int) -> list[str]:
    with app.app_context():
        rows = db.session.scalars(
            select(Enrollment).where(
                Enrollment.course_id == course_id, Enrollment.role == "student", Enrollment.is_active
            )
        )
        return sorted(f"{row.given_name} {row.family_name}" for row in rows)


def preview(client: FlaskClient, text: str, page: str = PAGE) -> tuple[str, str]:
    """The page that shows the rows, and the signed list on it ("" when it was refused)."""
    answer = post(client, f"{page}/import", text=text)
    found = SIGNED.search(answer.text)
    return answer.text, found[1] if found else ""


def test_a_pasted_list_is_shown_row_by_row_and_not_saved(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    before = students(app, cast.course_id)
    text, signed = preview(client, LIST)
    assert "2 new; 3 not in the list." in text
    assert "Vale, Ida" in text
    assert "Brontë, Zoë" in text
    assert "http://ida.example/" in text
    assert signed
    assert students(app, cast.course_id) == before


def test_what_was_shown_is_what_is_saved(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    _, signed = preview(client, LIST)
    answer = post(client, f"{PAGE}/import/apply", f"{PAGE}/import", given=signed)
    assert answer.status_code == 302
    shown = client.get(PAGE).text
    assert "2 added." in shown
    assert "3 students not in the list stayed." in shown
    assert len(students(app, cast.course_id)) == 5
    with app.app_context():
        assert db.session.scalars(select(Handle.key)).all() == ["ida.example"]


def test_saving_twice_changes_nothing_the_second_time(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    _, signed = preview(client, LIST)
    for _ in range(2):
        post(client, f"{PAGE}/import/apply", f"{PAGE}/import", given=signed)
    assert len(students(app, cast.course_id)) == 5
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(EnrollmentEvent)) == 2
    assert "changes nothing" not in preview(client, LIST)[0]  # three are left out still


def test_nobody_is_dropped_who_was_not_ticked(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    text, signed = preview(client, LIST)
    assert f'value="{cast.other_student_id}"' in text
    assert not re.search(r'name="drop"[^>]*\bchecked\b', text)
    post(client, f"{PAGE}/import/apply", f"{PAGE}/import", given=signed, drop=cast.other_student_id)
    assert students(app, cast.course_id) == [
        "Ida Vale",
        "Noor Haddad-Lindström",
        "Robin Tallis",
        "Zoë Brontë",
    ]


def test_a_file_is_read_as_the_spreadsheet_wrote_it(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    file = (io.BytesIO("Name;Student Number\nBrontë, Zoë;s902\n".encode("cp1252")), "roster.csv")
    data = {"csrf_token": token_of(client.get(f"{PAGE}/import")), "file": file}
    answer = client.post(f"{PAGE}/import", data=data, content_type="multipart/form-data")
    assert "Brontë, Zoë" in answer.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "Choose a file or paste a list.", id="nothing"),
        pytest.param("student_id,name\ns1,\n", "Line 2 has no name.", id="no-name"),
        pytest.param("colour\nblue\n", "must have column names", id="no-column"),
        pytest.param("name\n" + "x" * 201, "Line 2", id="long-cell"),
    ],
)
def test_a_list_with_a_slip_comes_back_with_the_line_and_the_text(
    client: FlaskClient, cast: Cast, text: str, says: str
) -> None:
    sign_in(client, cast.instructor)
    answer = post(client, f"{PAGE}/import", text=text)
    assert answer.status_code == 422
    assert says in answer.text
    assert text.strip() in answer.text


def test_a_list_of_another_course_cannot_be_saved_here(app: Flask, client: FlaskClient, cast: Cast) -> None:
    other = app.test_client()
    sign_in(other, cast.other_instructor)
    _, foreign = preview(other, LIST, f"/courses/{OTHER_COURSE}/students")
    sign_in(client, cast.instructor)
    for value in (foreign, foreign[:-1], "", "nonsense"):
        answer = post(client, f"{PAGE}/import/apply", f"{PAGE}/import", given=value)
        assert answer.status_code == 409, value
    assert len(students(app, cast.course_id)) == 3


def test_an_assistant_of_a_section_brings_no_lists_in(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.assistant)
    shown = client.get(PAGE).text
    assert "Noor" in shown
    assert "Bartholomew" not in shown
    assert "Bring in a new list" not in shown
    assert client.get(f"{PAGE}/import").status_code == 404


def test_names_and_addresses_are_shown_as_text(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    _, signed = preview(client, "name,aliases\n<b>Vale</b>,<script>x</script>\n")
    post(client, f"{PAGE}/import/apply", f"{PAGE}/import", given=signed)
    shown = client.get(PAGE).text
    assert "&lt;b&gt;Vale" in shown
    assert "<script>x" not in shown


def test_a_students_page_shows_only_that_student(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    shown = client.get(f"{PAGE}/{cast.student_id}").text
    assert "Noor Haddad-Lindström" in shown
    assert "Bartholomew" not in shown
    assert client.get(f"{PAGE}/{cast.stranger_id}").status_code == 404


def test_an_address_that_would_run_is_no_link(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor = db.session.get_one(Enrollment, cast.student_id)
        for address in ("javascript:alert(1)", "http://room.example/#comment-1"):
            comment = make.add_comment(make.add_post(make.add_blog()), permalink=address)
            make.add_linkage(course, comment, noor)
        db.session.commit()
    sign_in(client, cast.instructor)
    shown = client.get(f"{PAGE}/{cast.student_id}").text
    assert "javascript:" not in shown
    assert 'href="http://room.example/#comment-1"' in shown


def test_the_other_instructor_finds_nothing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.other_instructor)
    for path in ("", "/import", f"/{cast.student_id}"):
        assert client.get(PAGE + path).status_code == 404
