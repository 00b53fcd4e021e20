"""The forms in which students sign a comment, each with evidence a careful reader would accept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from html import escape
from typing import Any

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.scenario import DemoStudent, Scenario


class Form(StrEnum):
    LINK = "link"  # full name, linking the class blog
    LOWER_LINK = "lower-link"  # the same in lower case, address without the last slash
    FIRST_LINK = "first-link"  # first name only, linking the class blog
    TAIL = "tail"  # full name and a CommentLuv tail to the class blog
    NAMED = "named"  # full name without a link; the text names the course
    PROFILE = "profile"  # the Blogger account that writes the class blog
    AVATAR = "avatar"  # full name, and the avatar of the roster's email address


FORMS: dict[Serves, tuple[Form, ...]] = {
    Serves.WORDPRESS: (
        *[Form.LINK] * 5,
        *[Form.NAMED] * 3,
        *[Form.TAIL] * 2,
        Form.LOWER_LINK,
        Form.FIRST_LINK,
        Form.AVATAR,
    ),
    Serves.BLOGGER: (*[Form.PROFILE] * 5, *[Form.LINK] * 2, *[Form.NAMED] * 2, Form.FIRST_LINK),
    Serves.GENERIC: (*[Form.NAMED] * 3, Form.TAIL),
    Serves.NONE: (Form.LINK, Form.NAMED),
}
"""What each platform can carry to a reader of its feeds, the commoner forms more often."""

TAILS = (
    "<p><em>{name}'s last blog post..<a href='{url}'>{title}</a></em></p>",
    '<p>.-= {name}&#180;s last blog ..<a href="{url}" rel="nofollow">{title}</a> =-.</p>',
    '<span class="cluv">{name} recently posted..<a rel="nofollow" href="{url}">{title}</a></span>',
)
"""CommentLuv's wordings over the years, as they stand in feeds."""


def choose_form(scenario: Scenario, student: DemoStudent, blog: DemoBlog) -> Form:
    """A form that the blog can carry and that suits the student's name and class blog."""
    form = scenario.rng.choice(FORMS[blog.serves])
    if form is Form.PROFILE and student.class_blog.serves is not Serves.BLOGGER:
        return Form.LINK
    if form is Form.LOWER_LINK and not student.name.full.isascii():
        return Form.LINK
    return form


def comment_by(
    scenario: Scenario,
    student: DemoStudent,
    post: DemoPost,
    at: datetime,
    form: Form | None = None,
    *,
    extra: str = "",
    held: bool = False,
) -> DemoComment:
    """A comment that is certainly the student's, on the blog given to them."""
    blog = student.allocated
    form = form or choose_form(scenario, student, blog)
    author = student.name.full
    more: dict[str, Any] = {"held": held}
    own = student.class_blog
    if form in (Form.LINK, Form.LOWER_LINK, Form.FIRST_LINK):
        more["author_url"] = own.home_url
    if form is Form.LINK and student.name.preferred:
        author = f"{student.name.preferred} {student.name.family}"
    elif form is Form.LOWER_LINK:
        author, more["author_url"] = author.lower(), own.home_url.rstrip("/")
    elif form is Form.FIRST_LINK:
        author = student.name.given
    elif form is Form.PROFILE:
        more["profile"] = own.owner_profile
    elif form is Form.AVATAR:
        more["email"] = student.email
    if not extra and (form in (Form.NAMED, Form.AVATAR) or scenario.rng.random() < 0.25):
        extra = scenario.scribe.course_line()
    html = scenario.scribe.comment(scenario.topics[id(post)], extra=extra)
    if form is Form.TAIL:
        html += "\n" + tail(scenario, student, author, at)
    return scenario.say(blog, post, at, author, html, student=student, **more)


def tail(scenario: Scenario, student: DemoStudent, author: str, at: datetime) -> str:
    """What CommentLuv adds: the newest post of the writer's own blog."""
    own = student.class_blog
    newest = own.visible_posts(at)[0]
    wording = scenario.rng.choice(TAILS)
    return wording.format(name=escape(author), url=escape(post_url(own, newest)), title=escape(newest.title))
