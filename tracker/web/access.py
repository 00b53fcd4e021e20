"""The outer door: every endpoint says who may come in, and all others stay outside.

Pages of a course are in the blueprints `instructor` and `student`, whose own doors ask further.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

Page = str | tuple[str, int] | Response
"""What a view answers with."""

View = TypeVar("View", bound=Callable[..., Any])

GUARDED = ("instructor", "student")
"""Blueprints with a door of their own, which runs after this one."""


class Access(Enum):
    PUBLIC = "public"
    SIGNED_IN = "signed in"
    ADMIN = "administrators"


def public(view: View) -> View:
    """Anybody may come in. Such a page shows nothing about a student."""
    view.access = Access.PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Everyone who is signed in may come in."""
    view.access = Access.SIGNED_IN  # type: ignore[attr-defined]
    return view


def admin_only(view: View) -> View:
    """Administrators may come in; to everybody else the page does not exist."""
    view.access = Access.ADMIN  # type: ignore[attr-defined]
    return view


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Who may come in to an endpoint; None when nobody has said so."""
    if endpoint == "static":
        return Access.PUBLIC
    if endpoint.partition(".")[0] in GUARDED:
        return Access.SIGNED_IN
    return getattr(app.view_functions.get(endpoint), "access", None)


def register(app: Flask) -> None:
    """Close the door. Called last: raises RuntimeError for a route that does not say who may come in."""
    open_ended = sorted(
        {rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None}
    )
    if open_ended:
        raise RuntimeError(f"These pages do not say who may come in: {', '.join(open_ended)}")
    # In front of the blueprints' functions, whatever the order of registration.
    app.before_request(_ask)


def _ask() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: the 404 follows
    access = access_of(current_app, request.endpoint)
    if access is Access.PUBLIC:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if access is None or (access is Access.ADMIN and not current_user.is_admin):
        abort(404)
    return None


def ask_to_sign_in() -> Response:
    """To the sign-in page and afterwards back; only what was being read can be come back to."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=here if here != "/" else None))
