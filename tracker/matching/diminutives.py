"""Short forms of given names in languages that the package of English nicknames does not know.

Each line of the table has a given name, in the spellings of several languages, and its short forms.

Tested in tests/matching/test_names.py.
"""

from __future__ import annotations

from functools import lru_cache

_TABLE = """
alejandro aleksandr alessandro alexander: ale alex jandro sasha sascha sandro alejo olek
alejandra aleksandra alessandra alexandra: ale alex sandra sasha ola
antonio antoni anton anthony: toni tono tonio nino tonino antek antosha
antonia antonina: toni tonia tonya nina
beatriz beatrice: bea bety betty trice
carlos carlo karl charles: carlitos charly kalle
carolina karolina caroline: caro carol karo lina
catalina katarina caterina katharina catherine katherine: cata katja kati kathi cathi trini kat
katarzyna ekaterina katharina: kasia katya katja
concepcion: concha conchita
consuelo: chelo
cristina christina krystyna kristina: cris tina krysia kris stina
dmitri dmitry dmitriy: dima mitya
dolores: lola loli
eduardo edward edoardo: edu lalo eddy edek
elena helena ilena: lena nena lenka
elisabeth elizabeth elzbieta elisabetta: ela elli elsa lisa lisbeth betta sisi
emmanuel manuel: manolo manny manu
enrique heinrich enrico henri henryk: quique kike heini rico heniek
ernesto: neto
esperanza: espe
eugenia evgenia: zhenya gena
evgeny yevgeny eugenio: zhenya gena
federico friedrich frederic fredrik: fede fritz freddy fredek
fernando ferdinand: fer nando
fernanda: fer nanda
francisco francesco francois franz franciszek francis: paco pancho curro cisco kiko franco franek franzl quico
francisca francesca: paca panchita cisca franca
gabriel gabriele: gabi gabo gabe
gabriela gabriella gabrielle: gabi gaby gabby
georg george jorge giorgio jerzy: schorsch coque jurek
gonzalo: gonza
graciela grazyna: chela grazia
gregorio grigory grzegorz gregory: goyo grisha grzesiek
guadalupe: lupe lupita
guillermo wilhelm guillaume guglielmo william: guille memo willi
gustavo: gus tavo
hans johannes johann juan giovanni ivan jan john jean: hansi juanito juancho gianni vanya vanja janek nanni
ignacio: nacho
ines agnes agnieszka: aga
isabel isabella isabelle: isa chabela bella
jacqueline: jacquie
jaroslav jaroslaw: jarek slava
javier xavier: javi
jesus: chuy chucho
joaquin joachim: quino achim jochen
jose josef joseph giuseppe josip jozef: pepe chepe beppe peppe sepp pepito joszef
josefina josefa josephine giuseppina: pepa fina
juliana juliane: juli
karim kareem: kar
konstantin constantino: kostya kosta
leticia: lety leti
leonardo leonard leonid: leo lenny
lorenzo laurent lorenz: enzo renzo
lourdes: lulu
ludwig luis louis luigi: lucho gigi wiggerl
magdalena madeleine: magda lena malena
malgorzata margarita margarete margherita margaret: gosia rita gretel greta margot marga
marcelo marcello: chelo
maria marie mary: mari maruja mia mimi masha marusya mitzi
mario marius: mayito
mateo matthias matteo mateusz matthew: teo hias mats
mercedes: meche merche
michael miguel mikhail michele michal michel: migue misha micha miki michi michel
mohammed muhammad mohamed mohammad: mo moh
montserrat: montse
natalia nathalie natalya: nati nata natasha
nicolas nicola nikolaus nikolai: nico nicky klaus kolya nikos
octavio: tavo
olga: olya
pablo paul paolo pawel pavel: pablito pasha pali
patricia patrizia patrycja: pati paty tricia pat
patricio: pato
pedro pietro piotr peter pierre petr: perico piero petya petja
pilar: pili
rafael raffaele raphael: rafa lele raff
ramon raimund: moncho
raul: rulo
ricardo riccardo richard: richi riki cayo
roberto robert: beto berto robi
rodrigo: rodri
rosario: charo chayo
rosa: rosi rosita
santiago diego jaime jakob jacob giacomo: santi chago jimmy jaimito kuba
salvador salvatore: chava salva toto
sebastian sebastien sebastiano: seba bastian bastien basti
sergio sergei serge: checo seryozha
sofia sophia sofie: sofi zosia
soledad: sole
stefan esteban stephan etienne stefano: stefek teban steffen
stephanie stefania estefania: stef steffi fani fanny
susana susanne zuzanna: susi su zuzia
svetlana: sveta lana
tatiana tatyana: tania tanya tati
teodoro theodor fyodor: teo theo fedya
teresa theresa therese: tere resi resl terka
tomasz thomas tomas tommaso: tomek tomi maso
valentina valentin valeria: vale valya
veronica weronika: vero wera nika
vicente vincenzo vincent: chente enzo vince
victoria viktoria wiktoria: vicky viky wika
vladimir wladimir: vova volodya
wojciech: wojtek
yolanda jolanda: yoli
zbigniew: zbyszek
"""


def _read(table: str) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in table.strip().splitlines():
        names, _, shorts = line.partition(":")
        for name in names.split():
            for short in shorts.split():
                forms.setdefault(name, set()).add(short)
                forms.setdefault(short, set()).add(name)
    return {name: frozenset(others) for name, others in forms.items()}


_FORMS = _read(_TABLE)


@lru_cache(maxsize=8192)
def diminutives_of(given: str) -> frozenset[str]:
    """The short forms of a folded given name, and what it may be short for; none is known of most."""
    return _FORMS.get(given, frozenset()) - {given}
