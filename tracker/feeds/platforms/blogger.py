"""What Blogger serves and how to ask for it. All of it is data that can be corrected."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# `orderby` and `redirect=false` (some blogs send their feed to FeedBurner) hold for every form.
SITE_COMMENTS = "feeds/comments/default"
POSTS = "feeds/posts/default"
CANONICAL_COMMENTS = "https://www.blogger.com/feeds/{blog_id}/comments/default"
CANONICAL_POSTS = "https://www.blogger.com/feeds/{blog_id}/posts/default"
POST_COMMENTS = "feeds/{post_id}/comments/default"

HOSTS = ("blogspot.com", "blogger.com")
"""Where Blogger serves blogs and their feeds, also those with a name of their own; hosts below count."""

DEFAULT_PAGE = 25
MAX_RESULTS = 100  # what was once 500 has shrunk twice; more is cut silently

# What stands in place of a comment that was taken away, by language of the blog.
TOMBSTONES = frozenset(
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

_ENTRY_ID = re.compile(r"tag:blogger\.com,1999:blog-(\d+)\.(?:post|page)-(\d+)")
_BLOG_ID = re.compile(r"tag:blogger\.com,1999:blog-(\d+)|blogger\.com/feeds/(\d+)/")
_COMMENT_LINK = re.compile(r"#c(\d+)$")
_HOST = re.compile(r"(?:^|\.)blogspot\.[a-z.]{2,6}$")


def is_blogger_host(host: str) -> bool:
    return bool(_HOST.search(host))


def blog_id(*texts: str) -> str:
    """The blog's number, from an entry or feed id or from a canonical feed address."""
    for text in texts:
        found = _BLOG_ID.search(text)
        if found:
            return found.group(1) or found.group(2)
    return ""


def entry_number(guid: str, link: str = "") -> str:
    """The number of a comment or post; Blogger calls both "post" in its ids."""
    found = _ENTRY_ID.search(guid)
    if found:
        return found.group(2)
    found = _COMMENT_LINK.search(link) if "showComment=" in link else None
    return found.group(1) if found else ""


def is_tombstone(text: str) -> bool:
    """True when a comment's plain text is Blogger's note that it was removed."""
    return len(text) < 120 and text.strip().casefold().replace("’", "'") in TOMBSTONES


def page_url(feed_url: str, start_index: int, max_results: int = MAX_RESULTS) -> str:
    """The feed's page that begins with item `start_index` (from 1). Step by what came back."""
    parts = urlsplit(feed_url)
    kept = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("start-index", "max-results")]
    asked = [("start-index", str(start_index)), ("max-results", str(max_results))]
    return urlunsplit(parts._replace(query=urlencode(kept + asked)))


def post_comments_url(home_url: str, post_id: str) -> str:
    """The comment feed of one post."""
    return home_url.rstrip("/") + "/" + POST_COMMENTS.format(post_id=post_id)


def site_comment_feeds(home_url: str, blog_number: str = "") -> tuple[str, ...]:
    """Where a blog's comments are, best first; pages advertise only the feed of one post."""
    own = home_url.rstrip("/") + "/" + SITE_COMMENTS
    return (own, CANONICAL_COMMENTS.format(blog_id=blog_number)) if blog_number else (own,)


def post_feeds(home_url: str, blog_number: str = "") -> tuple[str, ...]:
    own = home_url.rstrip("/") + "/" + POSTS
    return (own, CANONICAL_POSTS.format(blog_id=blog_number)) if blog_number else (own,)
