"""The form of a rule: its fields, filled in from a typed rule and read back into one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Field
from wtforms.fields.form import FormField
from wtforms.fields.simple import HiddenField, SubmitField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.assignment import HINT, REQUIRED
from tracker.domain.errors import FieldError, TrackerError
from tracker.domain.typed_rule import TypedCondition, TypedPosts, TypedRule
from tracker.web.forms import BaseForm, max_length
from tracker.web.instructor.assignments.rule_fields import (
    TRAITS,
    WALL_CLOCK,
    AsksOfText,
    LateForm,
    Number,
    PostsForm,
    QuotaForm,
    WeeksForm,
    WorthForm,
)


class RuleForm(AsksOfText, BaseForm):
    """Every rule the form can say. `seen_version` is the version that was in force when the page was
    made; the names of the fields are those of `TypedRule`."""

    title = StringField("Title", [InputRequired("Give it a title; students see it."), max_length(200)])
    key = StringField("Short name", [max_length(60)])
    template = HiddenField(default="c4t")
    quota = FormField(QuotaForm, "How many comments")
    where = SelectField(
        "Where",
        default="allocated",
        choices=[
            SelectChoice("allocated", "the blog assigned to them"),
            SelectChoice("listed", "the blogs of a list"),
            SelectChoice("followed", "blogs that the course follows"),
            SelectChoice("classmates", "classmates’ blogs"),
            SelectChoice("section", "blogs of classmates in their section"),
        ],
    )
    addresses = TextAreaField("Addresses, one a line", [max_length(20_000)])
    different = SelectField(
        "Which posts",
        default="posts",
        choices=[
            SelectChoice("posts", "different posts"),
            SelectChoice("nothing", "any posts"),
            SelectChoice("blogs", "different blogs"),
            SelectChoice("authors", "posts of different authors"),
        ],
    )
    each_week = BooleanField("They need to differ within a week only")
    blogs_least = Number("At least so many different blogs", 100)
    new_blogs = Number("Each week so many on a blog new to them", 100)
    order = SelectField(
        "In which order",
        default="any",
        choices=[
            SelectChoice("any", "any other post; it need not be newer"),
            SelectChoice("newer", "each on a newer post than the one before"),
            SelectChoice("successive", "on posts that follow one another"),
        ],
    )
    days_apart = Number("Days from one comment to the next")
    opens = StringField("Opens", render_kw=WALL_CLOCK)
    comments_due = StringField("Comments are due", render_kw=WALL_CLOCK)
    weeks = FormField(WeeksForm, "Weeks")
    counts = SelectMultipleField(
        "These count as their own words too",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[
            SelectChoice("signature", "a signature"),
            SelectChoice("introduction", "an introduction"),
            SelectChoice("quote", "quotations"),
        ],
    )
    late = FormField(LateForm, "Late")
    worth = FormField(WorthForm, "Worth")
    summary_due = StringField("Summary is due", render_kw=WALL_CLOCK)
    summary = FormField(PostsForm, "Summary")
    posts_quota = FormField(QuotaForm, "How many posts")
    posts = FormField(PostsForm, "Posts")
    points = StringField("Points", [max_length(10)])
    combine = SelectField(
        "Together they make",
        default="gate",
        choices=[
            SelectChoice("gate", "every part, or nothing"),
            SelectChoice("weighted", "their mean, by weight"),
            SelectChoice("pool", "points of each item, up to the points above"),
        ],
    )
    satisfactory_at = Number("Satisfactory from (%)", 100)
    held = SelectField(
        "A comment that its blog’s owner holds",
        default="provisional",
        choices=[
            SelectChoice("provisional", "counts for now, with a receipt on time"),
            SelectChoice("full", "counts, with a receipt on time"),
            SelectChoice("none", "counts once it is let through"),
        ],
    )
    joined_within = Number("Who joined so many days before it is due", 366)
    joined_extra = Number("has so many days more", 366)
    rubric = TextAreaField("A line for each thing that staff judge", [max_length(5_000)])
    hours = IntegerField("Hours", [Optional(), NumberRange(-2_400, 2_400, "At most 100 days.")], default=2)
    seen_version = HiddenField()
    read_first = SubmitField("Try it")
    shift = SubmitField("Try it so")
    take = StringField("Another choice", [max_length(40)])

    @property
    def wants_trial(self) -> bool:
        """Whether one of the buttons was pressed that save nothing."""
        return bool(self.read_first.data or self.shift.data or self.take.data)

    def typed(self) -> TypedRule:
        """What was typed; what cannot be a number stands as 0, and is said beside its field."""
        return TypedRule(
            title=self.title.data or "",
            template=self.template.data or "c4t",
            quota=self.quota.form.typed,
            where=self.where.data,
            addresses=self.addresses.data or "",
            different=self.different.data,
            each_week=self.each_week.data,
            blogs_least=self.blogs_least.number,
            new_blogs=self.new_blogs.number,
            order=self.order.data,
            days_apart=self.days_apart.number,
            opens=self.opens.data or "",
            comments_due=self.comments_due.data or "",
            weeks=self.weeks.form.typed,
            conditions=self.conditions,
            counts=tuple(self.counts.data or ()),
            late=self.late.form.typed,
            worth=self.worth.form.typed,
            summary_due=self.summary_due.data or "",
            summary=self.summary.form.typed,
            posts_quota=self.posts_quota.form.typed,
            posts=self.posts.form.typed,
            points=self.points.data or "",
            combine=self.combine.data,
            satisfactory_at=self.satisfactory_at.number,
            held=self.held.data,
            joined_within=self.joined_within.number,
            joined_extra=self.joined_extra.number,
            rubric=self.rubric.data or "",
        )

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
    values = {
        name: _posts(getattr(typed, name)) if name in {"summary", "posts"} else getattr(typed, name)
        for name in TypedRule.__dataclass_fields__
        if name != "conditions"
    }
    return RuleForm(
        formdata=None, **{**values, **_texts(typed.conditions), "counts": list(typed.counts), **others}
    )


def _posts(typed: TypedPosts) -> dict[str, Any]:
    return {
        "names": typed.names,
        **_texts(typed.conditions),
        "late": typed.late,
        "worth": typed.worth,
    }


def _texts(conditions: Iterable[TypedCondition]) -> dict[str, Any]:
    return {TRAITS[one.trait]: _condition(one.at_least, one.short_earns) for one in conditions}


def _condition(at_least: int, short_earns: int) -> dict[str, Any]:
    floor = {HINT: "hint", REQUIRED: "required"}.get(short_earns, "part")
    return {"at_least": at_least, "floor": floor, "percent": short_earns if floor == "part" else None}
