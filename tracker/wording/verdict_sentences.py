"""What every reason code of a verdict says, for staff and for the student; `sentences` fills them in.

Tested in tests/wording/test_verdicts.py.
"""

from __future__ import annotations

from tracker.wording.sentences import Templates
from tracker.wording.traits import ABSENT, UNITS

MET: Templates = {
    "on-time": (
        "{words:count word}, {posted:instant}, {grace_s:span} into the grace period",
        "{words:count word}, {posted:instant}",
        "Published {published:instant}; links to {linked:count commented post}",
        "Published {published:instant}; {words:count word}",
        "Published {published:instant}; no comments found yet to compare its links with",
    ),
}
"""What was found in time, as facts without a full stop."""

VERDICTS: Templates = {
    "substitute": ("Handed in another way: {note}", "Handed in another way."),
    "link-too-general": "Found, {found:instant}. It links to the blog, not to the posts; probably all right.",
    "links-other-posts": "Found, {found:instant}. It links to other posts than the {credited} commented on.",
    "links-some": "Found, {found:instant}. It links to {linked} of the {credited} posts commented on.",
    "no-link": "Found, {found:instant}. It links to neither the posts nor the blog.",
    "text-hidden": "Found, {found:instant}, but {blog_id:blog} hides its text, behind a password for "
    "example. It is graded once the text is shown.",
    "post-hidden": "A post on {blog_id:blog}, {found:instant}, is hidden, behind a password for example. "
    "It may be the one asked for.",
    "written-later": "Found, {found:instant}; what the rule asks for was written in later.",
    "undecided": "A comment that may be theirs needs a decision.",
    "undecided-late": "A comment that may be theirs needs a decision.",
    "late": (
        "It came {late_by_s:span} after the due time, {due_at:due}. It counts {credit:percent}.",
        "It came {late_by_s:span} after the due time, {due_at:due}.",
    ),
    "receipt-elsewhere": "A receipt saved {saved:instant}, on time, links to a blog that we do not follow.",
    "held-by-owner": "Awaiting moderation; receipt saved {saved:instant}, on time.",
    "receipt-on-time": "Receipt saved {saved:instant}, on time; not public yet.",
    "receipt-saved": "Receipt saved {saved:instant}; it counts once the comment is public.",
    "not-due": "Due {due_at:due}.",
    "not-open": "Opens {opens_at:instant}; due {due_at:due}.",
    "no-blog-allocated": "No blog is assigned to them yet.",
    "no-class-blog": "We don’t know their class blog.",
    "not-found": "We checked every blog after {due_at:due} and found nothing of theirs for this.",
    "no-summary": "We checked their class blog after {due_at:due} and found no summary post yet.",
    "no-post": "We checked their class blog after {due_at:due} and found no post yet.",
}

_NOT_CHECKED = (
    "No full check of {blog_id:blog} yet since the due time.",
    "We have not checked this blog yet.",
)
_OPTED_OUT = "The owner of {blog_id:blog} asked us not to read it."
_FAILING = "{blog_id:Blog} hasn’t responded since {since:instant}."

COVERAGE: Templates = {
    "not-looked-since-due": _NOT_CHECKED,
    "class-blog-not-looked-at": _NOT_CHECKED,
    "opted-out": _OPTED_OUT,
    "class-blog-opted-out": _OPTED_OUT,
    "no-comment-feed": "{blog_id:Blog} has no feed of its comments that we can read.",
    "kept-elsewhere": "The comments of {blog_id:blog} are kept by {service}, where we can’t see all of them.",
    "no-post-feed": "{blog_id:Blog} has no feed of its posts that we can read.",
    "blog-failing": _FAILING,
    "class-blog-failing": _FAILING,
    "gap": (
        "{blog_id:Blog} may have shown comments unseen between {after:instant} and {before:instant}.",
        "{blog_id:Blog} may have shown comments unseen before {before:instant}.",
    ),
    "class-blog-gap": (
        "{blog_id:Blog} may have shown posts unseen between {after:instant} and {before:instant}.",
        "{blog_id:Blog} may have shown posts unseen before {before:instant}.",
    ),
}
"""Why a place cannot be judged."""

REFUSALS: Templates = {
    "before-opening": (
        "Posted {posted:instant}, before the assignment opened.",
        "Published {published:instant}, before the assignment opened.",
    ),
    "closed": (
        "Posted {posted:instant}, when late work was no longer accepted.",
        "Published {published:instant}, when late work was no longer accepted.",
    ),
    "other-blog": (
        "Found on a blog where comments don’t count.{has_choice:if}",
        "Found on another blog than the one assigned.",
    ),
    "same-post": "On the same post as one that counts; the rule asks for different posts.",
    "same-blog": "On the same blog as one that counts; the rule asks for different blogs.",
    "same-author": "By the same author as one that counts; the rule asks for different authors.",
    "same-text": "The same text as one that counts; it is one comment.",
    "spread": (
        "It can’t count together with those that do: the rule says how different or far apart they must be."
    ),
    "not-needed": "Found; enough other comments count already.",
}
"""Why an item that was found does not count."""

SHORT: Templates = {
    **{f"short-{one}": f"{{has:found {unit}}}; the rule asks for {{asked}}." for one, unit in UNITS.items()},
    **{f"short-{one}": absent for one, absent in ABSENT.items()},
}
"""What a text has less of than the rule asks for."""

