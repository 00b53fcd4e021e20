"""Comments that are a student's and that only a person can attribute (PRODUCT S6, S7, S8)."""

from __future__ import annotations

from datetime import datetime

from tracker.demo.blogosphere.blogs import DemoComment, DemoPost, Serves
from tracker.demo.scenario import DemoStudent, Scenario
from tracker.demo.sentences import paragraphs

SPOUSE = "Dale Whitcombe"
COURSE_END = "I wrote this for EDT 320; everything can be checked on my class blog at"


def doubtful_comment(
    scenario: Scenario, student: DemoStudent, post: DemoPost, at: datetime, n: int
) -> tuple[DemoComment, str]:
    """The n-th kind of doubt, as far as the blog's platform can show it, and what it is in a few words."""
    kinds = _AT_BLOGGER if student.allocated.serves is Serves.BLOGGER else _ELSEWHERE
    author, why, names_course, has_account = kinds[n // 2 % len(kinds)]
    html = scenario.scribe.comment(scenario.topics[id(post)], extra=COURSE_END if names_course else "")
    if author != "{full}":
        html += "\n" + paragraphs(f"– {student.name.given}")
    comment = scenario.say(
        student.allocated,
        post,
        at,
        author.format(given=student.name.given, full=student.name.full),
        html,
        student=student,
        needs_person=True,
        profile=scenario.profile() if has_account else "",
    )
    return comment, why


_AT_BLOGGER = (
    ("Anonymous", "anonymous, signed with the first name", False, False),
    (SPOUSE, "a husband's account, signed with the first name", True, True),
)
_ELSEWHERE = (
    ("{full}", "full name of two students, no link", False, False),
    ("{given}", "first name only, shared with a classmate", False, False),
    ("bluejay77", "an unknown handle, signed with the first name", False, False),
)
"""Author as shown, what the doubt is, whether the text names the course, whether an account shows."""
