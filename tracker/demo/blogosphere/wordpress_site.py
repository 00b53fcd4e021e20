"""A WordPress site at one instant: its addresses, and which comments stand on which page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Permalinks


@dataclass(frozen=True)
class Site:
    """Lists come newest first unless they say otherwise."""

    blog: DemoBlog
    now: datetime

    @cached_property
    def home(self) -> str:
        return self.blog.home_at(self.now)

    @property
    def has_default_permalinks(self) -> bool:
        return self.blog.permalinks is Permalinks.DEFAULT

    @cached_property
    def posts(self) -> list[DemoPost]:
        return self.blog.visible_posts(self.now)

    @cached_property
    def posts_and_pages(self) -> list[DemoPost]:
        return self.blog.visible_posts(self.now, pages=True)

    @cached_property
    def comments(self) -> list[DemoComment]:
        return self.blog.visible_comments(self.now)

    def comments_on(self, post: DemoPost) -> list[DemoComment]:
        return self._by_post.get(post.number, [])

    @cached_property
    def _by_post(self) -> dict[int, list[DemoComment]]:
        found: dict[int, list[DemoComment]] = defaultdict(list)
        for comment in self.comments:
            found[comment.post.number].append(comment)
        return found

    def parent_of(self, comment: DemoComment) -> DemoComment | None:
        """The comment it answers, while that is public."""
        parent = comment.parent
        return parent if parent is not None and parent.is_visible(self.now) else None

    def permalink(self, post: DemoPost) -> str:
        if self.has_default_permalinks:
            return f"{self.home}?{_number_name(post)}={post.number}"
        return self.home + self.path(post)

    def path(self, post: DemoPost) -> str:
        slug = post.slugs(self.now)[-1]
        return f"{slug}/" if post.is_page else f"{post.published.astimezone(self.blog.zone):%Y/%m/%d}/{slug}/"

    def post_guid(self, post: DemoPost) -> str:
        """Written down when the post was made: a move of the blog later does not change it."""
        return f"{self.blog.home_at(post.published)}?{_number_name(post)}={post.number}"

    def guid(self, comment: DemoComment) -> str:
        return f"{self.post_guid(comment.post)}#comment-{comment.number}"

    def link(self, comment: DemoComment) -> str:
        """With the comment page it stands on now, which shifts as comments come and go."""
        post = comment.post
        base = self.permalink(post)
        if self.blog.page_size is not None:
            base = self.comment_page(post, self._page_of(comment))
        return f"{base}#comment-{comment.number}"

    def comment_page(self, post: DemoPost, number: int) -> str:
        tail = f"&cpage={number}" if self.has_default_permalinks else f"comment-page-{number}/"
        return self.permalink(post) + tail

    def comment_pages(self, post: DemoPost) -> list[list[DemoComment]]:
        """The comments by page, the oldest first; a thread is never torn, replies come after it."""
        threads: dict[int, list[DemoComment]] = defaultdict(list)
        for comment in reversed(self.comments_on(post)):
            root = comment
            while (parent := self.parent_of(root)) is not None:
                root = parent
            threads[root.number].append(comment)
        ordered = list(threads.values())
        size = self.blog.page_size or max(1, len(ordered))
        starts = range(0, max(1, len(ordered)), size)
        return [[c for thread in ordered[start : start + size] for c in thread] for start in starts]

    def _page_of(self, comment: DemoComment) -> int:
        post = comment.post
        if post.number not in self._pages:
            self._pages[post.number] = self.comment_pages(post)
        pages = self._pages[post.number]
        return next((n for n, page in enumerate(pages, 1) if comment in page), len(pages))

    @cached_property
    def _pages(self) -> dict[int, list[list[DemoComment]]]:
        return {}

    def feed_url(self, of: str, post: DemoPost | None = None, *, atom: bool = False) -> str:
        """`of` is "comments" or "posts"; with `post`, that post's comments."""
        if self.has_default_permalinks:
            kind = "atom" if atom else "rss2"
            if post is not None:
                return f"{self.home}?feed={kind}&{_number_name(post)}={post.number}"
            return f"{self.home}?feed={'comments-' if of == 'comments' else ''}{kind}"
        base = self.permalink(post) if post else self.home + ("comments/" if of == "comments" else "")
        return base + ("feed/atom/" if atom else "feed/")


def _number_name(post: DemoPost) -> str:
    return "page_id" if post.is_page else "p"
