"""A student’s own status page: the round at hand, the rest of the term, their receipts.

Rows come from `status_rows`, sentences from `wording.student_status`; grading decided what a verdict is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms, Different, Requirement, RequirementKind, Where
from tracker.domain.checks import LastCheck, check_of_all
from tracker.domain.grade import NotCounted, Verdict
from tracker.domain.reason import Reason
from tracker.domain.states import EMPTY, State
from tracker.grading.phase import as_shown
from tracker.grading.round_summary import summarize
from tracker.models import (
    Course,
    Enrollment,
    Post,
    RequirementVerdict,
)
from tracker.queries.checks import load_checks
from tracker.queries.phrasing import load_phrasing
from tracker.queries.status.status_links import PageLink, link_to
from tracker.queries.status.status_receipts import Around, ReceiptLine
from tracker.queries.status.status_rows import (
    Asked,
    load_asked,
    load_receipts,
    load_titles,
)
from tracker.wording import student_status as words
from tracker.wording.rule_parts import say_place
from tracker.wording.rules import rule_sentence
from tracker.wording.times import say_date
from tracker.wording.verdicts import say_clock, say_found, say_not_counted, say_to_student

CHOICES = 3
"""So many posts are offered when a receipt is saved; any other goes by its link."""

_NOTHING_TO_SAVE = {"receipt-saved", "too-short", "no-blog-allocated"}


@dataclass(frozen=True, slots=True)
class Card:
    """One requirement. `state` names icon and color, `word` stands beside it, `sentence` says what
    the student should know. What was found stands around the link to `item`, `comment_id` is which comment
    of theirs; any of them may be empty. `is_later`: it has not opened yet."""

    key: str
    title: str
    state: str
    word: str
    sentence: str
    before_item: str
    item: PageLink | None
    after_item: str
    clock: str
    due: str
    looked: str
    takes_receipt: bool
    comment_id: int | None = None
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item of the student's that was found and does not count."""

    item: PageLink
    reason: str
    says: str


