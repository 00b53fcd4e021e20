"""Conflicts that a person resolves: a shared account, half a name in common, a comment in two parts."""

from __future__ import annotations

from datetime import timedelta

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment
from tracker.demo.crowd import add_passer_by
from tracker.demo.doubtful import COURSE_END, SPOUSE
from tracker.demo.scenario import DemoStudent, Scenario
from tracker.demo.sentences import paragraphs

HERS, HIS, NAMESAKE = "his account, her comment", "his account, his comment", "half a name"


def share_account(scenario: Scenario, student: DemoStudent, hers_on: DemoBlog, his_on: DemoBlog) -> None:
    """Before the round a student and her husband both commented under his account."""
    profile = next(one.comment.profile for one in scenario.authors if one.comment.author == SPOUSE)
    post = scenario.post_of_day(hers_on, -6)
    html = scenario.scribe.comment(scenario.topics[id(post)], extra=COURSE_END)
    html += "\n" + paragraphs(f"– {student.name.given}")
    hers = scenario.say(
        hers_on,
        post,
        scenario.at(-4, 20, 11),
        SPOUSE,
        html,
        student=student,
        needs_person=True,
        profile=profile,
    )
    his = add_passer_by(
        scenario, his_on, scenario.post_of_day(his_on, -6), scenario.at(-3, 7, 40), author=SPOUSE
    )
    his.author_url, his.profile = "", profile
    scenario.conflicts[HERS] = (hers_on, hers, student)
    scenario.conflicts[HIS] = (his_on, his, student)


def break_off(scenario: Scenario, student: DemoStudent, comment: DemoComment) -> None:
    """The comment ends inside a sentence, and goes on in another one three minutes later."""
    end = comment.html.rindex("</p>")
    comment.html = f"{comment.html[:end].rstrip('.!?')}, which reminds me that I{comment.html[end:]}"
    rest = "pressed the button too soon. What I meant to add: I would show the first drafts, too."
    scenario.say(
        student.allocated,
        comment.post,
        comment.posted_at + timedelta(minutes=3),
        comment.author,
        paragraphs(rest),
        student=student,
        author_url=comment.author_url,
    )
