"""Signing in and out, invitations, and passwords."""

from __future__ import annotations

from flask import Flask

from tracker.web.auth import sessions
from tracker.web.auth.views import bp
from tracker.web.extensions import login_manager


def register(app: Flask) -> None:
    app.config["PERMANENT_SESSION_LIFETIME"] = sessions.STUDENT_LONGEST
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    if app.config.get("SESSION_COOKIE_SECURE"):
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"
    # The session's own clock and version guard it; people's network addresses change as they walk.
    login_manager.session_protection = None
    login_manager.user_loader(sessions.load_user)
    app.register_blueprint(bp)
