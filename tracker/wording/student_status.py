"""The student's status page in sentences: the answer on top, when we checked, a word for every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tracker.domain.assignment import AssignmentTerms, Different
from tracker.domain.checks import LastCheck
from tracker.domain.grade import Verdict
from tracker.domain.grouping import grouped
from tracker.domain.locale import CourseLocale
from tracker.domain.states import ASKS_STUDENT, ON_COURSE, WAIVED, State, Summary
from tracker.wording.numbers import say_number
from tracker.wording.states import PARTIAL, STATES, show
from tracker.wording.times import ending_day, is_midnight, say_day, say_due, say_instant, say_time, say_when

EVENING = 18


def say_short_day(instant: datetime, locale: CourseLocale) -> str:
    """ "Sun 11:20 PM": what the receipt's button will record."""
    return f"{instant.astimezone(locale.zone):%a} {say_time(instant, locale)}"


def say_due_line(due_at: datetime, now: datetime, locale: CourseLocale) -> str:
    """ "Due tonight, 11:59 PM CDT"; `due_at` is the exclusive bound."""
    if due_at <= now:
        return f"Was due {say_due(due_at, locale)}"
    last = (due_at - timedelta(microseconds=1)).astimezone(locale.zone)
    near = _say_near_day(last, now, locale)
    if near and is_midnight(last):
        return f"Due at the end of {near.replace('tonight', 'today')} {last:%Z}"
    return f"Due {near}, {say_time(last, locale)} {last:%Z}" if near else f"Due {say_due(due_at, locale)}"


def _say_near_day(last: datetime, now: datetime, locale: CourseLocale) -> str:
    """ "tonight", "today", "tomorrow"; "" for a day further off."""
    days = (ending_day(last) - now.astimezone(locale.zone).date()).days
    today = "tonight" if last.hour >= EVENING else "today"
    return {0: today, 1: "tomorrow"}.get(days, "")


def say_checked(check: LastCheck | None, now: datetime, locale: CourseLocale, *, what: str = "") -> str:
    """ "Last checked at 11:00 PM, next check at 11:30 PM." `what` names the place ("Your class blog")."""
    if check is None:
        return ""
    is_ahead = check.next_at is not None and check.next_at > now
    soon = say_when(check.next_at, now, locale) if check.next_at and is_ahead else "soon"
    if check.last_answer is None:
        return f"{f'{what} has not been' if what else 'Not'} checked yet, next check {soon}."
    last = say_when(check.last_answer, now, locale)
    return f"{f'{what} was last checked' if what else 'Last checked'} {last}, next check {soon}."


def say_around_item(found: str, *, has_item: bool, is_summary: bool) -> tuple[str, str]:
    """What stands before and after the link to what was found (`found` is without a full stop): "65 words,
    Fri, Oct 16, 7:42 PM CDT, on …." of a comment, "…. Published …." of a summary post."""
    if not has_item:
        return (f"{found}." if found else ""), ""
    if is_summary:
        return "", f". {found}." if found else "."
    return (f"{found}, on " if found else "On "), "."


def say_unmatched(blogs: Sequence[str]) -> str:
    """ "Did you write one of these on Room Nine?": the blogs of comments that are matched to no student."""
    which = "this comment" if len(blogs) == 1 else "one of these"
    return f"Did you write {which} on {' or '.join(dict.fromkeys(blogs))}?"


def say_word(verdict: Verdict, now: datetime, locale: CourseLocale) -> str:
    """The state in a word or a few, as the card's heading has it."""
    special = _WORD_BY_REASON.get((verdict.state, verdict.reason))
    if special is not None:
        return special
    if verdict.state is State.NOT_DUE:
        return say_due_line(verdict.due_at, now, locale)
    return STATES[verdict.state].student


def say_lead(
    comments: Sequence[Verdict],
    summary: Verdict | None,
    opens_at: datetime | None,
    now: datetime,
    locale: CourseLocale,
    *,
    has_blog: bool,
) -> tuple[str, ...]:
    """The page's answer in one to three sentences: "One comment counts. One has not been seen yet." """
    if opens_at is not None and now < opens_at:
        return ("Nothing to do yet.", f"It opens {say_instant(opens_at, locale)}.")
    if not has_blog and all(one.state in ASKS_STUDENT for one in comments):
        return ("No blog is assigned to you yet.",)
    groups = _by_state(comments)
    if summary is None or any(state in ASKS_STUDENT for state, _ in groups):
        return _say_groups(groups, len(comments), now, locale)
    if summary.state is State.MET and len(groups) == 1 and groups[0][0] is State.MET:
        subject = "Your comment" if len(comments) == 1 else _all(len(comments))
        return (f"{subject} and the summary post count.",)
    said = _say_groups(groups, len(comments), now, locale)
    return (*said, f"The summary post {_predicate(summary, 1, now, locale)}.")


