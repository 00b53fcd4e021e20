"""All sets' names together; every culture belongs to one set, whose scenery says how often it occurs."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock
from tests.support.strangers.sets import names_a, names_b

STOCKS: dict[str, NameStock] = names_a.STOCKS | names_b.STOCKS
DIMINUTIVES: dict[str, str] = names_b.DIMINUTIVES | names_a.DIMINUTIVES
ENGLISH_NAMES: dict[str, tuple[str, ...]] = names_a.ENGLISH_NAMES | names_b.ENGLISH_NAMES
COUNTRIES: dict[str, str] = names_a.COUNTRIES | names_b.COUNTRIES

CULTURES_OF = {
    "signoff_spanish": ("spanish", "caribbean"),
    "signoff_german": ("dutch_german", "german"),
    "signoff_nordic": ("nordic",),
    "signoff_vietnamese": ("vietnamese", "southern_vietnamese"),
    "signoff_chinese": ("chinese",),
    "signoff_south_asian": ("south_asian",),
    "signoff_arabic": ("arabic", "maghrebi"),
    "signoff_irish": ("irish",),
    "signoff_french": ("francophone",),
    "signoff_tagalog": ("filipino",),
    "signoff_korean": ("korean",),
    "signoff_portuguese": ("portuguese",),
    "signoff_greek": ("greek",),
    "signoff_turkish": ("turkish",),
    "signoff_hawaiian": ("hawaiian",),
    "signoff_west_african": ("west_african",),
}
"""The sign-offs in a language of the writer's own, and whose they are."""
