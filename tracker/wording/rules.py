"""An assignment's rule in one plain text, the same for whoever grades and whoever is graded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tracker.domain.assignment import (
    AssignmentTerms,
    Combine,
    HeldCredit,
    PartRule,
    WorthKind,
)
from tracker.domain.locale import CourseLocale
from tracker.wording.lists import say_list
from tracker.wording.numbers import say_number, say_plural, say_points
from tracker.wording.rule_parts import part_sentences, say_days


def rule_sentence(terms: AssignmentTerms, locale: CourseLocale) -> str:
    """The whole rule, in the order in which the work is done. Times are the course's own."""
    said = [sentence for part in terms.parts for sentence in part_sentences(terms, part, locale)]
    if terms.comment_parts:
        said.append(_HELD[terms.held])
    said += _worth(terms, locale)
    if terms.joined_late is not None:
        within, extra = terms.joined_late.within_days, terms.joined_late.extra_days
        said.append(
            f"Students who join in the last {say_days(within)} before a deadline get "
            f"{say_number(extra)} extra {say_plural(extra, 'day')}."
        )
    return " ".join(said)


def _worth(terms: AssignmentTerms, locale: CourseLocale) -> Iterator[str]:
    for part in terms.parts:
        yield from _part_worth(part, locale)
    if terms.combine is Combine.POOL:
        adds = [
            f"each {part.noun} adds {say_points(part.worth.item_points or Decimal(0))}"
            for part in terms.parts
        ]
        yield f"{say_list(adds, locale).capitalize()}, up to {say_points(terms.points or Decimal(0))} in all."
    elif terms.combine is Combine.WEIGHTED and len(terms.parts) > 1:
        whole = sum(part.worth.weight for part in terms.parts)
        shares = [f"the {part.noun}s {part.worth.weight * 100 // whole}%" for part in terms.parts]
        of = f" of {say_points(terms.points)}" if terms.points is not None else ""
        yield f"{say_list(shares, locale).capitalize()}{of}."
    elif terms.points is not None:
        every = all(part.worth.kind is WorthKind.ALL for part in terms.parts)
        earns = "All of it together earns" if every else "It earns up to"
        yield f"{earns} {say_points(terms.points)}."
    if terms.rubric:
        yield f"Your instructor also grades {say_list([f'“{one.title}”' for one in terms.rubric], locale)}."
    if terms.satisfactory_at is not None:
        yield f"It is satisfactory at {terms.satisfactory_at}% or more."


def _part_worth(part: PartRule, locale: CourseLocale) -> Iterator[str]:
    worth, noun = part.worth, part.noun
    if worth.kind is WorthKind.BANDS:
        bands = [_band(band.missing, band.percent) for band in worth.bands]
        yield f"It earns {say_list(bands, locale)}; with fewer still, nothing."
    elif worth.kind is WorthKind.EACH and worth.item_points is None and part.quota.credited > 1:
        yield f"Each {noun} earns its share."
    if worth.best_periods is not None:
        best = "best" if worth.best_periods == 1 else f"best {say_number(worth.best_periods)}"
        verb = "counts" if worth.best_periods == 1 else "count"
        yield f"The {best} of the {say_number(len(part.periods))} weeks {verb}."


def _band(missing: int, percent: int) -> str:
    return f"{percent}% with all of them" if missing == 0 else f"{percent}% with up to {missing} fewer"


_HELD = {
    HeldCredit.PROVISIONAL: ("A comment awaiting moderation counts for now, if you saved a receipt in time."),
    HeldCredit.FULL: "A comment awaiting moderation counts, if you saved a receipt in time.",
    HeldCredit.NONE: "A comment counts once the blog’s owner has approved it.",
}
