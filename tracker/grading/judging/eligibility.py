"""Where the items of a part count: the blogs, authors and posts that are the student's to comment on."""

from __future__ import annotations

from tracker.domain.assignment import PartRule, Where
from tracker.domain.grade import AllocationFact, CommentFact, PostFact, ReceiptFact, StudentFacts


def is_placed(part: PartRule, item: CommentFact | PostFact, facts: StudentFacts) -> bool:
    """Whether an item stands where the part asks for it."""
    if part.target.where is Where.ALLOCATED and isinstance(item, CommentFact):
        return any(_is_given(fact, item) for fact in facts.allocations)
    return item.blog_id in _blogs(part, facts)


def is_receipt_placed(part: PartRule, receipt: ReceiptFact, facts: StudentFacts) -> bool:
    """Whether a receipt may speak of a comment for this part; one that names a blog we do not know may."""
    blog_ids = places_now(part, facts)
    return bool(blog_ids) and (receipt.blog_id is None or receipt.blog_id in blog_ids)


def places_now(part: PartRule, facts: StudentFacts) -> tuple[int, ...]:
    """The blogs on which the student may do this part's work now. A replaced blog only keeps its credit."""
    if part.target.where is Where.ALLOCATED:
        return tuple(sorted({fact.blog_id for fact in current_allocations(facts)}))
    return tuple(sorted(_blogs(part, facts)))


def current_allocations(facts: StudentFacts) -> tuple[AllocationFact, ...]:
    return tuple(fact for fact in facts.allocations if not fact.keeps_credit) or facts.allocations


def _blogs(part: PartRule, facts: StudentFacts) -> frozenset[int]:
    if part.target.where is Where.OWN:
        return frozenset(facts.class_blogs)
    return facts.places.get(part.key, frozenset())


def _is_given(fact: AllocationFact, comment: CommentFact) -> bool:
    """On a shared blog one writer's posts, or one post, may be meant. A post whose author nobody
    names counts: that it is not theirs cannot be seen."""
    if fact.blog_id != comment.blog_id:
        return False
    if fact.post_key:
        return fact.post_key == comment.post_key
    return not fact.author or not comment.author or fact.author == comment.author