CLOCKS: Templates = {
    "feed-zone": "The blog’s own time, in the zone its feed declares.",
    "no-zone-course": "The blog gives no time zone; read as course time, {at:instant}: "
    "of the possible readings this one favors the student.",
    "no-zone-skipped": "The blog gives no time zone; read as course time, {at:instant}: "
    "the clocks skipped that hour; of its readings this one favors the student.",
    "no-zone-ambiguous": "The blog gives no time zone; read as course time, {at:instant}: "
    "that hour is ambiguous; of its readings this one favors the student.",
    "no-zone-utc": "The blog gives no time zone; read as UTC, {at:instant}: "
    "of the possible readings this one favors the student.",
    "seen-before": "We saw it {seen:instant}, before the blog says it was posted.",
    "not-shown": "It is dated {stated:instant}, but a full check on {checked:instant} did not show it.",
    "ahead": "It is dated {stated:instant}, but we saw it earlier, {seen:instant}: "
    "the blog’s clock is ahead.",
    "shifted": "It is dated {stated:instant}, but by its own server the blog’s times are off by whole hours.",
    "no-time": "The blog gives no usable time; we use our last check without it, {checked:instant}, "
    "in the student’s favor.",
    "no-time-no-check": "The blog gives no usable time and we had not checked before; "
    "taken in the student’s favor.",
    "owner-holds": "The blog’s owner approves comments late.",
    "edited-between": "Edited between our checks of {shown:instant} and {seen:instant}; "
    "the text that favors the student counts.",
    "grace": "Within the grace period of {minutes:minutes}.",
}
"""By whose clock an item was judged, where it was not simply the blog's, and what was made of it."""

MARKS: Templates = {
    "copy": "{percent}% of it reads like an earlier comment of a classmate.",
    "changed-after-deadline": (
        "Changed after the deadline, {edited:instant}. The text of the due time is judged.",
        "Changed after the deadline; first seen changed {seen:instant}. The text of the due time is judged.",
    ),
}
"""What a person should see before accepting a verdict."""

REMARKS: Templates = {
    **VERDICTS, **COVERAGE, **REFUSALS, **SHORT, **CLOCKS,
    "class-blog-unknown": "We don’t know their class blog yet.",
}  # fmt: skip
"""Whatever may be said beside a verdict."""

STUDENT: Templates = {
    "too-short": (
        "{says} There is time until {open_until:due}.",
        "{says} It does not count.",
    ),
    "receipt-saved": "Your receipt is saved. It counts once the comment is public.",
    "open": "Left it already? It counts from the minute you posted it, whenever we see it. "
    "A receipt makes sure.",
    "no-summary": "Not seen yet on your class blog. Published it already? Write to your instructor.",
    "no-blog-allocated": "No blog is assigned to you yet. Nothing is decided yet. Write to your instructor.",
    "no-comment-feed": "This blog does not show us its comments. Nothing is decided yet. A receipt helps.",
    "kept-elsewhere": "This blog’s comments are kept by {service}, where we can’t see all of them. "
    "Nothing is decided yet. A receipt helps.",
    "text-hidden": "Your comment is there, but the blog does not show us its text now. "
    "Nothing is decided yet. You don’t have to do anything.",
    "post-hidden": "A post on your class blog is hidden, behind a password for example. "
    "Nothing is decided yet. If it is this one, make it public or write to your instructor.",
    "opted-out": "This blog’s owner asked us not to read it. Nothing is decided yet. A receipt helps.",
    "class-blog-opted-out": "We were asked not to read your class blog. Nothing is decided yet. "
    "Write to your instructor.",
    "not-looked-since-due": "We have not checked again since it was due. Nothing is decided yet. "
    "A receipt helps.",
    "gap": "This blog may have shown comments that we did not see. Nothing is decided yet. A receipt helps.",
    "no-class-blog": "We don’t know your class blog yet. Give your instructor its address.",
    "no-post-feed": "Your class blog does not show us its posts. Nothing is decided yet.",
    "class-blog-failing": "Your class blog does not respond. Nothing is decided yet.",
    "class-blog-not-looked-at": "We have not checked your class blog since it was due. "
    "Nothing is decided yet.",
    "class-blog-gap": "Your class blog may have shown posts that we did not see. Nothing is decided yet.",
    "receipt-elsewhere": "The link in your receipt is not on a blog we follow. "
    "You don’t have to do anything.",
    "link-too-general": "Found. It links to the blog, not to the posts you commented on.",
    "links-other-posts": "Found. It links to other posts than the ones you commented on.",
    "links-some": "Found. It links to some of the posts you commented on.",
    "written-later": "Found. Your instructor looks at it, because it was changed after the due time.",
    "no-link": "Found. It does not link to the posts you commented on.",
}
"""What a student is told beside the word for a state, where the reason tells more than that
(`states.StateWords.tells`): neutral, and never more than they may know. Who else could have written a
comment, or what staff weigh, is not in it."""

SUMMARY_CLAIMS: Templates = {
    "links-uncommented": "It links to “{shown}”, but we have no comment of theirs there.",
    "unlinked-comment": "They commented on “{title}”, {at:instant}, but it does not link to that post.",
    "links-blog-only": "It links to “{shown}”, the blog as a whole, and to none of its posts.",
    "another-number": "It mentions {named:count comment}, but we found {found}.",
    "another-order": "It describes “{told}” first, but the first comment was on “{first}”.",
}
"""What a summary post and the student's comments say differently."""
