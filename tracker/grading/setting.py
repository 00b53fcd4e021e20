"""What every verdict of one student for one assignment is judged by, and the student's own windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, PartRule, Period, Requirement, Where, Window
from tracker.domain.grade import BlogSight, StudentFacts
from tracker.grading.places import current_allocations
from tracker.grading.windows import allocated_window, extend, extended_to, find_settled, joined_late

_NO_BLOG = -1
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

    def period_window(self, part: PartRule, period: Period, blog_id: int | None = None) -> Window:
        """A period with the latest due instant that any of its open slots has for this student."""
        if part.target.where is not Where.ALLOCATED:
            blog_id = None
        key = (part.key, period.number, blog_id)
        if key not in self._windows:
            window = self._own_window(part, period.window, blog_id)
            if self.facts.exceptions:
                for slot in self.open_slots(part):
                    if slot.period == period.number or (slot.period is None and period is part.periods[-1]):
                        window = extend(window, extended_to(self.facts.exceptions, slot.key))
            self._windows[key] = window
        return self._windows[key]

    def span(self, part: PartRule) -> tuple[datetime | None, datetime]:
        """From the first opening to the last due instant of a part, as the terms and what was granted to
        this student have it on a blog that was not given to them."""
        if part.key not in self._spans:
            windows = [self.period_window(part, period, _NO_BLOG) for period in part.periods]
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
