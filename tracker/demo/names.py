"""Invented people's names, in several scripts and lengths.

Students, educators and passers-by never share one, unless a scenario wants it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """`latin` is how the person writes the name in an address when the name itself cannot be."""

    given: str
    family: str
    preferred: str = ""
    latin: str = ""

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def address_part(self) -> str:
        """Family name and given name run together, as most class blogs are called."""
        return self.latin or fold(self.family + self.given)


LETTERS: dict[int, str] = {
    ord(letter): spelled
    for letter, spelled in (("ø", "o"), ("ł", "l"), ("đ", "d"), ("þ", "th"), ("ð", "d"), ("æ", "ae"))
}


def fold(text: str) -> str:
    """Lower-case letters a to z only: what of a name fits into a host."""
    spelled = text.casefold().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", spelled)
    return re.sub(r"[^a-z]", "", plain)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    """
    Abimbola Adelheid Aiyana Alejandra Amirah Anneliese Araceli Ashanti Aurelio Beatriz Bronagh
    Caoimhe Cassius  Chidinma Concepción Cordelia Dagny Damaris Dariusz Desirée Dhruv Dimitra Ebony
    Efua Eleftheria Emeka Esperanza  Ezekiel Fatoumata Fionnuala François Gaspard Ghislaine
    Guadalupe Haruka Hermione Hyacinth Ignacio Ikram Ilse  Indira Ingeborg Isolde Jaswinder Joaquín
    Jolene Kamala Keanu Kehinde Kwame Lakshmi Lazarus Leilani Leocadia  Lourdes Lucinda Mahalia
    Malachi Marisol Matthias Mehmet Milagros Naledi Nayeli Nerys Nkechi Octavia Odalys  Ondřej
    Oluwaseun Ottoline Paloma Parvati Percival Philippa Quentin Rafaela Ranveer Rhiannon Roxana
    Saoirse  Sebastián Shanice Sigrid Sunniva Tamika Tariq Tatiana Thandiwe Tomasz Ulrike Valentina
    Viraj Wilhelmina Xiomara  Yesenia Yolanda Yusuf Zainab Zsófia
    """
)
FAMILY = _words(
    """
    Abernathy Achebe Adeyinka Agarwal Alcántara Amundsen Arceneaux Baptiste Barraclough Bhattacharya
    Blackwood Boateng  Bonaventure Brzeziński Cadwallader Calderón Castellanos Chaudhry Cholmondeley
    Cruickshank Dalgaard Delacroix  Devereaux Dimitriou Dłuski Echeverría Ekström Escamilla
    Fairweather Farquharson Featherstone Fitzgibbon Forsythe  Galloway Gebremariam Ghorbani Goldfarb
    Grzybowski Guerrero Hathaway Hernández Hinojosa Holloway Horváth Ibarra  Igwe Ishikawa Jankowski
    Jørgensen Kapoor Karlsson Kiplagat Kowalczyk Krishnamurthy Lachance Lamontagne Langford
    Lindqvist Macalister Makinde Marchetti Mbeki Middleton Montefiore Mukherjee Naidoo Nakagawa
    Novotný Nwachukwu  Obregón Odhiambo Okonkwo Olivares Pankhurst Papadakis Penhaligon Petrović
    Quiñones Radcliffe Ramaswamy Rasmussen  Rosenthal Sandoval Sepúlveda Silverman Sorensen
    Szymański Takahashi Thibodeaux Tremblay Underhill Valdivia  Vandermeer Villanueva Wainwright
    Whitlock Wierzbicki Yamamoto Zambrano Zielinski
    """
)
SPECIAL = (
    Name("Юлия", "Коваленко", latin="kovalenkoyuliya"),
    Name("小明", "王", latin="wangxiaoming"),
    Name("Ελένη", "Παπαγεωργίου", latin="papageorgioueleni"),
    Name("सुनीता", "शर्मा", latin="sharmasunita"),
    Name("María Fernanda", "de la Cruz Villaseñor-Etxeberria"),
    Name("Oluwaseyifunmi", "Adebayo-Ogunlesi-Fairchild"),
    Name("Þórdís", "Guðmundsdóttir"),
    Name("Siobhán", "Ní Bhriain"),
    Name("Zoë", "O'Shaughnessy"),
    Name("Nguyễn Thị", "Trần Hồng"),
)
PREFERRED = {
    "Concepción": "Concha",
    "Guadalupe": "Lupe",
    "Ottoline": "Otto",
    "Sebastián": "Bash",
    "Wilhelmina": "Billie",
}

OWNER_GIVEN = _words(
    """
    Astrid Bartholomew Clementine Dorothea Edmund Florian Gwendolyn Horatio Imelda Jasper Kirsten
    Leopold Maribel  Nathaniel Ophelia Prudence Roland Seraphina Thaddeus Ursula Vivienne Wendell
    Yvette Zachary Agnes Bertrand Celeste  Desmond Eudora Fergus
    """
)
OWNER_FAMILY = _words(
    """
    Applegate Birchwood Coldwater Dunmore Eastlake Fernsby Greenhalgh Honeycutt Inglewood Juniper
    Kettlewell Larkspur  Merriweather Nightingale Oakhurst Pemberton Quillfeather Ravenscroft
    Silverstone Thornbury Umberfield Vanterpool  Winterbourne Yellowlees Zimmerfeld Ashcombe
    Bellweather Cloverfield Duckworth Elderkin
    """
)
PASSER_GIVEN = _words(
    """
    Adrienne Boyd Coretta Dwight Elspeth Forrest Gladys Humphrey Ione Judd Kermit Lorna Merle Nadine
    Orville Pauline  Rufus Sheldon Trudy Vernon Wanda Yorick Alvin Blanche Clyde Dolores Enid Floyd
    Greta Hollis
    """
)
PASSER_FAMILY = _words(
    """
    Ackroyd Bramble Crabtree Dinsmore Entwhistle Flintham Gorringe Hucknall Ironside Jessop
    Kirkbride Lumley Muncaster  Nettleton Ormerod Postlewaite Rigsby Scattergood Tattersall Uttley
    Varley Wigglesworth Yardley Addlestone Bickerton  Cottrell Dabney Eccleston Frobisher Gunderson
    """
)
STAFF = ("Dr. Rosalind Achterberg", "Casimir Holt")
"""The instructor and an assistant; nobody else carries these surnames."""
