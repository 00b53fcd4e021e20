"""Closings, introductions, mentions and link sentences in many words.

`{name}` is a name, `{course}` the course, `{link}` an address. They came after the first rules, and what was
misread of them was mended by place: no rule may know their words, and they show less than sentences that
were never seen.
"""

from __future__ import annotations

CLOSINGS = (
    "{name}",
    "-{name}",
    "– {name}",
    "~ {name} ~",
    "xoxo {name}",
    "Yours, {name}",
    "Peace out,<br>{name}",
    "Until the weekend,<br>{name}",
    "Warmly from a rainy Tuesday, {name}",
    "Sent with a smile by {name}",
    "Un abrazo, {name}",
    "Mit besten Grüßen<br>{name}",
    "Bien à vous,<br>{name}",
    "Pozdrawiam, {name}",
    "Sincerely yours,<br>{name}<br>{course}",
    "{name}, {course}",
    "{name} ({course})",
    "{name}<br>{course} student",
    "{name} from {course}",
    "Respectfully submitted: {name}",
    "Stay curious! {name}",
    "Cheers — {name}",
    "Over and out. {name}.",
    "*{name}*",
    "/{name}",
    "Signed, {name}",
    "[{name}]",
    "Best,<br><br>{name}",
    "Kind regards,<br>{name}<br>Sophomore",
    "Happy grading, {name}",
)
"""Last lines by which somebody signs."""

COUPLES = (
    "{name} and {other}",
    "{name} & {other}",
    "{name} + {other}",
    "{name}, {other}",
    "{name} / {other}",
    "{name} y {other}",
    "Both of us, {name} and {other}",
    "Greetings from the two of us,<br>{name} and {other}",
    "{name}<br>{other}",
)
"""Last lines under which two people sign."""

INTRODUCTIONS = (
    "I'm {name} and I take {course}.",
    "My name is {name}; I read along for {course}.",
    "{name} here, from {course}.",
    "{name}, a sophomore in {course}, checking in.",
    "{name}, {course}.",
    "{name} ({course}) reporting.",
    "Good day! {name}, undergraduate in {course}.",
    "Greetings, I am called {name}, from {course}.",
    "This is {name} from {course}.",
    "Name: {name}. Course: {course}.",
    "As part of {course}, I, {name}, have to leave a comment.",
    "Soy {name}, de {course}.",
    "Je m'appelle {name} et je suis en {course}.",
    "Ich bin {name} aus {course}.",
    "Writing for {course}: {name}.",
    "{course}'s {name} stopping by.",
    "It's {name} again, {course}.",
    "Assigned to you by {course}, {name} at your service.",
    "Another {course} student, {name}, visiting.",
    "You can call me {name}; {course} sent me.",
)
"""First sentences by which somebody says who they are, with the course."""

MENTIONS = (
    "I agree with {name} on this.",
    "As {name} wrote above, it takes time.",
    "@{name} that is a fair point.",
    "{name} said so in class on Monday.",
    "Like {name}, I was skeptical.",
    "{name}'s comment made me laugh.",
    "My partner {name} showed me this post.",
    "Did {name} try it, too?",
    "This reminds me of what {name} told us.",
    "{name} and I talked about this at lunch.",
    "I heard of your blog from {name}.",
    "Somebody should tell {name} about it.",
    "Thanks to {name} for the tip!",
    "{name} is right, and I would add one thing.",
    "“{name}” is how they signed it.",
    "According to {name}, it works with younger children as well.",
    "What would {name} say to that?",
    "I sat beside {name} when we read it.",
)
"""Sentences that speak of somebody else than the writer."""

OWN_LINKS = (
    "The long version is up at {link}",
    "Come over to {link} if you have the time.",
    "{link} has the rest of it.",
    "I keep notes: {link}",
    "More rambling: {link}",
    "You are welcome at {link}.",
    "Find the write-up under {link}",
    "Mein Lerntagebuch: {link}",
    "Aquí escribo: {link}",
    "(blogging at {link})",
    "{link}",
    "I posted a reply here: {link}",
)
"""Sentences that give the writer's own address, most of them without saying whose it is."""

OTHERS_LINKS = (
    "My classmate {name} keeps a nice one: {link}",
    "See also {name}, {link}",
    "{name} put it better at {link}",
    "I liked what {name} made of it ({link}).",
    "You may know {name}'s page, {link}",
    "cc {name} {link}",
    "My partner {name} has more on {link}",
    "Compare {link} by {name}.",
    "{name} over at {link} thinks so, too.",
)
"""Sentences that give somebody else's address and say whose it is."""
