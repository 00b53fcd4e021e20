"""Puts invented comments, posts and summaries together from sentences, so that no two read alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from random import Random

TOPICS = (
    ("Reading aloud to teenagers", "reading aloud"),
    ("What a silent debate taught me", "the silent debate"),
    ("Seven minutes of free writing", "free writing"),
    ("Goodbye, homework log", "dropping the homework log"),
    ("A museum made of shoe boxes", "the shoe box museum"),
    ("When the projector died", "the morning without a projector"),
    ("Letters to the mayor", "writing to the mayor"),
    ("Why I stopped grading on Sundays", "grading less and reading more"),
    ("The question jar", "the question jar"),
    ("Maps of our street", "the street maps"),
    ("Teaching fractions with bread", "fractions and bread"),
    ("Podcasts from the back row", "the podcasts"),
    ("A garden behind the gym", "the garden behind the gym"),
    ("Ten words a week", "ten words a week"),
    ("Let them fail a little", "letting people fail a little"),
    ("Sketchnotes for beginners", "sketchnotes"),
    ("The quiet ones", "the quiet ones"),
    ("An e-mail to every parent", "writing to every parent"),
    ("Poems under the desk lamp", "poems by lamp light"),
    ("Peer review that works", "peer review"),
    ("Coding without computers", "coding without computers"),
    ("The bridge contest", "the bridge contest"),
    ("Field notes from recess", "watching recess closely"),
    ("How we built a wiki", "the wiki"),
)
OPENERS = (
    "Your thoughts on {topic} stayed with me all day.",
    "I had to read what you wrote about {topic} twice.",
    "Until now {topic} sounded to me like something that only works on paper.",
    "What I like most about {topic} is how calm it sounds in your telling.",
    "I came for a quick look and ended up reading everything about {topic}.",
    "The part about {topic} made me laugh out loud in the library.",
    "I would never have thought of {topic} as a place to begin.",
    "Honestly, {topic} was new to me before this week.",
    "You make {topic} look easy, and I am fairly sure it is not.",
    "It is rare to see somebody describe {topic} together with what went wrong.",
    "Several things about {topic} surprised me.",
    "I sent this to my roommate because of what you say about {topic}.",
)
MIDDLES = (
    "In high school nobody ever asked us what we wanted to find out.",
    "The photo at the end says more than a rubric could.",
    "I wonder how long it took before the loud ones began to listen.",
    "It reminds me of a summer job where we learned everything by doing it badly first.",
    "What you say about patience is something I still have to practise.",
    "Did anybody complain, or did it simply become normal after a while?",
    "I grew up in a small town, and something like this would have changed a lot for me.",
    "The list in the middle is going straight onto the wall above my desk.",
    "I think giving people time is harder than giving them instructions.",
    "My own notes from that age are full of drawings, so I understand the appeal.",
    "It must feel strange to hand over control like that.",
    "You write that the mess is part of it, and I believe you more than the textbook.",
    "The idea of asking one good question instead of ten small ones makes sense to me.",
    "I tried something similar while tutoring at the public library and it half worked.",
    "Maybe the trick is that you really wanted to know the answers.",
    "There is a chapter in our reading that says the opposite, and I trust your version.",
    "If it rains for a week, do you move everything indoors?",
    "I like that you tell us the price of the materials too.",
    "The second example convinced me more than the first one.",
    "Somebody should have told me this before my first observation.",
    "Even the smallest change seems to need three weeks to settle.",
    "It shows that technology is only as good as the reason for using it.",
    "I would add that music in the background helps some of us and bothers others.",
    "Your remark about names made me think of how often mine is read out wrong.",
    "For a rural school with slow internet this could be just right.",
    "I never knew that so little equipment was needed.",
    "The way you describe the silence afterwards gave me goose bumps.",
    "What happens with those who are absent on the big day?",
    "My grandmother says that people learn what they are allowed to touch.",
    "I am curious how you decide when a thing is finished.",
)
PLANS = (
    "When I have a room of my own someday, I will try this in the first month.",
    "I have put the idea into my folder for later.",
    "Next semester I will be observing for the first time and I want to look for this.",
    "I mean to build a small version of it for my portfolio.",
    "I hope to be half as brave when my turn comes.",
    "This goes on the list of things to try before I get too comfortable.",
    "I will keep the question in mind while I plan my first unit.",
    "It gave me something to talk about in our study group tonight.",
)
CLOSERS = (
    "Thank you for sharing it so openly.",
    "Thanks for writing this down.",
    "I look forward to the next part.",
    "Please keep us posted about how it goes on.",
    "I will be back to read more.",
    "Have a good week!",
    "Greetings from a rainy campus.",
    "It was a pleasure to read.",
)
COURSE_LINES = (
    "I am reading your blog for EDT 320 at Harlan State.",
    "Our EDT320 group at Harlan State University was asked to visit a blog, and I am glad it was yours.",
    "I found you through EDT 320, a course at Harlan State for people who want to work in schools.",
    "For EDT 320 I follow your blog this fortnight and will write a summary of it.",
    "Dr. Achterberg gave me your blog to follow for EDT 320, and I could not be happier.",
    "I study at Harlan State, and EDT 320 sent me here.",
)
PASSERS = (
    "I teach fifth grade two counties over, and we tried the same thing last spring.",
    "My students loved it so much that they asked for it again.",
    "I have been teaching for nineteen years and still learn something from posts like this.",
    "Our district bought a program for this that nobody uses; yours is better.",
    "As a school librarian I see the other half of this story every day.",
    "My third graders would need more structure, but the heart of it is right.",
    "I shared the link with our whole department this morning.",
    "We did it with clay instead, and the principal is still finding pieces.",
    "I respectfully disagree about the timing, though the result speaks for you.",
    "Retired now, but this makes me want to go back for a week.",
    "Would you mind if I used the handout with our staff?",
    "After twenty years in the classroom I can only nod.",
)
REPLIES = (
    "Thank you, {name}! I am glad that it was useful.",
    "Good question, {name}. It took us about three weeks.",
    "Thanks for stopping by, {name}. Let me know how yours turns out.",
    "{name}, you have put your finger on the hard part.",
    "Welcome, {name}! There is a follow-up coming on Thursday.",
)
SPAM = (
    "Wonderful site, you deserve more visitors. See our offers for gutters and roofs in every state.",
    "I was looking for exactly this on the search engine. Best prices for watches, delivery within days.",
    "Great article! My cousin earned a new car from home with this one simple method.",
)
POST_LINES = (
    "It began with a remark in the hallway that I could not forget.",
    "I had planned something quite different for that morning.",
    "Here is what we did, in the order in which it happened, mistakes included.",
    "The first day was noise. The second day was noise with a purpose.",
    "By Thursday I could stand at the window and do nothing, which is the goal.",
    "Below are the materials, the timing and the one rule that mattered.",
    "Not everything worked: the groups were too large and the clock was too small.",
    "What would you change? Tell me in the comments.",
)
DIARY_LINES = (
    "This week's reading was about who gets to ask the questions.",
    "The video was shorter than I expected and stayed with me longer.",
    "I used to think that a tool is just a tool. I am less sure now.",
    "My partner and I recorded the project twice because of the lawn mower.",
    "I learned how to make a link that says where it goes.",
    "Next week we present, and I still have no title.",
)


@dataclass(slots=True)
class Scribe:
    """Writes texts by one random source; a comment's text is never handed out twice."""

    rng: Random
    _written: set[str] = field(default_factory=set)

    def comment(self, topic: str, *, extra: str = "") -> str:
        """A student's comment as paragraphs of HTML, 40 to 120 words; `extra` joins the second one."""
        while True:
            opener = self.rng.choice(OPENERS).format(topic=topic)
            middles = self.rng.sample(MIDDLES, self.rng.choice((2, 3, 3, 4)))
            second = [extra, self.rng.choice(PLANS), self.rng.choice(CLOSERS)]
            text = paragraphs(" ".join([opener, *middles]), " ".join(line for line in second if line))
            if text not in self._written:
                self._written.add(text)
                return text

    def passer(self, topic: str) -> str:
        lines = [self.rng.choice(OPENERS).format(topic=topic), *self.rng.sample(PASSERS, 2)]
        return paragraphs(" ".join(lines))

    def reply(self, name: str) -> str:
        return paragraphs(self.rng.choice(REPLIES).format(name=name))

    def spam(self) -> str:
        return paragraphs(self.rng.choice(SPAM))

    def course_line(self) -> str:
        return self.rng.choice(COURSE_LINES)

    def post(self) -> str:
        return paragraphs(*self.rng.sample(POST_LINES, 4))

    def diary(self) -> str:
        return paragraphs(" ".join(self.rng.sample(DIARY_LINES, 3)))

    def summary(self, teacher: str, links: list[tuple[str, str]], quote: str = "") -> str:
        """A summary post; `links` are (title, address) of what was commented on, `quote` is HTML."""
        parts = [f"<p>For the last two weeks I followed the blog of {escape(teacher)}.</p>"]
        for n, (title, url) in enumerate(links, 1):
            feeling = self.rng.choice(MIDDLES)
            parts.append(
                f'<p>Comment #{n} was on <a href="{escape(url)}">{escape(title)}</a>. {escape(feeling)}</p>'
            )
        if quote:
            parts.append(f"<p>This is what I wrote:</p>\n<blockquote>{quote}</blockquote>")
        return "\n".join(parts)


def paragraphs(*texts: str) -> str:
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)
