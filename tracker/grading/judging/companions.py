"""Posts on a student's class blog: which may be the one asked for, and whether it links what it should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.domain.assignment import PartRule
from tracker.domain.grade import CommentFact, NotCounted, PostFact
from tracker.grading.edits import read_as_of
from tracker.grading.judging.conditions import HIDDEN_TEXT, Examined, Fit, examine_text, fit, text_at
from tracker.grading.judging.terms_for_student import Setting
from tracker.grading.judging.titles import recognises


@dataclass(frozen=True, slots=True)
class CommentedPost:
    """A post the student commented on, as far as we know or their receipts say."""

    post_id: int | None
    post_key: str


@dataclass(frozen=True, slots=True)
class Companion:
    """A post that may be what is asked for. `doubt` is a reason code for a person, "" when all is linked;
    `linked` counts the commented posts that it links, of `credited` that it could."""

    examined: Examined
    post: PostFact
    named: bool
    linked: int = 0
    credited: int = 0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Companions:
    """The posts that may count for a part, those that bear its name and do not count, and those that may be
    it behind a password or the like, which nobody can say."""

    candidates: list[Companion]
    refused: tuple[NotCounted, ...]
    hidden: list[Examined]


def find_companions(
    setting: Setting, part: PartRule, commented: Sequence[CommentedPost], credited: int
) -> Companions:
    """The posts that bear on a part. `commented` are the posts they may link, `credited` how many comments
    were found: while some are not, a post is judged against those that are."""
    commentable = _commentable(setting)
    over = setting.as_of >= setting.span(part)[1]
    found = [
        _as_of_due(setting, part, post, commented, credited, over=over)
        for post in setting.facts.posts
        if any(
            _is_considered(part, text, commented, commentable)
            for text in (post, *(text for text, _ in post.former))
        )
    ]
    candidates = [one for one in found if _can_be_it(one, over=over)]
    hidden = [one for one in found if one.examined.refusal == HIDDEN_TEXT and (one.named or over)]
    hidden.sort(key=lambda one: (not one.named, one.examined.lateness.taken_at, one.post.post_id))
    refused = [
        one
        for one in found
        if one.named and part.names and one.examined.refusal and one.examined.refusal != HIDDEN_TEXT
    ]
    if not part.names:
        refused = [one for one in found if one.examined.refusal in {"too-short", "lacks", "closed"}]
    refused.sort(key=lambda one: (one.examined.lateness.taken_at, one.post.post_id))
    not_counted = tuple(
        NotCounted(one.post.url, reason, one.examined.params(reason), post_id=one.post.post_id)
        for one in refused
        for reason in (one.examined.refusal,)
    )
    return Companions(candidates, not_counted, [one.examined for one in hidden])


def _is_considered(
    part: PartRule, post: PostFact, commented: Sequence[CommentedPost], commentable: frozenset[int]
) -> bool:
    """Most posts of a class blog are other work: without the name, and linking nothing of this. What a
    hidden one links cannot be seen."""
    if _is_named(part, post) or post.is_hidden:
        return True
    if not part.links:
        return False
    return not post.linked_blog_ids.isdisjoint(commentable) or bool(_linked(post, commented))


def _as_of_due(
    setting: Setting,
    part: PartRule,
    post: PostFact,
    commented: Sequence[CommentedPost],
    credited: int,
    *,
    over: bool,
) -> Companion:
    """A post by its text of the due instant. One that could not be it then, and can now, is for a person."""
    fits = fit(setting, part, post)

    def judge(text: CommentFact | PostFact) -> Companion:
        assert isinstance(text, PostFact)  # noqa: S101 - the texts of a post are posts
        return _companion(setting, part, text, fits, commented, credited)

    def rank(one: Companion) -> tuple[int, ...]:
        return (
            int(_can_be_it(one, over=over)),
            int(not one.doubt),
            one.linked,
            int(one.named),
            one.examined.earns,
        )

    then, how = read_as_of(post, text_at(fits), judge, rank)
    now = judge(post)
    if how.marks and _can_be_it(now, over=over) and not _can_be_it(then, over=over):
        then = replace(now, doubt="written-later")
    return replace(then, examined=replace(then.examined, then=how))


def _companion(
    setting: Setting,
    part: PartRule,
    post: PostFact,
    fits: tuple[Fit, ...],
    commented: Sequence[CommentedPost],
    credited: int,
) -> Companion:
    linked, named = _linked(post, commented), _is_named(part, post)
    doubt = _doubt(setting, post, len(linked), credited) if part.links else ""
    examined = examine_text(setting, part, post, fits)
    return Companion(examined, post, named, len(linked), credited, doubt)


def _linked(post: PostFact, commented: Sequence[CommentedPost]) -> set[str | int | None]:
    """Those of the commented posts that a post links."""
    return {
        one.post_key or one.post_id
        for one in commented
        if one.post_id in post.linked_post_ids or one.post_key in post.linked_post_keys
    }


def _is_named(part: PartRule, post: PostFact) -> bool:
    """Whether a post bears a name of the part; where none is asked for, and no links, any post does."""
    if not part.names:
        return part.links is None
    return recognises(part.names, post.title, post.labels)


def _doubt(setting: Setting, post: PostFact, linked: int, credited: int) -> str:
    if linked and linked >= credited:
        return ""
    if linked:
        return "links-some"
    own = {one.post_id for one in setting.facts.posts}
    links_posts = bool(post.linked_post_ids - own)
    links_blog = bool(post.linked_blog_ids & _commentable(setting))
    if not links_posts and not links_blog:
        return "no-link"
    if not credited:
        return ""
    return "links-other-posts" if links_posts else "link-too-general"


def _commentable(setting: Setting) -> frozenset[int]:
    """Every blog on which the student's comments may count."""
    given = frozenset(fact.blog_id for fact in setting.facts.allocations)
    return given.union(*setting.facts.places.values())


def _can_be_it(one: Companion, *, over: bool) -> bool:
    return not one.examined.refusal and _may_be_it(one, over=over)


def _may_be_it(one: Companion, *, over: bool) -> bool:
    """A name makes a post the summary, and so do links to what was commented on. A post without
    the name that links too little is considered only once no better one can come in time."""
    if one.named or (one.linked and not one.doubt):
        return True
    return over and bool(one.linked or one.doubt == "link-too-general")
