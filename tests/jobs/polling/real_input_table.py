"""Every real document beside the project, served under the address it claims and polled in one run.

`python -m tests.jobs.polling.real_input_table` writes what was kept of each into docs/REAL_INPUT.md.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select

from tests.support.blog_server import BlogServer
from tests.support.databases import create_tables, settings_for
from tests.support.term import add_course
from tracker.app import create_app
from tracker.domain.feed import FeedKind
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.poll import run_poll
from tracker.models import Comment, Disposition, Feed, Poll

PROJECT = Path(__file__).parents[3]
FOLDER = PROJECT.parent / "shared" / "feeds"
TABLE = PROJECT / "docs" / "REAL_INPUT.md"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

ABOUT = """# What is kept of real documents
The numbers below come from real feeds and pages that are not part of this project: the folder `shared`
beside the checkout holds them. Each document is served on loopback under the address that it claims for
itself (the host of its own links, or an invented one where it names none), followed as what it is, and
all of them are polled in one run of `tracker/jobs/polling/poll.py` into an empty database. *Entries* are
counted in the raw bytes by a pattern (`<item`, `<entry`, the length of a JSON list, the numbers in a
page's element ids), without a parser. *Kept*, *pingbacks* and *removed* are rows of the database.
Comments of WordPress, Blogger and pages are looked up there by their own numbers, everything else by
what its poll stored; a comment that came by several ways is one row and is counted for each of them.
*Skipped* entries hold nothing to keep (no id, link or text), and are noted. *Addresses* says for how
many comments the writer's own address or account is known. *Trouble* is the error class of the poll, or
"mended" where a broken document was read in part. Pages without any comment show that nothing is made
up. The table is written by `python -m tests.jobs.polling.real_input_table`, and
`tests/jobs/polling/test_real_input.py` measures it again.
"""

CONTENT_TYPES = {".html": "text/html", ".json": "application/json"}


@dataclass(frozen=True)
class Sample:
    """One document of the folder: where it is served and what it is polled for."""

    name: str
    body: bytes
    url: str
    kind: FeedKind

    @property
    def is_well_known(self) -> bool:
        """WordPress or Blogger comments: every one has a number of its own."""
        return self.name.startswith(("wordpress-comments", "blogger-comments"))


@dataclass(frozen=True)
class Row:
    """What one run kept of one document."""

    name: str
    kind: str
    entries: int
    kept: int
    pingbacks: int
    removed: int
    skipped: int
    addresses: int | None
    trouble: str

    @property
    def accounted_for(self) -> int:
        return self.kept + self.pingbacks + self.removed + self.skipped


def load_samples() -> list[Sample]:
    """Every document with an address of its own; [] when the folder is not there."""
    paths = sorted(path for path in FOLDER.glob("*/*") if path.is_file()) if FOLDER.is_dir() else []
    mirrored = _mirrored_paths()
    hosts = _hosts_by_blog(paths)
    taken: set[str] = set()
    samples = []
    for path in paths:
        name = f"{path.parent.name}/{path.name}"
        body = path.read_bytes()
        url = _address(path, body, hosts[_blog_word(path)], mirrored.get(name))
        if url in taken:
            url = f"http://{urlsplit(url).netloc}/{path.name}"
        taken.add(url)
        samples.append(Sample(name, body, url, _kind(path, url)))
    return samples


def measure(app: Flask, samples: Sequence[Sample]) -> list[Row]:
    """Follow and poll them all in one run, inside the application's context."""
    course_id = add_course(NOW)
    for sample in samples:
        follow_feed(course_id, sample.url, now=NOW, kind=sample.kind)
    with serving(app, samples) as tools:
        run_poll(tools, lambda: NOW, trigger="test", everything=True)
    return [_row(sample) for sample in samples]


@contextmanager
def serving(app: Flask, samples: Sequence[Sample]) -> Iterator[Tools]:
    """A client for which every host is one server on loopback that holds these documents."""
    with BlogServer() as server:
        for sample in samples:
            parts = urlsplit(sample.url)
            query = f"?{parts.query}" if parts.query else ""
            kind = CONTENT_TYPES.get(Path(sample.name).suffix, "application/xml")
            kind = "application/json" if sample.kind is FeedKind.REST else kind
            for path in {parts.path, parts.path.rstrip("/") + "/"}:  # a mirror loses the last slash
                server.set(path + query, sample.body, headers={"Content-Type": kind}, host=parts.netloc)
        settings = {**app.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.1/32",)}

        def resolve(host: str, port: int) -> list[str]:
            return server.resolve(host, port) if port == 80 else []  # nothing here speaks TLS

        with make_tools(settings, resolve=resolve) as tools:
            yield tools


def render(rows: Sequence[Row]) -> str:
    """The page for docs/, ending with a newline."""
    lines = [
        "| document | asked as | entries | kept | pingbacks | removed | skipped | addresses | trouble |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for row in rows:
        numbers = (row.entries, row.kept, row.pingbacks, row.removed, row.skipped)
        cells = [row.name, row.kind, *map(str, numbers)]
        cells += ["" if row.addresses is None else str(row.addresses), row.trouble]
        lines.append(f"| {' | '.join(cells)} |")
    return ABOUT + "\n" + "\n".join(lines) + "\n"


def count_in_raw(sample: Sample) -> int:
    """Entries by the bytes alone, without any parser of feeds or pages."""
    if sample.kind is FeedKind.PAGE:
        return len(numbers_in_raw(sample))
    if sample.kind is FeedKind.REST:
        return len(json.loads(sample.body))
    body = sample.body.replace(b"\0", b"")  # two bytes a letter, in one document
    return len(re.findall(rb"<(?:item|entry)[\s>]", body))


def numbers_in_raw(sample: Sample) -> set[str]:
    """The comments' own numbers, as WordPress and Blogger write them into feeds and pages."""
    body = sample.body
    if sample.kind is FeedKind.REST:
        return {str(one["id"]) for one in json.loads(body)}
    if sample.kind is FeedKind.PAGE:
        found = re.findall(rb"""\bid=["'](?:li-|div-)?comment-(\d+)["']""", body)
        found += re.findall(rb"""<(?:li|dt)\b[^>]*\bid=["']c(\d{6,})["']""", body)
    else:
        entries = re.split(rb"<(?:item|entry)[\s>]", body)[1:]
        ids = [re.search(rb"<(?:guid|id)\b[^>]*>([^<]+)<", entry) for entry in entries]
        found = [re.findall(rb"\d+$", match[1].strip())[0] for match in ids if match]
    return {number.decode() for number in found}


def _row(sample: Sample) -> Row:
    poll, blog_id = db.session.execute(
        select(Poll, Feed.blog_id).join(Feed, Feed.id == Poll.feed_id).where(Feed.url == sample.url)
    ).one()
    rows: list[Comment] = []
    if sample.is_well_known or sample.kind is FeedKind.PAGE:
        numbers = Comment.native_number.in_(numbers_in_raw(sample))
        rows = list(db.session.scalars(select(Comment).where(Comment.blog_id == blog_id, numbers)))
    elif sample.kind is not FeedKind.POSTS:
        rows = list(db.session.scalars(select(Comment).where(Comment.first_seen_poll_id == poll.id)))
    kinds = [row.kind for row in rows]
    skipped = select(Disposition.id).where(Disposition.poll_id == poll.id, Disposition.kind == "skipped")
    return Row(
        name=sample.name,
        kind=sample.kind.value,
        entries=count_in_raw(sample),
        kept=poll.stored if sample.kind is FeedKind.POSTS else kinds.count("comment"),
        pingbacks=kinds.count("pingback"),
        removed=kinds.count("tombstone"),
        skipped=len(db.session.scalars(skipped).all()),
        addresses=None
        if sample.kind is FeedKind.POSTS
        else sum(bool(row.author_url or row.account) for row in rows if row.kind == "comment"),
        trouble=poll.error_class or ("mended" if poll.fault else ""),
    )


def _kind(path: Path, url: str) -> FeedKind:
    if path.suffix == ".json":
        return FeedKind.REST
    if path.parent.name == "html-pages" or path.name.startswith("hfeed"):
        return FeedKind.PAGE
    if (
        not path.parent.name.endswith("-comments")
        and "-comments" not in path.name
        and "/comments/" not in url
    ):
        return FeedKind.POSTS
    is_of_post = "-post-" in path.name or re.search(r"/feeds/\d+/comments/", url)
    return FeedKind.POST_COMMENTS if is_of_post else FeedKind.COMMENTS


def _mirrored_paths() -> dict[str, str]:
    """Where on its site a document lay, for those that a site's owner mirrored as files."""
    lines = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8").splitlines() if FOLDER.is_dir() else []
    paths = {}
    for line in lines:
        found = re.match(r"\| (\S+) \| .*?: `([^`]+)` \| .*public mirror", line)
        if found:
            path = re.sub(r"(?:^|(?<=/))index\.\w+$", "", found[2])
            paths[found[1]] = re.sub(r"comments\W*post=(\d+)/$", r"comments?post=\1", path)
    return paths


def _blog_word(path: Path) -> str:
    """What the files of one blog share in their names: "wp-aday-post.html" -> "aday"."""
    if path.parent.name in ("malformed", "other") or path.name.startswith("discovery-"):
        return path.stem.lower()
    return re.sub(r"^(?:wp|wpjson|blogger|t)-", "", path.stem).split("-")[0].lower()


def _hosts_by_blog(paths: Sequence[Path]) -> dict[str, str]:
    """The host that a blog's documents claim, else an invented one."""
    hosts: dict[str, str] = {}
    for path in paths:
        claimed = _claimed(path.read_bytes())
        if claimed:
            hosts.setdefault(_blog_word(path), urlsplit(claimed).netloc)
    return {_blog_word(path): f"{_blog_word(path)}.example" for path in paths} | hosts


def _claimed(body: bytes) -> str:
    """The address that a document gives as its own, or its blog's; "" when it gives none."""
    text = body.decode("utf-8", "replace")
    links = re.findall(r"<(?:\w+:)?link\b[^>]*>", text)
    for rel in ("http://schemas.google.com/g/2005#feed", "self", "canonical", "alternate"):
        for link in links:
            is_it = re.search(rf"""rel=["']{re.escape(rel)}["']""", link)
            href = re.search(r"""href=["'](https?://[^"'\s]+)""", link)
            if is_it and href and "www.blogger.com" not in href[1]:
                return href[1].replace("&amp;", "&")
    written = re.search(r"<link>\s*(https?://[^<\s]+)", text) or re.search(r'"link":"(http[^"]+)', text)
    return written[1].replace("\\/", "/") if written else ""


def _address(path: Path, body: bytes, host: str, mirrored: str | None) -> str:
    claimed = _claimed(body)
    if mirrored is not None:
        return f"http://{urlsplit(claimed).netloc or host}/{mirrored}"
    is_own = re.search(r"""rel=["'](?:self|canonical)["']""", body.decode("utf-8", "replace"))
    if claimed and is_own:
        return re.sub(r"^https?:", "http:", claimed)
    return f"http://{urlsplit(claimed).netloc or host}/{path.name}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/real.sqlite"
        create_tables(url, Path(folder))
        app = create_app(settings_for(url, Path(folder)))
        with app.app_context():
            rows = measure(app, load_samples())
            db.session.remove()
            db.engine.dispose()
    TABLE.write_text(render(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
