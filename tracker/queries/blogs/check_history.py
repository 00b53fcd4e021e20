"""Every check of one blog as its page tells it: by night, the newest first, with what came and what
may have been missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.domain.blog import OpenGap
from tracker.domain.feed import DispositionKind, FeedKind, PollOutcome
from tracker.domain.grouping import grouped
from tracker.domain.locale import CourseLocale
from tracker.feeds.blog_health import NightMark, PollLine, mark_poll
from tracker.models import Comment, CommentVersion, Disposition, Feed, Gap, Poll, Post
from tracker.wording.check_history import (
    FEEDS,
    say_closed_gap,
    say_entry,
    say_full_window,
    say_gap,
    say_poll,
    say_unseen,
)
from tracker.wording.numbers import say_count

NIGHTS_SHOWN = 14
MOST_CHECKS = 1_000
MOST_ITEMS = 20
"""So many entries of one check are listed; a first check may bring hundreds."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What became of one entry. `html` is what it said, to be cleaned before it is shown."""

    word: str
    why: str = ""
    author: str = ""
    html: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check that brought something, failed, or could not show everything. `brought` counts what
    became of entries ("2 new", "1 gone"); `items` are at most `MOST_ITEMS` of them, `more` the rest."""

    at: datetime
    where: str
    post: str
    mark: NightMark
    says: str
    notes: tuple[str, ...] = ()
    also_read: str = ""
    items: tuple[StoredEntry, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class QuietLine:
    """Checks of one night, next to each other, that brought nothing."""

    at: datetime
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class GapBand:
    """Between two checks something may have been shown that we did not see."""

    at: datetime
    is_open: bool
    title: str
    says: str


Line = CheckLine | QuietLine | GapBand


@dataclass(frozen=True, slots=True)
class Night:
    """The checks of one day on the course's clock, the newest first."""

    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`older` is the instant before which the next page begins; None: this is the last one."""

    nights: tuple[Night, ...]
    older: datetime | None = None
    is_first: bool = True


def load_timeline(
    session: Session,
    blog_id: int,
    locale: CourseLocale,
    before: datetime | None = None,
    most_checks: int = MOST_CHECKS,
) -> Timeline:
    """The last fourteen nights on which a blog was checked, or those `before` an instant. The
    number of questions to the database does not grow with the checks."""
    checks, older = _load_checks(session, blog_id, locale, before, most_checks)
    if not checks:
        return Timeline((), None, is_first=before is None)
    ids = [check.Poll.id for check in checks]
    counts, items = _load_counts(session, ids), _load_items(session, blog_id, ids)
    lines: list[Line] = [
        _check_line(check, counts.get(check.Poll.id, {}), items.get(check.Poll.id, ())) for check in checks
    ]
    bands = _load_gaps(session, blog_id, locale, checks[-1].Poll.at, before)
    nights = []
    for day, these in groupby(
        _in_order(lines, bands), key=lambda line: line.at.astimezone(locale.zone).date()
    ):
        nights.append(Night(day, tuple(_fold_quiet(these))))
    return Timeline(tuple(nights), older, is_first=before is None)


def _load_checks(
    session: Session, blog_id: int, locale: CourseLocale, before: datetime | None, most: int
) -> tuple[Sequence[Any], datetime | None]:
    """(Poll, kind of its feed, title and url of the post it is of), and where the next page begins."""
    statement = (
        select(Poll, Feed.kind, Post.title, Post.url)
        .join(Feed, Feed.id == Poll.feed_id)
        .outerjoin(Post, Post.id == Feed.post_id)
        .where(Feed.blog_id == blog_id)
        .order_by(Poll.at.desc(), Poll.id.desc())
        .limit(most + 1)
    )
    if before is not None:
        statement = statement.where(Poll.at < before)
    checks = session.execute(statement).all()
    is_cut = len(checks) > most
    checks = checks[:most]
    days = list(dict.fromkeys(check.Poll.at.astimezone(locale.zone).date() for check in checks))
    if is_cut and len(days) == 1:  # one night with more checks than a page holds
        return checks, checks[-1].Poll.at
    shown = days[: min(NIGHTS_SHOWN, len(days) - is_cut)]
    if len(shown) == len(days):
        return checks, None
    kept = [check for check in checks if check.Poll.at.astimezone(locale.zone).date() >= shown[-1]]
    return kept, datetime.combine(shown[-1], time(), locale.zone).astimezone(UTC)


def _load_counts(session: Session, poll_ids: Sequence[int]) -> dict[int, dict[tuple[str, str], int]]:
    """poll -> (kind, reason) -> how many entries; of skipped ones the reason is left out."""
    rows = session.execute(
        select(Disposition.poll_id, Disposition.kind, Disposition.reason, func.count())
        .where(Disposition.poll_id.in_(poll_ids))
        .group_by(Disposition.poll_id, Disposition.kind, Disposition.reason)
    )
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(Counter)
    for poll_id, kind, reason, number in rows:
        found[poll_id][kind, "" if kind == DispositionKind.SKIPPED else reason] += number
    return found


def _load_items(session: Session, blog_id: int, poll_ids: Sequence[int]) -> dict[int, list[StoredEntry]]:
    place = func.row_number().over(partition_by=Disposition.poll_id, order_by=Disposition.id)
    chosen = (
        select(Disposition.id.label("id"), place.label("place"))
        .where(Disposition.poll_id.in_(poll_ids))
        .subquery()
    )
    rows = session.execute(
        select(Disposition, Comment.author, Comment.permalink, CommentVersion.text, Post.title, Post.url)
        .join(chosen, and_(chosen.c.id == Disposition.id, chosen.c.place <= MOST_ITEMS))
        .outerjoin(Comment, Comment.id == Disposition.comment_id)
        .outerjoin(Comment.version)
        .outerjoin(
            Post,
            and_(
                Disposition.comment_id.is_(None),
                Post.blog_id == blog_id,
                Post.identity == Disposition.entry_key,
            ),
        )
        .order_by(Disposition.id)
    )
    return grouped(
        (row.poll_id, _say_item(row, author or "", html or "", title or "", permalink or url or ""))
        for row, author, permalink, html, title, url in rows
    )


def _say_item(disposition: Disposition, author: str, html: str, title: str, url: str) -> StoredEntry:
    kind = DispositionKind(disposition.kind)
    word, why = say_entry(kind, disposition.reason)
    if kind is DispositionKind.SKIPPED:
        return StoredEntry(word, why, title=disposition.entry_key)
    return StoredEntry(word, why, author, html, title, url)


def _check_line(check: Any, counts: Mapping[tuple[str, str], int], items: Sequence[StoredEntry]) -> CheckLine:
    poll, outcome = check.Poll, PollOutcome(check.Poll.outcome)
    brought = counts or {(DispositionKind.NEW, ""): poll.new, (DispositionKind.EDITED, "text"): poll.edited}
    return CheckLine(
        at=poll.at,
        where=FEEDS[FeedKind(check.kind)],
        post=check.title or check.url or "",
        mark=mark_poll(PollLine(poll.at, outcome, poll.new, poll.gap)),
        says=say_poll(outcome, poll.entries, brought, poll.error),
        notes=tuple(_notes(poll)),
        also_read=poll.also_read,
        items=tuple(items),
        more=sum(counts.values()) - len(items),
    )


def _notes(poll: Poll) -> Iterator[str]:
    window = say_full_window(gap=poll.gap, window_full=poll.window_full, new=poll.new, entries=poll.entries)
    if window:
        yield window
    if poll.fault:
        yield poll.fault
    if poll.moved_to:
        yield f"It says that it has moved for good, to {poll.moved_to}"


def _load_gaps(
    session: Session, blog_id: int, locale: CourseLocale, oldest: datetime, before: datetime | None
) -> list[GapBand]:
    statement = (
        select(Gap, Feed.kind)
        .join(Feed, Feed.id == Gap.feed_id)
        .where(Feed.blog_id == blog_id, Gap.before_at >= oldest)
        .order_by(Gap.before_at.desc(), Gap.id.desc())
    )
    if before is not None:
        statement = statement.where(Gap.before_at < before)
    return [_gap_band(gap, kind, locale) for gap, kind in session.execute(statement)]


def _gap_band(gap: Gap, kind: str, locale: CourseLocale) -> GapBand:
    # Counts are of comments, even where a feed of posts carries them.
    thing = "post" if kind == FeedKind.POSTS and gap.kind == "overflow" else "comment"
    unseen = OpenGap(gap.after_at, gap.before_at, gap.expected)
    if gap.closed_at is None:
        title = say_unseen(gap.expected, thing)
        return GapBand(gap.before_at, is_open=True, title=title, says=say_gap(unseen, locale, thing))
    says = say_closed_gap(unseen, gap.closed_at, gap.closed_by, locale, thing)
    return GapBand(gap.before_at, is_open=False, title="Gap, closed", says=says)


def _in_order(lines: Iterable[Line], bands: Iterable[Line]) -> list[Line]:
    """The newest first; a gap stands below the check that found it."""
    return sorted([*lines, *bands], key=lambda line: (line.at, not isinstance(line, GapBand)), reverse=True)


def _fold_quiet(lines: Iterable[Line]) -> Iterator[Line]:
    """Checks next to each other that brought nothing become one line: most nights are like that."""
    for quiet, these in groupby(lines, key=_is_quiet):
        if quiet:
            yield _quiet_line([line for line in these if isinstance(line, CheckLine)])
        else:
            yield from these


def _is_quiet(line: Line) -> bool:
    return isinstance(line, CheckLine) and line.mark is NightMark.SAME and not line.items and not line.notes


def _quiet_line(lines: Sequence[CheckLine]) -> QuietLine:
    own = sum(bool(line.post) for line in lines)
    names = list(dict.fromkeys(line.where for line in lines if not line.post))
    if own:
        names.append(f"{say_count(own, 'check')} of single posts")
    where = ", ".join(name if n == 0 else name[0].lower() + name[1:] for n, name in enumerate(names))
    ways = dict.fromkeys(way for line in lines for way in line.also_read.split(", ") if way)
    where += f"; also read: {', '.join(ways)}" if ways else ""
    return QuietLine(lines[0].at, where, "Nothing new." if len(lines) > 1 else lines[0].says)
