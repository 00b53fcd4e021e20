"""The grid, Why? and the gradebook file, as a reader gets them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, sign_in
from tests.support.classroom import Classroom, fill
from tests.support.queries import counted_queries
from tracker import clock
from tracker.extensions import db
from tracker.models import AuditEntry, Course, Enrollment

PAGE = f"/courses/{COURSE}/grid"


@pytest.fixture
def room(app: Flask, cast: Cast) -> dict[str, int]:
    """given and family name -> enrollment, of 20 students with two rounds, beside the cast."""
    with app.app_context():
        made: Classroom = fill(
            db.session.get_one(Course, cast.course_id), students=20, assignments=2, now=clock.now()
        )
        return {f"{one.given_name} {one.family_name}": one.id for one in made.students}


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_every_cell_is_a_link_with_icon_and_word(
    client: FlaskClient, cast: Cast, room: dict[str, int]
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(PAGE).text
    cells = re.findall(r'<td class="c">(.*?)</td>', page, re.DOTALL)
    assert len(cells) == 4 * 23
    for cell in cells:
        assert re.fullmatch(
            r'<a class="s-[a-z]+"\s+href="[^"]+"><svg [^>]*aria-hidden="true">.*</svg>[^<]+</a>', cell
        ), cell


def test_why_opens_beside_the_grid_with_its_reasons(
    client: FlaskClient, cast: Cast, room: dict[str, int]
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{PAGE}/{room['Nana Ama Appiah-Kubi']}/c4t-2")
    assert page.status_code == 200
    words = _words(page.text)
    assert "Why? C4T #2" in words
    assert "A comment that may be theirs needs a decision." in words
    assert "Write two comments on two different posts" in words
    assert "Last full check" in words
    assert page.text.count('aria-current="true"') == 2, "its comments and its summary"


def test_filters_are_kept_on_the_way_to_why(client: FlaskClient, cast: Cast, room: dict[str, int]) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{PAGE}?section=1&state=needs-review").text
    href = re.search(r'<td class="c"><a class="[^"]+"\s+href="([^"]+)"', page)
    assert href is not None
    assert "section=1" in href[1]
    assert "state=needs-review" in href[1]


def test_view_nobody_is_in_says_so(client: FlaskClient, cast: Cast, room: dict[str, int]) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{PAGE}?name=zzz").text
    assert "No student matches these filters." in page


def test_name_typed_into_the_filter_is_text(client: FlaskClient, cast: Cast, room: dict[str, int]) -> None:
    sign_in(client, cast.instructor)
    page = client.get(PAGE, query_string={"name": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


@pytest.mark.parametrize("page", ["0", "-3", "x", "99999999999999999999"])
def test_odd_page_numbers_still_show_a_page(
    client: FlaskClient, cast: Cast, room: dict[str, int], page: str
) -> None:
    sign_in(client, cast.instructor)
    assert client.get(f"{PAGE}?page={page}").status_code == 200


def test_assistant_sees_own_section_only(
    app: Flask, client: FlaskClient, cast: Cast, room: dict[str, int]
) -> None:
    sign_in(client, cast.assistant)
    page = client.get(PAGE).text
    assert "Haddad-Lindström" in page
    assert "Featherstonehaugh-Villanueva, Bartholomew" not in page
    assert client.get(f"{PAGE}/{cast.student_id}/c4t-2").status_code == 200
    assert client.get(f"{PAGE}/{cast.other_student_id}/c4t-2").status_code == 404
    taken = client.get(f"/courses/{COURSE}/gradebook.csv").text
    assert "Bartholomew" not in taken


def test_student_of_another_course_or_unknown_assignment_is_404(
    client: FlaskClient, cast: Cast, room: dict[str, int]
) -> None:
    sign_in(client, cast.instructor)
    assert client.get(f"{PAGE}/{cast.stranger_id}/c4t-2").status_code == 404
    assert client.get(f"{PAGE}/{cast.student_id}/no-such").status_code == 404


def test_gradebook_is_a_file_with_a_safe_name_and_is_logged(
    app: Flask, client: FlaskClient, cast: Cast, room: dict[str, int]
) -> None:
    sign_in(client, cast.instructor)
    answer = client.get(f"/courses/{COURSE}/gradebook.csv")
    assert answer.mimetype == "text/csv"
    assert re.fullmatch(
        r'attachment; filename="gradebook-edt320-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"]
    )
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][3:] == ["C4T #1", "C4T #2"]
    by_name = {row[0]: row[3:] for row in rows[1:]}
    assert by_name["Abara, Chidinma"] == ["satisfactory", "satisfactory"]
    assert by_name["Appiah-Kubi, Nana Ama"] == ["satisfactory", ""]
    with app.app_context():
        logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "gradebook-exported")).one()
        assert (logged.course_id, logged.after) == (cast.course_id, {"students": 23, "assignments": 2})


def test_name_that_a_spreadsheet_would_run_is_defused(
    app: Flask, client: FlaskClient, cast: Cast, room: dict[str, int]
) -> None:
    with app.app_context():
        db.session.get_one(Enrollment, cast.student_id).family_name = "=1+1"
        db.session.commit()
    sign_in(client, cast.instructor)
    rows = list(
        csv.reader(io.StringIO(client.get(f"/courses/{COURSE}/gradebook.csv").data.decode("utf-8-sig")))
    )
    assert not any(row[0].startswith("=") for row in rows)


def test_questions_asked_do_not_grow_with_the_class(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        fill(make.add_course("few"), students=3, assignments=1, now=clock.now())
        fill(make.add_course("many"), students=40, assignments=4, now=clock.now())
    sign_in(client, cast.admin)
    asked = []
    for key in ("few", "many"):
        with app.app_context(), counted_queries() as sent:
            assert client.get(f"/courses/{key}/grid").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("who", ["instructor", "assistant"])
def test_every_link_of_these_pages_leads_somewhere(
    client: FlaskClient, cast: Cast, room: dict[str, int], who: str
) -> None:
    sign_in(client, getattr(cast, who))
    found: dict[str, str] = {}
    for path in (f"/courses/{COURSE}/", PAGE, f"{PAGE}/{cast.student_id}/c4t-2"):
        for href in re.findall(r'href="(/courses/[^"#]+)', client.get(path).text):
            # One of each kind: numbers differ, the page does not.
            found.setdefault(re.sub(r"\d+|c4t-\d|\?.*", "", href), href.replace("&amp;", "&"))
    assert len(found) >= 8
    assert {href: client.get(href).status_code for href in found.values()} == dict.fromkeys(
        found.values(), 200
    )
