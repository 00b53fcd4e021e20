"""Writes WordPress's feeds of comments and posts, RSS 2.0 and Atom, with their real blemishes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tracker.demo.blogosphere.blogs import Atom, DemoBlog, DemoComment, DemoPost
from tracker.demo.blogosphere.http_texts import ATOM, RSS, Response, plain_text, rss_date, zulu
from tracker.demo.blogosphere.wordpress_site import Site

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
    '<?xml version="1.0" encoding="UTF-8"?><feed\n\txmlns="http://www.w3.org/2005/Atom"\n'
    '\txml:lang="en-US"\n\txmlns:thr="http://purl.org/syndication/thread/1.0">\n'
)
PLUGIN_WARNING = "<br />\n<b>Warning</b>: Undefined array key in <b>plugin.php</b> on line <b>12</b><br />\n"
OWNERS_SLIP = "<p>A template tag that closes too early looks like this: ]]> and now you know.</p>"
"""Only an owner can write a raw `]]>` into a comment; it ends the CDATA early in both forms."""


def comments(site: Site, post: DemoPost | None, *, atom: bool) -> Response:
    """The newest of the site, or of one post, as many as the window holds; there is no second page."""
    found = site.comments if post is None else site.comments_on(post)
    shown = found[: site.blog.window]
    title = f"Comments for {site.blog.title}" if post is None else f"Comments on: {post.title}"
    own = site.feed_url("comments", post, atom=atom)
    link = site.home if post is None else site.permalink(post)
    if atom:
        updated = zulu(shown[0].posted_at if shown else site.now)
        entries = (_comment_atom(site, comment, is_site=post is None) for comment in shown)
        return _atom(site, title.replace(" on: ", " on "), link, own, updated, entries)
    built = rss_date(shown[0].posted_at) if shown else ""
    items = (_comment_rss(site, comment, is_site=post is None) for comment in shown)
    return _rss(site.blog, title, link, own, built, items)


def posts(site: Site, paged: int = 1, *, atom: bool) -> Response:
    """The posts feed does page; past its end comes a 404 with an RSS body."""
    first = (paged - 1) * site.blog.window
    shown = site.posts[first : first + site.blog.window]
    if paged > 1 and not shown:
        return nothing_here(site)
    title, own = site.blog.title, site.feed_url("posts", atom=atom)
    changed_at = max((post.modified_at(site.now) for post in shown), default=site.now)
    if atom:
        return _atom(
            site, title, site.home, own, zulu(changed_at), (_post_atom(site, post) for post in shown)
        )
    built = rss_date(changed_at) if shown else ""
    return _rss(site.blog, title, site.home, own, built, (_post_rss(site, post) for post in shown))


def nothing_here(site: Site) -> Response:
    title = f"<title>Page not found &#8211; {escape(site.blog.title)}</title>\n<link>{site.home}</link>\n"
    return Response(404, RSS, f"{RSS_OPEN}{title}{RSS_CLOSE}".encode())


def comments_of_no_post(site: Site) -> Response:
    """A slug that is no post's: 200, and as empty as a post without comments."""
    return _rss(site.blog, "Comments on: ", site.home, site.home, "", ())


def _rss(blog: DemoBlog, title: str, link: str, own: str, built: str, items: Iterable[str]) -> Response:
    program, _, version = blog.generator.rpartition(" ")
    head = (
        f"<title>{escape(title)}</title>\n"
        f'<atom:link href="{_url(own)}" rel="self" type="application/rss+xml" />\n'
        f"<link>{_url(link)}</link>\n<description></description>\n<lastBuildDate>{built}</lastBuildDate>\n"
        "<language>en-US</language>\n"
        "<sy:updatePeriod>hourly</sy:updatePeriod>\n<sy:updateFrequency>1</sy:updateFrequency>\n"
        f"<generator>https://{program.lower()}.org/?v={version}</generator>\n"
    )
    return Response(200, RSS, "".join([RSS_OPEN, head, *items, RSS_CLOSE]).encode())


