"""Writes WordPress's pages, for a classic and for a block theme: home, and posts with their comments."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from tracker.demo.blogosphere.blogs import DemoComment, DemoPost, Rest, Theme
from tracker.demo.blogosphere.http_texts import Response, avatar_url, page
from tracker.demo.blogosphere.wordpress_site import Site


def home(site: Site) -> Response:
    articles = "\n".join(
        f'<article id="post-{post.number}" class="post"><h2 class="entry-title">'
        f'<a href="{escape(site.permalink(post))}" rel="bookmark">{escape(post.title)}</a></h2>'
        f'<div class="entry-content">{post.html_at(site.now)}</div></article>'
        for post in site.posts[: site.blog.window]
    )
    title = site.blog.title
    body = f'<h1 class="site-title"><a href="{site.home}" rel="home">{escape(title)}</a></h1>\n'
    body += f"<main>{articles}</main>"
    return page(title, body, head=_head(site, None), body_class="home blog")


def post_page(site: Site, post: DemoPost, number: int | None) -> Response:
    """The post with one page of its comments: without `number` the last, where the newest are.

    A page shows comments that the feeds no longer do.
    """
    comment_pages = site.comment_pages(post)
    at = number or len(comment_pages)
    if at > len(comment_pages):
        return not_found(site)
    area = ""
    if site.blog.pages_show_comments:
        area = _comment_area(site, comment_pages[at - 1]) + _navigation(site, post, at, len(comment_pages))
    published = post.published.astimezone(site.blog.zone)
    body = (
        f'<p class="site-title"><a href="{site.home}" rel="home">{escape(site.blog.title)}</a></p>\n'
        f'<article id="post-{post.number}" class="post type-post"><h1 class="entry-title">'
        f'{escape(post.title)}</h1><time class="entry-date published" datetime="{published.isoformat()}">'
        f"{published:%B %-d, %Y}</time>"
        f'<div class="entry-content">{post.html_at(site.now)}</div></article>\n{area}'
    )
    kind = f"page page-id-{post.number}" if post.is_page else f"single single-post postid-{post.number}"
    title = f"{post.title} – {site.blog.title}"
    return page(title, body, head=_head(site, post), body_class=kind)


def not_found(site: Site) -> Response:
    title = f"Page not found – {site.blog.title}"
    return page(title, "<h1>Oops! That page can’t be found.</h1>", status=404)


def _comment_area(site: Site, comments: list[DemoComment]) -> str:
    listed = _thread(site, comments)
    if site.blog.theme is Theme.BLOCK:
        return f'<div class="wp-block-comments"><ol class="wp-block-comment-template">{listed}</ol></div>'
    return f'<div id="comments" class="comments-area"><ol class="comment-list">{listed}</ol></div>'


def _navigation(site: Site, post: DemoPost, at: int, last: int) -> str:
    ways = [("previous", at - 1, "Older Comments"), ("next", at + 1, "Newer Comments")]
    links = "".join(
        f'<div class="nav-{name}">'
        f'<a href="{escape(site.comment_page(post, number))}#comments">{words}</a></div>'
        for name, number, words in ways
        if 1 <= number <= last
    )
    return f'\n<nav class="navigation comment-navigation">{links}</nav>' if links else ""


def _head(site: Site, post: DemoPost | None) -> str:
    title = site.blog.title
    feeds = [
        (f"{title} » Feed", site.feed_url("posts")),
        (f"{title} » Comments Feed", site.feed_url("comments")),
    ]
    if post is not None:
        feeds.append((f"{title} » {post.title} Comments Feed", site.feed_url("comments", post)))
    links = [
        f'<link rel="alternate" type="application/rss+xml" title="{escape(name)}" href="{escape(url)}" />\n'
        for name, url in feeds
    ]
    if site.blog.rest is Rest.ON:
        tail = "index.php?rest_route=/" if site.has_default_permalinks else "wp-json/"
        links.append(f'<link rel="https://api.w.org/" href="{site.home}{tail}" />\n')
    links.append(f'<meta name="generator" content="{escape(site.blog.generator)}" />\n')
    if post is not None:
        links.append(f'<link rel="canonical" href="{escape(site.permalink(post))}" />\n')
        if not post.is_page:
            links.append(f'<link rel="shortlink" href="{site.home}?p={post.number}" />\n')
    return "".join(links)


def _thread(site: Site, comments: list[DemoComment]) -> str:
    """Each comment with its replies below it; one whose parent does not show stands at the top."""
    write = _block_item if site.blog.theme is Theme.BLOCK else _classic_item
    shown = set(comments)
    replies: dict[DemoComment | None, list[DemoComment]] = defaultdict(list)
    for comment in comments:
        replies[comment.parent if comment.parent in shown else None].append(comment)

    def write_below(parent: DemoComment | None) -> str:
        return "\n".join(write(site, comment, write_below(comment)) for comment in replies[parent])

    return write_below(None)


def _classic_item(site: Site, comment: DemoComment, replies: str) -> str:
    children = f"<ol class=children>{replies}</ol>" if replies else ""
    if comment.kind == "pingback":
        return (
            f'<li id="comment-{comment.number}" class="pingback even thread-even depth-1">'
            f'<div class="comment-body">Pingback: {_author(comment)}</div>{children}</li>'
        )
    return (
        f'<li id="comment-{comment.number}" class="{_classes(comment)}">\n'
        f'<article id="div-comment-{comment.number}" class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard">{_avatar(site, comment)}<b class="fn">{_author(comment)}</b> '
        f'<span class="says">says:</span></div>'
        f'<div class="comment-metadata">{_time(site, comment)}</div></footer>'
        f'<div class="comment-content">{comment.html_at(site.now)}</div></article>'
        f"{children}\n</li>"
    )


def _block_item(site: Site, comment: DemoComment, replies: str) -> str:
    kind = _classes(comment) if comment.kind == "comment" else "pingback even thread-even depth-1"
    return (
        f'<li id="comment-{comment.number}" class="{kind}"><div class="wp-block-columns">'
        f'<div class="wp-block-avatar">{_avatar(site, comment)}</div>'
        f'<div class="wp-block-comment-author-name">{_author(comment)}</div>'
        f'<div class="wp-block-comment-date">{_time(site, comment)}</div>'
        f'<div class="wp-block-comment-content">{comment.html_at(site.now)}</div></div>'
        f"{f'<ol>{replies}</ol>' if replies else ''}</li>"
    )


def _classes(comment: DemoComment) -> str:
    classes = ["comment", "even", "thread-even", f"depth-{2 if comment.parent else 1}"]
    if comment.by_owner:
        classes += ["byuser", "comment-author-admin", "bypostauthor"]
    return " ".join(classes)


def _author(comment: DemoComment) -> str:
    name = escape(comment.author or "Anonymous")
    if not comment.author_url:
        return name
    return f'<a href="{escape(comment.author_url)}" class="url" rel="ugc external nofollow">{name}</a>'


def _avatar(site: Site, comment: DemoComment) -> str:
    if comment.kind != "comment":
        return ""
    source = escape(avatar_url(comment.email, sha256=site.blog.sha256_avatars, size=56))
    return f'<img alt="" src="{source}" class="avatar avatar-56 photo" height="56" width="56" /> '


def _time(site: Site, comment: DemoComment) -> str:
    stated = comment.posted_at.astimezone(site.blog.zone).replace(microsecond=0)
    return (
        f'<a href="{escape(site.link(comment))}"><time datetime="{stated.isoformat()}">'
        f"{stated:%B %-d, %Y at %-I:%M %p}</time></a>"
    )