@dataclass(frozen=True, slots=True)
class PostChoice:
    post_id: int
    title: str
    url: str
    published: str


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """The assignment on top of the page. `lead` is its answer in a few sentences; `place` says where
    comments count ("your classmates’ blogs") where no blog is given."""

    assignment_id: int
    key: str
    title: str
    blogs: tuple[PageLink, ...]
    place: str
    due: str
    lead: tuple[str, ...]
    looked: str
    cards: tuple[Card, ...]
    left_out: tuple[LeftOut, ...]
    choices: tuple[PostChoice, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """Another assignment of the term: an icon (a state's, or "half"), and a few words."""

    key: str
    title: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class StudentStatus:
    """Everything the page shows. `round` None: nothing is asked in this course yet. `button_time` is
    the time a receipt saved now would carry."""

    enrollment_id: int
    round: RoundStatus | None
    term: tuple[TermLine, ...]
    receipts: tuple[ReceiptLine, ...]
    is_archived: bool
    button_time: str


def load_status(
    session: Session, enrollment_id: int, now: datetime, assignment_key: str | None = None
) -> StudentStatus:
    """One student's page as of `now`, with a constant number of queries.

    The round on top is `assignment_key`, if the course has it, else the one whose last due
    instant is nearest ahead, else the one that ended last.
    """
    enrollment, course = session.execute(
        select(Enrollment, Course).join(Course).where(Enrollment.id == enrollment_id)
    ).one()
    reader = _Reader(session, enrollment, course, now)
    chosen = _choose(reader.assignments, assignment_key, now)
    return StudentStatus(
        enrollment_id=enrollment_id,
        round=None if chosen is None else reader.round(chosen),
        term=tuple(reader.term_line(one) for one in reader.assignments if one is not chosen),
        receipts=reader.receipt_lines(),
        is_archived=course.archived_at is not None,
        button_time=words.say_short_day(now, reader.locale),
    )


def _choose(asked: Sequence[Asked], key: str | None, now: datetime) -> Asked | None:
    named = next((one for one in asked if one.row.key == key), None)
    ahead = [one for one in asked if one.last_due > now]
    nearest = min(ahead, key=lambda one: (one.last_due, one.row.id), default=None)
    return named or nearest or max(asked, key=lambda one: (one.last_due, one.row.id), default=None)


class _Reader:
    """Loads once what the page needs and puts it together."""

    def __init__(self, session: Session, enrollment: Enrollment, course: Course, now: datetime) -> None:
        self.session, self.enrollment_id, self.now = session, enrollment.id, now
        self.locale = course.locale
        self.assignments = load_asked(session, enrollment)
        verdicts = [row.as_verdict() for asked in self.assignments for row in asked.rows.values()]
        self.phrasing = load_phrasing(session, course, verdicts)
        self.receipts = load_receipts(session, enrollment.id)
        blog_ids = {one.blog_id for asked in self.assignments for one in asked.allocations}
        blog_ids |= {row.receipt.blog_id for row in self.receipts if row.receipt.blog_id is not None}
        blog_ids |= {blog_id for verdict in verdicts for blog_id in verdict.blog_ids}
        self.comment_checks, self.post_checks = load_checks(session, blog_ids)

    def round(self, asked: Asked) -> RoundStatus:
        parts = asked.requirements
        blog_ids = [one.blog_id for one in asked.allocations]
        if _place(asked.terms):
            blog_ids += {blog for row in asked.rows.values() for blog in row.evidence.get("blog_ids", ())}
        check = check_of_all(self.comment_checks.get(blog_id) for blog_id in blog_ids)
        verdicts = {part.key: self._shown(asked, part, check) for part in parts}
        comments = [verdicts[part.key] for part in parts if part.kind is RequirementKind.COMMENT]
        summary = next((verdicts[p.key] for p in parts if p.kind is RequirementKind.POST), None)
        dues = [verdict.due_at for verdict in verdicts.values()]
        due_at = min((due for due in dues if due > self.now), default=max(dues, default=asked.last_due))
        refused = self._refused(asked, {verdict.permalink for verdict in verdicts.values()})
        told = [Reason(one.reason, one.params) for one in refused]
        cards = tuple(
            # What is said of an item in the list below need not be said twice.
            self._card(asked, part, _without_hints(verdicts[part.key], told), due_at)
            for part in parts
        )
        return RoundStatus(
            assignment_id=asked.row.id,
            key=asked.row.key,
            title=asked.terms.title,
            blogs=tuple(link_to(one.blog.title, one.blog.home_url) for one in asked.allocations),
            place=_place(asked.terms),
            due=words.say_due_line(due_at, self.now, self.locale),
            lead=words.say_lead(
                comments,
                summary,
                asked.opens_at,
                self.now,
                self.locale,
                has_blog=bool(blog_ids or _place(asked.terms)),
            ),
            looked=words.say_checked(check, self.now, self.locale) if blog_ids else "",
            cards=cards,
            left_out=self._left_out(refused),
            choices=self._choices(asked, blog_ids),
            rule=rule_sentence(asked.terms, self.locale),
        )

    def term_line(self, asked: Asked) -> TermLine:
        verdicts = [self._shown(asked, part, None) for part in asked.requirements]
        summary = summarize([verdict.state for verdict in verdicts])
        icon, word = words.say_round(verdicts, summary, asked.opens_at, self.now, self.locale)
        return TermLine(asked.row.key, asked.terms.title, icon, word)

    def receipt_lines(self) -> tuple[ReceiptLine, ...]:
        around = Around(self.assignments, self.comment_checks, self.now, self.locale)
        return around.tell(self.receipts)

    def _shown(self, asked: Asked, part: Requirement, check: LastCheck | None) -> Verdict:
        is_comment = part.kind is RequirementKind.COMMENT
        opens_at = asked.opens_at if is_comment else part.window.opens_at
        is_seen = check is not None and check.is_seen
        return as_shown(asked.verdict(part), opens_at, self.now, is_comment=is_comment, is_seen=is_seen)

    def _card(self, asked: Asked, part: Requirement, verdict: Verdict, headline: datetime) -> Card:
        is_summary = part.kind is RequirementKind.POST
        word = words.say_word(verdict, self.now, self.locale)
        sentence = say_to_student(verdict, self.phrasing)
        waits = verdict.state in EMPTY
        if is_summary and verdict.state is State.NOT_DUE:
            links = asked.terms.part(part.part).links
            task = words.say_task(asked.terms, links.part) if links else ""
            sentence = f"{task} {sentence}".strip()
        check = check_of_all(self.post_checks.get(blog_id) for blog_id in verdict.blog_ids)
        # A comment that may be another student's is not shown to those who may have written it.
        is_theirs = not verdict.reason.startswith("undecided")
        item = _item(asked.rows.get(part.key)) if is_theirs else None
        found = say_found(verdict, self.phrasing)
        before, after = words.say_around_item(found, has_item=item is not None, is_summary=is_summary)
        own_due = waits and verdict.state is not State.NOT_DUE and verdict.due_at != headline
        return Card(
            key=part.key,
            title=_title(part, asked.terms),
            state=verdict.state.value,
            word=word,
            sentence=sentence,
            before_item=before,
            item=item,
            after_item=after,
            clock=say_clock(verdict, self.phrasing) if is_theirs and verdict.clock else "",
            due=words.say_due_line(verdict.due_at, self.now, self.locale) if own_due else "",
            looked=words.say_checked(check, self.now, self.locale, what="Your class blog")
            if is_summary and waits and verdict.blog_ids
            else "",
            takes_receipt=not is_summary and waits and verdict.reason not in _NOTHING_TO_SAVE,
            comment_id=verdict.comment_id if is_theirs else None,
            is_later=verdict.state is State.NOT_DUE and verdict.reason == "not-open",
        )

    def _choices(self, asked: Asked, blog_ids: Sequence[int]) -> tuple[PostChoice, ...]:
        """The newest posts of the blogs given, without those that a comment which counts is on."""
        taken = {row.post_id for row in asked.rows.values() if row.comment_id is not None}
        apart = any(part.spread.different is not Different.NOTHING for part in asked.terms.comment_parts)
        at = func.coalesce(Post.posted_at, Post.first_seen_at)
        posts = self.session.scalars(
            select(Post)
            .where(Post.blog_id.in_(blog_ids), Post.merged_into_id.is_(None), Post.url.like("http%"))
            .order_by(at.desc(), Post.id.desc())
            .limit(CHOICES + (len(taken) if apart else 0))
        ).all()
        free = [post for post in posts if not (apart and post.id in taken)][:CHOICES]
        return tuple(
            PostChoice(
                post.id,
                link_to(post.title, post.url).text,
                post.url,
                say_date(post.posted_at or post.first_seen_at, self.locale),
            )
            for post in free
        )

    def _refused(self, asked: Asked, shown: Collection[str]) -> list[NotCounted]:
        """What was found and does not count. Every row of an assignment carries the same list; what
        a card shows already is left to it."""
        found: list[NotCounted] = []
        for row in asked.rows.values():
            for one in row.not_counted():
                if one not in found and (one.permalink not in shown or not one.permalink):
                    found.append(one)
        return found

    def _left_out(self, refused: Sequence[NotCounted]) -> tuple[LeftOut, ...]:
        titles = load_titles(self.session, self.enrollment_id, {one.permalink for one in refused})
        return tuple(
            LeftOut(
                link_to(titles.get(one.permalink, ""), one.permalink),
                one.reason,
                say_not_counted(one, self.phrasing),
            )
            for one in refused
        )


def _title(part: Requirement, terms: AssignmentTerms) -> str:
    if part.kind is RequirementKind.POST:
        return f"{part.title} on your class blog"
    different = terms.part(part.part).spread.different is not Different.NOTHING
    apart = different and part.slot > 1
    return f"{part.title}, on another post" if apart else part.title


def _place(terms: AssignmentTerms) -> str:
    """Where comments count, where the rule leaves the choice; "" where a blog is given."""
    open_to = [part for part in terms.comment_parts if part.target.where is not Where.ALLOCATED]
    return say_place(open_to[0].target) if open_to else ""


def _item(row: RequirementVerdict | None) -> PageLink | None:
    if row is None or (row.comment is None and row.post is None):
        return None
    post = row.post or (row.comment.post if row.comment is not None else None)
    url = row.evidence.get("permalink", "") or (post.url if post is not None else "")
    return link_to(post.title if post is not None else "", url)


def _without_hints(verdict: Verdict, told: Collection[Reason]) -> Verdict:
    return replace(verdict, hints=tuple(hint for hint in verdict.hints if hint not in told))
