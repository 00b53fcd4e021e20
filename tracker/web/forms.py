"""The base of every form. Fields are named one by one; a form is never poured into a row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from tracker.domain.locale import LOCALES, CourseLocale
from tracker.wording.times import say_instant


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with its token. Texts come without control characters, which PostgreSQL refuses to
    store, and one-line texts without blanks around them."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: FlaskForm, unbound: Any, options: dict[str, Any]) -> Any:
            filters = [*options.get("filters", ())]
            if issubclass(unbound.field_class, StringField):
                filters.append(_without_controls)
            if unbound.field_class is StringField:
                filters.append(_strip)
            return unbound.bind(form=form, **{**options, "filters": filters})

    def refuse(self, says: str) -> None:
        """Add what a job said to the errors of the form as a whole."""
        self.form_errors.append(says)


class ButtonForm(BaseForm):
    """A single button: nothing but the token."""


_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def _without_controls(value: Any) -> Any:
    # A field that is filled in from a row may hold something else than text.
    return value.translate(_CONTROLS) if isinstance(value, str) else value


def _strip(value: str | None) -> str | None:
    return value.strip() if value else value


def max_length(n: int) -> Length:
    return Length(max=n, message=f"At most {n} characters.")


def locales() -> list[tuple[str, str]]:
    """The notations a course may choose, each with an example."""
    example, zone = datetime(2026, 10, 25, 23, 59, tzinfo=UTC), ZoneInfo("UTC")
    return [
        (tag, f"{country}: {say_instant(example, CourseLocale(zone, tag), with_zone=False)}")
        for tag, country in LOCALES.items()
    ]


def time_zones() -> list[str]:
    """The zones of the world by name, those of cities only."""
    return sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))
    )
