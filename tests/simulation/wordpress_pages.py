"""Writes the pages of a simulated WordPress with a classic theme: home, and posts with paged comments."""

from __future__ import annotations

from html import escape

from tests.simulation.story import Life, Published
from tests.simulation.wordpress_scene import Rest, Scene
from tracker.demo.blogosphere.http_texts import Response, avatar_url, page


def home(scene: Scene) -> Response:
    articles = "\n".join(
        f'<article id="post-{post.number}" class="post"><h2 class="entry-title">'
        f'<a href="{escape(scene.permalink(post))}" rel="bookmark">{escape(post.title)}</a></h2></article>'
        for post in scene.story.posts(scene.now)[: scene.habits.window]
    )
    head = f'<h1 class="site-title"><a href="{scene.home}" rel="home">{escape(scene.story.title)}</a></h1>'
    return page(
        scene.story.title, f"{head}\n<main>{articles}</main>", head=_head(scene, None), body_class="home blog"
    )


def post_page(scene: Scene, post: Published, number: int | None) -> Response:
    """One page of its comments; without `number` the last, where the newest are."""
    pages = scene.pages(post)
    at = len(pages) if number is None else number
    if not 1 <= at <= len(pages):
        return not_found(scene)
    thread = ""
    if scene.habits.pages_show_comments:
        items = "\n".join(_item(scene, life) for life in pages[at - 1])
        thread = f'<ol class="comment-list">{items}</ol>\n{_navigation(scene, post, at, len(pages))}'
    stated = post.at.astimezone(scene.story.zone)
    body = (
        f'<article id="post-{post.number}" class="post type-post">'
        f'<h1 class="entry-title">{escape(post.title)}</h1>'
        f'<time class="entry-date published" datetime="{stated.isoformat()}">{stated:%B %-d, %Y}</time>'
        f"</article>\n"
        f'<div id="comments" class="comments-area">{thread}</div>'
    )
    kind = f"page page-id-{post.number}" if post.is_page else f"single single-post postid-{post.number}"
    title = f"{post.title} – {scene.story.title}"
    return page(title, body, head=_head(scene, post), body_class=kind)


def not_found(scene: Scene) -> Response:
    title = f"Page not found – {scene.story.title}"
    return page(title, "<h1>Oops! That page can’t be found.</h1>", status=404)


def comment_page(scene: Scene, post: Published, number: int) -> str:
    base = scene.permalink(post)
    return base + (f"&cpage={number}" if scene.habits.default_permalinks else f"comment-page-{number}/")


def _navigation(scene: Scene, post: Published, at: int, last: int) -> str:
    ways = [("previous", at - 1, "Older Comments"), ("next", at + 1, "Newer Comments")]
    links = "".join(
        f'<div class="nav-{name}">'
        f'<a href="{escape(comment_page(scene, post, number))}#comments">{words}</a></div>'
        for name, number, words in ways
        if 1 <= number <= last
    )
    return f'<nav class="navigation comment-navigation">{links}</nav>' if links else ""


def _head(scene: Scene, post: Published | None) -> str:
    title = scene.story.title
    feeds = [
        (f"{title} » Feed", scene.feed_url(atom=False, of="posts")),
        (f"{title} » Comments Feed", scene.feed_url(atom=False, of="comments")),
    ]
    if post is not None:
        own = scene.feed_url(atom=False, of="comments", post=post)
        feeds.append((f"{title} » {post.title} Comments Feed", own))
    links = [
        f'<link rel="alternate" type="application/rss+xml" title="{escape(name)}" href="{escape(url)}" />\n'
        for name, url in feeds
    ]
    if scene.habits.rest is Rest.ON:
        tail = "index.php?rest_route=/" if scene.habits.default_permalinks else "wp-json/"
        links.append(f'<link rel="https://api.w.org/" href="{scene.home}{tail}" />\n')
    links.append('<meta name="generator" content="WordPress 6.1.9" />\n')
    if post is not None:
        links.append(f'<link rel="canonical" href="{escape(scene.permalink(post))}" />\n')
        if not post.is_page:
            links.append(f'<link rel="shortlink" href="{scene.home}?p={post.number}" />\n')
    return "".join(links)


def _item(scene: Scene, life: Life) -> str:
    said = life.said
    author = escape(said.author)
    if said.author_url:
        author = f'<a href="{escape(said.author_url)}" rel="external nofollow ugc" class="url">{author}</a>'
    if said.kind == "pingback":
        return (
            f'<li id="comment-{life.number}" class="pingback even thread-even depth-1">'
            f'<div class="comment-body">Pingback: {author}</div></li>'
        )
    classes = f"comment even depth-{2 if scene.parent_of(life) else 1}"
    classes += " byuser comment-author-admin bypostauthor" if said.by_owner else ""
    stated = said.at.astimezone(scene.story.zone)
    avatar = ""
    if scene.habits.shows_avatars:
        avatar = f'<img alt="" src="{escape(avatar_url(said.email, sha256=False))}" class="avatar photo" />'
    return (
        f'<li id="comment-{life.number}" class="{classes}"><article id="div-comment-{life.number}" '
        f'class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">{avatar}'
        f'<b class="fn">{author}</b> <span class="says">says:</span></div><div class="comment-metadata">'
        f'<a href="{escape(scene.link(life))}"><time datetime="{stated.isoformat()}">'
        f"{stated:%B %-d, %Y at %-I:%M %p}</time></a></div></footer>"
        f'<div class="comment-content">{life.html_at(scene.now)}</div></article></li>'
    )
