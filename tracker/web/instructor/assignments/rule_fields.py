"""The parts of the rule's form, made from the descriptions of the rule's fields and their words.

A form reads itself into the value that it is named after, field by field.

Tested in tests/web/instructor/assignments/test_assignments.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, ClassVar

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Field
from wtforms.fields.form import FormField
from wtforms.validators import NumberRange, Optional

from tracker.domain.assignment import (
    HINT,
    MOST_OF_TRAIT,
    MOST_WEEKS,
    REQUIRED,
    JoinedLate,
    Late,
    Spread,
    WorthKind,
)
from tracker.domain.rule_fields import MOST, RuleField, describe
from tracker.domain.traits import TRAITS, Trait, TraitKind
from tracker.domain.typed_rule import TypedCondition, TypedPosts, TypedQuota, TypedWeeks, TypedWorth
from tracker.web.forms import BaseForm, max_length
from tracker.wording.rule_form import CHOICES, FieldWords, words_of
from tracker.wording.traits import say_trait_label

WALL_CLOCK = {"type": "datetime-local"}


class Number(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number. Left empty it is its default; a default that is nothing is shown as nothing."""

    def __init__(self, label: str, most: int = MOST, default: int | None = 0, **values: Any) -> None:
        super().__init__(
            label,
            [Optional(), NumberRange(0, most, f"Enter a number from 0 to {most:,}.")],
            default=default,
            **values,
        )

    def process_data(self, value: Any) -> None:
        super().process_data(value if self.default else value or None)

    @property
    def said(self) -> int | None:
        is_empty = self.data is None if self.default else not self.data
        return self.default if is_empty else self.data  # type: ignore[no-any-return]


class Choice(SelectField):  # type: ignore[misc]
    """One of the choices of an enumeration that the form offers, the first unless told."""

    def __init__(self, label: str, kind: type[Enum], default: Any = None, **values: Any) -> None:
        offered = [SelectChoice(str(one), words) for one, words in CHOICES[kind].items()]
        super().__init__(
            label,
            default=default or offered[0].value,
            coerce=kind,
            choices=offered,
            invalid_value_message="Choose one of the options.",
            **values,
        )


class Inner(BaseForm):
    """Fields inside a form; the form itself carries the token. `makes` is the value it reads itself into."""

    makes: ClassVar[type]

    class Meta(BaseForm.Meta):
        csrf = False

    def typed(self) -> Any:
        return read_form(self, self.makes)


def read_form(form: BaseForm, makes: type[Any]) -> Any:
    """The value of a form whose fields have the names of the value's."""
    return makes(**{one.name: _said(form[one.name], one.default) for one in fields(makes)})


def _said(field: Field, default: Any) -> Any:
    """What a field says; what is left empty says its default."""
    if isinstance(field, FormField):
        return field.form.typed()
    if isinstance(field, Number):
        return field.said
    if isinstance(field.data, list):
        return tuple(field.data)
    if field.data in (None, ""):
        return "" if default is MISSING else default
    return field.data


def form_of(makes: type) -> type[Inner]:
    """The form of a part of a rule: a field for each of its fields."""
    words = words_of(makes)
    made = {one.key: _field(one, words[one.key]) for one in describe(makes)}
    return type(f"{makes.__name__}Form", (Inner,), {**made, "makes": makes})


def _field(one: RuleField, words: FieldWords) -> Any:
    if issubclass(one.kind, Enum):
        return Choice(words.label, one.kind, one.default, description=words.sentence)
    if one.kind is bool:
        return BooleanField(words.label)
    return Number(words.label, one.most, one.default, description=words.sentence)


QuotaForm = form_of(TypedQuota)
SpreadForm = form_of(Spread)


class LateForm(form_of(Late)):  # type: ignore[misc]  # made when the module is read
    taken = BooleanField("Accept late work")

    def process(self, formdata: Any = None, obj: Late | None = None, **values: Any) -> None:
        super().process(formdata, obj, **{"taken": obj is not None, **values})

    def typed(self) -> Late | None:
        return super().typed() if self.taken.data else None


class JoinedLateForm(form_of(JoinedLate)):  # type: ignore[misc]
    def typed(self) -> JoinedLate | None:
        return super().typed() if any(one.said for one in self) else None


class ConditionForm(Inner):
    """`at_least` nothing: it is not asked. `floor` says what a text with less earns."""

    at_least = Number("At least", MOST_OF_TRAIT)
    floor = SelectField(
        "It is",
        default="hint",
        choices=[
            SelectChoice("hint", "as a hint only"),
            SelectChoice("required", "required"),
            SelectChoice("part", "for full credit"),
        ],
    )
    percent = Number("Partial credit (%)", 100)

    def process(self, formdata: Any = None, obj: TypedCondition | None = None, **values: Any) -> None:
        if obj is not None:
            floor = {HINT: "hint", REQUIRED: "required"}.get(obj.short_earns, "part")
            values = {"floor": floor, "percent": obj.short_earns if floor == "part" else None, **values}
        super().process(formdata, obj, **values)

    @property
    def earns(self) -> int:
        return {"hint": HINT, "required": REQUIRED}.get(self.floor.data, self.percent.said or 0)


class PresenceForm(ConditionForm):
    """Of what is there or not."""

    at_least = BooleanField("asked")


class _Conditions(Inner):
    """A field for each trait, named after it."""

    def process(self, formdata: Any = None, obj: Iterable[TypedCondition] = (), **values: Any) -> None:
        super().process(formdata, **{one.trait: one for one in obj or ()}, **values)

    def typed(self) -> tuple[TypedCondition, ...]:
        asked = ((one.short_name, one.form) for one in self)
        return tuple(
            TypedCondition(trait, int(form.at_least.data), form.earns)
            for trait, form in asked
            if form.at_least.data
        )


def _condition_field(trait: Trait, kind: TraitKind) -> FormField:
    return FormField(PresenceForm if kind is TraitKind.PRESENCE else ConditionForm, say_trait_label(trait))


ConditionsForm = type(
    "ConditionsForm",
    (_Conditions,),
    {trait.value: _condition_field(trait, kind) for trait, kind in TRAITS.items()},
)


class WorthForm(Inner):
    makes = TypedWorth

    kind = Choice("It is worth", WorthKind)
    bands = StringField("Percent by number missing", [max_length(200)])
    best_periods = Number("Only the best weeks", MOST_WEEKS)
    weight = Number("Weight", default=1)
    item_points = StringField("Points for each", [max_length(10)])


class WeeksForm(Inner):
    makes = TypedWeeks

    first = StringField("First day", render_kw={"type": "date"})
    number = Number("How many weeks", MOST_WEEKS)
    skipped = StringField("Skipped weeks", [max_length(100)])
    ends = StringField("Each ends at", default="23:59", render_kw={"type": "time"})
    days = Number("Days each week is open", 7, default=7)
    last_ends = StringField("The last week ends", render_kw=WALL_CLOCK)


class PostsForm(Inner):
    makes = TypedPosts

    names = TextAreaField("Titles or labels, one per line", [max_length(1_000)])
    conditions = FormField(ConditionsForm)
    late = FormField(LateForm)
    worth = FormField(WorthForm)
