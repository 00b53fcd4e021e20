"""The forms of the grading pages: for one grade, or for many at once.

Tested in tests/web/instructor/grades/test_grade_student.py.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from wtforms import HiddenField, IntegerField, RadioField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Optional

from tracker.domain.errors import TrackerError
from tracker.domain.record import ExceptionKind
from tracker.web.forms import BaseForm, max_length

MOST = 500


class SeenForm(BaseForm):
    """`seen`: the last decision about this grade that the page showed; 0 for none."""

    seen = IntegerField(validators=[InputRequired()])


class AcceptForm(SeenForm):
    """`proposal`: what the rule proposed on the page; "" where levels of a rubric decide."""

    proposal = HiddenField(validators=[Optional()])


class GradeForm(SeenForm):
    """Another grade than the rule's."""

    satisfactory = RadioField(
        "Grade",
        choices=[SelectChoice("yes", "Satisfactory"), SelectChoice("no", "Not yet")],
        validators=[Optional()],
    )
    points = StringField("Points", [max_length(20)])
    reason = TextAreaField("Reason (staff only)", [max_length(MOST)])

    def value(self) -> Decimal | None:
        """The points as typed; None for none. TrackerError when it is no number."""
        typed = (self.points.data or "").replace(",", ".")
        if not typed:
            return None
        try:
            return Decimal(typed)
        except InvalidOperation:
            raise TrackerError(f"“{typed}” is not a number of points.") from None

    def is_satisfactory(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.satisfactory.data or "")


class NoteForm(SeenForm):
    text = TextAreaField("Private note, staff only", [max_length(MOST)])


class ReleaseForm(SeenForm):
    words = TextAreaField("Message to the student", [max_length(MOST)])


class UndoGradeForm(SeenForm):
    decision = IntegerField(validators=[InputRequired()])


class GrantForm(SeenForm):
    """`seen` is here the last thing granted to this student. `requirement` "" is all of it."""

    kind = StringField(validators=[AnyOf([one.value for one in ExceptionKind])])
    requirement = StringField("For", [max_length(40)])
    due = StringField("Until", [max_length(20)])
    reason = StringField("Reason (staff only)", [max_length(MOST)])


class RevokeForm(BaseForm):
    exception = IntegerField(validators=[InputRequired()])


class BulkForm(BaseForm):
    """`seen` stands for who would be accepted or released with what. `part` "" is the whole; `release`: show
    what is accepted to the students as well."""

    seen = HiddenField(validators=[InputRequired()])
    part = HiddenField(validators=[Optional(), max_length(40)])
    release = SubmitField("Accept and release")
    which = HiddenField(validators=[Optional(), AnyOf(("yes", "no"))])
    words = TextAreaField("Message to students", [max_length(MOST)])


class UndoBulkForm(BaseForm):
    batch = HiddenField(validators=[InputRequired(), max_length(36)])
