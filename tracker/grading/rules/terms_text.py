"""An assignment's rule in one plain text, the same for whoever grades and whoever is graded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

from tracker.domain.assignment import (
    AssignmentTerms,
    Combine,
    HeldCredit,
    PartRule,
    WorthKind,
)
from tracker.grading.rules.part_text import part_sentences, say_ordered
from tracker.grading.words import say_number


def rule_sentence(terms: AssignmentTerms, zone: ZoneInfo) -> str:
    """The whole rule, in the order in which the work is done. Times are the course's own."""
    said = [sentence for part in terms.parts for sentence in part_sentences(terms, part, zone)]
    said += _worth(terms)
    if terms.comment_parts:
        said.insert(_before_points(terms, said), _HELD[terms.held])
    if terms.joined_late is not None:
        said.append(
            f"Who joined within {_days(terms.joined_late.within_days)} before a due time has "
            f"{_days(terms.joined_late.extra_days)} more."
        )
    return " ".join(said)


def _before_points(terms: AssignmentTerms, said: list[str]) -> int:
    return len(said) - len(list(_worth(terms)))


def _worth(terms: AssignmentTerms) -> Iterator[str]:
    for part in terms.parts:
        yield from _part_worth(part)
    if terms.combine is Combine.POOL:
        adds = [f"each {part.noun} adds {_points(part.worth.item_points)}" for part in terms.parts]
        yield f"{say_ordered(adds).capitalize()}, up to {_points(terms.points)} in all."
    elif terms.combine is Combine.WEIGHTED and len(terms.parts) > 1:
        whole = sum(part.worth.weight for part in terms.parts)
        shares = [f"the {part.noun}s {part.worth.weight * 100 // whole}%" for part in terms.parts]
        of = f" of {_points(terms.points)}" if terms.points is not None else ""
        yield f"{say_ordered(shares).capitalize()}{of}."
    elif terms.points is not None:
        every = all(part.worth.kind is WorthKind.ALL for part in terms.parts)
        yield (
            f"All of it together earns {_points(terms.points)}."
            if every
            else (f"It earns up to {_points(terms.points)}.")
        )
    if terms.rubric:
        yield f"Your staff also judges {say_ordered([f'“{one.title}”' for one in terms.rubric])}."
    if terms.satisfactory_at is not None:
        yield f"It is satisfactory from {terms.satisfactory_at}% on."


def _part_worth(part: PartRule) -> Iterator[str]:
    worth, noun = part.worth, part.noun
    if worth.kind is WorthKind.BANDS:
        bands = [_band(band.missing, band.percent) for band in worth.bands]
        yield f"It earns {say_ordered(bands)}; with fewer still, nothing."
    elif worth.kind is WorthKind.EACH and worth.item_points is None and part.quota.credited > 1:
        yield f"Each {noun} earns its share."
    if worth.best_periods is not None:
        best = "best" if worth.best_periods == 1 else f"best {say_number(worth.best_periods)}"
        verb = "counts" if worth.best_periods == 1 else "count"
        yield f"The {best} of the {say_number(len(part.periods))} weeks {verb}."


def _band(missing: int, percent: int) -> str:
    return f"{percent}% with all of them" if missing == 0 else f"{percent}% with up to {missing} fewer"


def _points(points: Decimal | None) -> str:
    if points == 1:
        return "1 point"
    return f"{points:f} points"


def _days(number: int) -> str:
    return "one day" if number == 1 else f"{say_number(number)} days"


_HELD = {
    HeldCredit.PROVISIONAL: (
        "A comment that waits for the blog’s owner counts for now, if you saved a receipt in time."
    ),
    HeldCredit.FULL: "A comment that waits for the blog’s owner counts, if you saved a receipt in time.",
    HeldCredit.NONE: "A comment counts once the blog’s owner has let it through.",
}
