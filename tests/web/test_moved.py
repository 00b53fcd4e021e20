"""Addresses of earlier releases lead to where the page is now."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.support.cast import COURSE, Cast, sign_in

HERE = f"/courses/{COURSE}"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("settle/c4t-1", "grades/c4t-1", id="grades of a round"),
        pytest.param("settle/c4t-1/7?next=1&a=b%20c", "grades/c4t-1/7?next=1&a=b%20c", id="one student"),
        pytest.param("parts", "review/split-comments", id="split comments"),
        pytest.param("sample?week=2026-W43", "review/spot-checks?week=2026-W43", id="spot checks"),
        pytest.param("review/alike", "review/similar-text", id="similar text"),
        pytest.param("give-blogs", "assigned-blogs", id="import of assigned blogs"),
    ],
)
def test_old_address_leads_to_the_new_one(client: FlaskClient, cast: Cast, old: str, new: str) -> None:
    sign_in(client, cast.instructor)
    answer = client.get(f"{HERE}/{old}")
    assert (answer.status_code, answer.location) == (301, f"{HERE}/{new}")


@pytest.mark.one_database
def test_old_address_asks_strangers_to_sign_in(client: FlaskClient, cast: Cast) -> None:
    assert "/sign-in" in client.get(f"{HERE}/settle/c4t-1").location
