"""All sets' names together, by culture: a culture is of one set, whose scenery says how often it occurs."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock
from tests.support.strangers.sets import names_a, names_b, names_c, names_d, names_e, names_f

NAMES = {"a": names_a, "b": names_b, "c": names_c, "d": names_d, "e": names_e, "f": names_f}
"""By the name of the set."""

STOCKS: dict[str, NameStock] = {
    culture: stock for names in NAMES.values() for culture, stock in names.STOCKS.items()
}
DIMINUTIVES: dict[str, dict[str, str]] = {
    culture: names.DIMINUTIVES for names in NAMES.values() for culture in names.STOCKS
}
"""The short forms of given names, which differ by set."""
ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    culture: chosen for names in NAMES.values() for culture, chosen in names.ENGLISH_NAMES.items()
}
COUNTRIES: dict[str, str] = {
    culture: country for names in NAMES.values() for culture, country in names.COUNTRIES.items()
}

CULTURES_OF = {
    "signoff_spanish": ("spanish", "caribbean", "norteno", "d_andean", "e_mexican", "f_mexican"),
    "signoff_german": ("dutch_german", "german"),
    "signoff_nordic": ("nordic",),
    "signoff_vietnamese": ("vietnamese", "southern_vietnamese", "saigonese"),
    "signoff_chinese": ("chinese", "taiwanese"),
    "signoff_south_asian": ("south_asian", "gujarati", "bangladeshi", "f_punjabi"),
    "signoff_arabic": ("arabic", "maghrebi", "gulf_arab"),
    "signoff_irish": ("irish", "f_irish"),
    "signoff_french": ("francophone", "d_quebecois", "e_haitian", "f_quebecois"),
    "signoff_tagalog": ("filipino", "f_filipino"),
    "signoff_korean": ("korean",),
    "signoff_portuguese": ("portuguese", "mineiro", "d_brazilian", "f_azorean"),
    "signoff_greek": ("greek",),
    "signoff_turkish": ("turkish",),
    "signoff_hawaiian": ("hawaiian",),
    "signoff_west_african": ("west_african",),
    "signoff_japanese": ("japanese", "d_japanese", "e_japanese"),
    "signoff_amharic": ("amhara",),
    "signoff_igbo": ("igbo",),
    "signoff_swahili": ("kenyan", "d_kenyan"),
    "signoff_polish": ("polish", "d_polish", "e_polish"),
    "signoff_ukrainian": ("ukrainian",),
    "signoff_welsh": ("welsh", "d_welsh"),
    "signoff_hebrew": ("ashkenazi",),
    "signoff_persian": ("persian", "e_persian"),
    "signoff_samoan": ("samoan", "d_samoan"),
    "signoff_hmong": ("hmong",),
    "signoff_dutch": ("d_dutch", "e_dutch"),
    "signoff_hungarian": ("d_hungarian",),
    "signoff_indonesian": ("d_javanese",),
    "signoff_italian": ("d_italian", "e_italian"),
    "signoff_russian": ("e_russian",),
    "signoff_zulu": ("f_zulu",),
    "signoff_xhosa": ("f_xhosa",),
    "signoff_afrikaans": (
        "f_afrikaans",
        "f_cape",
    ),
}
"""The sign-offs in a language of the writer's own, and whose they are."""
