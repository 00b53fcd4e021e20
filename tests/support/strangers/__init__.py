"""Invented labelled courses for the matcher, written by people who did not know its rules.

    python -m tests.support.strangers --seed 1 --set a OUT_DIR

writes roster.csv, blogs.csv, assignments.csv, comments.jsonl and truth.jsonl, one course a seed. The
generator knows who writes each comment, so the labels are true by construction;
`labels.must_look_first` says which comments a careful person would want to see first, from what the
generator put into a comment and never from its text.

What a matcher may be told about the course differs by seed, not by set: course.json beside the five files
has it, and the command prints it.

    course_words   the course's code and title, and the college's full name, short name and acronym
    staff          the names of the instructor and the assistant
    course_blog    the address of the course's own blog

There are six sets of wordings and names:

    a, b   development material: their comments were read, and their errors looked into, while the rules
           of the matcher were made
    c, d   each written by somebody who saw neither the rules nor how the matcher did; measured first, and
           their errors read afterwards: docs/matching.md has the first figures, which tell of other
           people's wordings
    e, f   written like c and d; measured, and nobody has read their comments or looked into their errors
           yet: read those of e first, and keep f for the measurement after that

Whoever wants to know how rules do on wordings nobody has seen needs a new set. A set whose
figures were written down is not reworded: the same seed has to give the same course.

The wordings of a set are text files in wordings/<set>. A line "== kind" begins a kind, and each line below is
one wording of it: "¶" for a line break, "[a|b]" for a choice, "{slot}" for a name, link or topic, and
"{my_link|words}" for a link under these words. "#" begins a line for readers. In topics.txt what a post is
about stands in place of the kind, with titles ("t: ") and sentences that fit only it ("d: ").

sets/ has what else differs by set: names_<set> the stocks of names; scenery_<set> colleges, courses, blogs
and hosts. A new set needs all of them, with the same kinds of wordings; only the closings in a language
(`stocks.CULTURES_OF`) are those of its own cultures. A culture's name is in one set only, so that another
set changes no course of those there are.
"""