def say_round(
    verdicts: Sequence[Verdict],
    summary: Summary,
    opens_at: datetime | None,
    now: datetime,
    locale: CourseLocale,
) -> tuple[str, str]:
    """An assignment of the rest of the term, as an icon and a few words: "Complete", "1 on time,
    1 late". `summary` is that of the verdicts' states. What is still to come goes before what is there
    for now."""
    states = [verdict.state for verdict in verdicts if verdict.state not in WAIVED]
    shown = show(summary)
    if not states:
        return State.EXCUSED.value, "Excused" if verdicts else "Nothing asked"
    if State.NOT_DUE in states and set(states) <= ON_COURSE:
        return _say_to_come(verdicts, states, opens_at, now, locale)
    if shown.state is State.LATE and State.MET in states:
        return shown.icon, f"{states.count(State.MET)} on time, {states.count(State.LATE)} late"
    if shown.state is State.DOES_NOT_COUNT and set(states) != {State.DOES_NOT_COUNT}:
        return shown.icon, f"{shown.word} count"
    if shown.icon == PARTIAL:
        return shown.icon, f"{shown.word} seen"
    first = next(verdict for verdict in verdicts if verdict.state is shown.state)
    return shown.icon, "Complete" if shown.state is State.MET else say_word(first, now, locale)


def _say_to_come(
    verdicts: Sequence[Verdict],
    states: Sequence[State],
    opens_at: datetime | None,
    now: datetime,
    locale: CourseLocale,
) -> tuple[str, str]:
    if opens_at is not None and now < opens_at:
        return State.NOT_DUE.value, f"Opens {say_day(opens_at, locale)}"
    due = say_day(max(one.due_at for one in verdicts) - timedelta(microseconds=1), locale)
    there = len(states) - states.count(State.NOT_DUE)
    return (PARTIAL, f"{there} of {len(states)}, due {due}") if there else (State.NOT_DUE.value, f"Due {due}")


def say_task(terms: AssignmentTerms, of: str) -> str:
    """What a post that is to link the comments of part `of`, and is still to come, has to do."""
    rule = next((part for part in terms.comment_parts if part.key == of), None)
    if rule is None:
        return ""
    if rule.quota.required == 1 or rule.spread.different is Different.NOTHING:
        return "Link to the post you commented on."
    if rule.quota.required == 2:
        return "Link to both posts you commented on."
    return f"Link to all {say_number(rule.quota.required)} posts you commented on."


def _by_state(verdicts: Sequence[Verdict]) -> list[tuple[State, list[Verdict]]]:
    """In the order in which a reader wants them: what is there before what is not."""
    groups = grouped((verdict.state, verdict) for verdict in verdicts)
    return sorted(groups.items(), key=lambda group: list(State).index(group[0]))


def _say_groups(
    groups: Sequence[tuple[State, list[Verdict]]], total: int, now: datetime, locale: CourseLocale
) -> tuple[str, ...]:
    if len(groups) == 1:
        state, verdicts = groups[0]
        if state is State.NOT_FOUND_YET and total > 1:
            which = "Neither comment" if total == 2 else f"None of the {say_number(total)} comments"
            return (f"{which} is seen yet.",)
        subject = "Your comment" if total == 1 else _all(total)
        return (f"{subject} {_predicate(verdicts[0], total, now, locale)}.",)
    said = []
    for place, (_, verdicts) in enumerate(groups):
        number = len(verdicts)
        noun = "" if place else (" comment" if number == 1 else " comments")
        subject = f"{say_number(number).capitalize()}{noun}"
        said.append(f"{subject} {_predicate(verdicts[0], number, now, locale)}.")
    return tuple(said)


def _all(total: int) -> str:
    return "Both comments" if total == 2 else f"All {say_number(total)} comments"


def _predicate(verdict: Verdict, number: int, now: datetime, locale: CourseLocale) -> str:
    if verdict.state is State.NOT_DUE and verdict.reason in _PREDICATES_BY_REASON:
        return _PREDICATES_BY_REASON[verdict.reason][number != 1]
    if verdict.state is State.NOT_DUE:
        last = (verdict.due_at - timedelta(microseconds=1)).astimezone(locale.zone)
        due = _say_near_day(last, now, locale) or say_day(last, locale)
        return f"{'is' if number == 1 else 'are'} due {due}"
    return STATES[verdict.state].claim[number != 1]


_PREDICATES_BY_REASON = {
    "receipt-saved": ("has its receipt and is not public yet", "have their receipts and are not public yet"),
    "too-short": ("is shorter than asked", "are shorter than asked"),
}

_WORD_BY_REASON = {
    (State.NOT_DUE, "receipt-saved"): "Receipt saved",
    (State.NOT_DUE, "too-short"): "Found, shorter than asked",
    (State.CANNOT_SEE, "no-blog-allocated"): "No blog assigned yet",
    (State.CANNOT_SEE, "not-looked-since-due"): "Not checked again yet",
    (State.CANNOT_SEE, "gap"): "We can’t see all of this blog",
    (State.CANNOT_SEE, "text-hidden"): "Found; its text is hidden",
    (State.CANNOT_SEE, "post-hidden"): "We can’t read this post",
    (State.CANNOT_SEE, "no-class-blog"): "Class blog not known yet",
    (State.CANNOT_SEE, "no-post-feed"): "We can’t see your class blog",
    (State.CANNOT_SEE, "class-blog-failing"): "We can’t see your class blog",
    (State.CANNOT_SEE, "class-blog-not-looked-at"): "Not checked again yet",
    (State.CANNOT_SEE, "class-blog-gap"): "We can’t see all of your class blog",
}
