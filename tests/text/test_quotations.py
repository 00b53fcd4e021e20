"""What of a text is somebody else's words, in the manners in which people and platforms quote.

In every text Ada Quist is quoted or the one quoted, Tom Poe is the writer, and Una Grey may be either.
"""

from __future__ import annotations

import pytest

from tracker.text.cleaning import clean
from tracker.text.passages import Passages, read_passages

MINE = "I would try this with my own class next year, slowly and with fewer children."


def passages(html: str) -> Passages:
    return read_passages(clean(html).layout)


def places(read: Passages, words: str) -> list[int]:
    found, at = [], read.text.find(words)
    while at >= 0:
        found.append(at)
        at = read.text.find(words, at + 1)
    return found


QUOTING = [
    # marks at the head of lines
    f"&gt; My name is Ada Quist and I teach.<br>{MINE}<br>Tom Poe",
    f"&gt; Whose job is it then?<br>- Ada Quist<br>{MINE}<br>- Tom Poe",
    f"&gt; Whose job is it then?<br>— Ada Quist, EDT 320<br><br>{MINE}",
    f"&gt; Whose job is it then?<br>-.Ada Quist.<br><br>{MINE}",
    f"<p>&gt; Whose job is it then?<br>(Ada Quist)</p><p>{MINE}</p><p>Tom Poe</p>",
    f"&gt; Whose job is it then?\nAda Quist EDT320\n{MINE}\nTom Poe",
    f"&gt;&gt; I'm Ada Quist\n&gt; Me too, Ada Quist\n{MINE}\nTom Poe",
    f"&amp;gt; I'm Ada Quist and I wonder\n{MINE}\nTom Poe",
    f"| I'm Ada Quist and I wonder\n| whether it works\n\n{MINE}\n\nTom Poe",
    f"» I'm Ada Quist and I wonder\n\n{MINE}\n\nTom Poe",
    f"&gt;&nbsp;I am Ada Quist, see http://ada.example/b\n\n{MINE} http://tom.example/b",
    f"You wrote:<br>&gt; Whose job is it then?<br><br>{MINE}<br><br>Tom Poe",
    "You wrote:\n&gt; Whose job is it then?\n\nTom Poe",
    # markup of forums
    f"[quote]My name is Ada Quist.[/quote]<br>{MINE}<br>Tom Poe",
    f"[quote=Ada Quist]Whose job is it then?[/quote] {MINE} - Tom Poe",
    f'[QUOTE="Ada Quist, post: 17, member: 3"]Whose job is it?[/QUOTE]\n{MINE}\nTom Poe',
    f"<p>[quote]Hello there.</p><p>I am Ada Quist (EDT 320).[/quote]</p><p>{MINE}</p><p>Tom Poe</p>",
    f"<div>[quote]Hello there.</div><div>I am Ada Quist.[/quote] {MINE}</div><div>Tom Poe</div>",
    f"&lt;blockquote&gt;I am Ada Quist.&lt;/blockquote&gt;\n{MINE}\nTom Poe",
    f"[quote]Whose job is it then?[/quote]\n- Ada Quist\n\n{MINE}\n\nTom Poe",
    f"[quote]I am Ada Quist and never closed it\n\n{MINE}\n\nTom Poe",
    # quote, unquote
    f"Quote: I am Ada Quist from EDT 320. Unquote. {MINE} Tom Poe",
    f"<div>Quote: A fine post. Take care!! Ada Quist (EDT 320)</div><div>Unquote. {MINE}</div><p>Tom Poe</p>",
    f"Quote: I am Ada Quist from EDT 320.\n\n{MINE}\n\nTom Poe",
    f"Quote:\nI am Ada Quist from EDT 320.\n\n{MINE}\n\nTom Poe",
    f"(quote) I am Ada Quist and I teach. (end quote) {MINE} - Tom Poe",
    f"Zitat: Ich bin Ada Quist. Zitat Ende. {MINE}\nTom Poe",
    # who wrote
    f"Ada Quist wrote:\nI'm Ada Quist, a future teacher.\n\n{MINE}\n\nTom Poe",
    f"Ada Quist said: I'm Ada Quist and I agree.\n{MINE}\nTom Poe",
    f'Ada Quist writes: "I am Ada Quist, and so on." {MINE} Tom Poe',
    f"Ada Quist schrieb:<br>Ich bin Ada Quist.<br><br>{MINE}<br><br>Tom Poe",
    f"Ada Quist escribió:\nSoy Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Ada Quist a écrit :\nJe suis Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"<p>Ada Quist ha scritto:</p><p>Sono Ada Quist.</p><p>{MINE}</p><p>Tom Poe</p>",
    f"On Mon, Sep 7, 2026 at 3:15 PM, Ada Quist wrote:\n&gt; I am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"On Sep 7, 2026, at 3:15 PM, Ada Quist\n&lt;a@a.example&gt; wrote:\nAda Quist, hi\n\n{MINE}\n\nTom Poe",
    f"Am 07.09.2026 um 15:15 schrieb Ada Quist:\nIch bin Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"In reply to Ada Quist:\n&gt; I am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Quoting Ada Quist:\nI am Ada Quist, hello.\n\n{MINE}\n\nTom Poe",
    f"I'm Tom Poe. Ada Quist commented:\nI am Ada Quist, hello.\n\n{MINE}",
    # elements
    f"<blockquote>I am Ada Quist.</blockquote><p>{MINE}</p><p>Tom Poe</p>",
    f"<blockquote>Why not?</blockquote><p>- Ada Quist</p><p>{MINE}</p><p>Tom Poe</p>",
    f"<blockquote><p>Why not?</p><cite>Ada Quist</cite></blockquote><p>{MINE}</p><p>Tom Poe</p>",
    f"<p><q>I am Ada Quist and I wonder why</q> <cite>Ada Quist</cite></p><p>{MINE}</p><p>Tom Poe</p>",
    f"<p><q>I am Ada Quist</q>, really?</p><p>{MINE}</p><p>Tom Poe</p>",
    f"<cite><a href='http://ada.example/'>Ada Quist</a></cite> says it all. {MINE} Tom Poe",
    f"<p><em>I am Ada Quist and I wonder why.</em></p><p>{MINE}</p><p>Tom Poe</p>",
    f"<p><i>Hello all, a fine post.<br>I am Ada Quist from EDT 320.</i></p><p>{MINE}</p><p>Tom Poe</p>",
    f"<p><i>Why should it be any of our jobs?</i></p><p>- Ada Quist</p><p>{MINE}</p><p>Tom Poe</p>",
    f"<p>{MINE}</p><p><b>I am Ada Quist and that is my first year here.</b></p><p>So true!</p><p>Tom Poe</p>",
    # quotation marks
    f"“I am Ada Quist. I teach.” {MINE} Tom Poe",
    f"“Hello.\nI am Ada Quist.\nI teach.” {MINE}\nTom Poe",
    f"“Hello there.\n“I am Ada Quist.” {MINE}\nTom Poe",
    f"«Je suis Ada Quist. J'enseigne.» {MINE}\nTom Poe",
    f"»Ich bin Ada Quist. Hallo.« {MINE}\nTom Poe",
    f"„Ich bin Ada Quist. Hallo.“ {MINE}\nTom Poe",
    f"„Jestem Ada Quist.” {MINE}\nTom Poe",
    f"''I am Ada Quist and I teach.'' {MINE}\nTom Poe",
    f"``I am Ada Quist and I teach.'' {MINE}\nTom Poe",
    f'"Hello there.\nI am Ada Quist." {MINE}\nTom Poe',
    f'"I am Ada Quist from EDT 320 and never closed it\n{MINE}\nTom Poe',
    f"‘I am Ada Quist, I teach.’ {MINE}\nTom Poe",
    f'"Whose job is it then?" - Ada Quist\n{MINE}\nTom Poe',
    f'"Whose job is it then?" (Ada Quist)\n{MINE}\nTom Poe',
    f"“Whose job is it then?” — Ada Quist, EDT 320\n\n{MINE}\n\nTom Poe",
    f"“Whose job is it then?”\n- Ada Quist\n\n{MINE}\n\nTom Poe",
    f"'I am Ada Quist from EDT 320' {MINE}\nTom Poe",
    f"`I am Ada Quist from EDT 320` {MINE}\nTom Poe",
    f"‚Ich bin Ada Quist.‘ {MINE}\nTom Poe",
    f"「私はAda Quistです」{MINE}\nTom Poe",
    f"&lt;&lt;Je suis Ada Quist&gt;&gt; {MINE}\nTom Poe",
    # plain text that stands in for markup
    f"*I am Ada Quist from EDT 320, hello.*\n\n{MINE}\n\nTom Poe",
    f"---\nI am Ada Quist.\n---\n{MINE}\nTom Poe",
    f"<div class='bbcode_quote'>I am Ada Quist from EDT 320.</div><p>{MINE}</p><p>Tom Poe</p>",
    f"Originally Posted by Ada Quist\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"begin quote I am Ada Quist end quote {MINE} Tom Poe",
    # comments as pages show them
    f"Ada Quist says:\nSeptember 7, 2026 at 3:15 pm\nI am Ada Quist.\nReply\n\n{MINE}\n\nTom Poe",
    f"Ada Quist said...\nI am Ada Quist from EDT 320.\nSeptember 7, 2026 at 3:15 PM\n\n{MINE}\n\nTom Poe",
    f"Ada Quist\nSeptember 7, 2026 at 3:15 pm\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Ada Quist • 3 days ago\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Scott\n3:15 pm\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Matt Sept. 7, 2026 3:15 pm\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Monica, 3:15 pm\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Jane 3:15 pm EST\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Ada Quist @ 3:15 pm\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Ada Quist on September 7, 2026 at 3:15 pm said:\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"Comment by Ada Quist — 7 Sep 2026 @ 15:15\nI am Ada Quist.\n\n{MINE}\n\nTom Poe",
    f"<p>I am Ada Quist, hello.</p><p>Posted by Ada Quist at 3:15 PM</p><p>{MINE}</p><p>Tom Poe</p>",
    # answered without a mark
    f"A fine post. I am Ada Quist.\n\n^ this\n{MINE}\nTom Poe",
    f"A fine post. I am Ada Quist.\n\nThis ^^\n{MINE}\nTom Poe",
]
UNCLEAR = [
    "<blockquote>Whose job is it then?</blockquote><p>Una Grey</p>",
    "&gt; Whose job is it then?\n- Una Grey",
    f"{MINE}\n&gt; Whose job is it then?\n- Una Grey, EDT 320",
    f"<blockquote>Whose job is it then?</blockquote><p>Una Grey</p><p>{MINE}</p>",
    "“Whose job is it then?” - Una Grey",
    "“Whose job is it then?”\nUna Grey",
    f'Hello. "I am glad, so to speak. {MINE} My name is Una Grey.',
    f"A fine post, honestly said. Take care!! Una Grey (EDT 320)\n\nMy turn now. {MINE}\n\nTom Poe",
    f"A fine post. I'm Una Grey.\n\nI agree with the comment above. {MINE}\n\nTom Poe",
    f"A fine post for all of us here, thank you. Best wishes, Una Grey\n\n{MINE} {MINE}\n\nTom Poe",
    f"A fine post. I'm Una Grey.\n\nI copied that from another comment. {MINE}\n\nTom Poe",
    f"In reply to Ada Quist:\nHi, I'm Una Grey.\n\n{MINE}\n\nTom Poe",
    f"Ada Quist wrote: Hello there. I'm Una Grey. {MINE}\nTom Poe",
    f"Una Grey, September 7, 2026\n{MINE}\n\nTom Poe",
    f"<b>Una Grey, EDT 320</b><br>{MINE}",
    f"<p><b>Kim Doe:</b> Good afternoon, I'm Una Grey.</p><p>{MINE}</p><p>Tom Poe</p>",
]
OWN = [
    f"I love “Number the Stars”. {MINE} Tom Poe",
    f"“Number the Stars” is my favorite. I'm Tom Poe from EDT 320. {MINE}",
    f'Your "quiet corner" is great! - Tom Poe\n{MINE}',
    f'It is what I call "quiet time" - Tom Poe. {MINE}',
    f"5 > 3, as they say. {MINE}\nTom Poe",
    f"&gt;_&lt; I was so nervous! I'm Tom Poe.\n{MINE}",
    f"&gt;:( Not fair!\nTom Poe\n{MINE}",
    f"&gt;50 children in one room is too many.\nTom Poe\n{MINE}",
    f"-> I'm Tom Poe, EDT 320\n{MINE}",
    f"'Tis the season, and the kids' room wasn't ready. It's Tom Poe here. {MINE}",
    f"The teachers' lounge and my students' work. I'm Tom Poe, y'all.' {MINE}",
    f'The shelf is 5" deep and 12" wide. I\'m Tom Poe. {MINE}',
    f"My son is 6'2\" now. I'm Tom Poe. {MINE}",
    f"He's 6'2'' and grows. I'm Tom Poe. {MINE}",
    f"I wrote to my principal:\nI'm Tom Poe and need a room.\n\n{MINE}",
    f"My favorites:\nTom Poe\n{MINE}",
    f"{MINE}\n\nTom Poe\nEDT 320\nP.S. I loved the pictures you have put up of the whole class.",
    f"{MINE} ^_^\nTom Poe",
    f"^_^ I'm Tom Poe\n{MINE}",
    f"{MINE}\n^^ Tom Poe",
    f"Hi! I'm Tom Poe from EDT 320. I agree with the comment above. {MINE}",
    f"<p><em>Tom</em> and I am Tom Poe.</p><p>{MINE}</p>",
    f"<em>{MINE}</em><br><em>Tom Poe</em>",
    f"<p>{MINE}</p><p><em>Tom Poe</em></p>",
    f"The bell rings at 3:15 pm and I am still here.\nI'm Tom Poe.\n{MINE}",
    f"My class starts on September 7.\n\nTom Poe\nEDT 320\n\n{MINE}",
    f"He is a quote unquote expert. I'm Tom Poe. {MINE}",
    f"Here is a quote I like, by the way. I'm Tom Poe. {MINE}",
    f"What a question you asked! I'm Tom Poe, and I say: go on. {MINE}",
    f"I said to myself: this is it.\nI'm Tom Poe.\n{MINE}",
    f"Like my mom always said: be kind. I'm Tom Poe from EDT 320. {MINE}",
    f"You said: be kind. I'm Tom Poe from EDT 320. {MINE}",
    f"My friend said on her blog http://tom.example/b that it works. {MINE}\nTom Poe",
    f"Hello Mrs. Hill, I'm Tom Poe!\n\nMy thoughts: {MINE}",
    f"Thanks so much for this fine post, Tom Poe\n\nP.S. {MINE}",
    f'{MINE}\n\n"Be the change." - Gandhi\n\nTom Poe',
    f"<b>Great post!</b><br>I'm Tom Poe from EDT 320. {MINE}",
    f"Sept 7, 2026\nTom Poe\nEDT 320\n\n{MINE}",
    f'I\'m Tom Poe (EDT 320). You said "{MINE}" and I said yes. "Go on" is right.',
    f"Two questions: I'm Tom Poe, and who pays?\n\n{MINE}",
    f"Name: Tom Poe\n\n{MINE}",
    f"[sigh] I'm Tom Poe [again]. {MINE}",
    f"<blockquote>Why not?</blockquote><p>{MINE}</p><p>- Tom Poe</p>",
    f"Hello Mrs. Hill,\n\n{MINE}\n\nThank you!\nTom Poe\nEDT 320",
]


@pytest.mark.parametrize("html", [*QUOTING, *UNCLEAR, *OWN])
def test_names_and_links_of_somebody_elses_words_are_told_from_the_writers(html: str) -> None:
    read = passages(html)
    for words in ("Ada Quist", "ada.example"):
        assert all(map(read.is_quoted, places(read, words))), words
    for words in ("Tom Poe", "tom.example"):
        assert places(read, words) or words not in html, words
        for at in places(read, words):
            assert not read.is_quoted(at), words
            assert not read.may_be_quoted(at), words
    assert places(read, "Una Grey") or "Una Grey" not in html
    for at in places(read, "Una Grey"):
        assert not read.is_quoted(at)
        assert read.may_be_quoted(at)
