"""What the form of a rule is put together from: numbers, texts' conditions, late work, weeks, posts."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.form import FormField
from wtforms.validators import NumberRange, Optional

from tracker.domain.assignment import HINT, REQUIRED, Trait
from tracker.domain.typed_rule import (
    TypedCondition,
    TypedLate,
    TypedPosts,
    TypedQuota,
    TypedWeeks,
    TypedWorth,
)
from tracker.web.forms import BaseForm, max_length

WALL_CLOCK = {"type": "datetime-local"}
MOST = 100_000
DAYS = 7
PERCENT = "From 0 to 100."
TRAITS = {one.value: one.value for one in Trait if one is not Trait.MORE_THAN_PRAISE} | {
    Trait.MORE_THAN_PRAISE.value: "praise"
}
"""Trait -> the field that asks for it."""


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
    days = Number("Days that each is open", 7, default=DAYS)
    last_ends = StringField("The last week ends", render_kw=WALL_CLOCK)

    @property
    def typed(self) -> TypedWeeks:
        return TypedWeeks(
            self.first.data or "",
            self.number.number,
            self.skipped.data or "",
            self.ends.data or "23:59",
            self.days.number or DAYS,
            self.last_ends.data or "",
        )


class QuotaForm(Inner):
    required = Number("How many in all", 100)
    at_most = Number("Up to how many count", 100)
    period_least = Number("At least a week", 100)
    period_most = Number("At most a week", 100)

    @property
    def typed(self) -> TypedQuota:
        return TypedQuota(
            self.required.number, self.at_most.number, self.period_least.number, self.period_most.number
        )


class AsksOfText:
    """The fields of all that can be asked of a text, beside those of the form that takes them in."""

    words = FormField(ConditionForm, "Words")
    sentences = FormField(ConditionForm, "Sentences")
    characters = FormField(ConditionForm, "Characters")
    paragraphs = FormField(ConditionForm, "Paragraphs")
    links = FormField(ConditionForm, "Links")
    questions = FormField(ConditionForm, "Questions")
    introduces = FormField(AskedForm, "Says who writes")
    refers = FormField(AskedForm, "Takes up the post")
    praise = FormField(AskedForm, "Says more than praise")

    @property
    def conditions(self) -> tuple[TypedCondition, ...]:
        asked = ((trait, getattr(self, name).form) for trait, name in TRAITS.items())
        return tuple(TypedCondition(trait, one.wanted, one.earns) for trait, one in asked if one.wanted)


class PostsForm(AsksOfText, Inner):
    names = TextAreaField("Titles or labels, one a line", [max_length(1_000)])
    late = FormField(LateForm, "Late")
    worth = FormField(WorthForm, "Worth")

    @property
    def typed(self) -> TypedPosts:
        return TypedPosts(
            self.names.data or "",
            self.conditions,
            self.late.form.typed,
            self.worth.form.typed,
        )
