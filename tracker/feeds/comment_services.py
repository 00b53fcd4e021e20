"""Programs that keep a blog's comments in the blog's stead: how a page shows them, and where their feeds are.

One table of data. A page shows a program by what it loads: a script, a frame, the element where comments
appear. A link to one, or its name in a text, shows nothing.

Tested in tests/feeds/test_comment_services.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.blog import KeptSight
from tracker.domain.feed import KeptComments
from tracker.feeds.documents.clean import clean_url, join_url
from tracker.feeds.platforms.base import attribute

_FLAGS = re.IGNORECASE
_MAX_CODE = 200_000
_MAX_URL = 1000
_DATA_TYPES = frozenset(
    {"application/ld+json", "application/json", "text/html", "text/template", "importmap"}
)
"""Scripts of these types hold words or data and load nothing."""
_LOADING = "script, iframe, frame, embed, object, link[rel~=preload], link[rel~=modulepreload]"


@dataclass(frozen=True, slots=True)
class CommentService:
    """A program that keeps comments.

    `loads` are found in addresses and attributes of what a page loads, and in its scripts; `mounts` are the
    elements where its comments appear. `names` find what its feeds' addresses are made of, in the same
    places: `feed` is the feed of all comments, `post_feed` that of one post. `feed_address` tells
    its feeds by their addresses. `author_in` finds the writer in an entry's title, where nothing else names
    one, `post_in` the post's title; `quotes` is the quotation of another comment that follows a reply.
    `has_local_times`: its feed gives the server's own time and calls it UTC.
    """

    name: str
    loads: tuple[str, ...] = ()
    mounts: str = ""
    names: tuple[str, ...] = ()
    feed: str = ""
    post_feed: str = ""
    feed_address: str = ""
    author_in: str = ""
    post_in: str = ""
    quotes: str = ""
    has_local_times: bool = False

    def recognizes(self, loaded: str, tree: LexborHTMLParser) -> bool:
        return any(re.search(sign, loaded, _FLAGS) for sign in self.loads) or (
            bool(self.mounts) and tree.css_first(self.mounts) is not None
        )

    def has_feed_address(self, url: str) -> bool:
        return bool(self.feed_address) and bool(re.search(self.feed_address, url, _FLAGS))

    def feed_of_post(self, where: str, post_url: str) -> str:
        """The feed of one post's comments, "" where it has none; `where` is `KeptComments.where`."""
        if not (self.post_feed and where):
            return ""
        return self.post_feed.format(host=where, path=quote(urlsplit(post_url).path or "/", safe="/%"))


