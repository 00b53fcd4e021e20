"""Writes the feeds of a simulated WordPress, RSS 2.0 and Atom, posts and comments, as core writes them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tests.simulation.story import Life, Published
from tests.simulation.wordpress_scene import Atom, Scene
from tracker.demo.blogosphere.http_texts import ATOM, RSS, Response, plain_text, rss_date, zulu

RSS_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"\n'
    '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
    '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
    '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
    '\txmlns:atom="http://www.w3.org/2005/Atom"\n'
    '\txmlns:slash="http://purl.org/rss/1.0/modules/slash/">\n<channel>\n'
)
ATOM_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><feed\n\txmlns="http://www.w3.org/2005/Atom"\n'
    '\txml:lang="en-US"\n\txmlns:thr="http://purl.org/syndication/thread/1.0">\n'
)
PLUGIN_WARNING = "<br />\n<b>Warning</b>: Undefined array key in <b>plugin.php</b> on line <b>12</b><br />\n"


def comments(scene: Scene, post: Published | None, *, atom: bool) -> Response:
    """The newest of the site, or of one post, as many as the window holds. There is no second page."""
    found = scene.comments if post is None else scene.comments_on(post)
    shown = found[: scene.habits.window]
    title = f"Comments for {scene.story.title}" if post is None else f"Comments on: {post.title}"
    own = scene.feed_url(atom=atom, of="comments", post=post)
    link = scene.home if post is None else scene.permalink(post)
    if not atom:
        newest = rss_date(shown[0].said.at) if shown else ""
        items = (_comment_rss(scene, life, is_site=post is None) for life in shown)
        return _rss(title, link, own, newest, items)
    updated = zulu(shown[0].said.at if shown else scene.now)
    entries = (_comment_atom(scene, life, is_site=post is None) for life in shown)
    return _atom(scene, title, link, own, updated, entries)


def posts(scene: Scene, *, atom: bool, paged: int) -> Response:
    """The posts feed pages; past its end comes a 404 with an RSS body."""
    first = (paged - 1) * scene.habits.window
    shown = scene.story.posts(scene.now)[first : first + scene.habits.window]
    if paged > 1 and not shown:
        return nothing_here(scene)
    own = scene.feed_url(atom=atom, of="posts")
    newest = shown[0].at if shown else scene.now
    if not atom:
        built = rss_date(newest) if shown else ""
        return _rss(scene.story.title, scene.home, own, built, (_post_rss(scene, post) for post in shown))
    entries = (_post_atom(scene, post) for post in shown)
    return _atom(scene, scene.story.title, scene.home, own, zulu(newest), entries)


def nothing_here(scene: Scene) -> Response:
    head = f"<title>Page not found &#8211; {escape(scene.story.title)}</title>\n<link>{scene.home}</link>\n"
    return Response(404, RSS, f"{RSS_OPEN}{head}</channel>\n</rss>\n".encode())


def comments_of_nobody(scene: Scene) -> Response:
    """A slug that is no post's: 200, and as empty as a post without comments."""
    return _rss("Comments on: ", scene.home, scene.home, "", ())


def _rss(title: str, link: str, own: str, built: str, items: Iterable[str]) -> Response:
    head = (
        f"<title>{escape(title)}</title>\n"
        f'<atom:link href="{_url(own)}" rel="self" type="application/rss+xml" />\n'
        f"<link>{_url(link)}</link>\n<description></description>\n<lastBuildDate>{built}</lastBuildDate>\n"
        "<generator>https://wordpress.org/?v=6.1.9</generator>\n"
    )
    return Response(200, RSS, "".join([RSS_OPEN, head, *items, "</channel>\n</rss>\n"]).encode())


