"""What a term leaves for a person to settle: a shared account, a namesake by half, a comment in two parts."""

from __future__ import annotations

from datetime import timedelta

from tracker.demo.blogosphere.blogs import Blog, Comment
from tracker.demo.crowd import add_passer_by
from tracker.demo.doubtful import COURSE_END, SPOUSE
from tracker.demo.scenario import Stage, Student
from tracker.demo.sentences import paragraphs

HERS, HIS, NAMESAKE = "his account, her comment", "his account, his comment", "half a name"


def share_account(stage: Stage, student: Student, hers_on: Blog, his_on: Blog) -> None:
    """Before the round a student wrote under her husband's account, as in it, and he did himself."""
    profile = next(one.comment.profile for one in stage.authors if one.comment.author == SPOUSE)
    post = stage.post_of_day(hers_on, -6)
    html = stage.scribe.comment(stage.topics[id(post)], extra=COURSE_END)
    html += "\n" + paragraphs(f"– {student.name.given}")
    hers = stage.say(
        hers_on, post, stage.at(-4, 20, 11), SPOUSE, html, student=student, needs_person=True, profile=profile
    )
    his = add_passer_by(stage, his_on, stage.post_of_day(his_on, -6), stage.at(-3, 7, 40), author=SPOUSE)
    his.author_url, his.profile = "", profile
    stage.to_settle[HERS] = (hers_on, hers, student)
    stage.to_settle[HIS] = (his_on, his, student)


def break_off(stage: Stage, student: Student, comment: Comment) -> None:
    """The comment ends inside a sentence, and goes on in another one three minutes later."""
    end = comment.html.rindex("</p>")
    comment.html = f"{comment.html[:end].rstrip('.!?')}, which reminds me that I{comment.html[end:]}"
    rest = "pressed the button too soon. What I meant to add: I would show the first drafts, too."
    stage.say(
        student.allocated,
        comment.post,
        comment.posted_at + timedelta(minutes=3),
        comment.author,
        paragraphs(rest),
        student=student,
        author_url=comment.author_url,
    )
