"""What a course tells matching about itself: kept, or only tried to see what would change."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.jobs.audit import record
from tracker.jobs.matching.learning import bring_handles_up_to_date, show_suspended
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.transaction import write_transaction
from tracker.models import Course
from tracker.queries.matching.decisions import GoingBack, compare_answers, load_answers
from tracker.queries.matching.known_handles import LEARN_FROM_ACCEPTS


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


@dataclass(frozen=True, slots=True)
class SettingsReport:
    """(answer before, answer after) -> how many comments go that way; answers as linkages have them.
    `verdicts` requirements stand otherwise, `moved` comments have another answer: `changes`, the
    newest first."""

    ways: tuple[tuple[str, str, int], ...]
    moved: int
    verdicts: int
    changes: tuple[GoingBack, ...] = ()


def apply_settings(course_id: int, wanted: MatchingSettings, act: Act) -> SettingsReport:
    """Keep the settings, match every comment by them and regrade; people's decisions stay. A dry run
    does the same and leaves everything as it was."""
    with write_transaction(preview=act.preview) as session:
        course = session.get_one(Course, course_id)
        before = load_answers(session, course_id)
        _keep(session, course, wanted)
        bring_handles_up_to_date(session, course_id)
        report = rematch_in(session, course_id, act.now)
        show_suspended(session, course_id)
        after = load_answers(session, course_id)
        changes = compare_answers(before, after)
        ways = Counter((one.now[0], one.then[0]) for one in changes)
        record(
            session,
            act,
            "matching-settings",
            "course",
            course_id,
            course_id=course_id,
            after={key: value for key, value in asdict(wanted).items() if key != "staff_names"},
        )
        return SettingsReport(
            tuple((was, then, n) for (was, then), n in sorted(ways.items())),
            sum(ways.values()),
            report.verdicts,
            changes,
        )


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
