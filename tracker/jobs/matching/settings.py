"""What a course tells matching about itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.effects import Effects
from tracker.jobs.audit import record
from tracker.jobs.matching.learning import bring_handles_up_to_date, show_suspended
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.transaction import write_transaction
from tracker.models import Course
from tracker.queries.matching.known_handles import LEARN_FROM_ACCEPTS
from tracker.queries.verdicts.snapshot import effects_since, take_snapshot


@dataclass(frozen=True, slots=True)
class MatchingSettings:
    """A course's signs, and how sure it wants to be. `prior_bits` is the base-two logarithm of how
    likely a random comment is one given student's; `accept_at` and `review_at` are probabilities."""

    words: tuple[str, ...]
    staff_names: tuple[str, ...]
    course_blog: str
    prior_bits: float
    accept_at: float
    review_at: float
    learns: bool


def apply_settings(course_id: int, wanted: MatchingSettings, act: Act) -> Effects:
    """Keep the settings, match every comment by them and regrade; people's decisions stay."""
    with write_transaction(preview=act.preview) as session:
        course = session.get_one(Course, course_id)
        before = take_snapshot(session, course_id)
        _keep(session, course, wanted)
        bring_handles_up_to_date(session, course_id)
        rematch_in(session, course_id, act.now)
        show_suspended(session, course_id)
        kept = {key: value for key, value in asdict(wanted).items() if key != "staff_names"}
        record(session, act, "matching-settings", "course", course_id, course_id=course_id, after=kept)
        return effects_since(session, course_id, before)


def _keep(session: Session, course: Course, wanted: MatchingSettings) -> None:
    course.words = list(wanted.words)
    course.staff_names = list(wanted.staff_names)
    course.course_blog = wanted.course_blog
    figures: dict[str, Any] = {
        "prior_bits": wanted.prior_bits,
        "accept_at": wanted.accept_at,
        "review_at": wanted.review_at,
        LEARN_FROM_ACCEPTS: wanted.learns,
    }
    course.settings = {**course.settings, **figures}
    session.flush()
