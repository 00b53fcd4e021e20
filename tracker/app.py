"""Putting the application together; a table of contents.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import web
from tracker.core import ROOT, create_core
from tracker.extensions import db
from tracker.web.extensions import csrf, login_manager

migrate = Migrate(render_as_batch=True)


def create_app(settings: Mapping[str, Any]) -> Flask:
    """An application for these settings (`config.from_environment`).

    TrackerError when they would not be safe to run with.
    """
    app = create_core(settings)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    login_manager.init_app(app)
    web.register(app)
    _believe_proxies(app)
    return app


def _believe_proxies(app: Flask) -> None:
    """Behind a reverse proxy, take a visitor's address from it; from anybody else it is not believed."""
    hops = int(app.config.get("TRUSTED_PROXIES", 0))
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
