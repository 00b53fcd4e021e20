"""Putting the application together; a table of contents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import cli, models, web
from tracker.domain.errors import TrackerError
from tracker.extensions import csrf, db, login_manager, migrate
from tracker.models import engine

SECRET_BYTES = 32
ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Mapping[str, Any]) -> Flask:
    """An application for these settings (`config.from_environment`).

    TrackerError when they would not be safe to run with.
    """
    _require_secret(settings.get("SECRET_KEY") or "")
    app = Flask(
        "tracker",
        root_path=str(ROOT / "tracker"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "tracker" / "static"),
        instance_path=str(settings.get("INSTANCE_DIR", ROOT / "instance")),
    )
    app.config.from_mapping(settings)
    Path(app.instance_path).mkdir(mode=0o700, parents=True, exist_ok=True)

    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine, synchronous=settings.get("SQLITE_SYNCHRONOUS", "FULL"))
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    login_manager.init_app(app)
    web.register(app)
    _believe_proxies(app)
    cli.register(app)
    return app


def _believe_proxies(app: Flask) -> None:
    """Behind a reverse proxy, take a visitor's address from it; from anybody else it is not believed."""
    hops = int(app.config.get("TRUSTED_PROXIES", 0))
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _require_secret(key: str) -> None:
    """Sessions and tokens are only as good as this: 32 bytes cannot be guessed (RFC 2104, 3)."""
    if len(key.encode()) < SECRET_BYTES:
        raise TrackerError(
            f"TRACKER_SECRET_KEY must hold at least {SECRET_BYTES} bytes and stay the same from start to "
            "start. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


__all__ = ["create_app", "models"]
