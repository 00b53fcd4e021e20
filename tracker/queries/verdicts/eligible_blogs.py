"""Which blogs a rule means by "followed", "classmates", "your section" and a list of addresses.

Tested in tests/jobs/verdicts/test_random_courses.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.assignment import Target, Where
from tracker.text.addresses import blog_keys


class Places:
    """The blogs of a course by what they are to each student."""

    def __init__(
        self,
        followed: Iterable[tuple[int, str]],
        class_blogs: Mapping[int, Sequence[int]],
        sections: Mapping[int, int | None],
    ) -> None:
        """`followed`: blog and address key; `class_blogs` and `sections` by enrollment."""
        self._by_key = {key: blog_id for blog_id, key in followed}
        self._followed = frozenset(self._by_key.values())
        self._own = {who: frozenset(blogs) for who, blogs in class_blogs.items()}
        self._sections = sections
        self._every = frozenset(blog for blogs in self._own.values() for blog in blogs)
        self._of_section: dict[int, frozenset[int]] = {}
        for who, blogs in self._own.items():
            section = sections.get(who)
            if section is not None:
                self._of_section[section] = self._of_section.get(section, frozenset()) | blogs

    def of(self, target: Target, enrollment_id: int) -> frozenset[int]:
        """The blogs on which a student's comments count; the student's own never do."""
        if target.where is Where.FOLLOWED:
            return self._followed
        if target.where is Where.LISTED:
            return frozenset(found for url in target.addresses if (found := self.find(url)) is not None)
        section = self._sections.get(enrollment_id)
        mates = self._every if target.where is Where.CLASSMATES else self._of_section.get(section or 0)
        return (mates or frozenset()) - self._own.get(enrollment_id, frozenset())

    def find(self, url: str) -> int | None:
        """The followed blog that an address names."""
        return next((self._by_key[key] for key in blog_keys(url) if key in self._by_key), None)
