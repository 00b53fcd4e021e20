"""Writes WordPress's feeds of comments and posts, RSS 2.0 and Atom, with their real blemishes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from tracker.demo.blogosphere.blogs import Blog, Comment, Permalinks, Post
from tracker.demo.blogosphere.http_texts import ATOM, RSS, Response, plain_text, rss_date, zulu
from tracker.demo.blogosphere.wordpress_pages import comment_link, permalink

RSS_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"\n'
    '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
    '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
    '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
    '\txmlns:atom="http://www.w3.org/2005/Atom"\n'
    '\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"\n'
    '\txmlns:slash="http://purl.org/rss/1.0/modules/slash/">\n<channel>\n'
)
RSS_CLOSE = "</channel>\n</rss>\n"
ATOM_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" ?><feed\n\txmlns="http://www.w3.org/2005/Atom"\n'
    '\txml:lang="en-US"\n\txmlns:thr="http://purl.org/syndication/thread/1.0">\n'
)
ATOM_CLOSE = "</feed>\n"
OWNERS_SLIP = "<p>A template tag that closes too early looks like this: ]]> and now you know.</p>"


def comments(
    blog: Blog,
    now: datetime,
    media_type: str,
    post: Post | None,
    *,
    shown: Sequence[Comment] | None = None,
) -> Response:
    """The newest `window` comments of the site, or of one post; there is no second page."""
    items = blog.visible_comments(now, post)[: blog.window] if shown is None else list(shown)
    write = _comments_atom if media_type == ATOM else _comments_rss
    return Response(200, media_type, write(blog, now, post, items, is_site=post is None and shown is None))


def posts(blog: Blog, now: datetime, media_type: str, paged: int = 1) -> Response:
    """The posts feed does page; past its end comes a 404 with an RSS body."""
    first = (paged - 1) * blog.window
    items = blog.visible_posts(now)[first : first + blog.window]
    if paged > 1 and not items:
        return nothing_here(blog)
    write = _posts_atom if media_type == ATOM else _posts_rss
    return Response(200, media_type, write(blog, now, items))


def nothing_here(blog: Blog) -> Response:
    head = f"<title>Page not found &#8211; {escape(blog.title)}</title>\n<link>{blog.home_url}</link>\n"
    return Response(404, RSS, (RSS_OPEN + head + RSS_CLOSE).encode())


def post_guid(blog: Blog, post: Post) -> str:
    return f"{blog.home_url}?p={post.number}"


def comment_guid(blog: Blog, comment: Comment) -> str:
    return f"{post_guid(blog, comment.post)}#comment-{comment.number}"


def _comments_rss(
    blog: Blog, now: datetime, post: Post | None, items: Sequence[Comment], *, is_site: bool
) -> bytes:
    title = f"Comments for {blog.title}" if is_site else f"Comments on: {post.title if post else ''}"
    link = permalink(blog, post) if post else blog.home_url
    built = rss_date(max((c.posted_at for c in items), default=now)) if items else ""
    parts = [
        RSS_OPEN,
        f"<title>{escape(title)}</title>\n",
        f'<atom:link href="{escape(_feed_url(blog, post, RSS))}" rel="self" type="application/rss+xml" />\n',
        f"<link>{escape(link)}</link>\n<description></description>\n<lastBuildDate>{built}</lastBuildDate>\n",
        "<sy:updatePeriod>hourly</sy:updatePeriod>\n<sy:updateFrequency>1</sy:updateFrequency>\n",
        f"<generator>{_generator_url(blog)}</generator>\n",
    ]
    parts += [_comment_rss(blog, comment, now, is_site=is_site) for comment in items]
    return "".join([*parts, RSS_CLOSE]).encode()


def _comment_rss(blog: Blog, comment: Comment, now: datetime, *, is_site: bool) -> str:
    author = comment.author or "Anonymous"
    title = f"Comment on {comment.post.title} by {author}" if is_site else f"By: {author}"
    body = _body(blog, comment, now)
    return (
        f"<item>\n<title>{escape(title)}</title>\n"
        f"<link>{escape(comment_link(blog, comment))}</link>\n"
        f"<dc:creator><![CDATA[{author.replace('&', '&#38;')}]]></dc:creator>\n"
        f"<pubDate>{rss_date(comment.posted_at)}</pubDate>\n"
        f'<guid isPermaLink="false">{escape(comment_guid(blog, comment))}</guid>\n'
        f"<description><![CDATA[{escape(plain_text(body), quote=False)}]]></description>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>\n"
    )


def _comments_atom(
    blog: Blog, now: datetime, post: Post | None, items: Sequence[Comment], *, is_site: bool
) -> bytes:
    title = f"Comments for {blog.title}" if is_site else f"Comments on {post.title if post else ''}"
    own = escape(_feed_url(blog, post, ATOM))
    link = escape(permalink(blog, post) if post else blog.home_url)
    parts = [
        ATOM_OPEN,
        f'<title type="text">{escape(title)}</title>\n<subtitle type="text"></subtitle>\n',
        f"<updated>{zulu(max((c.posted_at for c in items), default=now))}</updated>\n",
        f'<link rel="alternate" type="text/html" href="{link}" />\n',
        f'<link rel="self" type="application/atom+xml" href="{own}" />\n<id>{own}</id>\n',
        f'<generator uri="https://wordpress.org/" version="6.8.2">{_program(blog)}</generator>\n',
    ]
    parts += [_comment_atom(blog, comment, now, is_site=is_site) for comment in items]
    return "".join([*parts, ATOM_CLOSE]).encode()


def _comment_atom(blog: Blog, comment: Comment, now: datetime, *, is_site: bool) -> str:
    author = comment.author or "Anonymous"
    title = f"Comment on {comment.post.title} by {author}" if is_site else f"By: {author}"
    link = escape(comment_link(blog, comment))
    uri = f"<uri>{escape(comment.author_url)}</uri>" if comment.author_url else ""
    stated = zulu(comment.posted_at)
    return (
        f"<entry>\n<title>{escape(title)}</title>\n"
        f'<link rel="alternate" href="{link}" type="text/html" />\n'
        f"<author>\n<name>{escape(author)}</name>\n{uri}\n</author>\n"
        f"<id>{escape(comment_guid(blog, comment))}</id>\n"
        f"<updated>{stated}</updated>\n<published>{stated}</published>\n"
        f'<content type="html" xml:base="{link}"><![CDATA[{_body(blog, comment, now)}]]></content>\n'
        f"{_in_reply_to(blog, comment)}</entry>\n"
    )


def _in_reply_to(blog: Blog, comment: Comment) -> str:
    parent = comment.parent
    if parent is None:
        ref, href = post_guid(blog, comment.post), escape(permalink(blog, comment.post))
    else:
        ref, href = comment_guid(blog, parent), escape(comment_link(blog, parent))
        if blog.bare_ampersand and blog.permalinks is Permalinks.DEFAULT:
            href = href.replace("#", "&cpage=1#")  # unescaped, as core writes it
    return f'<thr:in-reply-to ref="{escape(ref)}" href="{href}" type="text/html" />\n'


def _body(blog: Blog, comment: Comment, now: datetime) -> str:
    body = comment.html_at(now)
    if comment.parent is not None:
        link = escape(comment_link(blog, comment.parent))
        body = f'<p>In reply to <a href="{link}">{escape(comment.parent.author)}</a>.</p>\n{body}'
    if blog.breaks_cdata and comment.by_owner:
        body += "\n" + OWNERS_SLIP
    return body


def _posts_rss(blog: Blog, now: datetime, items: Sequence[Post]) -> bytes:
    built = rss_date(max((post.modified_at(now) for post in items), default=now)) if items else ""
    head = (
        f"<title>{escape(blog.title)}</title>\n"
        f'<atom:link href="{escape(_feed_url(blog, None, RSS, of="posts"))}" rel="self" '
        f'type="application/rss+xml" />\n<link>{blog.home_url}</link>\n<description></description>\n'
        f"<lastBuildDate>{built}</lastBuildDate>\n<language>en-US</language>\n"
        f"<generator>{_generator_url(blog)}</generator>\n"
    )
    return "".join([RSS_OPEN, head, *(_post_rss(blog, post, now) for post in items), RSS_CLOSE]).encode()


def _post_rss(blog: Blog, post: Post, now: datetime) -> str:
    link = escape(permalink(blog, post))
    labels = "".join(f"<category><![CDATA[{label}]]></category>\n" for label in post.labels)
    body = post.html_at(now)
    return (
        f"<item>\n<title>{escape(post.title)}</title>\n<link>{link}</link>\n"
        f"<comments>{link}#respond</comments>\n"
        f"<dc:creator><![CDATA[{blog.owner_name}]]></dc:creator>\n"
        f"<pubDate>{rss_date(post.published)}</pubDate>\n{labels}"
        f'<guid isPermaLink="false">{escape(post_guid(blog, post))}</guid>\n'
        f"<description><![CDATA[{escape(plain_text(body)[:300], quote=False)}]]></description>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n"
        f"<wfw:commentRss>{escape(_feed_url(blog, post, RSS))}</wfw:commentRss>\n"
        f"<slash:comments>{len(blog.visible_comments(now, post))}</slash:comments>\n</item>\n"
    )


def _posts_atom(blog: Blog, now: datetime, items: Sequence[Post]) -> bytes:
    own = escape(_feed_url(blog, None, ATOM, of="posts"))
    head = (
        f'<title type="text">{escape(blog.title)}</title>\n<subtitle type="text"></subtitle>\n'
        f"<updated>{zulu(max((post.modified_at(now) for post in items), default=now))}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{blog.home_url}" />\n<id>{own}</id>\n'
        f'<link rel="self" type="application/atom+xml" href="{own}" />\n'
        f'<generator uri="https://wordpress.org/" version="6.8.2">{_program(blog)}</generator>\n'
    )
    return "".join([ATOM_OPEN, head, *(_post_atom(blog, post, now) for post in items), ATOM_CLOSE]).encode()


def _post_atom(blog: Blog, post: Post, now: datetime) -> str:
    link = escape(permalink(blog, post))
    count = len(blog.visible_comments(now, post))
    labels = "".join(f'<category scheme="{blog.home_url}" term="{escape(term)}" />' for term in post.labels)
    return (
        f"<entry>\n<author>\n<name>{escape(blog.owner_name)}</name>\n<uri>{blog.home_url}</uri>\n</author>\n"
        f'<title type="html"><![CDATA[{escape(post.title)}]]></title>\n'
        f'<link rel="alternate" type="text/html" href="{link}" />\n'
        f"<id>{escape(post_guid(blog, post))}</id>\n"
        f"<updated>{zulu(post.modified_at(now))}</updated>\n<published>{zulu(post.published)}</published>\n"
        f'{labels}<content type="html" xml:base="{link}"><![CDATA[{post.html_at(now)}]]></content>\n'
        f'<link rel="replies" type="text/html" href="{link}#comments" thr:count="{count}" />\n'
        f'<link rel="replies" type="application/atom+xml" href="{escape(_feed_url(blog, post, ATOM))}" '
        f'thr:count="{count}" />\n<thr:total>{count}</thr:total>\n</entry>\n'
    )


def _feed_url(blog: Blog, post: Post | None, media_type: str, *, of: str = "comments") -> str:
    """The address a feed names itself, and posts name their comments' feed by."""
    is_atom = media_type == ATOM
    if blog.permalinks is Permalinks.DEFAULT:
        kind = "atom" if is_atom else "rss2"
        if post is not None:
            return f"{blog.home_url}?feed={kind}&p={post.number}"
        return f"{blog.home_url}?feed={'comments-' if of == 'comments' else ''}{kind}"
    base = permalink(blog, post) if post else blog.home_url + ("comments/" if of == "comments" else "")
    return base + ("feed/atom/" if is_atom else "feed/")


def _program(blog: Blog) -> str:
    return blog.generator.rpartition(" ")[0]


def _generator_url(blog: Blog) -> str:
    program, _, version = blog.generator.rpartition(" ")
    return f"https://{program.lower()}.org/?v={version}"
