"""What every verdict of one student for one assignment is judged by, and the student's own windows.

Tested in tests/grading/judging/test_more_time.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, PartRule, Period, Requirement, Where, Window
from tracker.domain.grade import BlogSight, StudentFacts
from tracker.grading.judging.eligibility import current_allocations
from tracker.grading.windows import allocated_window, extend, extended_to, find_settled, joined_late

_NO_BLOG = -1
OPTIONAL = "+"
"""The group of what may be done beyond what is required."""
_ALL = ""
"""The key of no requirement: what is granted for the whole assignment and for nothing else."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`sights` tells how well we see the comments of blogs, `class_sights` the posts of class blogs."""

    terms: AssignmentTerms
    facts: StudentFacts
    sights: Mapping[int, BlogSight]
    class_sights: Mapping[int, BlogSight]
    as_of: datetime
    zone: ZoneInfo
    _open: dict[str, list[Requirement]] = field(default_factory=dict)
    _groups: dict[str, dict[str, list[Requirement]]] = field(default_factory=dict)
    _spans: dict[str, tuple[datetime | None, datetime]] = field(default_factory=dict)
    _windows: dict[tuple[str, int, int | None], Window] = field(default_factory=dict)

    def open_slots(self, part: PartRule) -> list[Requirement]:
        """The requirements that are neither excused nor settled in another way."""
        if part.key not in self._open:
            exceptions = self.facts.exceptions
            self._open[part.key] = [
                slot for slot in part.requirements() if find_settled(exceptions, slot.key) is None
            ]
        return self._open[part.key]

    def by_themselves(self, part: PartRule) -> dict[str, list[Requirement]]:
        """The open requirements that are filled apart from the rest, by the key of their group: each that
        was given more time by itself, and what is optional where periods ask for something themselves."""
        if part.key not in self._groups:
            slots = self.open_slots(part)
            named = {fact.requirement for fact in self.facts.exceptions if fact.due_at}
            longer = [slot for slot in slots if slot.key in named and self._is_longer(part, slot)]
            optional = [slot for slot in slots if slot.is_optional and slot not in longer]
            self._groups[part.key] = {slot.key: [slot] for slot in longer}
            if optional and (longer or any(slot.period is not None for slot in slots)):
                self._groups[part.key][OPTIONAL] = optional
        return self._groups[part.key]

    def _is_longer(self, part: PartRule, slot: Requirement) -> bool:
        of = next((one for one in part.periods if one.number == slot.period), part.periods[-1])
        return self.slot_window(part, slot).due_at > self.period_window(part, of).due_at

    def period_window(self, part: PartRule, period: Period, blog_id: int | None = None) -> Window:
        """A period as this student has it, but for requirements that were given more time by themselves."""
        if part.target.where is not Where.ALLOCATED:
            blog_id = None
        key = (part.key, period.number, blog_id)
        if key not in self._windows:
            own = self._own_window(part, period.window, blog_id)
            self._windows[key] = extend(own, extended_to(self.facts.exceptions, _ALL))
        return self._windows[key]

    def windows(
        self, part: PartRule, slot: Requirement | None = None, blog_id: int | None = None
    ) -> list[tuple[Period, Window]]:
        """Each period of a part with its window on a blog; only those of a slot, and as that has them."""
        if slot is None:
            return [(period, self.period_window(part, period, blog_id)) for period in part.periods]
        return [
            (period, self.slot_window(part, slot, period, blog_id))
            for period in part.periods
            if slot.period in {None, period.number}
        ]

    def span(self, part: PartRule) -> tuple[datetime | None, datetime]:
        """From the first opening to the last due instant of a part, as the terms and what was granted to
        this student have it on a blog that was not given to them."""
        if part.key not in self._spans:
            windows = [self.period_window(part, period, _NO_BLOG) for period in part.periods]
            windows += [
                self.slot_window(part, slots[0], blog_id=_NO_BLOG)
                for slots in self.by_themselves(part).values()
            ]
            self._spans[part.key] = windows[0].opens_at, max(window.due_at for window in windows)
        return self._spans[part.key]

    def slot_window(
        self, part: PartRule, slot: Requirement, period: Period | None = None, blog_id: int | None = None
    ) -> Window:
        """The window in which this student may fill a slot; of the item's own period, where that is known."""
        base = slot.window if period is None or slot.period is not None else period.window
        window = self._own_window(part, base, blog_id)
        # More time for one requirement of any period lengthens the last one; for all, each of them.
        of_last = slot.period is not None or period is None or period is part.periods[-1]
        return extend(window, extended_to(self.facts.exceptions, slot.key if of_last else _ALL))

    def _own_window(self, part: PartRule, window: Window, blog_id: int | None) -> Window:
        if part.target.where is Where.ALLOCATED:
            given = (
                current_allocations(self.facts)
                if blog_id is None
                else [fact for fact in self.facts.allocations if fact.blog_id == blog_id]
            )
            window = allocated_window(window, given)
        return joined_late(window, self.facts.joined_on, self.terms.joined_late, self.zone)
