"""Every look at one blog as its page tells it: by night, the newest first, with what came and what
may have been missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.domain.feed import DispositionKind, FeedKind, PollOutcome
from tracker.domain.locale import CourseLocale
from tracker.feeds.blog_health import NightMark, PollLine, mark_poll
from tracker.models import Comment, CommentVersion, Disposition, Feed, Gap, Poll, Post
from tracker.wording.numbers import say_count

FEED_WORDS = {
    FeedKind.COMMENTS: "All comments",
    FeedKind.POST_COMMENTS: "One post’s comments",
    FeedKind.POSTS: "Posts",
    FeedKind.REST: "Comments (REST)",
    FeedKind.PAGE: "A post’s page",
}
NIGHTS_SHOWN = 14
MOST_LOOKS = 1_000
MOST_ITEMS = 20
"""So many entries of one look are listed; a first look may bring hundreds."""


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one entry. `html` is what it said, to be cleaned before it is shown."""

    word: str
    why: str = ""
    author: str = ""
    html: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look that brought something, failed, or could not show everything. `brought` counts what
    became of entries ("2 new", "1 gone"); `items` are at most `MOST_ITEMS` of them, `more` the rest."""

    at: datetime
    where: str
    post: str
    mark: NightMark
    says: str
    notes: tuple[str, ...] = ()
    also_read: str = ""
    items: tuple[Item, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class QuietLine:
    """Looks of one night, next to each other, that brought nothing."""

    at: datetime
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class GapBand:
    """Between two looks something may have been shown that we did not see."""

    after_at: datetime | None
    before_at: datetime
    expected: int | None
    closed_at: datetime | None
    closed_by: str
    thing: str = "comment"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


Line = LookLine | QuietLine | GapBand


@dataclass(frozen=True, slots=True)
class Night:
    """The looks of one day on the course's clock, the newest first."""

    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`older` is the instant before which the next page begins; None: this is the last one."""

    nights: tuple[Night, ...]
    older: datetime | None = None
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class _Look:
    poll: Poll
    kind: FeedKind
    post: str


def load_timeline(
    session: Session,
    blog_id: int,
    locale: CourseLocale,
    before: datetime | None = None,
    most_looks: int = MOST_LOOKS,
) -> Timeline:
    """The last fourteen nights on which a blog was looked at, or those `before` an instant. The
    number of questions to the database does not grow with the looks."""
    looks, older = _load_looks(session, blog_id, locale, before, most_looks)
    if not looks:
        return Timeline((), None, is_first=before is None)
    ids = [look.poll.id for look in looks]
    counts, items = _load_counts(session, ids), _load_items(session, blog_id, ids)
    lines: list[Line] = [
        _say_look(look, counts.get(look.poll.id, {}), items.get(look.poll.id, ())) for look in looks
    ]
    bands = _load_gaps(session, blog_id, looks[-1].poll.at, before)
    nights = []
    for day, these in groupby(
        _in_order(lines, bands), key=lambda line: _when(line).astimezone(locale.zone).date()
    ):
        nights.append(Night(day, tuple(_fold_quiet(these))))
    return Timeline(tuple(nights), older, is_first=before is None)


def _load_looks(
    session: Session, blog_id: int, locale: CourseLocale, before: datetime | None, most: int
) -> tuple[list[_Look], datetime | None]:
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
    looks = [
        _Look(poll, FeedKind(kind), title or url or "")
        for poll, kind, title, url in session.execute(statement)
    ]
    is_cut = len(looks) > most
    looks = looks[:most]
    days = list(dict.fromkeys(look.poll.at.astimezone(locale.zone).date() for look in looks))
    if is_cut and len(days) == 1:  # one night with more looks than a page holds
        return looks, looks[-1].poll.at
    shown = days[: min(NIGHTS_SHOWN, len(days) - is_cut)]
    if len(shown) == len(days):
        return looks, None
    kept = [look for look in looks if look.poll.at.astimezone(locale.zone).date() >= shown[-1]]
    return kept, datetime.combine(shown[-1], time(), locale.zone).astimezone(UTC)


def _load_counts(session: Session, poll_ids: Sequence[int]) -> dict[int, dict[tuple[str, str], int]]:
    """poll -> (kind, reason) -> how many entries; of skipped ones the reason is left out."""
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for batch in _batches(poll_ids):
        rows = session.execute(
            select(Disposition.poll_id, Disposition.kind, Disposition.reason, func.count())
            .where(Disposition.poll_id.in_(batch))
            .group_by(Disposition.poll_id, Disposition.kind, Disposition.reason)
            .order_by(Disposition.poll_id)
        )
        for poll_id, kind, reason, number in rows:
            found[poll_id][kind, "" if kind == DispositionKind.SKIPPED else reason] += number
    return found


def _load_items(session: Session, blog_id: int, poll_ids: Sequence[int]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for batch in _batches(poll_ids):
        place = func.row_number().over(partition_by=Disposition.poll_id, order_by=Disposition.id)
        chosen = (
            select(Disposition.id.label("id"), place.label("place"))
            .where(Disposition.poll_id.in_(batch))
            .subquery()
        )
        rows = session.execute(
            select(Disposition, Comment.author, Comment.permalink, CommentVersion.text, Post.title, Post.url)
            .join(chosen, and_(chosen.c.id == Disposition.id, chosen.c.place <= MOST_ITEMS))
            .outerjoin(Comment, Comment.id == Disposition.comment_id)
            .outerjoin(
                CommentVersion,
                and_(CommentVersion.comment_id == Comment.id, CommentVersion.n == Comment.current_version),
            )
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
        for disposition, author, permalink, html, title, url in rows:
            found[disposition.poll_id].append(
                _say_item(disposition, author or "", html or "", title or "", permalink or url or "")
            )
    return found


def _say_item(disposition: Disposition, author: str, html: str, title: str, url: str) -> Item:
    kind, reason = DispositionKind(disposition.kind), disposition.reason
    word, why = _BECAME.get((kind, reason), ("", ""))
    if kind is DispositionKind.SKIPPED:
        return Item("Skipped", reason, title=disposition.entry_key)
    if kind is DispositionKind.NOT_A_COMMENT and not word:
        word, why = "Not a comment", reason
    return Item(word or kind.value.capitalize(), why, author, html, title, url)


_BECAME = {
    (DispositionKind.NEW, ""): ("New", ""),
    (DispositionKind.NEW, "post"): ("New post", ""),
    (DispositionKind.EDITED, "post"): ("Post edited", ""),
    (DispositionKind.EDITED, "text"): ("Edited", "its words have changed; every version is kept"),
    (DispositionKind.EDITED, "missing"): (
        "Not shown",
        "the whole place was read without it; the next look decides",
    ),
    (DispositionKind.EDITED, "gone"): ("Gone", "not shown the second time; what it counted for stays"),
    (DispositionKind.EDITED, "removed"): ("Removed", "the blog says so; what it counted for stays"),
    (DispositionKind.EDITED, "back"): ("Back", "shown again: it was never gone"),
    (DispositionKind.NOT_A_COMMENT, "pingback"): ("Not a comment", "a pingback: another page links here"),
    (DispositionKind.NOT_A_COMMENT, "tombstone"): ("Not a comment", "only the note that one was removed"),
}

_COUNTED = (
    ((DispositionKind.NEW, ""), "{} new"),
    ((DispositionKind.NEW, "post"), "{} new"),
    ((DispositionKind.EDITED, "text"), "{} edited"),
    ((DispositionKind.EDITED, "post"), "{} edited"),
    ((DispositionKind.EDITED, "gone"), "{} gone"),
    ((DispositionKind.EDITED, "removed"), "{} removed"),
    ((DispositionKind.EDITED, "missing"), "{} not shown any more"),
    ((DispositionKind.EDITED, "back"), "{} back"),
    ((DispositionKind.NOT_A_COMMENT, "pingback"), "{} not a comment"),
    ((DispositionKind.NOT_A_COMMENT, "tombstone"), "{} not a comment"),
    ((DispositionKind.SKIPPED, ""), "{} could not be read"),
)


def _say_look(look: _Look, counts: Mapping[tuple[str, str], int], items: Sequence[Item]) -> LookLine:
    poll = look.poll
    row = PollLine(poll.at, PollOutcome(poll.outcome), poll.new, poll.gap)
    return LookLine(
        at=poll.at,
        where=FEED_WORDS[look.kind],
        post=look.post,
        mark=mark_poll(row),
        says=say_look(poll, counts),
        notes=tuple(_notes(poll)),
        also_read=poll.also_read,
        items=tuple(items),
        more=sum(counts.values()) - len(items),
    )


def say_look(poll: Poll, counts: Mapping[tuple[str, str], int]) -> str:
    """What one look brought: "10 shown, 2 new, 1 edited.", or why there was nothing to read."""
    outcome = PollOutcome(poll.outcome)
    if outcome is PollOutcome.GONE:
        return "The address answers that it is gone for good."
    if outcome is not PollOutcome.OK and outcome is not PollOutcome.NOT_MODIFIED:
        return poll.error or "No answer."
    if not counts:
        counts = {(DispositionKind.NEW, ""): poll.new, (DispositionKind.EDITED, "text"): poll.edited}
    said: dict[str, int] = {}
    for key, words in _COUNTED:
        number = counts.get(key, 0)
        if number:
            said[words] = said.get(words, 0) + number
    brought = ", ".join(words.format(number) for words, number in said.items())
    if outcome is PollOutcome.NOT_MODIFIED:
        return f"The feed has not changed; {brought}." if brought else "Not changed since the last look."
    if not poll.entries and not brought:
        return "Nothing has changed."
    shown = f"{poll.entries} shown"
    return f"{shown}, {brought}." if brought else f"{shown}, nothing new."


def _notes(poll: Poll) -> Iterator[str]:
    if poll.gap:
        yield (
            "Nothing in it was known before: some may have been missed."
            if poll.window_full
            else ("The blog counts more than we could read.")
        )
    elif poll.window_full and poll.new * 2 >= poll.entries > 1:
        yield "The window was full and much of it new: a busy night."
    if poll.fault:
        yield poll.fault
    if poll.moved_to:
        yield f"It says that it has moved for good, to {poll.moved_to}"


def _load_gaps(session: Session, blog_id: int, oldest: datetime, before: datetime | None) -> list[GapBand]:
    statement = (
        select(Gap, Feed.kind)
        .join(Feed, Feed.id == Gap.feed_id)
        .where(Feed.blog_id == blog_id, Gap.before_at >= oldest)
        .order_by(Gap.before_at.desc(), Gap.id.desc())
    )
    if before is not None:
        statement = statement.where(Gap.before_at < before)
    return [
        GapBand(
            gap.after_at,
            gap.before_at,
            gap.expected,
            gap.closed_at,
            gap.closed_by,
            # Counts are of comments, even where a feed of posts carries them.
            "post" if kind == FeedKind.POSTS and gap.kind == "overflow" else "comment",
        )
        for gap, kind in session.execute(statement)
    ]


def _when(line: Line) -> datetime:
    return line.before_at if isinstance(line, GapBand) else line.at


def _in_order(lines: Iterable[Line], bands: Iterable[Line]) -> list[Line]:
    """The newest first; a gap stands below the look that found it."""
    return sorted([*lines, *bands], key=lambda one: (_when(one), not isinstance(one, GapBand)), reverse=True)


def _fold_quiet(lines: Iterable[Line]) -> Iterator[Line]:
    """Looks next to each other that brought nothing become one line: most nights are like that."""
    for quiet, these in groupby(lines, key=_is_quiet):
        if quiet:
            yield _quiet_line([line for line in these if isinstance(line, LookLine)])
        else:
            yield from these


def _is_quiet(line: Line) -> bool:
    return isinstance(line, LookLine) and line.mark is NightMark.SAME and not line.items and not line.notes


def _quiet_line(lines: Sequence[LookLine]) -> QuietLine:
    own = sum(bool(line.post) for line in lines)
    names = list(dict.fromkeys(line.where for line in lines if not line.post))
    if own:
        names.append(f"{say_count(own, 'look')} at single posts")
    where = ", ".join(name if n == 0 else name[0].lower() + name[1:] for n, name in enumerate(names))
    ways = dict.fromkeys(way for line in lines for way in line.also_read.split(", ") if way)
    where += f"; also read: {', '.join(ways)}" if ways else ""
    return QuietLine(lines[0].at, where, "Nothing new." if len(lines) > 1 else lines[0].says)


def _batches(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
