"""Random blogs that the real job polls for a term: nothing readable is lost or doubled, gaps are true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from tests.simulation.nights import add_rounds, follow_blogs, make_certificate, plan_polls
from tests.simulation.random_blog import (
    SITES,
    TERM_START,
    Shape,
    random_blog,
    random_settings,
    random_shape,
)
from tracker.demo.blogosphere.blogs import DemoBlog, Serves

GROUPS = 3
"""The blogs of a term are followed in so many courses, one test each; the first one's are polled on
deadline evenings too."""
SIZES = {
    ("sqlite", False): (12, 20),
    ("postgresql", False): (3, 8),
    ("sqlite", True): (30, 110),
    ("postgresql", True): (12, 60),
}
"""(database, --full) -> blogs and nights."""


@pytest.mark.parametrize("group", range(GROUPS))
def test_term_of_polls_loses_nothing_and_says_what_it_may_have_missed(
    context: Flask,
    database_kind: str,
    full: bool,
    group: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count, nights = SIZES[database_kind, full]
    seeds = range(group, count, GROUPS)
    certificate = make_certificate(tmp_path, [host for seed in seeds for host in hosts(seed)])
    if certificate is not None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    blogs = [make_blog(seed, nights, has_https=certificate is not None) for seed in seeds]
    with follow_blogs(context, TERM_START, blogs, certificate=certificate) as term:
        add_rounds(term, nights)
        for poll in plan_polls(nights, extra=group == 0):
            term.poll(poll)
        assert term.faults() == ""


def hosts(seed: int) -> tuple[str, str]:
    return f"blog{seed}.example", f"new-blog{seed}.example"


def make_blog(seed: int, nights: int, *, has_https: bool = False) -> DemoBlog:
    """Every fourth is a Blogger blog; some of the others move to https where there is a certificate."""
    host = hosts(seed)[0]
    if seed % 4 == 3:
        # Deadline evenings bring up to four pages of comments between two polls.
        shape = Shape(a_week=8, burst=(30, 95), moderated=seed % 8 == 3, edited=0, pingbacks=0)
        return random_blog(
            seed, host, nights=nights, shape=shape, serves=Serves.BLOGGER, number=seed + 1, owner_profile="7"
        )
    site = seed - seed // 4
    shape = replace(random_shape(Random(seed)), is_secured=has_https and seed % 10 == 1)
    settings = SITES[site] if site < len(SITES) else random_settings(seed)
    if not settings.get("pages_show_comments", True):
        # Where little can be read, enough has to happen for something to be missed.
        shape = replace(shape, a_week=18.0, burst=(16, 40))
    return random_blog(seed, host, nights=nights, shape=shape, **settings)
