"""What a course tells matching about itself.

Tested in tests/web/instructor/matching/test_settings.py.
"""

from __future__ import annotations

from dataclasses import asdict

from tracker.domain.act import Act
from tracker.domain.effects import Effects
from tracker.domain.roster import CourseSigns
from tracker.jobs.audit import record
from tracker.jobs.matching.learning import bring_handles_up_to_date, show_suspended
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.transaction import write_transaction
from tracker.models import Course
from tracker.queries.matching.known_handles import LEARN_FROM_ACCEPTS
from tracker.queries.matching.match_inputs import FIGURES
from tracker.queries.verdicts.snapshot import effects_since, take_snapshot


def apply_settings(course_id: int, signs: CourseSigns, learns: bool, act: Act) -> Effects:
    """Keep the settings, match every comment by them and regrade; people's decisions stay. `learns`:
    accounts are learned from automatic matches, too."""
    with write_transaction(preview=act.preview) as session:
        course = session.get_one(Course, course_id)
        before = take_snapshot(session, course_id)
        wanted = asdict(signs)
        course.words, course.staff_names = list(signs.words), list(signs.staff_names)
        course.course_blog = signs.course_blog
        figures = {name: wanted[name] for name in FIGURES}
        course.settings = {**course.settings, **figures, LEARN_FROM_ACCEPTS: learns}
        session.flush()
        bring_handles_up_to_date(session, course_id)
        rematch_in(session, course_id, act.now)
        show_suspended(session, course_id)
        kept = {name: value for name, value in wanted.items() if name != "staff_names"} | {"learns": learns}
        record(session, act, "matching-settings", "course", course_id, course_id=course_id, after=kept)
        return effects_since(session, course_id, before)
