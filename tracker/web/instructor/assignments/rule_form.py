"""The form of a rule: its fields, filled in from a typed rule and read back into one.

Tested in tests/web/instructor/assignments/test_assignments.py.
"""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Field
from wtforms.fields.form import FormField
from wtforms.fields.simple import HiddenField, SubmitField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.assignment import Combine, HeldCredit, Where
from tracker.domain.errors import FieldError, TrackerError
from tracker.domain.text import Aside
from tracker.domain.typed_rule import TypedRule
from tracker.web.forms import BaseForm, max_length
from tracker.web.instructor.assignments.rule_fields import (
    WALL_CLOCK,
    Choice,
    ConditionsForm,
    JoinedLateForm,
    LateForm,
    Number,
    PostsForm,
    QuotaForm,
    SpreadForm,
    WeeksForm,
    WorthForm,
    read_form,
)
from tracker.wording.rule_form import CHOICES


class RuleForm(BaseForm):
    """Every rule the form can say. `seen_version` is the version that was in force when the page was
    made; the names of the fields are those of `TypedRule`."""

    title = StringField("Title", [InputRequired("Enter a title. Students see it."), max_length(200)])
    key = StringField("Short name", [max_length(60)])
    template = HiddenField(default="c4t")
    quota = FormField(QuotaForm, "How many comments")
    where = Choice("Where", Where)
    addresses = TextAreaField("Addresses, one per line", [max_length(20_000)])
    spread = FormField(SpreadForm, "Variety and order")
    opens = StringField("Opens", render_kw=WALL_CLOCK)
    comments_due = StringField("Comments are due", render_kw=WALL_CLOCK)
    weeks = FormField(WeeksForm, "Weeks")
    conditions = FormField(ConditionsForm, "What each text needs")
    counts = SelectMultipleField(
        "Also counted as the student’s own words",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[SelectChoice(str(one), words) for one, words in CHOICES[Aside].items()],
    )
    late = FormField(LateForm, "Late")
    worth = FormField(WorthForm, "Worth")
    summary_due = StringField("Summary is due", render_kw=WALL_CLOCK)
    summary = FormField(PostsForm, "Summary")
    posts_quota = FormField(QuotaForm, "How many posts")
    posts = FormField(PostsForm, "Posts")
    points = StringField("Points", [max_length(10)])
    combine = Choice("Combine the parts", Combine)
    satisfactory_at = Number("Satisfactory at (%)", 100)
    held = Choice("A comment awaiting moderation", HeldCredit)
    joined_late = FormField(JoinedLateForm, "Students who join late")
    rubric = TextAreaField("Criteria and their levels, one criterion per line", [max_length(5_000)])
    hours = IntegerField(
        "Hours", [Optional(), NumberRange(-2_400, 2_400, "Enter at most 2,400 hours (100 days).")], default=2
    )
    seen_version = HiddenField()
    read_first = SubmitField("Preview")
    shift = SubmitField("Preview this")
    take = StringField("Another choice", [max_length(40)])

    @property
    def wants_preview(self) -> bool:
        """Whether one of the buttons was pressed that save nothing."""
        return bool(self.read_first.data or self.shift.data or self.take.data)

    def typed(self) -> TypedRule:
        """What was typed; what cannot be a number stands as its default, and is said beside its field."""
        return read_form(self, TypedRule)  # type: ignore[no-any-return]

    def blame(self, error: TrackerError) -> None:
        """Say what a job said beside the field it is about, else above the form."""
        field = self._find(error.field) if isinstance(error, FieldError) else None
        if field is None:
            self.refuse(str(error))
        else:
            field.errors = [*field.errors, str(error)]

    def _find(self, path: str) -> Field | None:
        form: Any = self
        *outer, name = path.split(".")
        for one in outer:
            form = form[one].form if one in form else None
            if form is None:
                return None
        return form[name] if name in form and not isinstance(form[name], FormField) else None


def fill_form(typed: TypedRule, **others: Any) -> RuleForm:
    """The form as it would have been filled in for this rule."""
    return RuleForm(formdata=None, obj=typed, **others)
