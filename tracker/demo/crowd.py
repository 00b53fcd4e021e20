"""Comments on the followed blogs that no student wrote: passers-by, owners, spam, staff, pingbacks."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.names import PASSER_FAMILY, PASSER_GIVEN, STAFF, fold
from tracker.demo.scenario import DemoStudent, Scenario
from tracker.demo.sentences import paragraphs

SPAMMERS = ("Gutters And Roofs", "best watches 24", "EasyMoneyNow")


def add_passers_by(scenario: Scenario, blog: DemoBlog, *, first_day: int, last_day: int, count: int) -> None:
    """Comments of people who have nothing to do with the course, on what was published by then."""
    for _ in range(count):
        at = scenario.some_time(first_day, last_day)
        add_passer_by(scenario, blog, scenario.rng.choice(_published(blog, at)), at)


def add_passer_by(
    scenario: Scenario, blog: DemoBlog, post: DemoPost, at: datetime, *, author: str = ""
) -> DemoComment:
    """A comment by a random name, or by `author`: then with a site of their own, to be told apart."""
    name = author or f"{scenario.rng.choice(PASSER_GIVEN)} {scenario.rng.choice(PASSER_FAMILY)}"
    site = f"http://{fold(name)}.example/" if author or scenario.rng.random() < 0.6 else ""
    html = scenario.scribe.passer(scenario.topics[id(post)])
    return scenario.say(blog, post, at, name, html, kind="outsider", author_url=site)


def add_owner_replies(scenario: Scenario, blog: DemoBlog, *, until: datetime, share: float) -> None:
    """The owner answers some comments a few hours later."""
    for comment in list(blog.comments):
        at = comment.posted_at + timedelta(minutes=scenario.rng.randint(90, 1100))
        if (
            comment.kind == "comment"
            and not comment.by_owner
            and at < until
            and scenario.rng.random() < share
        ):
            reply_as_owner(scenario, blog, comment, at)


def reply_as_owner(scenario: Scenario, blog: DemoBlog, comment: DemoComment, at: datetime) -> DemoComment:
    html = scenario.scribe.reply(comment.author.split()[0] if comment.author else "friend")
    is_blogger = blog.serves is Serves.BLOGGER
    return scenario.say(
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


def add_spam(scenario: Scenario, blog: DemoBlog, at: datetime) -> DemoComment:
    name = scenario.rng.choice(SPAMMERS)
    post = scenario.rng.choice(_published(blog, at))
    html = scenario.scribe.spam()
    return scenario.say(
        blog, post, at, name, html, kind="spam", author_url=f"http://{fold(name)}.example/buy"
    )


def add_unknown_writer(
    scenario: Scenario, blog: DemoBlog, post: DemoPost, at: datetime, author: str, said: str
) -> DemoComment:
    """A comment that names the course, under a name that fits nobody on the roster."""
    html = paragraphs(f"What you write about {scenario.topics[id(post)]} stays with me. {said}")
    return scenario.say(blog, post, at, author, html, kind="outsider")


def add_staff_comment(scenario: Scenario, blog: DemoBlog, at: datetime) -> DemoComment:
    """The instructor greets the blog's owner, naming the course as a student would."""
    post = _published(blog, at)[0]
    html = paragraphs("Thank you for welcoming the people of EDT 320 from Harlan State once more.")
    return scenario.say(blog, post, at, STAFF[0], html, kind="staff")


def add_pingback(
    scenario: Scenario, student: DemoStudent, summary: DemoPost, target: DemoPost
) -> DemoComment:
    """What WordPress makes of a link in a summary post: unmarked in feeds, and never a comment."""
    blog, own = student.allocated, student.class_blog
    title = f"{summary.title or 'Untitled'} – {own.title}"
    link = post_url(own, summary)
    html = f"<p>[&#8230;] was on {escape(target.title)}. [&#8230;]</p>"
    return scenario.say(
        blog,
        target,
        summary.published + timedelta(seconds=20),
        title,
        html,
        kind="pingback",
        author_url=link,
    )


def _published(blog: DemoBlog, at: datetime) -> list[DemoPost]:
    """The three newest posts of that time, newest first."""
    return blog.visible_posts(at)[:3]
