"""Settings, read from the environment (TRACKER_*). docs/ARCHITECTURE.md lists them all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def database_url(url: str) -> str:
    """SQLAlchemy's form of a database URL: plain `postgresql://` means psycopg 3."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def split(text: str) -> tuple[str, ...]:
    """ "a, b" -> ("a", "b")."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def from_environment(environ: dict[str, str] | None = None) -> dict[str, Any]:
    """The settings of a running copy. Numbers that are no numbers raise ValueError at start."""
    env = dict(os.environ) if environ is None else environ
    instance = Path(env.get("TRACKER_INSTANCE", HERE / "instance"))
    return {
        "SECRET_KEY": env.get("TRACKER_SECRET_KEY", ""),
        "INSTANCE_DIR": instance,
        "SQLALCHEMY_DATABASE_URI": database_url(
            env.get("TRACKER_DATABASE_URL", f"sqlite:///{instance / 'tracker.sqlite'}")
        ),
        "BASE_URL": env.get("TRACKER_BASE_URL", "http://127.0.0.1:5000").rstrip("/"),
        "TRUSTED_PROXIES": int(env.get("TRACKER_TRUSTED_PROXIES", "0")),
        "CONTACT": env.get("TRACKER_CONTACT", ""),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": env.get("TRACKER_BASE_URL", "").startswith("https://"),
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 100,
        "WTF_CSRF_TIME_LIMIT": None,
        "OPT_OUT": split(env.get("TRACKER_OPT_OUT", "")),
        "FETCH_CONNECT_TIMEOUT_S": float(env.get("TRACKER_FETCH_CONNECT_TIMEOUT_S", "5")),
        "FETCH_READ_TIMEOUT_S": float(env.get("TRACKER_FETCH_READ_TIMEOUT_S", "10")),
        "FETCH_TOTAL_TIMEOUT_S": float(env.get("TRACKER_FETCH_TOTAL_TIMEOUT_S", "30")),
        "FETCH_MAX_BYTES": int(env.get("TRACKER_FETCH_MAX_BYTES", str(8 * 1024 * 1024))),
        "FETCH_CONNECTIONS": int(env.get("TRACKER_FETCH_CONNECTIONS", "64")),
        "FETCH_PER_UPSTREAM": int(env.get("TRACKER_FETCH_PER_UPSTREAM", "2")),
        "ALLOW_PRIVATE_HOSTS": split(env.get("TRACKER_ALLOW_PRIVATE_HOSTS", "")),
    }
