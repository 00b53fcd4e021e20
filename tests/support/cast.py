"""The standing cast of the pages' tests, and how they sign in: by the real form, with its token."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import factories as make
from tracker.extensions import db

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Cast:
    """Email addresses to sign in with, and the ids of what is theirs."""

    instructor: str
    other_instructor: str
    assistant: str
    student: str
    other_student: str
    outsider: str
    admin: str
    course_id: int
    other_course_id: int
    student_id: int
    other_student_id: int
    stranger_id: int
    """A student of the other course."""
    invited_id: int
    """Enrolled in section 1, without an account."""


COURSE = "edt320"
OTHER_COURSE = "edt110"


def gather() -> Cast:
    """One instructor teaches EDT 320, another a different course; an assistant has section 1; Noor
    (section 1) and Bart (section 2) are enrolled, Wren is not, and Robin has no account yet."""
    course, other = make.add_course(COURSE), make.add_course(OTHER_COURSE)
    first, second = make.add_section(course, "1"), make.add_section(course, "2")
    people = {
        key: make.add_user(name, email=f"{key}@harlan.example")
        for key, name in (
            ("achterberg", "Rosa Achterberg"),
            ("quill", "Tobias Quill"),
            ("ifeoma", "Ifeoma Nwachukwu-Hale"),
            ("noor", "Noor Haddad-Lindström"),
            ("bart", "Bartholomew Featherstonehaugh-Villanueva"),
            ("wren", "Wren Sallow"),
        )
    }
    make.add_enrollment(course, people["achterberg"], role="instructor")
    make.add_enrollment(other, people["quill"], role="instructor")
    assistant = make.add_enrollment(course, people["ifeoma"], role="assistant")
    make.keep_to_sections(assistant, first)
    noor = make.add_enrollment(course, people["noor"], section=first)
    bart = make.add_enrollment(course, people["bart"], section=second)
    robin = make.add_enrollment(course, name="Robin Tallis", section=first)
    stranger = make.add_enrollment(other, name="Ada Fenwick")
    admin = make.add_user("Otto Lund", email="otto@harlan.example", is_admin=True)
    db.session.commit()
    return Cast(
        instructor="achterberg@harlan.example",
        other_instructor="quill@harlan.example",
        assistant="ifeoma@harlan.example",
        student="noor@harlan.example",
        other_student="bart@harlan.example",
        outsider="wren@harlan.example",
        admin=admin.email or "",
        course_id=course.id,
        other_course_id=other.id,
        student_id=noor.id,
        other_student_id=bart.id,
        stranger_id=stranger.id,
        invited_id=robin.id,
    )


def token_of(response: TestResponse) -> str:
    """The token of a page's forms."""
    found = TOKEN.search(response.text)
    assert found, f"no form on {response.request.path}: {response.text[:300]}"
    return found[1]


def sign_in(client: FlaskClient, name: str, password: str = make.PASSWORD, **fields: str) -> TestResponse:
    """Fill in the sign-in form; the answer to it."""
    page = client.get("/sign-in")
    return client.post(
        "/sign-in", data={"csrf_token": token_of(page), "name": name, "password": password, **fields}
    )


def post(client: FlaskClient, url: str, page: str = "", **fields: object) -> TestResponse:
    """POST with the token of `page` (by default the page of the same address)."""
    token = token_of(client.get(page or url))
    return client.post(url, data={"csrf_token": token, **fields})
