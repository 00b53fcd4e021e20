"""Every template is proposed for the weeks to come, reads as its course has it, and comes back from terms."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.locale import CourseLocale
from tracker.grading.rules.from_form import read_rule
from tracker.grading.rules.to_form import type_rule
from tracker.queries.assignments.rule_templates import TEMPLATES, RuleTemplate, fill_template
from tracker.wording.rules import rule_sentence

ZONE = ZoneInfo("America/Chicago")
READS = {
    "c4t": (
        "Write two comments on two different posts of the blog assigned to you, between Monday, October 12 "
        "and Sunday, October 25, 11:59 PM CDT. Then write one summary post on your class blog that links "
        "both posts you commented on, by Sunday, November 1, 11:59 PM CST. Call it “C4T #3”."
    ),
    "c4k": (
        "Write four comments on different posts of the blog assigned to you, one a week, in the four weeks "
        "from Monday, October 12 to Sunday, November 8, 11:59 PM CST. Each week ends on Sunday at 11:59 PM. "
        "Then write one summary post on your class blog that links all four posts you commented on, by "
        "Sunday, November 15, 11:59 PM CST. Call it “C4K #3”."
    ),
    "c4c": (
        "Write five comments on different posts of your classmates’ blogs, one a week, in the five weeks "
        "from Monday, October 12 to Sunday, November 15, 11:59 PM CST."
    ),
    "two-classmates": (
        "Write ten comments on posts of your classmates’ blogs, two a week, in the five weeks from Monday, "
        "October 12 to Sunday, November 15, 11:59 PM CST. Each week ends on Sunday at 11:59 PM. No two in a "
        "week may be on the same blog."
    ),
    "twenty-on-ten": (
        "Write 20 comments on different posts of blogs that the course follows, at least one and at most "
        "four a week, in the ten weeks from Monday, October 12 to Sunday, December 20, 11:59 PM CST. Each "
        "week ends on Sunday at 11:59 PM. They must be on at least ten different blogs."
    ),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_a_template_reads_as_its_course_has_it_and_fills_the_form_in(template: RuleTemplate) -> None:
    typed = fill_template(template, 3, date(2026, 10, 12))
    terms = read_rule(typed, ZONE)
    assert rule_sentence(terms, CourseLocale(ZONE)).startswith(READS[template.key])
    assert type_rule(terms, ZONE) == typed
