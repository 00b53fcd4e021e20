"""Everybody else on the followed blogs: passers-by, the owners, spam, staff, pingbacks."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import Blog, Comment, Post, Serves
from tracker.demo.names import PASSER_FAMILY, PASSER_GIVEN, STAFF, fold
from tracker.demo.scenario import Stage, Student
from tracker.demo.sentences import paragraphs

SPAMMERS = ("Gutters And Roofs", "best watches 24", "EasyMoneyNow")


def add_passers_by(stage: Stage, blog: Blog, *, first_day: int, last_day: int, count: int) -> None:
    """Comments of people who have nothing to do with the course, on what was published by then."""
    for _ in range(count):
        at = stage.some_time(first_day, last_day)
        add_passer_by(stage, blog, stage.rng.choice(_published(blog, at)), at)


def add_passer_by(stage: Stage, blog: Blog, post: Post, at: datetime, *, author: str = "") -> Comment:
    """Somebody by a random name, or by `author`: then with a site of their own, so as to be told apart."""
    name = author or f"{stage.rng.choice(PASSER_GIVEN)} {stage.rng.choice(PASSER_FAMILY)}"
    site = f"http://{fold(name)}.example/" if author or stage.rng.random() < 0.6 else ""
    html = stage.scribe.passer(stage.topics[id(post)])
    return stage.say(blog, post, at, name, html, kind="outsider", author_url=site)


def add_owner_replies(stage: Stage, blog: Blog, *, until: datetime, share: float) -> None:
    """The owner answers some comments a few hours later."""
    for comment in list(blog.comments):
        at = comment.posted_at + timedelta(minutes=stage.rng.randint(90, 1100))
        if comment.kind == "comment" and not comment.by_owner and at < until and stage.rng.random() < share:
            reply_as_owner(stage, blog, comment, at)


def reply_as_owner(stage: Stage, blog: Blog, comment: Comment, at: datetime) -> Comment:
    html = stage.scribe.reply(comment.author.split()[0] if comment.author else "friend")
    is_blogger = blog.serves is Serves.BLOGGER
    return stage.say(
        blog,
        comment.post,
        at,
        blog.owner_name,
        html,
        kind="owner",
        by_owner=True,
        parent=None if blog.serves is Serves.GENERIC else comment,
        author_url=blog.home_url if blog.serves is Serves.WORDPRESS else "",
        profile=blog.owner_profile if is_blogger else "",
        email=blog.owner_email if blog.serves is Serves.WORDPRESS else "",
    )


def add_spam(stage: Stage, blog: Blog, at: datetime) -> Comment:
    name = stage.rng.choice(SPAMMERS)
    post = stage.rng.choice(_published(blog, at))
    html = stage.scribe.spam()
    return stage.say(blog, post, at, name, html, kind="spam", author_url=f"http://{fold(name)}.example/buy")


def add_staff_comment(stage: Stage, blog: Blog, at: datetime) -> Comment:
    """The instructor greets the blog's owner, naming the course as a student would."""
    post = _published(blog, at)[0]
    html = paragraphs("Thank you for welcoming the people of EDT 320 from Harlan State once more.")
    return stage.say(blog, post, at, STAFF[0], html, kind="staff")


def add_pingback(stage: Stage, student: Student, summary: Post, target: Post) -> Comment:
    """What WordPress makes of a link in a summary post: unmarked in feeds, and never a comment."""
    blog, own = student.allocated, student.class_blog
    title = f"{summary.title or 'Untitled'} – {own.title}"
    link = post_url(own, summary)
    html = f"<p>[&#8230;] was on {escape(target.title)}. [&#8230;]</p>"
    return stage.say(
        blog,
        target,
        summary.published + timedelta(seconds=20),
        title,
        html,
        kind="pingback",
        author_url=link,
    )


def _published(blog: Blog, at: datetime) -> list[Post]:
    """The three newest posts of that time, newest first."""
    return blog.visible_posts(at)[:3]
