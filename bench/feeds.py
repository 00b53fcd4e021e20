"""Makes the invented feeds that the benchmarks poll: WordPress RSS and Blogger Atom, each with a later state.

Written by the demo's blogs, so they have the markup of the real ones. The same number gives the
same blog every time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import parse_qsl, unquote, urlsplit

from tracker.demo.blogosphere.addresses import answer
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.http_texts import Request, Response

BORN = datetime(2026, 9, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
"""When the feeds are written; comments are younger than a course that begins in August."""

WORDPRESS_WINDOW = 10
BLOGGER_WINDOW = 25
POSTS = 6
IN_TEN_ARE_WORDPRESS = 6

FEEDS = {Serves.WORDPRESS: "/comments/feed/", Serves.BLOGGER: "/feeds/comments/default"}

_WORDS = """
afternoon again almost another answer argue around because before begin believe between board book bring
build careful change children class clear close corner could count course craft different difficult
discover drawing during early enough evening every example expect explain family finally follow garden
group handed happen hardly idea imagine instead kitchen later lesson letter listen little longer maybe
meeting moment morning museum music neighbour nobody notice often opinion other outside paper patience
people perhaps picture place practice promise question quiet rather reading reason remember river school
second sentence several silence simple someone sometimes story student summer table teacher thing thought
through together tomorrow towards understand until village voice walking weather whether without wonder
writing yesterday
"""
WORDS = tuple(_WORDS.split())
GIVEN = ("Ada", "Bruno", "Carla", "Dario", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Levin")
FAMILY = ("Ashdown", "Birkett", "Corder", "Dunmore", "Ellwood", "Fenwick", "Garrod", "Hollis", "Ingram")


def address(number: int) -> str:
    """The loopback address of the blog with this number; every blog has one of its own."""
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"


def is_wordpress(number: int) -> bool:
    return number % 10 < IN_TEN_ARE_WORDPRESS


def path(number: int) -> str:
    return FEEDS[Serves.WORDPRESS if is_wordpress(number) else Serves.BLOGGER]


def url(number: int, port: int) -> str:
    return f"http://{address(number)}:{port}{path(number)}"


def make_blog(number: int, port: int, news: int = 0) -> DemoBlog:
    """A blog with the comments of its window, and `news` younger ones. One more does not fill the window
    of a Blogger blog: of a full one the further pages would be read, which are not served here."""
    random = Random(number)  # noqa: S311 - the same blog every time
    serves = Serves.WORDPRESS if is_wordpress(number) else Serves.BLOGGER
    blog = DemoBlog(
        host=address(number),
        serves=serves,
        title=f"{random.choice(WORDS).title()} and {random.choice(WORDS).title()} {number}",
        owner_name=_name(random),
        number=4_000_000_000 + number,
        owner_profile=str(8_000_000_000 + number),
        port=port,
    )
    for post_number in range(POSTS):
        title = _sentence(random, 5)
        blog.posts.append(
            DemoPost(
                number=100 + post_number,
                slug="-".join(title.lower().rstrip(".").split()),
                title=title.rstrip("."),
                html=f"<p>{_sentence(random, 20)}</p>",
                published=BORN + timedelta(days=post_number),
            )
        )
    window = WORDPRESS_WINDOW if is_wordpress(number) else random.randint(20, BLOGGER_WINDOW - 1)
    for comment_number in range(window + news):
        blog.comments.append(_comment(blog, random, number, comment_number))
    return blog


def write(blog: DemoBlog, target: str = "") -> Response:
    """The document at an address of a blog, the feed of its comments unless told otherwise."""
    parts = urlsplit(target or FEEDS[blog.serves])
    return answer(blog, Request(unquote(parts.path), dict(parse_qsl(parts.query))), NOW)


def _comment(blog: DemoBlog, random: Random, number: int, comment_number: int) -> DemoComment:
    is_signed_in = blog.serves is Serves.BLOGGER and random.random() < 0.7
    author = _name(random)
    page = f"http://{author.split()[0].lower()}{random.randint(1, 999)}.example/"
    return DemoComment(
        number=7_000 + 40 * number + comment_number,
        post=random.choice(blog.posts),
        author=author,
        html=_text(random, 2 if blog.serves is Serves.WORDPRESS else 3),
        posted_at=BORN + timedelta(days=20, hours=13 * comment_number, minutes=random.randint(0, 600)),
        author_url="" if is_signed_in or random.random() < 0.4 else page,
        profile=str(random.randint(10**9, 10**10)) if is_signed_in else "",
    )


def _text(random: Random, paragraphs: int) -> str:
    parts = []
    for _ in range(paragraphs):
        text = " ".join(_sentence(random, random.randint(7, 16)) for _ in range(random.randint(1, 3)))
        chance = random.random()
        if chance < 0.15:
            text += f' See <a href="http://{random.choice(WORDS)}.example/" rel="nofollow">here</a>.'
        elif chance < 0.3:
            text += f"<br />\n<em>{_sentence(random, 4)}</em> &#8212; it&#8217;s &quot;so&quot;."
        parts.append(f"<p>{text}</p>")
    return "\n".join(parts)


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def _name(random: Random) -> str:
    return f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
