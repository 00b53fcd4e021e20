"""The form of a rule: its fields, filled in from a typed rule and read back into one."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Field
from wtforms.fields.form import FormField
from wtforms.fields.simple import HiddenField, SubmitField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.assignment import HINT, REQUIRED, Trait
from tracker.domain.errors import FieldError, TrackerError
from tracker.domain.typed_rule import (
    TypedCondition,
    TypedLate,
    TypedPosts,
    TypedRule,
    TypedWeeks,
    TypedWorth,
)
from tracker.web.forms import BaseForm, max_length

WALL_CLOCK = {"type": "datetime-local"}
MOST = 100_000
PERCENT = "From 0 to 100."


class Number(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number; nothing stands for 0, and 0 is shown as nothing."""

    def __init__(self, label: str, most: int = MOST, **values: Any) -> None:
        super().__init__(label, [Optional(), NumberRange(0, most, f"0 to {most:,}.")], **values)

    def process_data(self, value: Any) -> None:
        super().process_data(value or None)

    @property
    def number(self) -> int:
        return self.data or 0


class Percent(IntegerField):  # type: ignore[misc]
    """From 0 to 100, where 0 says something."""

    def __init__(self, label: str, **values: Any) -> None:
        super().__init__(label, [Optional(), NumberRange(0, 100, PERCENT)], **values)


class Inner(BaseForm):
    """Fields inside a form; the form itself carries the token."""

    class Meta(BaseForm.Meta):
        csrf = False


class ConditionForm(Inner):
    """`at_least` nothing: it is not asked. `floor` says what a text with less earns."""

    at_least = Number("At least", 5_000)
    floor = SelectField(
        "It is",
        default="hint",
        choices=[
            SelectChoice("hint", "as a hint only"),
            SelectChoice("required", "required"),
            SelectChoice("part", "else it counts in part"),
        ],
    )
    percent = Percent("What has less counts (%)")

    @property
    def earns(self) -> int:
        return {"hint": HINT, "required": REQUIRED}.get(self.floor.data, self.percent.data or 0)

    @property
    def wanted(self) -> int:
        return int(self.at_least.data or 0)


class AskedForm(ConditionForm):
    """Of what is there or not."""

    at_least = BooleanField("asked")


class LateForm(Inner):
    taken = BooleanField("Late work is taken")
    grace = Number("Minutes that cost nothing")
    per_day = Number("Each day begun loses (%)", 100)
    flat = Number("Being late at all loses (%)", 100)
    at_most = Percent("At most (%)", default=100)
    closes = Number("Not taken any more after days")
    whole = BooleanField("What the latest loses, all of them lose")

    @property
    def typed(self) -> TypedLate:
        at_most = 100 if self.at_most.data is None else self.at_most.data
        return TypedLate(
            self.taken.data,
            self.grace.number,
            self.per_day.number,
            self.flat.number,
            at_most,
            self.closes.number,
            self.whole.data,
        )


class WorthForm(Inner):
    kind = SelectField(
        "It is worth",
        default="all",
        choices=[
            SelectChoice("all", "all or nothing"),
            SelectChoice("each", "each its share"),
            SelectChoice("bands", "by how many are missing"),
        ],
    )
    bands = StringField("How many missing earn what", [max_length(200)])
    best = Number("Only the best weeks", 53)
    weight = Number("Weight", default=1)
    item_points = StringField("Points of each", [max_length(10)])

    @property
    def typed(self) -> TypedWorth:
        return TypedWorth(
            self.kind.data,
            self.bands.data or "",
            self.best.number,
            self.weight.number or 1,
            self.item_points.data or "",
        )


