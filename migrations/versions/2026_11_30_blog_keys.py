"""Addresses of blogs are keyed by their whole path, so that two blogs below one path are two.

The keys are computed from addresses that are stored beside them, and computed again here by the rule of
today; the course is then matched again. What a person decided stays, under the new key. A blog that
was taken for the whole of a host that gives each user a path gets its own path back.

Revises: 2026_11_30_say_check.
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from tracker.feeds.blog_home import told_home
from tracker.text.addresses import home_key, host_of

revision = "2026_11_30_blog_keys"
down_revision = "2026_11_30_say_check"
branch_labels = None
depends_on = None

BLOGS = sa.table("blogs", *map(sa.column, ("id", "home_url", "platform")))
FEEDS = sa.table("feeds", *map(sa.column, ("blog_id", "url", "kind")))
ADDRESSES = sa.table("blog_addresses", *map(sa.column, ("id", "blog_id", "key", "valid_to")))
HANDLES = sa.table("handles", *map(sa.column, ("id", "enrollment_id", "kind", "key", "shown")))
DENIALS = sa.table("handle_denials", *map(sa.column, ("id", "kind", "key")))
DECISIONS = sa.table("linkage_decisions", *map(sa.column, ("id", "handle_kind", "handle_key")))

Renamed = dict[str, str]
"""A key of a student's address before -> what it is now; "" where it stands for several."""


def upgrade() -> None:
    connection = op.get_bind()
    renamed = _rename_handles(connection)
    for table, kind, key in (
        (DENIALS, DENIALS.c.kind, DENIALS.c.key),
        (DECISIONS, DECISIONS.c.handle_kind, DECISIONS.c.handle_key),
    ):
        for row_id, before in connection.execute(sa.select(table.c.id, key).where(kind == "blog")).all():
            now = renamed.get(before) or home_key(before) or before
            if now != before:
                connection.execute(sa.update(table).where(table.c.id == row_id).values({key.name: now}))
    _find_homes(connection)
    _rename_addresses(connection, renamed)
    connection.execute(sa.text("DELETE FROM match_state"))


def downgrade() -> None:
    """A longer key is a valid one; earlier releases compute shorter ones when a roster is imported again."""


def _rename_handles(connection: sa.Connection) -> Renamed:
    renamed: Renamed = {}
    for row in connection.execute(sa.select(HANDLES).where(HANDLES.c.kind == "blog")).all():
        shown = home_key(row.shown) if host_of(row.shown) == host_of(row.key) else ""
        now = (shown or home_key(row.key) or row.key)[:500]
        renamed[row.key] = now if renamed.get(row.key, now) == now else ""
        if now != row.key:
            connection.execute(sa.update(HANDLES).where(HANDLES.c.id == row.id).values(key=now))
    return renamed


def _find_homes(connection: sa.Connection) -> None:
    """Blogs whose feeds all lie on one user's path, while the home that was stored is the host's."""
    told: dict[int, set[str]] = defaultdict(set)
    for blog_id, url in connection.execute(
        sa.select(FEEDS.c.blog_id, FEEDS.c.url).where(FEEDS.c.kind.in_(("posts", "comments")))
    ):
        told[blog_id].add(told_home(url))
    for row in connection.execute(sa.select(BLOGS).where(BLOGS.c.platform == "generic")).all():
        homes = told[row.id]
        home = next(iter(homes), "")
        if len(homes) != 1 or host_of(home) != host_of(row.home_url) or len(home) <= len(row.home_url):
            continue
        connection.execute(sa.update(BLOGS).where(BLOGS.c.id == row.id).values(home_url=home))
        connection.execute(
            sa.delete(ADDRESSES).where(ADDRESSES.c.blog_id == row.id, ADDRESSES.c.key == home_key(row.home_url))
        )


def _rename_addresses(connection: sa.Connection, renamed: Renamed) -> None:
    """Each address by today's rule; the blog's home; and where a student's address was the blog's, the
    student's."""
    keys: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(sa.select(ADDRESSES).order_by(ADDRESSES.c.id)).all():
        now = (home_key(row.key) or row.key)[:500]
        if now in keys[row.blog_id]:
            connection.execute(sa.delete(ADDRESSES).where(ADDRESSES.c.id == row.id))
            continue
        keys[row.blog_id].add(now)
        if now != row.key:
            connection.execute(sa.update(ADDRESSES).where(ADDRESSES.c.id == row.id).values(key=now))
        if students := renamed.get(row.key):
            if row.valid_to is None and students not in keys[row.blog_id]:
                keys[row.blog_id].add(students)
                connection.execute(sa.insert(ADDRESSES).values(blog_id=row.blog_id, key=students))
    for blog_id, home_url in connection.execute(sa.select(BLOGS.c.id, BLOGS.c.home_url)).all():
        home = home_key(home_url)[:500]
        if home and home not in keys[blog_id]:
            connection.execute(sa.insert(ADDRESSES).values(blog_id=blog_id, key=home))
