"""Word lists by which texts are read: small words, and the vocabulary of introductions and of praise.

Tested in tests/text/test_introductions.py.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INTRODUCING = _words(
    "student students teacher teachers educator educators pre preservice service future aspiring"
    " candidate class classes course courses classmates university college school state campus"
    " department program programme degree year years semester term fall spring summer winter major"
    " majors majoring minor minoring junior senior sophomore freshman undergraduate graduate grad"
    " currently enrolled attend attending study studying taking take education elementary secondary"
    " early childhood special physical english math mathematics history science sciences social studies"
    " language arts music art hi hello hey greetings dear mr mrs ms miss dr prof professor instructor"
    " name names called first second third fourth last year's assigned assignment assignments asked"
    " required requirement requirements told part project weekly week weeks month few next comment"
    " comments commenting comment4teachers comments4teachers c4t c4k read reading reads respond"
    " responding response responses reply visit visiting follow following followed post posts posting"
    " posted blog blogs blogging blogger write writing writes written wrote article articles summary"
    " summaries summarize summarizing summarise summarised publish published check see find look view"
    " viewed stop come link links address site page website here there welcome please free feel want"
    " wanted would like love hope able thoughts thought progress a about above after again all along"
    " also am an and any are as at back be because been before being below both but by can could did do"
    " does during each end even every for from get go going gonna got had has have he her hers him his"
    " how i i'd i'll i'm i've if im in into is it it's its just let long made make may me more my myself"
    " new no not now of off on once one ones only or other our ours out over own she so some such t than"
    " that the their them then these they this those through time to too two under until up upon us very"
    " was we we'll we're were what when where which while who whom why will with you you'd you'll your"
    " yours yourself"
)
"""What introductions are made of, small words included."""

EVERYBODYS = _words(
    "about after again agree almost alone along already although always amazing another anything around"
    " article awesome because become before being believe better between bless brilliant cannot child"
    " children class classroom classrooms comment comments could course different doing during education"
    " elementary enjoy enjoyed enough every everyone everything excellent experience feel first follow"
    " forward found friend getting giving going great having helpful helping ideas inspiring instead"
    " interesting interest keep know learn learned learning lesson lessons little looking lots love"
    " loved maybe might never nothing often other others people perhaps please point posted posting"
    " posts question quite rather reading really right school schools should since someone something"
    " sometimes start still student students teach teacher teachers teaching thank thanks their there"
    " these thing things think thinking those though thought thoughts through today together topic"
    " towards truly under until using value where which while whole wonderful without wonder world would"
    " writing wrote years yourself cool nice neat perfect blogs blogger favorite happy hello sharing"
    " share agreed important information"
)
"""Longer words that are in every other comment, whatever the post is about."""

SMALL = _words(
    "a an and are as at be been but by can did do for from get had has have he her his how i i'm if in"
    " is it it's its just like me more most my no not of on one or our out she so some than that that's"
    " the their them then they this to too up us very was we were what when who will with would you your"
)
"""Words that say nothing by themselves."""

PRAISE = _words(
    "great awesome amazing wonderful fantastic excellent good nice cool neat perfect super beautiful"
    " brilliant inspiring interesting incredible fabulous lovely outstanding impressive helpful"
    " informative insightful wow yay yes keep up work job done well blog blogs post posts article"
    " articles lesson page site video videos read reading reads write writing sharing share shared"
    " posting thank thanks thankful appreciate love loved like liked enjoy enjoyed enjoying found it's"
    " that's i'm i've very really so much truly absolutely definitely totally lot lots many always more"
    " this these those it that the a an and is was are were i you your you're for of to on in with my me"
    " all have has had been be am do did will would can see look looking forward again too just such how"
    " what one way idea ideas thing things fun favorite best better stuff here there by"
    " out at as congratulations congrats bravo kudos awesomeness hi hello hey dear mr mrs ms dr went go"
    " going learned learn luck continue please next time day god bless"
)
"""What a text is made of that praises and says no more, greetings and small words included."""

NEVER_LAST = _words(
    "mr mrs ms mx dr prof st mt vs e.g eg i.e ie cf approx ca fig rev hon gen sen rep m mme mlle hr fr"
)
"""After these a full stop ends no sentence."""

LAST_BEFORE_A_CAPITAL = _words("etc jr sr inc co ltd corp dept ed al")
"""After these one does where a capital follows."""

BEFORE_A_NUMBER = _words("no nos p pp vol ch jan feb mar apr aug sep sept oct nov dec")
"""After these none does where a number follows."""
