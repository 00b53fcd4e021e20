"""Writes WordPress's pages, for a classic theme and for a block theme, and names its addresses."""

from __future__ import annotations

from datetime import datetime
from html import escape

from tracker.demo.blogosphere.blogs import Blog, Comment, Permalinks, Post, Theme
from tracker.demo.blogosphere.http_texts import Response, avatar_url, page


def permalink(blog: Blog, post: Post) -> str:
    if blog.permalinks is Permalinks.DEFAULT:
        return f"{blog.home_url}?p={post.number}"
    return blog.url(f"{post.published.astimezone(blog.zone):%Y/%m/%d}/{post.slug}/")


def comment_link(blog: Blog, comment: Comment) -> str:
    return f"{permalink(blog, comment.post)}#comment-{comment.number}"


def home(blog: Blog, now: datetime) -> Response:
    articles = "\n".join(
        f'<article id="post-{post.number}" class="post"><h2 class="entry-title">'
        f'<a href="{escape(permalink(blog, post))}" rel="bookmark">{escape(post.title)}</a></h2>'
        f'<div class="entry-content">{post.html_at(now)}</div></article>'
        for post in blog.visible_posts(now)[: blog.window]
    )
    head = f'<h1 class="site-title"><a href="{blog.home_url}" rel="home">{escape(blog.title)}</a></h1>'
    return _page(blog, blog.title, f"{head}\n<main>{articles}</main>", None, body_class="home blog")


def post_page(blog: Blog, post: Post, now: datetime) -> Response:
    """The post with all its comments: the page shows them when the feeds no longer do."""
    comments = list(reversed(blog.visible_comments(now, post)))
    listed = _thread(blog, comments, None, now)
    is_block = blog.theme is Theme.BLOCK
    area = (
        f'<div class="wp-block-comments"><ol class="wp-block-comment-template">{listed}</ol></div>'
        if is_block
        else f'<div id="comments" class="comments-area"><ol class="comment-list">{listed}</ol></div>'
    )
    published = post.published.astimezone(blog.zone)
    body = (
        f'<p class="site-title"><a href="{blog.home_url}" rel="home">{escape(blog.title)}</a></p>\n'
        f'<article id="post-{post.number}" class="post type-post"><h1 class="entry-title">'
        f'{escape(post.title)}</h1><time class="entry-date published" datetime="{published.isoformat()}">'
        f"{published:%B %-d, %Y}</time>"
        f'<div class="entry-content">{post.html_at(now)}</div></article>\n{area}'
    )
    title = f"{post.title} – {blog.title}"
    return _page(blog, title, body, post, body_class=f"single single-post postid-{post.number}")


def _page(blog: Blog, title: str, body: str, post: Post | None, *, body_class: str) -> Response:
    rest = (
        blog.url("wp-json/")
        if blog.permalinks is Permalinks.PRETTY
        else f"{blog.home_url}index.php?rest_route=/"
    )
    feeds = [("Feed", "feed/", "?feed=rss2"), ("Comments Feed", "comments/feed/", "?feed=comments-rss2")]
    links = [
        (f"{blog.title} » {name}", blog.home_url + (path if blog.permalinks is Permalinks.PRETTY else query))
        for name, path, query in feeds
        if blog.has_comment_feed or name == "Feed"
    ]
    if post is not None and blog.has_comment_feed:
        tail = "feed/" if blog.permalinks is Permalinks.PRETTY else ""
        own = permalink(blog, post) + tail if tail else f"{blog.home_url}?feed=rss2&p={post.number}"
        links.append((f"{blog.title} » {post.title} Comments Feed", own))
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{escape(name)}" href="{escape(url)}" />\n'
        for name, url in links
    )
    head += f'<link rel="https://api.w.org/" href="{escape(rest)}" />\n' if blog.has_rest else ""
    head += f'<meta name="generator" content="{escape(blog.generator)}" />\n'
    if post is not None:
        head += f'<link rel="canonical" href="{escape(permalink(blog, post))}" />\n'
    return page(title, body, head=head, body_class=body_class)


def _thread(blog: Blog, comments: list[Comment], parent: Comment | None, now: datetime) -> str:
    shown = set(map(id, comments))
    level = [
        comment
        for comment in comments
        if comment.parent is parent
        or (parent is None and comment.parent is not None and id(comment.parent) not in shown)
    ]
    write = _block_item if blog.theme is Theme.BLOCK else _classic_item
    return "\n".join(write(blog, comment, _thread(blog, comments, comment, now), now) for comment in level)


def _classic_item(blog: Blog, comment: Comment, replies: str, now: datetime) -> str:
    if comment.kind == "pingback":
        return (
            f'<li id="comment-{comment.number}" class="pingback even thread-even depth-1">'
            f'<div class="comment-body">Pingback: {_author(comment)}</div></li>'
        )
    return (
        f'<li id="comment-{comment.number}" class="{_classes(comment)}">\n'
        f'<article id="div-comment-{comment.number}" class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard">{_avatar(blog, comment)}<b class="fn">{_author(comment)}</b> '
        f'<span class="says">says:</span></div>'
        f'<div class="comment-metadata">{_time(blog, comment)}</div></footer>'
        f'<div class="comment-content">{comment.html_at(now)}{comment.page_tail}</div></article>'
        f"{f'<ol class=children>{replies}</ol>' if replies else ''}\n</li>"
    )


def _block_item(blog: Blog, comment: Comment, replies: str, now: datetime) -> str:
    kind = _classes(comment) if comment.kind == "comment" else "pingback even thread-even depth-1"
    return (
        f'<li id="comment-{comment.number}" class="{kind}"><div class="wp-block-columns">'
        f'<div class="wp-block-avatar">{_avatar(blog, comment)}</div>'
        f'<div class="wp-block-comment-author-name">{_author(comment)}</div>'
        f'<div class="wp-block-comment-date">{_time(blog, comment)}</div>'
        f'<div class="wp-block-comment-content">{comment.html_at(now)}{comment.page_tail}</div></div>'
        f"{f'<ol>{replies}</ol>' if replies else ''}</li>"
    )


def _classes(comment: Comment) -> str:
    classes = ["comment", "even", "thread-even", f"depth-{2 if comment.parent else 1}"]
    if comment.login:
        classes += ["byuser", f"comment-author-{comment.login}"]
    if comment.by_owner:
        classes += ["byuser", "comment-author-admin", "bypostauthor"]
    return " ".join(classes)


def _author(comment: Comment) -> str:
    name = escape(comment.author or "Anonymous")
    if not comment.author_url:
        return name
    return f'<a href="{escape(comment.author_url)}" class="url" rel="ugc external nofollow">{name}</a>'


def _avatar(blog: Blog, comment: Comment) -> str:
    if not blog.shows_avatars or comment.kind != "comment":
        return ""
    source = escape(avatar_url(comment.email, sha256=blog.sha256_avatars, size=56))
    return f'<img alt="" src="{source}" class="avatar avatar-56 photo" height="56" width="56" /> '


def _time(blog: Blog, comment: Comment) -> str:
    stated = comment.posted_at.astimezone(blog.zone).replace(microsecond=0)
    return (
        f'<a href="{escape(comment_link(blog, comment))}"><time datetime="{stated.isoformat()}">'
        f"{stated:%B %-d, %Y at %-I:%M %p}</time></a>"
    )
