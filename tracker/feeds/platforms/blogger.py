"""What Blogger serves and how to ask for it. All of it is data that can be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import Platform
from tracker.feeds.platforms.base import (
    BlogPlatform,
    Clues,
    attribute,
    first_group,
    is_comment_feed_address,
    root_of,
)

# `orderby` and `redirect=false` (some blogs send their feed to FeedBurner) hold for every form.
_FEED = "{home}feeds/{what}/default"
_FEED_BY_NUMBER = "https://www.blogger.com/feeds/{number}/{what}/default"
_MAX_RESULTS = 100  # what was once 500 has shrunk twice; more is cut silently

# What stands in place of a comment that was taken away, by language of the blog.
_TOMBSTONES = frozenset(
    {
        "this comment has been removed by the author.",
        "this comment has been removed by a blog administrator.",
        "this post has been removed by the author.",
        "this post has been removed by a blog administrator.",
        "dieser kommentar wurde vom autor entfernt.",
        "der kommentar wurde von einem blog-administrator entfernt.",
        "dieser kommentar wurde von einem blog-administrator entfernt.",
        "ce commentaire a été supprimé par l'auteur.",
        "ce commentaire a été supprimé par un administrateur du blog.",
        "este comentario ha sido eliminado por el autor.",
        "el autor ha eliminado este comentario.",
        "este comentario ha sido eliminado por un administrador del blog.",
        "un administrador del blog ha eliminado este comentario.",
        "este comentário foi removido pelo autor.",
        "este comentário foi removido por um administrador do blogue.",
        "este comentário foi removido por um gerenciador do blog.",
        "questo commento è stato eliminato dall'autore.",
        "questo commento è stato eliminato da un amministratore del blog.",
        "deze reactie is verwijderd door de auteur.",
        "deze reactie is verwijderd door een blogbeheerder.",
        "ten komentarz został usunięty przez autora.",
        "ten komentarz został usunięty przez administratora bloga.",
        "den här kommentaren har tagits bort av skribenten.",
        "den här kommentaren har tagits bort av bloggadministratören.",
        "denne kommentar er fjernet af forfatteren.",
        "denne kommentaren har blitt fjernet av forfatteren.",
        "tento komentář byl odstraněn autorem.",
        "комментарий удален автором.",
        "этот комментарий был удален автором.",
        "этот комментарий был удален администратором блога.",
        "bu yorum yazar tarafından silindi.",
        "bu yorum bir blog yöneticisi tarafından silindi.",
        "このコメントは投稿者によって削除されました。",
        "このコメントはブログの管理者によって削除されました。",
        "作者已經移除這則留言。",
        "网志管理员已移除此评论。",
        "此评论已被作者删除。",
    }
)

_ENTRY_ID = re.compile(r"tag:blogger\.com,1999:blog-\d+\.(?:post|page)-(\d+)")
_BLOG_ID = re.compile(r"(?:tag:blogger\.com,1999:blog-|blogger\.com/feeds/(?=\d+/))(\d+)")
_COMMENT_LINK = re.compile(r"#c(\d+)$")
_ELEMENT_ID = re.compile(r"^c(\d{6,})$")
_SHOW_COMMENT = re.compile(r"showComment(?:=|%3D)(\d{12,14})")
_NUMBERS_IN_PAGE = re.compile(r"blogID=(\d+)(?:&|&amp;)(?:postID|poID)=(\d+)")
_BLOGSPOT = re.compile(r"(?:^|\.)blogspot\.[a-z.]{2,6}$")


class Blogger(BlogPlatform):
    kind = Platform.BLOGGER
    name = "Blogger"

    has_post_feeds = True
    has_paged_feeds = True
    has_reply_line = False
    tombstones = _TOMBSTONES
    own_hosts = ("blogspot.com", "blogger.com")
    comment_anchor = "c{}"

    def recognizes(self, clues: Clues) -> bool:
        is_here = bool(_BLOGSPOT.search(clues.host))
        return is_here or "blogger" in clues.generator or bool(self.blog_number(*clues.ids, *clues.feeds))

    def has_address(self, url: str) -> bool:
        parts = urlsplit(url)
        return ".blogspot." in parts.netloc or ("/feeds/" in parts.path and "/comments/" in parts.path)

    def hosting_of(self, host: str) -> str:
        return "blogspot" if _BLOGSPOT.search(host) else ""

    def home_of_feed(self, url: str) -> str:
        is_by_number = (urlsplit(url).hostname or "").endswith("blogger.com")
        return "" if is_by_number else root_of(url)

    def home_of_link(self, link: str) -> str:
        return root_of(link) if link else ""

    def post_feeds(self, clues: Clues) -> Iterator[str]:
        yield from _feeds(clues, "posts")
        yield from (url for url in clues.feeds if not is_comment_feed_address(url))

    def comment_feeds(self, clues: Clues) -> Iterator[str]:
        # Pages advertise only the feed of one post.
        yield from _feeds(clues, "comments")

    def post_comment_feeds(
        self, post_url: str, *, given: str = "", number: str = "", home_url: str = ""
    ) -> tuple[str, ...]:
        own = f"{home_url.rstrip('/')}/feeds/{number}/comments/default" if number and home_url else ""
        return tuple(url for url in (own, given) if url)

    def page_url(self, feed_url: str, start: int) -> str:
        """Step by what came back, never by what was asked."""
        parts = urlsplit(feed_url)
        kept = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("start-index", "max-results")]
        asked = [("start-index", str(start)), ("max-results", str(_MAX_RESULTS))]
        return urlunsplit(parts._replace(query=urlencode(kept + asked)))

    def blog_number(self, *texts: str) -> str:
        return next((number for text in texts if (number := first_group(_BLOG_ID, text))), "")

    def comment_number(self, guid: str, link: str = "") -> str:
        is_own = "showComment=" in link or ".blogspot." in link
        return first_group(_ENTRY_ID, guid) or (first_group(_COMMENT_LINK, link) if is_own else "")

    def post_number(self, guid: str, link: str = "") -> str:
        """Blogger calls posts and comments both "post" in its ids."""
        return first_group(_ENTRY_ID, guid)

    def comment_number_of(self, node: LexborNode) -> str:
        is_comment = node.tag == "li" or "comment-author" in attribute(node, "class")
        return first_group(_ELEMENT_ID, attribute(node, "id")) if is_comment else ""

    def post_id_of(self, tree: LexborHTMLParser) -> str:
        found = _NUMBERS_IN_PAGE.search(tree.html or "")
        return f"tag:blogger.com,1999:blog-{found.group(1)}.post-{found.group(2)}" if found else ""

    def time_of(self, comment: LexborHTMLParser) -> str:
        """Milliseconds since 1970."""
        return first_group(_SHOW_COMMENT, comment.html or "")

    def is_by_owner(self, comment: LexborHTMLParser, classes: str) -> bool:
        return comment.css_first(".icon.blog-author") is not None


def _feeds(clues: Clues, what: str) -> Iterator[str]:
    yield _FEED.format(home=clues.home_url.rstrip("/") + "/", what=what)
    if clues.blog_number:
        yield _FEED_BY_NUMBER.format(number=clues.blog_number, what=what)
