"""The post this product began with (PRODUCT S0): three comments, two of them by one student.

They can be read four ways: the site's feed, the post's feed, REST and the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import Blogosphere, DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.records import RosterFileRow

NOW = datetime(2026, 10, 20, 7, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class S0:
    """`comments` come in the order in which they were written: the educator's, then the student's two."""

    blogosphere: Blogosphere
    blog: DemoBlog
    post: DemoPost
    comments: tuple[DemoComment, ...]
    class_blog: DemoBlog
    summary: DemoPost
    student: RosterFileRow


def make_s0_blog(*, port: int = 0, address_gone: bool = False) -> S0:
    """Make the blog; with `address_gone` the second comment ends at "at", as many copies do."""
    class_blog = _class_blog()
    blog = DemoBlog(
        "chalkandsignal.localhost",
        Serves.WORDPRESS,
        "Chalk & Signal",
        "Ingrid Solberg",
        owner_email="ingrid@chalkandsignal.example",
    )
    blogosphere = Blogosphere([blog, class_blog], now=NOW, port=port)
    other = DemoPost(860, "field-trip", "A field trip without a bus", "<p>We stayed in.</p>", _at(2, 15))
    post = DemoPost(
        882,
        "social-media-or-social-networking",
        "Social media or social networking?",
        "<p>People use the two words as if they were one. I think the difference matters in a school.</p>",
        _at(5, 16),
        ("media",),
    )
    blog.posts += [other, post]
    comments = _comments(post, class_blog, address_gone=address_gone)
    blog.comments += comments
    summary = DemoPost(
        5_100_000_000_000_000_005,
        "c4t-1-summary-post",
        "C4T #1 Summary Post",
        f'<p>This fortnight I read <a href="{post_url(blog, post)}">Social media or social networking?</a> '
        "by Ms. Solberg and left two comments on it.</p>",
        _at(19, 2),
        ("C4T",),
    )
    class_blog.posts.append(summary)
    student = RosterFileRow(
        "s0001",
        "Delphine",
        "Marchetti",
        email="dmarchetti@harlan.example",
        blog_url=class_blog.home_url,
        section="1",
    )
    return S0(blogosphere, blog, post, tuple(comments), class_blog, summary, student)


def _class_blog() -> DemoBlog:
    blog = DemoBlog(
        "marchettidelphineedt320.localhost",
        Serves.BLOGGER,
        "Delphine's EDT 320 Class Blog",
        "Delphine Marchetti",
        number=3_141_592_653_589_793_238,
        owner_profile="05551234098765432101",
    )
    blog.posts += [
        DemoPost(
            5_100_000_000_000_000_000 + n,
            f"blog-post-{n}",
            f"Blog Post {n}",
            f"<p>What I learned in week {n}.</p>",
            _at(3 * n, 20),
        )
        for n in range(1, 5)
    ]
    return blog


def _comments(post: DemoPost, class_blog: DemoBlog, *, address_gone: bool) -> list[DemoComment]:
    tail = _tail("Delphine Marchetti", post_url(class_blog, class_blog.posts[-1]))
    address = (
        "" if address_gone else f' <a href="{class_blog.home_url}" rel="nofollow">{class_blog.home_url}</a>.'
    )
    educator = DemoComment(
        7478,
        post,
        "Ruben Castellane",
        '<p>Twitter: <a href="https://twitter.com/mrcastellane" rel="nofollow">mrcastellane</a></p>\n'
        "<p>Our staff meeting went in circles over exactly this. I shall bring your two definitions to the "
        "next one and report back.</p>",
        _at(6, 13),
        author_url="http://castellane.example/",
        email="ruben@castellane.example",
    )
    first = DemoComment(
        7480,
        post,
        "Delphine Marchetti",
        "<p>I had never thought of the two as different things. My little brother talks to forty people in a "
        "game every night and would not call one of them a friend. Maybe networking is what we do on purpose "
        "and media is only where it happens. I will look at my own pages with other eyes after this.</p>\n"
        + tail,
        _at(13, 1),
        author_url=class_blog.home_url,
        email="dmarchetti@harlan.example",
    )
    second = DemoComment(
        7491,
        post,
        "Delphine Marchetti",
        "<p>I came back because of the question at the end. I follow your blog as a requirement of EDT 320 "
        "at Harlan State University, and now I would follow it anyway. My comments on your posts can be "
        f"checked on my class blog at{address}</p>\n" + tail,
        _at(18, 23),
        author_url=class_blog.home_url,
        email="dmarchetti@harlan.example",
    )
    return [educator, first, second]


def _tail(name: str, url: str) -> str:
    return f"<p><em>{escape(name)}´s last blog post ..<a href='{escape(url)}'>Blog Post 4</a></em></p>"


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, 20, tzinfo=UTC)
