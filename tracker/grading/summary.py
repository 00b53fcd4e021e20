"""The summary post on a student's class blog: which post it is, and whether it links what it should."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Requirement, Window
from tracker.domain.grade import BlogSight, Lateness, NotCounted, PostFact, State, Timing, Verdict
from tracker.grading.items import Setting
from tracker.grading.lateness import judge
from tracker.grading.sight import find_unseen
from tracker.grading.titles import recognises
from tracker.grading.windows import extend, extended_to, is_excused
from tracker.grading.words import say_count, say_due, say_instant, say_span


@dataclass(frozen=True, slots=True)
class CommentedPost:
    """A post the student commented on, as far as we know or their receipts say."""

    post_id: int | None
    post_key: str


@dataclass(frozen=True, slots=True)
class Companion:
    """A post that may be the summary. `doubt` is a reason code for a person, "" when all is linked."""

    post: PostFact
    lateness: Lateness
    named: bool
    linked: int
    doubt: str

    def rank(self) -> tuple[int, bool, float, int]:
        timing = self.lateness.timing
        if self.doubt:
            standing = 1 if timing is Timing.ON_TIME else 4
        else:
            standing = {Timing.ON_TIME: 0, Timing.QUESTIONABLE: 2}.get(timing, 3)
        return standing, not self.named, self.lateness.taken_at.timestamp(), self.post.post_id


def judge_summary(
    setting: Setting,
    requirement: Requirement,
    class_sights: Mapping[int, BlogSight],
    commented: Sequence[CommentedPost],
    credited: int,
) -> tuple[Verdict, tuple[NotCounted, ...]]:
    """Judge the summary post. `commented` are the posts it may link, `credited` how many comments
    were found: while some are not, it is judged against those that are."""
    if is_excused(setting.facts.exceptions, requirement.key):
        return Verdict(requirement.key, State.EXCUSED, "excused", "Excused.", requirement.window.due_at), ()
    window = extend(requirement.window, extended_to(setting.facts.exceptions, requirement.key))
    found = [_examine(setting, post, window, commented, credited) for post in setting.facts.posts]
    early = tuple(
        _too_early(one, setting.zone) for one in sorted(found, key=Companion.rank) if _is_early(one)
    )
    candidates = [
        one for one in found if one.lateness.timing is not Timing.EARLY and _may_be_it(one, setting, window)
    ]
    if not candidates:
        return _none_found(setting, requirement, window, class_sights), early
    best = min(candidates, key=Companion.rank)
    return _verdict(best, requirement, window, credited, setting.zone), early


def _examine(
    setting: Setting, post: PostFact, window: Window, commented: Sequence[CommentedPost], credited: int
) -> Companion:
    assert setting.terms.summary is not None  # noqa: S101 - asked only where the terms ask for one
    linked = {
        one.post_key or one.post_id
        for one in commented
        if one.post_id in post.linked_post_ids or one.post_key in post.linked_post_keys
    }
    named = recognises(setting.terms.summary.names, post.title, post.labels)
    lateness = judge(post.times, window, setting.zone)
    return Companion(post, lateness, named, len(linked), _doubt(setting, post, len(linked), credited))


def _doubt(setting: Setting, post: PostFact, linked: int, credited: int) -> str:
    if linked and linked >= credited:
        return ""
    if linked:
        return "links-some"
    own = {one.post_id for one in setting.facts.posts}
    links_posts = bool(post.linked_post_ids - own)
    links_blog = bool(post.linked_blog_ids & {fact.blog_id for fact in setting.facts.allocations})
    if not links_posts and not links_blog:
        return "no-link"
    if not credited:
        return ""
    return "links-other-posts" if links_posts else "link-too-general"


def _may_be_it(one: Companion, setting: Setting, window: Window) -> bool:
    """A name makes a post the summary, and so do links to what was commented on. A post without
    the name that links too little is considered only once no better one can come in time."""
    if one.named:
        return True
    if one.linked and not one.doubt:
        return True
    over = setting.as_of >= window.due_at
    return over and bool(one.linked or one.doubt == "link-too-general")


def _is_early(one: Companion) -> bool:
    return one.named and one.lateness.timing is Timing.EARLY


def _too_early(one: Companion, zone: ZoneInfo) -> NotCounted:
    says = f"Published {say_instant(one.lateness.taken_at, zone)}, before the assignment opened."
    return NotCounted(one.post.url, "before-opening", says, post_id=one.post.post_id)


def _verdict(
    one: Companion, requirement: Requirement, window: Window, credited: int, zone: ZoneInfo
) -> Verdict:
    timing = one.lateness.timing
    published = say_instant(one.lateness.taken_at, zone)
    late = f"It came {say_span(one.lateness.late_by_s)} after the due time, {say_due(window.due_at, zone)}."
    hints: tuple[str, ...] = ()
    if one.doubt:
        state, reason = State.IN_REVIEW, one.doubt
        says = f"Found, {published}. {_DOUBTS[one.doubt].format(linked=one.linked, credited=credited)}"
        hints = {Timing.LATE: (late,), Timing.QUESTIONABLE: (one.lateness.clock,)}.get(timing, ())
    elif timing is Timing.LATE:
        state, reason, says = State.LATE, "late", late
    elif timing is Timing.QUESTIONABLE:
        state, reason, says = State.DATE_QUESTIONABLE, "date", one.lateness.clock
    else:
        state, reason = State.MET, "on-time"
        says = f"Met. Published {published}; links {say_count(one.linked, 'commented post')}."
        if not one.linked:
            says = f"Met. Published {published}; no comment is found yet to hold its links against."
    return Verdict(
        requirement.key,
        state,
        reason,
        says,
        window.due_at,
        post_id=one.post.post_id,
        permalink=one.post.url,
        clock=one.lateness.clock,
        hints=hints,
        blog_ids=(one.post.blog_id,),
    )


def _none_found(
    setting: Setting, requirement: Requirement, window: Window, class_sights: Mapping[int, BlogSight]
) -> Verdict:
    blogs = tuple(sorted(set(setting.facts.class_blogs)))
    due = say_due(window.due_at, setting.zone)
    hints: tuple[str, ...] = ()
    unseen = find_unseen(blogs, class_sights, window, setting.zone, what="posts")
    if setting.as_of < window.due_at:
        state, reason, says = State.NOT_DUE, "not-due", f"Due {due}."
        hints = () if blogs else ("No class blog is known yet.",)
    elif not blogs:
        state, reason, says = State.CANNOT_SEE, "no-class-blog", "We know no class blog of theirs."
    elif unseen is not None:
        state, reason, says = State.CANNOT_SEE, unseen.reason, unseen.says
    else:
        state, reason = State.NOT_FOUND_YET, "no-summary"
        says = f"We looked at their class blog after {due}; no summary post yet."
    return Verdict(requirement.key, state, reason, says, window.due_at, hints=hints, blog_ids=blogs)


_DOUBTS = {
    "link-too-general": "It links the blog, not the posts; likely all right.",
    "links-other-posts": "It links other posts than the {credited} commented on.",
    "links-some": "It links {linked} of the {credited} posts commented on.",
    "no-link": "It links neither the posts nor the blog.",
}