def _atom(site: Site, title: str, link: str, own: str, updated: str, entries: Iterable[str]) -> Response:
    program, _, version = site.blog.generator.rpartition(" ")
    head = (
        f'<title type="text">{escape(title)}</title>\n<subtitle type="text"></subtitle>\n'
        f"<updated>{updated}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{_url(link)}" />\n'
        f'<link rel="self" type="application/atom+xml" href="{_url(own)}" />\n<id>{_url(own)}</id>\n'
        f'<generator uri="https://wordpress.org/" version="{version}">{program}</generator>\n'
    )
    body = "".join([ATOM_OPEN, head, *entries, "</feed>\n"])
    if site.blog.atom is Atom.BROKEN:
        body = PLUGIN_WARNING + body[: len(body) * 2 // 3]
    return Response(200, ATOM, body.encode())


def _comment_title(comment: DemoComment, *, is_site: bool) -> str:
    author = comment.author or "Anonymous"
    return escape(f"Comment on {comment.post.title} by {author}" if is_site else f"By: {author}")


def _comment_rss(site: Site, comment: DemoComment, *, is_site: bool) -> str:
    author, body = comment.author or "Anonymous", _body(site, comment)
    return (
        f"<item>\n<title>{_comment_title(comment, is_site=is_site)}</title>\n"
        f"<link>{_url(site.link(comment))}</link>\n"
        f"<dc:creator><![CDATA[{author.replace('&', '&#38;')}]]></dc:creator>\n"
        f"<pubDate>{rss_date(comment.posted_at)}</pubDate>\n"
        f'<guid isPermaLink="false">{_url(site.guid(comment))}</guid>\n'
        f"<description><![CDATA[{escape(plain_text(body), quote=False)}]]></description>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>\n"
    )


def _comment_atom(site: Site, comment: DemoComment, *, is_site: bool) -> str:
    link, stated = _url(site.link(comment)), zulu(comment.posted_at)
    uri = f"<uri>{escape(comment.author_url)}</uri>\n" if comment.author_url else ""
    return (
        f"<entry>\n<title>{_comment_title(comment, is_site=is_site)}</title>\n"
        f'<link rel="alternate" href="{link}" type="text/html" />\n'
        f"<author>\n<name>{escape(comment.author or 'Anonymous')}</name>\n{uri}</author>\n"
        f"<id>{_url(site.guid(comment))}</id>\n"
        f"<updated>{stated}</updated>\n<published>{stated}</published>\n"
        f'<content type="html" xml:base="{link}"><![CDATA[{_body(site, comment)}]]></content>\n'
        f"{_in_reply_to(site, comment)}</entry>\n"
    )


def _in_reply_to(site: Site, comment: DemoComment) -> str:
    """The href of a reply is not escaped by core: with `?p=5&cpage=2` its `&` stands bare."""
    parent = site.parent_of(comment)
    if parent is None:
        ref, href = site.post_guid(comment.post), _url(site.permalink(comment.post))
    else:
        ref, href = site.guid(parent), site.link(parent)
    return f'<thr:in-reply-to ref="{_url(ref)}" href="{href}" type="text/html" />\n'


def _body(site: Site, comment: DemoComment) -> str:
    body = comment.html_at(site.now)
    parent = site.parent_of(comment)
    if parent is None:
        return body
    return f'<p>In reply to <a href="{_url(site.link(parent))}">{escape(parent.author)}</a>.</p>\n{body}'


def _post_rss(site: Site, post: DemoPost) -> str:
    link, body = _url(site.permalink(post)), post.html_at(site.now)
    labels = "".join(f"<category><![CDATA[{label}]]></category>\n" for label in post.labels)
    count = f"<slash:comments>{len(site.comments_on(post))}</slash:comments>\n"
    return (
        f"<item>\n<title>{escape(post.title)}</title>\n<link>{link}</link>\n"
        f"<comments>{link}#respond</comments>\n"
        f"<dc:creator><![CDATA[{site.blog.owner_name}]]></dc:creator>\n"
        f"<pubDate>{rss_date(post.published)}</pubDate>\n{labels}"
        f'<guid isPermaLink="false">{_url(site.post_guid(post))}</guid>\n'
        f"<description><![CDATA[{escape(plain_text(body)[:300], quote=False)}]]></description>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n"
        f"<wfw:commentRss>{_url(site.feed_url('comments', post))}</wfw:commentRss>\n"
        f"{count if site.blog.counts_comments else ''}</item>\n"
    )


def _post_atom(site: Site, post: DemoPost) -> str:
    link, feed = _url(site.permalink(post)), _url(site.feed_url("comments", post, atom=True))
    labels = "".join(f'<category scheme="{site.home}" term="{escape(term)}" />' for term in post.labels)
    counted = total = ""
    if site.blog.counts_comments:
        count = len(site.comments_on(post))
        counted, total = f' thr:count="{count}"', f"<thr:total>{count}</thr:total>\n"
    return (
        f"<entry>\n<author>\n<name>{escape(site.blog.owner_name)}</name>\n<uri>{site.home}</uri>\n"
        f'</author>\n<title type="html"><![CDATA[{escape(post.title)}]]></title>\n'
        f'<link rel="alternate" type="text/html" href="{link}" />\n<id>{_url(site.post_guid(post))}</id>\n'
        f"<updated>{zulu(post.modified_at(site.now))}</updated>\n"
        f"<published>{zulu(post.published)}</published>\n"
        f'{labels}<content type="html" xml:base="{link}"><![CDATA[{post.html_at(site.now)}]]></content>\n'
        f'<link rel="replies" type="text/html" href="{link}#comments"{counted} />\n'
        f'<link rel="replies" type="application/atom+xml" href="{feed}"{counted} />\n{total}</entry>\n'
    )


def _url(address: str) -> str:
    return address.replace("&", "&#038;")
