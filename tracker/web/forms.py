"""The base of every form. Fields are named one by one; a form is never poured into a row.

Tested in tests/web/instructor/people/test_students.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from flask import abort, current_app, g
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from itsdangerous import BadData, URLSafeSerializer
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import InputRequired, Length

from tracker.domain.errors import ConflictError
from tracker.domain.locale import LOCALES, CourseLocale
from tracker.models.columns import LARGEST_ID
from tracker.wording.times import say_instant


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with its token. Texts come without control characters, which PostgreSQL refuses to
    store, one-line texts without blanks around them, and numbers within what a row can have."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: FlaskForm, unbound: Any, options: dict[str, Any]) -> Any:
            filters = [*options.get("filters", ())]
            if issubclass(unbound.field_class, StringField):
                filters.append(_without_controls)
            if unbound.field_class is StringField:
                filters.append(_strip)
            if issubclass(unbound.field_class, (IntegerField, SelectFieldBase)):
                filters.append(_no_larger_than_a_row)
            return unbound.bind(form=form, **{**options, "filters": filters})

    def says(self) -> str:
        """What is not right yet, in one sentence."""
        return " ".join(str(says) for errors in self.errors.values() for says in errors)

    def refuse(self, says: str) -> None:
        """Add what a job said to the errors of the form as a whole."""
        self.form_errors.append(says)


class SignedForm(BaseForm):
    """`given` is what was shown, as `sign` gave it out, so that what is saved is what was seen."""

    given = HiddenField(validators=[InputRequired()])


class ListForm(BaseForm):
    """A list as a file or as text. A pasted text stays in its box when something is wrong with it."""

    file = FileField("File (CSV)")
    text = TextAreaField("Or paste the list")

    def content(self) -> bytes | str:
        """The file, else the text."""
        return (self.file.data.read() if self.file.data else b"") or self.text.data or ""


class ButtonForm(BaseForm):
    """A single button: nothing but the token."""


Form = TypeVar("Form", bound=BaseForm)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def _without_controls(value: Any) -> Any:
    # A field that is filled in from a row may hold something else than text.
    return value.translate(_CONTROLS) if isinstance(value, str) else value


def _no_larger_than_a_row(value: Any) -> Any:
    """No number that a form takes is larger than a row's; a database refuses what is."""
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, int) and abs(one) > LARGEST_ID:
            raise ValueError("This number is too large.")
    return value


def _strip(value: str | None) -> str | None:
    return value.strip() if value else value


def sign(what: str, value: object) -> str:
    """A value for a page to carry until it is saved, for the open course only."""
    return str(_signer(what).dumps(value))


def read_signed(what: str, signed: str | None) -> Any:
    """The value that `sign` gave out; ConflictError when it is not that."""
    try:
        return _signer(what).loads(signed or "")
    except BadData as exc:
        raise ConflictError("The list changed after the preview. Choose the file again.") from exc


def _signer(what: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"{what} of course {g.course.id}")


def valid_or_400(form: Form) -> Form:
    """The form, where its page leaves nothing to be filled in wrong."""
    if not form.validate():
        abort(400)
    return form


def max_length(n: int) -> Length:
    return Length(max=n, message=f"Use at most {n} characters.")


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
