"""Errors as pages: what happened, in a sentence a person can act on.

Tested in tests/web/test_layout.py.
"""

from __future__ import annotations

from flask import Flask, flash, g, redirect, render_template, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, NotFoundError, StorageError, TrackerError

PAGES = {
    400: ("We couldn’t read that", "Go back, reload the page and try again."),
    403: ("You don’t have access to this page", "Sign in with the account you use for this course."),
    404: ("Page not found", "Check the address. You may also not have access to this page."),
    405: ("This address only works from a button", "Go back and use the button on the page."),
    409: ("This changed in the meantime", "Reload the page to see the current state."),
    413: ("That file is too large", "Files can be up to 2 MB."),
    429: ("Too many attempts", "Wait 15 minutes and try again."),
    500: (
        "Something went wrong on our side",
        "Nothing was changed, and the error was logged. Try again later.",
    ),
    503: ("We can’t save anything right now", "Go back, wait a moment and try again."),
}


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(TrackerError, _tracker)


def _page(status: int, title: str, says: str) -> tuple[str, int]:
    """A page that asks the database nothing: it may be what has failed."""
    g.pop("course", None)
    return render_template("errors/error.html", title=title, says=says), status


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error  # a redirect, raised rather than returned
    return _page(status, *PAGES.get(status, (error.name, "Go back and try again.")))


def _stale(error: CSRFError) -> tuple[str, int]:
    return _page(
        400,
        "This page is out of date",
        "You signed in or out after opening it. Reload the page and try again.",
    )


def _tracker(error: TrackerError) -> tuple[str, int]:
    kinds = ((NotFoundError, 404), (ConflictError, 409), (StorageError, 503))
    status = next((status for kind, status in kinds if isinstance(error, kind)), 400)
    return _page(status, PAGES[status][0], str(error))


def show_conflict(error: ConflictError) -> Response:
    """For a blueprint to register: back to its first page, which shows the current state and why nothing
    was saved."""
    flash(str(error), "error")
    return redirect(url_for(".index"))
