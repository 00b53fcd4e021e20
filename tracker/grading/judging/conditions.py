"""Whether one comment or post, taken by itself, can count: its place, its period, its text.

Which items count together is left to `credit`.

Tested in tests/grading/judging/test_credit.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tracker.domain.assignment import PartRule, Requirement, Where, Window
from tracker.domain.grade import CommentFact, Lateness, PostFact, Timing
from tracker.domain.reason import Param, Reason, instant_param
from tracker.grading.judging.eligibility import is_placed
from tracker.grading.judging.measures import hold_against
from tracker.grading.judging.terms_for_student import Setting
from tracker.grading.lateness import BEST_FIRST, judge_lateness

_FAR = timedelta(days=2)
"""Further than any reading of a clock without a zone can bring a time."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A period in which an item may count, and how it is in time there; `group`: only for the requirements
    of this group (`Setting.by_themselves`)."""

    period: int
    lateness: Lateness
    group: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """An item held against what needs no other item. `fits` is never empty, the best first; `refusal` is
    a reason code, "" when it can count; `earns` the percent that its text leaves of it."""

    part: PartRule
    item: CommentFact | PostFact
    fits: tuple[Fit, ...]
    refusal: str = ""
    hints: tuple[Reason, ...] = ()
    earns: int = 100

    @property
    def lateness(self) -> Lateness:
        return self.fits[0].lateness

    def params(self, reason: str) -> dict[str, Param]:
        """What the sentence needs that says why it does not count."""
        if reason in {"too-short", "lacks"}:
            return {"short": [[one.code, one.params["has"], one.params["asked"]] for one in self.hints]}
        if reason in {"before-opening", "closed"}:
            at = "posted" if isinstance(self.item, CommentFact) else "published"
            return {at: instant_param(self.lateness.taken_at)}
        has_choice = reason == "other-blog" and self.part.target.where is not Where.ALLOCATED
        return {"has_choice": True} if has_choice else {}


def examine(setting: Setting, part: PartRule, item: CommentFact | PostFact) -> Examined:
    """Hold one item against a part."""
    fits = _fit(setting, part, item)
    held = hold_against(part, item.counts)
    timing = fits[0].lateness.timing
    if not is_placed(part, item, setting.facts):
        refusal = "other-blog"
    elif timing is Timing.EARLY:
        refusal = "before-opening"
    elif timing is Timing.CLOSED:
        refusal = "closed"
    else:
        refusal = held.refusal
    return Examined(part, item, fits, refusal, held.hints, held.earns)


def judge_item(setting: Setting, part: PartRule, item: CommentFact | PostFact, window: Window) -> Lateness:
    """How an item is in time for a part in one of the student's windows."""
    held = isinstance(item, CommentFact) and item.held_on_blog
    return judge_lateness(item.times, window, setting.zone, held_on_blog=held, late=part.late)


def is_elsewhere(setting: Setting, part: PartRule, comment: CommentFact) -> bool:
    """Whether a comment stands on another blog, and at a time far from the part's: it belongs to other
    work, and nothing is said of it here."""
    posted_at, seen_at = comment.times.posted_at, comment.times.first_seen_at
    if posted_at is None:
        return False
    opens_at, due_at = setting.span(part)
    too_early = opens_at is not None and posted_at < opens_at - _FAR and seen_at < opens_at
    too_late = posted_at >= due_at + _FAR and seen_at >= due_at
    return (too_early or too_late) and not is_placed(part, comment, setting.facts)


def _fit(setting: Setting, part: PartRule, item: CommentFact | PostFact) -> tuple[Fit, ...]:
    """Where an item may count, the best first: in the periods in which it is in time, else in the one
    that it came late for, else in the next; and so for each group of requirements that stands apart."""
    groups = setting.by_themselves(part)
    apart = sum(map(len, groups.values()))
    fits = [] if apart and apart == len(setting.open_slots(part)) else _of_periods(setting, part, item)
    for group, slots in groups.items():
        fits += _of_periods(setting, part, item, group, slots[0])
    return tuple(sorted(fits, key=lambda fit: BEST_FIRST.index(fit.lateness.timing)))


def _of_periods(
    setting: Setting,
    part: PartRule,
    item: CommentFact | PostFact,
    group: str = "",
    slot: Requirement | None = None,
) -> list[Fit]:
    """Work belongs to the period in which it was posted; between two it is late for the one before."""
    placed = [
        Fit(period.number, judge_item(setting, part, item, window), group)
        for period, window in setting.windows(part, slot, item.blog_id)
    ]
    open_ = [fit for fit in placed if fit.lateness.timing in {Timing.ON_TIME, Timing.QUESTIONABLE}]
    late = [fit for fit in placed if fit.lateness.timing in {Timing.LATE, Timing.CLOSED}]
    nearest = min(late, key=lambda fit: (fit.lateness.late_by_s, -fit.period), default=placed[0])
    return open_ or [nearest]
