"""Whether one comment or post, taken by itself, can count: its place, its period, its text.

Which items count together is left to `credit`.

Tested in tests/grading/judging/test_credit.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.domain.assignment import PartRule, Requirement, Where, Window
from tracker.domain.grade import CommentFact, Lateness, PostFact, Timing
from tracker.domain.reason import Param, Reason, instant_param
from tracker.grading.edits import TextThen, read_as_of
from tracker.grading.judging.eligibility import is_placed
from tracker.grading.judging.measures import hold_against
from tracker.grading.judging.terms_for_student import Setting
from tracker.grading.lateness import BEST_FIRST, judge_lateness

NO_EDITS = TextThen()
HIDDEN_TEXT = "text-hidden"
"""It could count, but its blog has never shown its text: nobody can say."""
_AN_INSTANT = timedelta(seconds=1)
_FAR = timedelta(days=2)
"""Further than any reading of a clock without a zone can bring a time."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A period in which an item may count, and how it is in time there; `group`: only for the requirements
    of this group (`Setting.by_themselves`)."""

    period: int
    lateness: Lateness
    due_at: datetime
    group: str = ""

    @property
    def text_at(self) -> datetime:
        """The instant whose text is judged: the due instant, or when it was posted, if later."""
        return max(self.due_at, self.lateness.taken_at + _AN_INSTANT)


@dataclass(frozen=True, slots=True)
class Examined:
    """An item held against what needs no other item. `fits` is never empty, the best first; `refusal` is
    a reason code, "" when it can count; `earns` the percent that its text leaves of it. `then`: how the
    text of the due instant was told from later ones."""

    part: PartRule
    item: CommentFact | PostFact
    fits: tuple[Fit, ...]
    refusal: str = ""
    hints: tuple[Reason, ...] = ()
    earns: int = 100
    then: TextThen = NO_EDITS

    @property
    def rank(self) -> tuple[int, ...]:
        """How much a text of it is worth, the larger the better."""
        return int(not self.refusal), self.earns

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
    """Hold one item against a part, by its text of the due instant."""
    fits = fit(setting, part, item)
    found, then = read_as_of(
        item, text_at(fits), lambda text: examine_text(setting, part, text, fits), lambda one: one.rank
    )
    return replace(found, then=then)


def text_at(fits: Sequence[Fit]) -> datetime:
    """The instant whose text is judged: the first, where several periods are open to an item."""
    best = fits[0].lateness.timing
    return min(one.text_at for one in fits if one.lateness.timing is best)


def examine_text(
    setting: Setting, part: PartRule, item: CommentFact | PostFact, fits: tuple[Fit, ...]
) -> Examined:
    """Hold one text of an item against a part."""
    held = hold_against(part, item.counts)
    timing = fits[0].lateness.timing
    if not is_placed(part, item, setting.facts):
        refusal = "other-blog"
    elif timing is Timing.EARLY:
        refusal = "before-opening"
    elif timing is Timing.CLOSED:
        refusal = "closed"
    elif item.is_hidden and (not item.counts.words or held.earns < 100):  # of parts one may be enough
        return Examined(part, item, fits, HIDDEN_TEXT)
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


def fit(setting: Setting, part: PartRule, item: CommentFact | PostFact) -> tuple[Fit, ...]:
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
        Fit(period.number, judge_item(setting, part, item, window), window.due_at, group)
        for period, window in setting.windows(part, slot, item.blog_id)
    ]
    open_ = [fit for fit in placed if fit.lateness.timing in {Timing.ON_TIME, Timing.QUESTIONABLE}]
    late = [fit for fit in placed if fit.lateness.timing in {Timing.LATE, Timing.CLOSED}]
    nearest = min(late, key=lambda fit: (fit.lateness.late_by_s, -fit.period), default=placed[0])
    return open_ or [nearest]
