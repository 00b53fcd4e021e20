"""Code that nothing uses is not kept: what vulture finds in `tracker`, templates included, is nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from vulture.core import Item, Vulture

ROOT = Path(__file__).resolve().parent.parent

CALLED_BY_OTHERS = {
    "list_commands": "click",
    "convert": "click",
    "handle_starttag": "html.parser",
    "_new_conn": "urllib3",
    "regex": "Werkzeug",
    "find_class": "pickle",
    "format_field": "string.Formatter",
    "__context__": "Python",
    "__traceback__": "Python",
    "impl": "SQLAlchemy",
    "cache_ok": "SQLAlchemy",
    "process_bind_param": "SQLAlchemy",
    "process_result_value": "SQLAlchemy",
    "isolation_level": "sqlite3",
    "get_id": "Flask-Login",
    "session_protection": "Flask-Login",
    "permanent": "Flask",
    "lstrip_blocks": "Jinja",
    "trim_blocks": "Jinja",
    "field_flags": "WTForms",
    "bind_field": "WTForms",
    "validate_other": "WTForms",
    "validate_who": "WTForms",
    "validate_link": "WTForms",
    "drawn_at": "a fact kept for whoever asks later",
    "left_at": "a fact kept for whoever asks later",
    "recorded_at": "a fact kept for whoever asks later",
    "created_by_id": "a fact kept for whoever asks later",
    "characters": "counted by its name, which a trait gives",
    "questions": "counted by its name, which a trait gives",
    "introduces": "a fact kept for whoever asks later",
    "refers": "counted by its name, which a trait gives",
}
"""Names that a library calls or reads, and which; and facts that are stored and not read yet."""

DECORATORS = [
    "@*.route",
    "@bp.*",
    "@tracker.command",
    "@*.listens_for",
    "@*.app_template_*",
    "@app.*",
    "@login_manager.*",
    "@*.url_value_preprocessor",
    "@*.before_request",
]
"""Decorators that register a function with a library."""


def names_in_templates() -> set[str]:
    """The words of the pages' code, not of their prose."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    code = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text, re.DOTALL)
    return set(re.findall(r"[A-Za-z_]\w*", "\n".join(code)))


@cache
def found_unused() -> tuple[Item, ...]:
    found = Vulture(ignore_decorators=DECORATORS)
    found.scavenge([ROOT / "tracker", ROOT / "wsgi.py", ROOT / "config.py"], exclude=["*/demo/*"])
    return tuple(found.get_unused_code(min_confidence=60))


def test_nothing_is_unused() -> None:
    known = names_in_templates() | CALLED_BY_OTHERS.keys()
    unused = sorted(
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno} {item.typ} {item.name}"
        for item in found_unused()
        if item.name not in known
    )
    assert unused == []


def test_every_exception_is_needed() -> None:
    assert CALLED_BY_OTHERS.keys() - {item.name for item in found_unused()} == set()
