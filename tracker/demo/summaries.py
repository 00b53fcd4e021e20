"""Summary posts on class blogs, titled in the many ways in which students title them (PRODUCT S18)."""

from __future__ import annotations

from datetime import datetime

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import DemoComment, DemoPost
from tracker.demo.scenario import DemoStudent, Scenario

TITLES = (
    "C4T #{n} Summary Post",
    "C4T#{n} Summary",
    "c4t-{n}",
    "Comments for Teachers #{n}",
    "Project #7 Post: C4T #{n} Summary",
    "C4T {n}: what I commented and why",
)


def names_of(number: int) -> tuple[str, ...]:
    """What an instructor would type as the names such a post goes by."""
    return (f"C4T #{number}", f"Comments for Teachers #{number}")


def write_summary(
    scenario: Scenario,
    student: DemoStudent,
    comments: tuple[DemoComment, ...],
    at: datetime,
    *,
    number: int,
    title: str | None = None,
) -> DemoPost:
    """A summary linking the posts commented on; every third one quotes a comment. `title` may be ""."""
    if title is None:
        title = scenario.rng.choice(TITLES).format(n=number)
    blog = student.allocated
    links = [(comment.post.title, post_url(blog, comment.post)) for comment in comments]
    quote = comments[0].html if scenario.rng.random() < 0.33 else ""
    html = scenario.scribe.summary(blog.owner_name, links, quote)
    labels = (f"C4T{number}",) if scenario.rng.random() < 0.3 and title else ()
    slug = "" if title else f"blog-post_{at.day}"
    return scenario.write_post(student.class_blog, title, html, at, labels=labels, slug=slug)
