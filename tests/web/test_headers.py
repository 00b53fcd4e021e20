"""What every answer tells the browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.support.cast import Cast, sign_in

POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; "
    "object-src 'none'; base-uri 'none'"
)


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/healthz", "/static/tokens.css"])
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_the_signed_in_are_not_kept_by_the_browser(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    assert client.get("/courses").headers["Cache-Control"] == "no-store"


def test_style_sheets_may_be_kept(client: FlaskClient) -> None:
    with client.get("/static/tokens.css") as answer:
        assert "no-store" not in answer.headers.get("Cache-Control", "")
