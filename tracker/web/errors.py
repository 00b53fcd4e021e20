"""Errors as pages: what happened, in a sentence a person can act on."""

from __future__ import annotations

from flask import Flask, g, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import ConflictError, NotFoundError, StorageError, TrackerError

PAGES = {
    400: ("That could not be read", "Go back, reload the page and try again."),
    403: ("This is not open to you", "Sign in with the account that your course knows."),
    404: ("There is nothing here", "The address may have a slip in it, or the page is not yours to see."),
    405: ("That is done with a button", "Go back and press the button on the page."),
    409: ("Somebody was quicker", "Reload the page to see how things stand now."),
    413: ("That is too large", "Files may have up to 2 MB."),
    429: ("Too many tries", "Wait fifteen minutes and try again."),
    500: (
        "Something went wrong on our side",
        "Nothing was changed. We have noted it; try again later.",
    ),
    503: ("We cannot write just now", "Go back, wait a moment and try again."),
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
        "This page has grown old",
        "You signed in or out since it was opened. Reload it and try again.",
    )


def _tracker(error: TrackerError) -> tuple[str, int]:
    kinds = ((NotFoundError, 404), (ConflictError, 409), (StorageError, 503))
    status = next((status for kind, status in kinds if isinstance(error, kind)), 400)
    return _page(status, PAGES[status][0], str(error))
