"""What each piece of evidence is worth, in bits: log2 of how much likelier the writer makes it.

Estimated on labelled comments of an invented course, and meant to be estimated again from people's
decisions once a term. Negative weights speak against.

Tested in tests/matching/test_decide.py.
"""

from __future__ import annotations

AVATAR = 15.0
AUTHOR_LINK = 15.0  # the author's link is the student's class blog
ACCOUNT = 14.5
TAIL = 14.5
PROVISIONAL = 8.0  # learned from one automatic answer, not yet from a person
FORMER_LINK = 9.0  # an address held at another time, or by more than one student
OWN_LINK = 9.5  # the text calls a class blog the writer's
LONE_LINK = 4.0  # on a line by itself, as under a signature
PLAIN_LINK = 1.0
NEAR_LINK = 6.0

QUOTED = 8.0  # the text stands in a later post of the class blog

HANDLE = 10.0
LEARNED_FIRST_NAME = 4.0  # a given name or surname once confirmed on the blog: first in the queue, no grounds
TWITTER = 9.0
TWITTER_AS_NAME = 7.0
FULL_NAME_RANGE = (9.5, 11.5)  # common to rare
INITIAL = 9.0
SIGNED_INITIAL = 5.5
FIRST_NAME = 4.5  # this and the next ones are divided by the number of students who fit
INTRODUCED_FIRST = 3.5
SAID_AGAIN = 2.0  # a given name that a whole author name has, too
SURNAME = 3.5
BUILT_HANDLE = 5.5
SHORT_FORM = 1.5  # initials or the beginning of a given name, among those assigned the blog
HALF_NAME = 2.0

ALLOCATED = 4.0
OTHER_TIME = -0.5
NOT_ALLOCATED = -1.5
COURSE = 4.5
COURSE_BLOG = 2.5

REPEAT = 2.0  # the most a second piece of one group adds

OTHERS = -8.0  # another student's name, link or account; another life
OTHERS_SIGNATURE = -30.0  # a signature overrules what a shared computer filled in
OTHERS_FULL_SIGNATURE = -45.0  # so that even link and picture together rank behind who signed
FILLED_IN = -3.0  # what the browser kept of another student, under a text this one signed
STRANGER = -5.0
COUPLED = -1.0  # "Jane and Tom": a person looks, and Jane stays first
OTHER_SITE = -3.0
NEW_ACCOUNT = -3.0
NEW_AVATAR = -3.0
UNCLAIMED = -5.0  # another student's address with nobody named beside it
