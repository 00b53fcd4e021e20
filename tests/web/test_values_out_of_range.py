"""Numbers that no row can have and characters that no database takes, wherever a page is told something:
in its address, in its question and in every field of every form. Never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.datastructures import MultiDict

from tests.support.cast import Cast, sign_in
from tests.web.test_access import Objects, address, rules, world  # noqa: F401 - a fixture
from tracker.models.columns import LARGEST_ID

TRACKER = Path(__file__).resolve().parents[2] / "tracker"
NUMBERS = [
    pytest.param("9" * 20, id="20-digits"),
    pytest.param(str(LARGEST_ID + 1), id="just-too-large"),
    pytest.param(str(2**31), id="beyond-postgresql"),
    pytest.param("9" * 5000, id="5000-digits"),
]
ASKED = re.compile(r'request\.args\.get\("(\w+)"')
Form = tuple[str, str, tuple[tuple[str, str], ...]]
"""The page it stands on, where it leads, its fields with their values."""


class Visitors:
    """Whoever may open a page, signed in once."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self._clients = {role: app.test_client() for role in (cast.student, cast.instructor, cast.admin)}
        for role, client in self._clients.items():
            sign_in(client, role)
        self._by_area = {"student": cast.student, "instructor": cast.instructor}
        self._admin = cast.admin

    def of(self, endpoint: str) -> FlaskClient:
        return self._clients[self._by_area.get(endpoint.partition(".")[0], self._admin)]


@pytest.fixture
def visitors(app: Flask, cast: Cast, world: dict[str, Objects]) -> Visitors:  # noqa: F811
    return Visitors(app, cast)


@pytest.mark.parametrize("number", NUMBERS)
def test_number_that_no_row_has_is_a_page_that_is_not_there(
    app: Flask,
    visitors: Visitors,
    world: dict[str, Objects],  # noqa: F811
    number: str,
) -> None:
    asked = 0
    for rule in rules(app):
        for name, converter in rule._converters.items():
            if not hasattr(converter, "num_convert"):
                continue
            url = address(app, rule, {**world["noor"], name: 77777})
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                answer = visitors.of(rule.endpoint).open(url.replace("77777", number), method=method)
                # A form without its token is refused before anybody looks for its page.
                assert answer.status_code in {"GET": (404,), "POST": (400, 404)}[method], (method, url)
                asked += 1
    assert asked > 10


def test_nul_in_an_address_is_a_page_that_is_not_there(
    app: Flask,
    visitors: Visitors,
    world: dict[str, Objects],  # noqa: F811
) -> None:
    asked = 0
    for rule in rules(app):
        for name in rule.arguments:
            if hasattr(rule._converters[name], "num_convert"):
                continue
            url = address(app, rule, {**world["noor"], name: "nulhere"})
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                answer = visitors.of(rule.endpoint).open(url.replace("nulhere", "a%00b"), method=method)
                # A form without its token is refused before anybody looks at the address.
                assert answer.status_code == (404 if method == "GET" else 400), (method, url)
                asked += 1
    assert asked > 50


@pytest.mark.parametrize(
    "value", [*NUMBERS, pytest.param("-" + "9" * 20, id="negative"), pytest.param("a%00b", id="nul")]
)
def test_question_of_an_address_is_answered(
    app: Flask,
    visitors: Visitors,
    world: dict[str, Objects],  # noqa: F811
    value: str,
) -> None:
    names = {
        name for path in (TRACKER / "web").rglob("*.py") for name in ASKED.findall(path.read_text("utf-8"))
    }
    assert len(names) > 5
    for rule in rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        url = address(app, rule, world["noor"])
        asked = "&".join(f"{name}={value}" for name in sorted(names))
        answer = visitors.of(rule.endpoint).get(f"{url}?{asked}")
        assert answer.status_code < 500, url
        if value == "a%00b":
            assert answer.status_code == 404, url


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("9" * 20, id="20-digits"),
        pytest.param("a\0b", id="nul"),
        pytest.param("9" * 5000, id="5000-digits", marks=pytest.mark.only_in_full),
    ],
)
def test_field_of_a_form_is_answered(
    app: Flask,
    client: FlaskClient,
    cast: Cast,
    world: dict[str, Objects],  # noqa: F811
    value: str,
    *,
    full: bool,
) -> None:
    """Every form as a page shows it, with one field at a time replaced. A day's tests send some of the
    fields of each kind of form, the full ones every field."""
    kinds = {}
    for page, action, fields in forms(app, client, cast, world["noor"]):
        for name, _ in fields:
            if name != "csrf_token":
                kinds.setdefault((re.sub(r"\d+", "N", urlsplit(action).path), name), (page, action, fields))
    assert len(kinds) > 100
    for (_, name), (page, action, fields) in [*kinds.items()][:: 1 if full else 7]:
        data = MultiDict([(key, value if key == name else held) for key, held in fields])
        answer = client.post(action or page, data=data)
        assert answer.status_code < 500, (action, name)
        if answer.status_code == 302 and "/sign-in" in answer.headers["Location"]:
            sign_in(client, cast.instructor)


def forms(app: Flask, client: FlaskClient, cast: Cast, objects: Objects) -> Iterator[Form]:
    """Every form of every page that staff can open."""
    sign_in(client, cast.instructor)
    for rule in rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint.partition(".")[0] not in ("instructor", "auth"):
            continue
        url = address(app, rule, objects)
        for form in LexborHTMLParser(client.get(url).text).css("form[method=post]"):
            action = form.attributes.get("action") or url
            if "sign-out" not in action:
                yield url, action, tuple(fields_of(form))


def fields_of(form: LexborNode) -> Iterator[tuple[str, str]]:
    for node in form.css("input[name], select[name], textarea[name], button[name]"):
        name = node.attributes["name"] or ""
        if node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            yield name, (chosen.attributes.get("value") or "") if chosen else ""
        elif node.tag == "textarea":
            yield name, node.text()
        elif node.attributes.get("type") in ("checkbox", "radio") and "checked" not in node.attributes:
            continue
        elif node.attributes.get("type") != "file":
            yield name, node.attributes.get("value") or ""