class WeeksForm(Inner):
    first = StringField("First day", render_kw={"type": "date"})
    number = Number("How many weeks", 53)
    skipped = StringField("Weeks left out", [max_length(100)])
    ends = StringField("Each ends at", default="23:59", render_kw={"type": "time"})
    least = Number("At least a week", 100)
    most = Number("At most a week", 100)

    @property
    def typed(self) -> TypedWeeks:
        return TypedWeeks(
            self.first.data or "",
            self.number.number,
            self.skipped.data or "",
            self.ends.data or "23:59",
            self.least.number,
            self.most.number,
        )


class PostsForm(Inner):
    names = TextAreaField("Titles or labels, one a line", [max_length(1_000)])
    words = FormField(ConditionForm, "Words")
    late = FormField(LateForm, "Late")
    worth = FormField(WorthForm, "Worth")

    @property
    def typed(self) -> TypedPosts:
        words = self.words.form
        return TypedPosts(
            self.names.data or "",
            words.wanted,
            words.earns,
            self.late.form.typed,
            self.worth.form.typed,
        )


class RuleForm(BaseForm):
    """Every rule the form can say. `seen_version` is the version that was in force when the page was
    made; the names of the fields are those of `TypedRule`."""

    title = StringField("Title", [InputRequired("Give it a title; students see it."), max_length(200)])
    key = StringField("Short name", [max_length(60)])
    template = HiddenField(default="c4t")
    comments = Number("How many comments", 100)
    up_to = Number("Up to how many count", 100)
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
    words = FormField(ConditionForm, "Words")
    sentences = FormField(ConditionForm, "Sentences")
    characters = FormField(ConditionForm, "Characters")
    paragraphs = FormField(ConditionForm, "Paragraphs")
    links = FormField(ConditionForm, "Links")
    questions = FormField(ConditionForm, "Questions")
    introduces = FormField(AskedForm, "Says who writes")
    refers = FormField(AskedForm, "Takes up the post")
    praise = FormField(AskedForm, "Says more than praise")
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
    posts_a_week = Number("Posts a week", 20)
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

    @property
    def conditions(self) -> dict[str, ConditionForm]:
        """By trait."""
        return {trait: getattr(self, name).form for trait, name in TRAITS.items()}

    def typed(self) -> TypedRule:
        """What was typed; what cannot be a number stands as 0, and is said beside its field."""
        return TypedRule(
            title=self.title.data or "",
            template=self.template.data or "c4t",
            comments=self.comments.number,
            up_to=self.up_to.number,
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
            conditions=tuple(
                TypedCondition(trait, one.wanted, one.earns)
                for trait, one in self.conditions.items()
                if one.wanted
            ),
            counts=tuple(self.counts.data or ()),
            late=self.late.form.typed,
            worth=self.worth.form.typed,
            summary_due=self.summary_due.data or "",
            summary=self.summary.form.typed,
            posts_a_week=self.posts_a_week.number,
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


TRAITS = {one.value: one.value for one in Trait if one is not Trait.MORE_THAN_PRAISE} | {
    Trait.MORE_THAN_PRAISE.value: "praise"
}
"""Trait -> the field that asks for it."""


def fill_form(typed: TypedRule, **others: Any) -> RuleForm:
    """The form as it would have been filled in for this rule."""
    asked = {TRAITS[one.trait]: _condition(one.at_least, one.short_earns) for one in typed.conditions}
    values = {
        name: _posts(getattr(typed, name)) if name in {"summary", "posts"} else getattr(typed, name)
        for name in TypedRule.__dataclass_fields__
        if name != "conditions"
    }
    return RuleForm(formdata=None, **{**values, **asked, "counts": list(typed.counts), **others})


def _posts(typed: TypedPosts) -> dict[str, Any]:
    return {
        "names": typed.names,
        "words": _condition(typed.words, typed.short_earns),
        "late": typed.late,
        "worth": typed.worth,
    }


def _condition(at_least: int, short_earns: int) -> dict[str, Any]:
    floor = {HINT: "hint", REQUIRED: "required"}.get(short_earns, "part")
    return {"at_least": at_least, "floor": floor, "percent": short_earns if floor == "part" else None}
