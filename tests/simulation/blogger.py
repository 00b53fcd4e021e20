"""A Blogger blog that lives by a clock; its documents are those of the demo's Blogger.

Source of every habit: notes on feeds, section 4. A comment cannot be edited there, and one that
was deleted leaves a tombstone or vanishes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.simulation.story import Approved, Life, Removed, Reworded, Story
from tracker.demo.blogosphere import blogger
from tracker.demo.blogosphere.blogs import Blog, Comment, Post, Serves
from tracker.demo.blogosphere.http_texts import Request, Response

PAGE = blogger.DEFAULT_RESULTS


@dataclass(frozen=True)
class SimulatedBlogger:
    """`clock` tells the instant (aware) of every answer. `number` is the blog's own at Blogger."""

    story: Story
    clock: Callable[[], datetime]
    number: int = 1

    def __post_init__(self) -> None:
        if any(isinstance(event, Reworded) for event in self.story.events):
            raise ValueError("A comment on Blogger cannot be edited.")
        object.__setattr__(self, "_blog", _as_blog(self.story, self.number))

    def answer(self, host: str, request: Request) -> Response:
        blog: Blog = self._blog  # type: ignore[attr-defined]
        return blogger.answer(blog, request, self.clock())


def _as_blog(story: Story, number: int) -> Blog:
    end = max(event.at for event in story.events)
    posts = {
        post.number: Post(post.number, post.slug, post.title, f"<p>Thoughts on {post.title}.</p>", post.at)
        for post in story.posts(end, pages=True)
    }
    comments = {life.number: _as_comment(story, life, posts) for life in story.lives.values()}
    for life in story.lives.values():
        comments[life.number].parent = comments.get(life.said.parent or 0)
    return Blog(
        story.host,
        Serves.BLOGGER,
        story.title,
        story.owner,
        zone=story.zone,
        number=number,
        owner_profile=f"{number:020d}",
        posts=list(posts.values()),
        comments=list(comments.values()),
    )


def _as_comment(story: Story, life: Life, posts: dict[int, Post]) -> Comment:
    said = life.said
    own = [event for event in story.events if getattr(event, "number", None) == life.number]
    approved = next((event.at for event in own if isinstance(event, Approved)), None)
    removed = next((event for event in own if isinstance(event, Removed)), None)
    return Comment(
        life.number,
        posts[said.post],
        said.author,
        said.html,
        said.at,
        author_url=said.author_url,
        held=said.held,
        approved_at=approved,
        deleted_at=removed.at if removed else None,
        tombstone=removed.tombstone if removed else "",
        by_owner=said.by_owner,
    )
