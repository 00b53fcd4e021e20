"""What is known of hosts, as data: where a blog ends and its posts begin, what is an account, a shortener.

Every line has a test. Reading addresses by these tables is left to `addresses`.

Tested in tests/text/test_addresses.py.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HOST_PER_BLOG = (
    "blogspot.com",
    "wordpress.com",
    "edublogs.org",
    "weebly.com",
    "substack.com",
    "tumblr.com",
    "typepad.com",
    "livejournal.com",
    "ghost.io",
    "squarespace.com",
    "wixsite.com",
    "wixstudio.com",
    "github.io",
    "gitlab.io",
    "medium.com",
    "posterous.com",
    "blog.com",
    "xanga.com",
    "over-blog.com",
    "jimdo.com",
    "jimdofree.com",
    "webnode.com",
    "hatenablog.com",
    "dreamwidth.org",
    "wikispaces.com",
    "pbworks.com",
    "neocities.org",
    "netlify.app",
    "vercel.app",
    "pages.dev",
    "strikingly.com",
)
"""Each name below one of these is one owner's; whatever follows the host is a page of theirs."""

PAGES_ONLY = _words(
    "blogspot.com wordpress.com edublogs.org substack.com tumblr.com typepad.com livejournal.com ghost.io"
    " medium.com posterous.com blog.com xanga.com over-blog.com hatenablog.com dreamwidth.org"
)
"""Those of `HOST_PER_BLOG` on which a path never tells two blogs apart. On the others, which build sites
of any shape, a class may share one name and give each student a path."""

SITES_BELOW = _words("github.io gitlab.io wixsite.com wixstudio.com")
"""Those of `HOST_PER_BLOG` on which each first part of the path is a site of its own."""

LINKS_ITS_READERS = frozenset({"medium.com"})
"""Those that put a reader's address there under each comment, whether or not anything is written on it."""

PATH_PER_BLOG = {
    "sites.google.com": 2,
    "medium.com": 1,
    "substack.com": 1,
    "wordpress.com": 1,
    "tumblr.com": 1,
    "kidblog.org": 1,
    "feeds.feedburner.com": 1,
    "feeds2.feedburner.com": 1,
    "campuspress.com": 1,
    "edublogs.org": 1,
    "write.as": 1,
    "dev.to": 1,
}
"""How many parts of the path belong to the blog's address on a host that many blogs share."""

DEEPER_PATHS = {("sites.google.com", "a"): 3}
"""(host, first part of the path) -> how many parts then belong to the blog's address."""

NAMED_BY_PATH: dict[str, tuple[re.Pattern[str], str]] = {
    host: (re.compile(pattern, re.IGNORECASE), platform)
    for host, pattern, platform in (
        ("medium.com", r"/@([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?=/|$)", "medium.com"),
        ("open.substack.com", r"/pub/([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?=/|$)", "substack.com"),
        (
            "livejournal.com",
            r"/(?:users/)?(?!users$)([a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?=/|$)",
            "livejournal.com",
        ),
        ("users.livejournal.com", r"/([a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?=/|$)", "livejournal.com"),
        ("community.livejournal.com", r"/([a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?=/|$)", "livejournal.com"),
    )
}
"""Hosts whose paths name blogs that have hosts of their own as well -> the path, and below which name."""

GENERIC_PARTS = _words("blog blogs weblog wordpress wp home main journal news posts")
"""What a blog is called in the path of its owner's own site: the whole site is the owner's."""

SHARED_FIRST_LABELS = _words(
    "blogs blog sites people web home homepages personal pages students student users staff faculty wp"
    " wordpress edblogs commons voices portfolio portfolios eportfolio eportfolios campuspress"
)
"""First labels of campus hosts (`blogs.x.edu/jane/`) that keep the first part of the path."""

SHARED_ANYWHERE = _words("blogs edblogs homepages students people eportfolio eportfolios portfolios")
"""Those of them that say so on any host: `blogs.school.org/jane/`."""

