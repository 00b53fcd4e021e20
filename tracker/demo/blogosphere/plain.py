"""Answers requests as two simpler kinds of site do: one with a plain RSS feed of comments, one with none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.http_texts import RSS, Request, Response, page, plain_text, rss_date

RSS_OPEN = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
)
ROBOTS = b"User-agent: *\nDisallow:\n"


def answer(blog: DemoBlog, request: Request, now: datetime) -> Response:
    """Answer one GET below the blog's folder."""
    path = request.path
    if path == "/":
        return _home(blog, now)
    if path == "/robots.txt":
        return Response(200, "text/plain; charset=utf-8", ROBOTS)
    if path == "/index.xml":
        return _feed(blog, blog.title, [_post_item(blog, p) for p in blog.visible_posts(now)[: blog.window]])
    if path == "/comments.xml" and _has_comments(blog):
        shown = blog.visible_comments(now)[: blog.window]
        return _feed(blog, f"{blog.title}: comments", [_comment_item(blog, c, now) for c in shown])
    post = next((p for p in blog.visible_posts(now) if post_url(blog, p) == blog.url(path[1:])), None)
    return _post_page(blog, post, now) if post else page("Not found", "<h1>Not found</h1>", status=404)


def post_url(blog: DemoBlog, post: DemoPost) -> str:
    return blog.url(f"articles/{post.slug}.html")


def comment_url(blog: DemoBlog, comment: DemoComment) -> str:
    return f"{post_url(blog, comment.post)}#comment-{comment.number}"


def _has_comments(blog: DemoBlog) -> bool:
    return blog.serves is Serves.GENERIC


def _feed(blog: DemoBlog, title: str, items: Sequence[str]) -> Response:
    head = f"<title>{escape(title)}</title>\n<link>{blog.home_url}</link>\n<description></description>\n"
    return Response(200, RSS, "".join([RSS_OPEN, head, *items, "</channel></rss>\n"]).encode())


def _post_item(blog: DemoBlog, post: DemoPost) -> str:
    link = escape(post_url(blog, post))
    return (
        f"<item><title>{escape(post.title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<dc:creator>{escape(blog.owner_name)}</dc:creator><pubDate>{rss_date(post.published)}</pubDate>"
        f"<description>{escape(post.html)}</description></item>\n"
    )


def _comment_item(blog: DemoBlog, comment: DemoComment, now: datetime) -> str:
    """The writer's name and no address, like most feeds of this kind."""
    link = escape(comment_url(blog, comment))
    return (
        f"<item><title>Re: {escape(comment.post.title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<dc:creator>{escape(comment.author)}</dc:creator><pubDate>{rss_date(comment.posted_at)}</pubDate>"
        f"<description>{escape(comment.html_at(now))}</description></item>\n"
    )


def _home(blog: DemoBlog, now: datetime) -> Response:
    items = "".join(
        f'<article><h2><a href="{escape(post_url(blog, post))}">{escape(post.title)}</a></h2>'
        f"<p>{escape(plain_text(post.html)[:200])}</p></article>"
        for post in blog.visible_posts(now)[: blog.window]
    )
    return page(blog.title, f"<h1>{escape(blog.title)}</h1>{items}", head=_head(blog))


def _post_page(blog: DemoBlog, post: DemoPost, now: datetime) -> Response:
    body = f"<h1>{escape(post.title)}</h1><div class='article'>{post.html_at(now)}</div>"
    if _has_comments(blog):
        listed = reversed(blog.visible_comments(now, post))
        body += (
            "<ol class='comments'>"
            + "".join(_comment_html(blog, comment, now) for comment in listed)
            + "</ol>"
        )
    else:
        body += "<div id='talk'></div><noscript>Comments need a script.</noscript>"
    return page(f"{post.title} | {blog.title}", body, head=_head(blog))


def _comment_html(blog: DemoBlog, comment: DemoComment, now: datetime) -> str:
    name = escape(comment.author)
    author = (
        f'<a href="{escape(comment.author_url)}" rel="nofollow">{name}</a>' if comment.author_url else name
    )
    stated = comment.posted_at.astimezone(blog.zone).replace(microsecond=0)
    return (
        f'<li id="comment-{comment.number}" class="comment"><cite class="fn">{author}</cite> '
        f'<time datetime="{stated.isoformat()}">{stated:%B %-d, %Y}</time>'
        f"<div class='comment-content'>{comment.html_at(now)}</div></li>"
    )


def _head(blog: DemoBlog) -> str:
    links = [(blog.title, "index.xml")]
    if _has_comments(blog):
        links.append((f"{blog.title}: comments", "comments.xml"))
    return "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{escape(title)}" '
        f'href="{blog.url(path)}" />\n'
        for title, path in links
    )
