"""What programs that keep comments for blogs serve, as their published sources and the pages of blogs that
use them have it; names and texts are invented.

Disqus: an item is titled "Re: " and its thread, links the thread's address with `#comment-` and the comment's
number, and names its writer by `dc:creator` alone. Remark42: backend/app/rest/api/rss.go of
umputun/remark42. Waline: packages/server/src/controller/comment/rss.js of walinejs/waline.
"""

from __future__ import annotations

from html import escape

from tests.support.blog_server import BlogServer
from tests.support.field import HTML, RSS

WHEN = "Mon, 12 Oct 2026 18:00:00 -0000"


def disqus_embed(forum: str) -> str:
    """The universal code that Disqus gives its customers."""
    return (
        '<div id="disqus_thread"></div><script>(function() { var d = document, s = d.createElement("script");'
        f' s.src = "https://{forum}.disqus.com/embed.js"; s.setAttribute("data-timestamp", +new Date());'
        " (d.head || d.body).appendChild(s); })();</script>"
        '<noscript>Please enable JavaScript to view the <a href="https://disqus.com/?ref_noscript">comments'
        " powered by Disqus.</a></noscript>"
    )


def disqus_item(link: str, thread: str, writer: str, text: str, when: str = WHEN) -> str:
    return (
        f"<item><title>Re: {escape(thread)}</title><link>{escape(link)}</link>"
        f"<description>{escape(f'<p>{text}</p>')}</description>"
        f'<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{escape(writer)}</dc:creator>'
        f"<pubDate>{when}</pubDate></item>"
    )


def disqus_feed(forum: str, *items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{forum} - Latest Comments</title><link>https://{forum}.disqus.com/</link>"
        "<description></description>"
        f'<atom:link href="https://{forum}.disqus.com/latest.rss" rel="self"></atom:link>'
        "<language>en</language>"
        f"<lastBuildDate>{WHEN}</lastBuildDate>{''.join(items)}</channel></rss>"
    )


def serve_disqus(server: BlogServer, forum: str, *items: str) -> None:
    server.set("/latest.rss", disqus_feed(forum, *items), headers=RSS, host=f"{forum}.disqus.com")


def remark42_item(link: str, number: str, title: str, writer: str, html: str) -> str:
    """As gorilla/feeds writes it; a reply's title names whom it answers, and its text ends with the answered
    one's."""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}#remark42__comment-{number}</link>"
        f"<description>{escape(html)}</description><author>{escape(writer)}</author><guid>{number}</guid>"
        "<pubDate>Mon, 12 Oct 2026 18:00:00 +0000</pubDate></item>"
    )


def remark42_feed(site: str, *items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Remark42 comments</title>'
        f"<link>{site}</link><description>site comment for {site}</description>"
        f"<pubDate>Mon, 12 Oct 2026 18:00:00 +0000</pubDate>{''.join(items)}</channel></rss>"
    )


def waline_feed(*items: tuple[str, str, str, str]) -> str:
    """Of (number, address of the post, writer, text) each."""
    entries = "".join(
        f"<item><title><![CDATA[{writer} commented on {path}]]></title>"
        f"<description><![CDATA[{html}]]></description>"
        f'<link>http://haus.example{path}#{number}</link><guid isPermaLink="false">{number}</guid>'
        "<pubDate>Mon, 12 Oct 2026 18:00:00 GMT</pubDate></item>"
        for number, path, writer, html in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title><![CDATA[Waline Recent Comments]]></title>"
        "<description><![CDATA[Recent comments.]]></description>"
        f"<link>http://haus.example</link><generator>RSS for Node</generator>{entries}</channel></rss>"
    )


def set_page(server: BlogServer, host: str, path: str, body: str, title: str = "Marble runs") -> None:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    server.set(path, page, headers=HTML, host=host)