# What serves these documents was read in published sources: isso/views/comments.py (Isso 0.14),
# backend/app/rest/api/rss.go (umputun/remark42), packages/server/src/controller/comment/rss.js
# (walinejs/waline), the page on RSS of Comentario's manual. The addresses of Disqus and IntenseDebate are
# those that themes name (Blogofile's footer; ldunn/nesta-plugin-wordpress).
SERVICES = (
    CommentService(
        "Disqus",
        loads=(
            r"//(?:[\w-]+\.)?disqus\.com/(?:embed|count|recent_comments_widget|combination_widget)\b",
            r"\bdisqus_shortname[\"']?\s*[=:]\s*[\"']",
            r"[\"']?\bdisqusShortname[\"']?\s*[=:]\s*[\"']",
            r"/disqus-comment-system/public/js/comment_(?:embed|count)",
        ),
        mounts="#disqus_thread, disqus-comments",
        names=(
            r"//(?!(?:www|help|about|blog|links|referrer|[a-z])\.)(?P<forum>[a-z0-9_-]+)\.disqus\.com/",
            r"\bdisqus_?shortname[\"']?\s*[=:]\s*[\"'](?P<forum>[a-z0-9_-]+)[\"']",
        ),
        feed="https://{forum}.disqus.com/latest.rss",
        feed_address=r"^https?://[\w-]+\.disqus\.com/(?:[^?#]+/)?(?:latest|comments)\.rss(?:$|[?#])",
        post_in=r"^Re: (?P<post>.+)$",
    ),
    CommentService(
        "Isso",
        loads=(r"\bdata-isso=",),
        mounts="#isso-thread",
        names=(
            r"\bdata-isso=\"(?P<host>[^\"]+)\"",
            r"\bsrc=\"(?P<host>[^\"]*)/js/embed(?:\.min|\.dev)?\.js\"",
        ),
        post_feed="{host}/feed?uri={path}&limit=100",
        feed_address=r"/feed\?(?:[^#]*&)?uri=",
        has_local_times=True,
    ),
    CommentService(
        "Remark42",
        loads=(r"\bremark_config\b",),
        mounts="#remark42",
        names=(
            r"\bremark_config\b[^}]*?\bhost[\"']?\s*:\s*[\"'](?P<host>[^\"']+)[\"']",
            r"\bremark_config\b[^}]*?\bsite_id[\"']?\s*:\s*[\"'](?P<forum>[\w.-]+)[\"']",
        ),
        feed="{host}/api/v1/rss/site?site={forum}",
        feed_address=r"/api/v1/rss/(?:site|post)\?",
        post_in=r"^[^,]*, (?P<post>.+)$",
        quotes=r"<blockquote><p>(?:(?!<blockquote>).)*</p></blockquote>\s*$",
    ),
    CommentService(
        "IntenseDebate",
        loads=(r"//(?:www\.|r\.)?intensedebate\.com/(?:js|remoteVisit|widgets)", r"\bidcomments_acct\s*="),
        mounts="#idc-container, #IDCommentsHead, .idc-thread",
        feed_address=r"//(?:www\.)?intensedebate\.com/(?:allBlogComments|post)RSS/\d+",
    ),
    CommentService(
        "Waline",
        loads=(r"/@waline/client\b", r"\bWaline\.init\("),
        mounts="#waline",
        names=(r"\bserverURL[\"']?\s*:\s*[\"'`](?P<host>[^\"'`]+)[\"'`]",),
        feed="{host}/api/comment/rss?count=50",
        feed_address=r"/api/comment/rss(?:$|[?#])",
        author_in=r"^(?P<author>.+?) commented(?: on \S+)?$",
    ),
    CommentService(
        "Comentario",
        loads=(r"/comentario\.js\b",),
        mounts="comentario-comments",
        feed_address=r"/api/rss/comments\?",
    ),
    # Programs without a public feed of their comments.
    CommentService(
        "Facebook",
        loads=(r"//(?:www\.|web\.)?facebook\.com/(?:v[\d.]+/)?plugins/(?:comments|feedback)\.php",),
        mounts=".fb-comments",
    ),
    CommentService(
        "Hyvor Talk",
        loads=(r"//talk\.hyvor\.com/(?:embed|web-api)", r"\bHYVOR_TALK_WEBSITE\b"),
        mounts="hyvor-talk-comments, #hyvor-talk-view",
    ),
    CommentService("Commento", loads=(r"/js/commento\.js\b",), mounts="#commento"),
    CommentService("Cusdis", loads=(r"/js/cusdis(?:\.es|\.umd)?\.js\b",), mounts="#cusdis_thread"),
    CommentService("giscus", loads=(r"//giscus\.app/",), mounts="giscus-widget, .giscus"),
    CommentService("utterances", loads=(r"//utteranc\.es/",), mounts=".utterances"),
    CommentService(
        "Coral",
        loads=(r"\bCoral\.createStreamEmbed\(", r"\bTalk\.render\("),
        mounts="#coral_thread, #coral_talk_stream",
    ),
    CommentService(
        "FastComments",
        loads=(r"//cdn(?:-eu)?\.fastcomments\.com/js/embed",),
        mounts="#fastcomments-widget, fastcomments-widget",
    ),
    CommentService(
        "GraphComment",
        loads=(r"//(?:integration\.)?graphcomment\.com/",),
        mounts="#graphcomment",
    ),
    CommentService(
        "Talkyard", loads=(r"/talkyard-comments(?:\.min)?\.js\b",), mounts=".talkyard-comments, .ed-comments"
    ),
    CommentService("OpenWeb", loads=(r"//launcher\.spot\.im/",), mounts="[data-spotim-module=conversation]"),
    CommentService("Vuukle", loads=(r"//cdn\.vuukle\.com/",), mounts="#vuukle-comments, .vuukle-comments"),
    CommentService("HTML Comment Box", loads=(r"//www\.htmlcommentbox\.com/",), mounts="#HCB_comment_box"),
    CommentService("Gitalk", loads=(r"\bnew Gitalk\(",), mounts="#gitalk-container"),
    CommentService("Twikoo", loads=(r"\btwikoo\.init\(",), mounts="#tcomment, #twikoo"),
    CommentService("Artalk", loads=(r"\bArtalk\.init\(",), mounts="#artalk"),
    CommentService("Valine", loads=(r"\bnew Valine\(",), mounts="#vcomments"),
    CommentService("Cactus Comments", loads=(r"\binitComments\(\s*\{[^}]*\bdefaultHomeserverUrl\b",)),
)
"""Those with feeds first: where a page loads two, what can be read is read."""


