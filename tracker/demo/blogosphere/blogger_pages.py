"""Writes Blogger's home and post pages, with the comments where a post page carries them."""

from __future__ import annotations

from datetime import datetime
from html import escape

from tracker.demo.blogosphere.blogger_feeds import author_uri, comment_url, post_url, profile_url
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost
from tracker.demo.blogosphere.http_texts import Response, page

POSTS_ON_HOME = 7


def home(blog: DemoBlog, now: datetime) -> Response:
    articles = "".join(_article(blog, post, now) for post in blog.visible_posts(now)[:POSTS_ON_HOME])
    return page(blog.title, _frame(blog, articles), head=_head(blog, None))


def post_page(blog: DemoBlog, post: DemoPost, now: datetime) -> Response:
    listed = list(reversed(blog.listed_comments(now, post)))
    top = [comment for comment in listed if comment.parent is None or comment.parent not in listed]
    items = "".join(_comment(blog, comment, listed, now) for comment in top)
    thread = (
        f'<div class="comments" id="comments"><h4>{len(listed)} comments:</h4>'
        f'<div class="comment-thread toplevel-thread"><ol id="top-ra">{items}</ol></div></div>'
    )
    title = f"{blog.title}: {post.title}"
    return page(title, _frame(blog, _article(blog, post, now) + thread), head=_head(blog, post))


def _head(blog: DemoBlog, post: DemoPost | None) -> str:
    """Blogger never names the comment feed of the whole site, only that of the post."""
    links = [
        ("alternate", "application/atom+xml", f"{blog.title} - Atom", "feeds/posts/default"),
        ("alternate", "application/rss+xml", f"{blog.title} - RSS", "feeds/posts/default?alt=rss"),
        (
            "service.post",
            "application/atom+xml",
            f"{blog.title} - Atom",
            f"feeds/{blog.number}/posts/default",
        ),
    ]
    if post is not None:
        links.append(
            (
                "alternate",
                "application/atom+xml",
                f"{blog.title} - Atom",
                f"feeds/{post.number}/comments/default",
            )
        )
    canonical = post_url(blog, post) if post else blog.home_url
    return (
        "<meta content='blogger' name='generator'/>\n"
        f"<link href='{escape(canonical)}' rel='canonical'/>\n"
        + "".join(
            f'<link rel="{rel}" type="{kind}" title="{escape(title)}" href="{escape(blog.url(path))}" />\n'
            for rel, kind, title, path in links
        )
    )


def _frame(blog: DemoBlog, content: str) -> str:
    return (
        f"<div class='header'><h1 class='title'><a href='{blog.home_url}'>{escape(blog.title)}</a></h1></div>"
        f"<div class='main'>{content}</div>"
    )


def _article(blog: DemoBlog, post: DemoPost, now: datetime) -> str:
    stated = post.published.astimezone(blog.zone)
    owner = escape(blog.owner_name)
    profile = profile_url(blog.owner_profile) if blog.owner_profile else ""
    return (
        f"<div class='post hentry'><a name='{post.number}'></a>"
        f"<h3 class='post-title entry-title'><a href='{escape(post_url(blog, post))}'>"
        f"{escape(post.title)}</a></h3>"
        f"<div class='post-body entry-content'>{post.html_at(now)}</div>"
        f"<span class='post-author vcard'>Posted by <a class='g-profile' href='{profile}' rel='author'>"
        f"<span>{owner}</span></a></span> <abbr class='published' title='{stated.isoformat()}'>"
        f"{stated:%-I:%M %p}</abbr></div>"
    )


def _comment(blog: DemoBlog, comment: DemoComment, listed: list[DemoComment], now: datetime) -> str:
    uri = author_uri(comment)
    name = escape(comment.author or "Anonymous")
    author = f'<a href="{escape(uri)}" rel="nofollow">{name}</a>' if uri else name
    stated = comment.posted_at.astimezone(blog.zone)
    body = comment.tombstone_at(now) or comment.html_at(now)
    replies = "".join(_comment(blog, reply, listed, now) for reply in listed if reply.parent is comment)
    return (
        f'<li class="comment" id="c{comment.number}"><div class="comment-block"><div class="comment-header">'
        f'<cite class="user{" blog-author" if comment.by_owner else ""}">{author}</cite>'
        f'<span class="icon user{" blog-author" if comment.by_owner else ""}"></span>'
        f'<span class="datetime secondary-text">'
        f'<a rel="nofollow" href="{escape(comment_url(blog, comment))}">'
        f"{stated:%B %-d, %Y at %-I:%M %p}</a></span></div>"
        f'<p class="comment-content">{body}</p></div>'
        f'<div class="comment-replies"><ol id="c{comment.number}-ra" class="thread-chrome">{replies}</ol>'
        "</div></li>"
    )