def _atom(scene: Scene, title: str, link: str, own: str, updated: str, entries: Iterable[str]) -> Response:
    head = (
        f'<title type="text">{escape(title)}</title>\n<updated>{updated}</updated>\n'
        f'<link rel="alternate" type="text/html" href="{_url(link)}" />\n'
        f'<link rel="self" type="application/atom+xml" href="{_url(own)}" />\n<id>{_url(own)}</id>\n'
        '<generator uri="https://wordpress.org/" version="6.1.9">WordPress</generator>\n'
    )
    body = "".join([ATOM_OPEN, head, *entries, "</feed>\n"])
    if scene.habits.atom is Atom.BROKEN:
        body = PLUGIN_WARNING + body[: len(body) * 2 // 3]
    return Response(200, ATOM, body.encode())


def _comment_rss(scene: Scene, life: Life, *, is_site: bool) -> str:
    said, body = life.said, _body(scene, life)
    title = f"Comment on {scene.post_of(life).title} by {said.author}" if is_site else f"By: {said.author}"
    return (
        f"<item>\n<title>{escape(title)}</title>\n<link>{_url(scene.link(life))}</link>\n"
        f"<dc:creator><![CDATA[{said.author.replace('&', '&#38;')}]]></dc:creator>\n"
        f"<pubDate>{rss_date(said.at)}</pubDate>\n"
        f'<guid isPermaLink="false">{_url(scene.guid(life))}</guid>\n'
        f"<description><![CDATA[{escape(plain_text(body), quote=False)}]]></description>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>\n"
    )


def _comment_atom(scene: Scene, life: Life, *, is_site: bool) -> str:
    said, link, stated = life.said, _url(scene.link(life)), zulu(life.said.at)
    title = f"Comment on {scene.post_of(life).title} by {said.author}" if is_site else f"By: {said.author}"
    uri = f"<uri>{escape(said.author_url)}</uri>\n" if said.author_url else ""
    return (
        f'<entry>\n<title>{escape(title)}</title>\n<link rel="alternate" href="{link}" type="text/html" />\n'
        f"<author>\n<name>{escape(said.author)}</name>\n{uri}</author>\n<id>{_url(scene.guid(life))}</id>\n"
        f"<updated>{stated}</updated>\n<published>{stated}</published>\n"
        f'<content type="html" xml:base="{link}"><![CDATA[{_body(scene, life)}]]></content>\n'
        f"{_in_reply_to(scene, life)}</entry>\n"
    )


def _in_reply_to(scene: Scene, life: Life) -> str:
    """The href of a reply is not escaped by core: with `?p=5&cpage=2` its `&` stands bare."""
    parent = scene.parent_of(life)
    if parent is None:
        post = scene.post_of(life)
        ref, href = scene.post_guid(post), _url(scene.permalink(post))
    else:
        ref, href = scene.guid(parent), scene.link(parent)
    return f'<thr:in-reply-to ref="{_url(ref)}" href="{href}" type="text/html" />\n'


def _body(scene: Scene, life: Life) -> str:
    """A raw `]]>` in it, which only the owner can write, ends the CDATA early in both forms."""
    body = life.html_at(scene.now)
    parent = scene.parent_of(life)
    if parent is None:
        return body
    return (
        f'<p>In reply to <a href="{_url(scene.link(parent))}">{escape(parent.said.author)}</a>.</p>\n{body}'
    )


def _post_rss(scene: Scene, post: Published) -> str:
    link, count = _url(scene.permalink(post)), len(scene.comments_on(post))
    feed = _url(scene.feed_url(atom=False, of="comments", post=post))
    counts = f"<slash:comments>{count}</slash:comments>\n" if scene.habits.counts_comments else ""
    return (
        f"<item>\n<title>{escape(post.title)}</title>\n<link>{link}</link>\n<comments>{link}#comments</comments>\n"
        f"<dc:creator><![CDATA[{scene.story.owner}]]></dc:creator>\n<pubDate>{rss_date(post.at)}</pubDate>\n"
        f'<guid isPermaLink="false">{_url(scene.post_guid(post))}</guid>\n'
        f"<description><![CDATA[{_text(post)}]]></description>\n"
        f"<content:encoded><![CDATA[<p>{_text(post)}</p>]]></content:encoded>\n"
        f"<wfw:commentRss>{feed}</wfw:commentRss>\n{counts}</item>\n"
    )


def _post_atom(scene: Scene, post: Published) -> str:
    link, count = _url(scene.permalink(post)), len(scene.comments_on(post))
    feed = _url(scene.feed_url(atom=True, of="comments", post=post))
    counted = f' thr:count="{count}"' if scene.habits.counts_comments else ""
    total = f"<thr:total>{count}</thr:total>\n" if scene.habits.counts_comments else ""
    return (
        f"<entry>\n<author>\n<name>{escape(scene.story.owner)}</name>\n<uri>{scene.home}</uri>\n</author>\n"
        f'<title type="html"><![CDATA[{post.title}]]></title>\n'
        f'<link rel="alternate" type="text/html" href="{link}" />\n<id>{_url(scene.post_guid(post))}</id>\n'
        f"<updated>{zulu(post.at)}</updated>\n<published>{zulu(post.at)}</published>\n"
        f'<content type="html" xml:base="{link}"><![CDATA[<p>{_text(post)}</p>]]></content>\n'
        f'<link rel="replies" type="text/html" href="{link}#comments"{counted} />\n'
        f'<link rel="replies" type="application/atom+xml" href="{feed}"{counted} />\n{total}</entry>\n'
    )


def _text(post: Published) -> str:
    return f"Some thoughts on {escape(post.title)}."


def _url(address: str) -> str:
    return address.replace("&", "&#038;")
