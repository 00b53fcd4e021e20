"""Putting the application together; a table of contents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from tracker import cli, models, web
from tracker.extensions import csrf, db, login_manager, migrate
from tracker.models import engine

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Mapping[str, Any]) -> Flask:
    """An application for these settings (`config.from_environment`)."""
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
        engine.prepare(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    login_manager.init_app(app)
    web.register(app)
    cli.register(app)
    return app


__all__ = ["create_app", "models"]