def find_service(tree: LexborHTMLParser, url: str) -> KeptComments | None:
    """The program that a page leaves its comments to, None when it loads none."""
    loaded = "\n".join(_loaded(tree))[:_MAX_CODE]
    service = next((one for one in SERVICES if one.recognizes(loaded, tree)), None)
    if service is None:
        return None
    known = {name: join_url(url, text) if name == "host" else text for name, text in _names(service, loaded)}
    where = known.get("host", known.get("forum", "")).rstrip("/")
    has_all = bool(service.feed) and all(
        f"{{{name}}}" not in service.feed or known.get(name) for name in ("host", "forum")
    )
    address = service.feed.format(**{**known, "host": where}) if has_all else _named_feed(service, tree, url)
    return KeptComments(service.name, where[:_MAX_URL], _with_plain_host(address)[:_MAX_URL])


def _with_plain_host(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.lower()))


def service_of_feed(url: str) -> CommentService | None:
    """The program whose feed an address is, None for a blog's own."""
    return next((one for one in SERVICES if one.has_feed_address(url)), None)


def service_named(name: str) -> CommentService | None:
    """The program of this name, as rows have it."""
    return next((one for one in SERVICES if one.name == name), None)


def sight_of(name: str, where: str, feed_urls: Iterable[str]) -> KeptSight:
    """How the comments are seen that a program keeps for a blog with these feeds."""
    service = service_named(name)
    if service is not None and service.post_feed:
        return KeptSight.NEWEST_POSTS if where else KeptSight.UNSEEN
    is_followed = service is not None and any(service.has_feed_address(url) for url in feed_urls)
    return KeptSight.FOLLOWED if is_followed else KeptSight.UNSEEN


def _loaded(tree: LexborHTMLParser) -> Iterator[str]:
    """What a page loads, in the words of its elements: their attributes, and the code of its scripts."""
    for node in tree.css(_LOADING):
        if node.tag == "script" and _type_of(node) in _DATA_TYPES:
            continue
        yield " ".join(f'{name}="{value}"' for name, value in node.attributes.items() if value)
        if node.tag == "script":
            yield node.text()


def _type_of(node: LexborNode) -> str:
    return attribute(node, "type").lower().partition(";")[0].strip()


def _names(service: CommentService, loaded: str) -> Iterator[tuple[str, str]]:
    """What its addresses are made of; the surest last, so that it stands."""
    for pattern in reversed(service.names):
        found = re.search(pattern, loaded, _FLAGS)
        if found:
            yield from found.groupdict().items()


def _named_feed(service: CommentService, tree: LexborHTMLParser, url: str) -> str:
    """The feed of all its comments, where the page of a blog that uses it names one."""
    for node in tree.css("link[href], a[href]"):
        address = join_url(url, clean_url(attribute(node, "href")))
        if service.has_feed_address(address) and not re.search(r"/post(?:RSS)?[/?]", address, _FLAGS):
            return address
    return ""