CAMPUS_SUFFIX = re.compile(r"\.(?:edu|edu\.[a-z]{2}|ac\.[a-z]{2}|k12\.[a-z]{2}\.us)$")

BLOGSPOT_COUNTRY = re.compile(r"\.blogspot\.(?:com\.[a-z]{2}|co\.[a-z]{2}|[a-z]{2})$")

SHORTENERS = _words(
    "bit.ly goo.gl t.co tinyurl.com wp.me ow.ly is.gd tiny.cc buff.ly j.mp su.pr lnkd.in fb.me youtu.be"
    " dlvr.it rebrand.ly cutt.ly t.ly shorturl.at bl.ink ift.tt"
)

ACCOUNTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("blogger", r"^(?:[\w-]+\.)?blogger\.com/(?:u/\d+/)?profile/(?:view/)?(\d+)"),
        ("google+", r"^(?:www\.|m\.)?(?:plus|profiles)\.google\.com/(?:u/\d+/)?(\d{6,}|\+?[\w.-]+)"),
        ("avatar", r"^(?:\w+\.)?gravatar\.com/avatar/([0-9a-f]{32,64})"),
        ("gravatar", r"^(?:\w+\.)?gravatar\.com/(?!avatar\b)([\w.-]+)"),
        ("twitter", r"^(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:#!/)?@?(?!share\b|home\b|intent\b)(\w+)"),
        ("wordpress", r"^profiles\.wordpress\.org/([\w.-]+)"),
        ("wordpress", r"^(?!www\.)([a-z0-9-]+)\.wordpress\.com/?$"),
        ("facebook", r"^(?:[\w-]+\.)?facebook\.com/(?:profile\.php\?(?:.*&)?id=|people/[^/]+/)(\d+)"),
        ("facebook", r"^(?:[\w-]+\.)?facebook\.com/(?!profile\.php|people/|groups/|pages/)([\w.-]+)"),
        ("linkedin", r"^(?:[\w-]+\.)?linkedin\.com/in/([\w%.-]+)"),
        ("instagram", r"^(?:www\.)?instagram\.com/([\w.]+)"),
        ("disqus", r"^(?:www\.)?disqus\.com/(?:by/)?([\w.-]+)"),
        ("youtube", r"^(?:www\.|m\.)?youtube\.com/(?:user/|channel/|@)([\w.-]+)"),
        ("about.me", r"^(?:www\.)?about\.me/([\w.-]+)"),
        ("flickr", r"^(?:www\.)?flickr\.com/(?:people|photos)/([\w@.-]+)"),
        ("myspace", r"^(?:www\.)?myspace\.com/([\w.-]+)"),
        ("openid", r"^openid\.aol\.com/([\w.-]+)"),
    )
)
"""Profile addresses: kind, and the pattern of host and path whose group names the person."""

NO_BLOG_HOSTS = _words(
    "facebook.com twitter.com x.com plus.google.com profiles.google.com gravatar.com linkedin.com"
    " instagram.com disqus.com youtube.com about.me flickr.com myspace.com openid.aol.com google.com"
    " profiles.wordpress.org"
    " docs.google.com drive.google.com mail.google.com gmail.com yahoo.com hotmail.com outlook.com bing.com"
    " wikipedia.org en.wikipedia.org skype.com vimeo.com prezi.com slideshare.net pinterest.com"
)
"""Hosts nobody has a blog on: an address there says nothing about which blog is whose."""

MISTYPED_ENDINGS = {
    wrong: right
    for right, written in {
        "com": "con cmo ocm vom xom comm coom cim c0m cpm",
        "org": "ogr rog orgg 0rg",
        "net": "nte ent nett",
        "edu": "eud deu eddu",
    }.items()
    for wrong in written.split()
}
"""Endings that no host has -> what was meant."""

OFTEN_MISTYPED = {
    "blogspot": "com",
    "wordpress": "com",
    "edublogs": "org",
    "substack": "com",
    "squarespace": "com",
    "livejournal": "com",
    "typepad": "com",
}
"""Names of platforms that are long enough for a slip to be plain -> their endings."""
