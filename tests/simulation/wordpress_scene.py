"""A WordPress blog at one instant: its settings, its addresses, and which comments stand on which page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from tests.simulation.story import Life, Published, Story

ATOM_TAIL, RSS_TAIL = "feed/atom/", "feed/"


class Rest(StrEnum):
    ON = "on"
    FORBIDDEN = "forbidden"  # a security plugin: 401 for everybody who is not signed in
    NO_ROUTE = "no route"  # 404 rest_no_route


class Atom(StrEnum):
    WORKS = "works"
    BROKEN = "broken"  # a plugin's warning stands before the XML declaration, and the body is cut
    MISSING = "missing"  # 404


@dataclass(frozen=True, slots=True)
class Habits:
    """A site's settings. `page_size` is how many comments a page shows (None: all, not paged).

    Without `pages_show_comments` a script draws them, and no page holds any.
    """

    window: int = 10
    rest: Rest = Rest.ON
    page_size: int | None = None
    pages_show_comments: bool = True
    default_permalinks: bool = False
    atom: Atom = Atom.WORKS
    counts_comments: bool = True
    deflates: bool = False
    shows_avatars: bool = True


@dataclass(frozen=True)
class Scene:
    story: Story
    habits: Habits
    now: datetime

    @cached_property
    def home(self) -> str:
        return f"{self.story.scheme_at(self.now)}://{self.story.host_at(self.now)}/"

    @cached_property
    def comments(self) -> list[Life]:
        return self.story.comments(self.now)

    @cached_property
    def _by_post(self) -> dict[int, list[Life]]:
        found: dict[int, list[Life]] = defaultdict(list)
        for life in self.comments:
            found[life.said.post].append(life)
        return found

    def comments_on(self, post: Published) -> list[Life]:
        """The newest first."""
        return self._by_post.get(post.number, [])

    def permalink(self, post: Published) -> str:
        if self.habits.default_permalinks:
            return f"{self.home}?{_number_name(post)}={post.number}"
        return self.home + self.path(post, self.story.slug(post, self.now))

    def path(self, post: Published, slug: str) -> str:
        return f"{slug}/" if post.is_page else f"{post.at.astimezone(self.story.zone):%Y/%m}/{slug}/"

    def post_guid(self, post: Published) -> str:
        """Written down when the post was made: neither a move nor https changes it."""
        return f"http://{self.story.hosts(post.at)[-1]}/?{_number_name(post)}={post.number}"

    def guid(self, life: Life) -> str:
        return f"{self.post_guid(self.post_of(life))}#comment-{life.number}"

    def post_of(self, life: Life) -> Published:
        return self.story.post(life.said.post)

    def link(self, life: Life) -> str:
        """With the comment page it stands on now, which shifts as comments come and go."""
        post = self.post_of(life)
        base = self.permalink(post)
        if self.habits.page_size is not None:
            number = self.page_of(life)
            base += f"&cpage={number}" if self.habits.default_permalinks else f"comment-page-{number}/"
        return f"{base}#comment-{life.number}"

    def pages(self, post: Published) -> list[list[Life]]:
        """The comments by page, the oldest page first; a thread is never torn, replies come after it."""
        size = self.habits.page_size
        threads = self._threads(self.comments_on(post))
        if size is None:
            return [[life for thread in threads for life in thread]]
        cut = [threads[start : start + size] for start in range(0, len(threads), size)] or [[]]
        return [[life for thread in page for life in thread] for page in cut]

    def page_of(self, life: Life) -> int:
        pages = self._pages_by_post.setdefault(life.said.post, self.pages(self.post_of(life)))
        return next((n for n, page in enumerate(pages, 1) if life in page), len(pages))

    @cached_property
    def _pages_by_post(self) -> dict[int, list[list[Life]]]:
        return {}

    def parent_of(self, life: Life) -> Life | None:
        """The comment it answers, while that is public."""
        parent = self.story.lives.get(life.said.parent or 0)
        return parent if parent is not None and parent.is_public(self.now) else None

    def _threads(self, newest_first: Sequence[Life]) -> list[list[Life]]:
        threads: dict[int, list[Life]] = {}
        for life in reversed(newest_first):
            root = life
            while (parent := self.parent_of(root)) is not None:
                root = parent
            threads.setdefault(root.number, []).append(life)
        return list(threads.values())

    def feed_url(self, *, atom: bool, of: str, post: Published | None = None) -> str:
        """`of` is "comments" or "posts"; with `post`, that post's comments."""
        if self.habits.default_permalinks:
            kind = "atom" if atom else "rss2"
            if post is not None:
                return f"{self.home}?feed={kind}&{_number_name(post)}={post.number}"
            return f"{self.home}?feed={'comments-' if of == 'comments' else ''}{kind}"
        base = self.permalink(post) if post else self.home + ("comments/" if of == "comments" else "")
        return base + (ATOM_TAIL if atom else RSS_TAIL)


def _number_name(post: Published) -> str:
    return "page_id" if post.is_page else "p"
