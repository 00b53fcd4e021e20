"""Set d's names: invented people of a US campus."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock, name_stock

STOCKS: dict[str, NameStock] = {
    "d_english": name_stock(
        "Philippa, Rosalind, Maren, Corinne, Delphine, Tamsin, Bethany, Harriet, Leona, Winifred,"
        "Marjorie, Kerensa,"
        "Bridget, Shelby, Tabitha, Roxanne, Gwendolyn, Mallory, Cordelia, Josephine, Annika, Lorelei,"
        "Whitney, Keely,"
        "Jocelyn, Petra, Sheridan, Marguerite, Kaitlyn, Alyssa, Brooklynn, Danielle, Chelsea, Brianna,"
        "Heather",
        "Thaddeus, Reuben, Callum, Desmond, Lionel, Percy, Emmett, Rupert, Alistair, Clifton, Garrick,"
        "Barnaby,"
        "Roderick, Lowell, Quentin, Kendrick, Tobias, Wendell, Dalton, Brock, Trevor, Cody, Zachary,"
        "Jeremiah, Kyle",
        "Ackerby, Bannerman, Birtwistle, Cheswick, Colquitt, Dunleavy, O'Dwyer, O'Hanrahan, Eversley,"
        "Fenwright,"
        "Garside, Hathersage, Ingledew, Jellicoe, Kilbride, Lathbury, MacTavish, McGillivray, Netherton,"
        "Osgood,"
        "Pemberly, Quarles, Ruddock, Satterfield, Thistlewood, Uttley, Vanterpool, Wainscott,"
        "Yarborough, Threlkeld,"
        "Standish, Pettibone, Hargrave, Loomis, Brubaker, Stallworth, Haverford, Bickersteth, Crenshaw,"
        "Dillard,"
        "Tolliver, Mayfield, Rountree, Kirkbride, Swanwick, Holloman, Purcell, Bledsoe, Tuttle, Ormsby",
        words="d_everyday",
        common="d_english",
    ),
    "d_everyday": name_stock(
        "Harmony, Willow, Clover, Autumn, Coral, Sage, Ember, Winter, Story, Meadow, Honor, Sunny,"
        "Clementine, Dove,"
        "Royal, Haven",
        "Chance, Forest, River, Lane, Chase, Cash, Ridge, Colt, Justice, Flint, Major, Sterling, Branch,"
        "Rowdy",
        "Church, Bird, Pool, Banks, Fields, Early, Winters, Love, Best, Rich, Field, Post, Pages,"
        "Counts, Moody,"
        "Savage, Goodnight, Sunday, Kitchens, Bridges, Teachout, Friend, Small, Bell, Read, Wise, Gay, Sharp",
        everyday=True,
        common="d_english",
    ),
    "d_southern": name_stock(
        "Mary Beth, Anna Kate, Sarah Jo, Emma Grace, Lee Ann, Carol Ann, Billie Jean, Ella Rae,"
        "Mary Frances, Laura Leigh,"
        "Callie Mae, Tammy Lynn",
        "John Paul, Billy Joe, James Earl, Bobby Ray, Jim Bob, John Mark, Joe Don, Thomas Lee",
        "Culpepper, Ledbetter, Hollingsworth, St. Clair, Gaines-Whitlow, Broussard, Mayhew, Tidwell,"
        "Boatwright,"
        "Treadaway, Higginbotham, Fontenot, Lyles-Perrin, Swilley, Pruitt, Abernathy",
        common="d_english",
        double_barrelled=True,
    ),
    "d_welsh": name_stock(
        "Angharad, Lowri, Eluned, Ffion, Nerys, Siân, Heledd, Mererid, Bronwen, Ceridwen",
        "Gethin, Ieuan, Rhodri, Emrys, Geraint, Llewelyn, Iestyn, Tudur",
        "Parry-Jones, Prydderch, Gwynne-Evans, Llwyd, Cadwaladr, Bevan-Howell, Penry, Vaughan-Roderick,"
        "Tregaron,"
        "Gethin-Pugh, Morgannwg, Beddoe",
        double_barrelled=True,
        common="d_english",
    ),
    "d_dutch": name_stock(
        "Femke, Liesbeth, Marijke, Anouk, Saskia, Jorien, Hanneke, Willemijn, Tineke, Sietske",
        "Sjoerd, Maarten, Joost, Wouter, Gijs, Teunis, Hendrik, Bastiaan",
        "van den Broek, van der Zanden, 't Hart, de Wilde, ter Horst, van Oosterhout, Hoekstra, Dijkhuizen,"
        "van de Kamp, de Graaff, Buitendijk, Zijlstra, den Uyl, Vermeulen",
        middle_names=False,
        common="d_english",
    ),
    "d_andean": name_stock(
        "Maribel, Yesenia, Rosa Elvira, Nélida, Flor de María, Jimena, Itzel, Milagros, Roxana, Zulema,"
        "Araceli",
        "Wilmer, Edwin, Hernán, José Luis, Rolando, Freddy, Juan Carlos, Efraín, Yair",
        "Quispe, Mamani, Huamán, Condori, Ccallo, Choque, Pachacútec, del Castillo, Villanueva,"
        "de la Cruz, Yupanqui,"
        "Zeballos, Ñahui, Arequipeño, Ticona, Salinas",
        two_surnames=True,
        common="d_english",
    ),
    "d_brazilian": name_stock(
        "Thaís, Jussara, Iracema, Luana, Maria Eduarda, Raíssa, Tainá, Conceição, Yasmim, Beatriz",
        "Thiago, Caíque, Ronaldo, Otávio, João Pedro, Edilson, Murilo, Vinícius",
        "Figueiredo, dos Anjos, da Conceição, Carvalho, do Nascimento, Queiroz, Bittencourt, Guimarães,"
        "Assunção,"
        "de Albuquerque, Sampaio, Teixeira, Falcão",
        two_surnames=True,
        last_surname_counts=True,
        common="d_english",
    ),
    "d_hungarian": name_stock(
        "Orsolya, Zsófia, Boglárka, Emese, Réka, Tünde, Csilla, Ildikó",
        "Zoltán, Gergő, Bálint, Csaba, Szabolcs, Levente, Máté",
        "Szilágyi, Kertész, Bárány, Halmos, Csonka, Vadas, Újvári, Dörögdi, Pásztor, Szekeres, Gombos",
        family_first=True,
        middle_names=False,
        common="d_english",
    ),
    "d_japanese": name_stock(
        "Chiharu, Sayuri, Mizuki, Honoka, Ayumi, Kaoru, Natsuki, Rina, Tomoko",
        "Daichi, Shunsuke, Kenta, Yūto, Masaru, Ryōhei, Takuma",
        "Kawabata, Ōnishi, Shirakawa, Murakoshi, Hatakeyama, Nishiwaki, Tsukamoto, Ebihara, Fujimura,Iwasawa",
        family_first=True,
        middle_names=False,
        common="d_english",
    ),
    "d_taiwanese": name_stock(
        "Yu-Ting, Hsin-Yi, Pei-Shan, Chia-Ling, Wan-Ju, Shu-Fen, Mei-Chi, Ya-Wen",
        "Chun-Wei, Po-Han, Tzu-Hao, Kuan-Lin, Jen-Chieh, Wei-Lun",
        "Hsieh, Tsai, Chiang, Kuo, Hsu, Liao, Chuang, Yeh, Tseng, Pai, Lü",
        family_first=True,
        middle_names=False,
        common="d_english",
    ),
    "d_javanese": name_stock(
        "Sulastri, Wahyuni, Suryanti, Ratnasari, Kartinah, Puspitasari, Murtiningsih, Lestari, Sumarni,"
        "Widyawati",
        "Suharjo, Wibisono, Sutrisno, Hartanto, Purnomo, Budianto, Mulyadi, Gunadi, Sugiyono, Prasojo",
        "",
        middle_names=False,
        common="d_english",
    ),
    "d_kenyan": name_stock(
        "Wanjiru, Akinyi, Nyambura, Chebet, Achieng, Purity, Muthoni, Jepkosgei, Mercy",
        "Kipchumba, Odhiambo, Mwangi, Kiprono, Otieno, Elphas, Njoroge, Barasa",
        "Wekesa, Kamau, Ochieng, Kiptoo, Nyong'o, Ngugi, Cheruiyot, Mutua, Okoth, Ong'era, Ndung'u, Karanja",
        common="d_english",
    ),
    "d_polish": name_stock(
        "Agnieszka, Małgorzata, Bożena, Kinga, Jolanta, Dorota, Zuzanna, Wioletta",
        "Krzysztof, Wojciech, Zbigniew, Łukasz, Bartosz, Radosław, Przemek",
        "Wołoszyn, Brzezicki, Dąbek, Szczepaniak, Łapiński, Gołąb, Zawadzka-Mróz, Kępa, Strzelec, Wrona",
        double_barrelled=True,
        common="d_english",
    ),
    "d_italian": name_stock(
        "Fiorella, Mariagrazia, Ornella, Donatella, Ginevra, Loredana, Pia",
        "Salvatore, Gianpiero, Calogero, Renzo, Umberto, Pier Paolo, Dario",
        "D'Amico, Dell'Acqua, Pappalardo, Lo Presti, De Filippis, Scognamiglio, D'Alessio, Quattrocchi,"
        "Sbarbaro, Zanetti",
        common="d_english",
    ),
    "d_quebecois": name_stock(
        "Marie-Ève, Anne-Sophie, Maude, Geneviève, Marie-Claude, Noémie, Pascale, Solange",
        "Jean-Philippe, Étienne, Marc-André, Gaétan, Mathieu, Pierre-Luc, Yannick",
        "Tremblay, Bouchard-Roy, Thibodeau, L'Heureux, Gagnon-Côté, Saint-Onge, Desrochers, D'Amours,"
        "Lafrenière,"
        "Paquette, Archambault",
        double_barrelled=True,
        middle_names=False,
        common="d_english",
    ),
    "d_samoan": name_stock(
        "Sinalei, Leilua, Fa'amoana, Talitha, Losa, Tasi, Malia, Pepe",
        "Tavita, Sione, Ioane, Lafaele, Semisi, Uele, Mika",
        "Fa'asavalu, Le'iataua, Tuiasosopo, Tu'ufuli, Mata'afa, Faleolo, Seumalo, Leota, Sagapolutele",
        common="d_english",
    ),
    "d_persian": name_stock(
        "Shirin, Parisa, Golnaz, Mahsa, Niloufar, Azadeh, Roya, Taraneh",
        "Kamran, Babak, Siavash, Farhad, Arash, Payam, Navid",
        "Tehranchi, Golestaneh, Rostamzadeh, Ghorbani, Khosravi, Pourmand, Sabbagh, Nikzad, Mirfakhraei",
        middle_names=False,
        common="d_english",
    ),
}

DIMINUTIVES: dict[str, str] = {
    "Philippa": "Pippa", "Rosalind": "Roz", "Bethany": "Beth", "Harriet": "Hattie", "Winifred": "Winnie",
    "Marjorie": "Marge", "Tabitha": "Tabby", "Roxanne": "Roxy", "Gwendolyn": "Gwen", "Josephine": "Josie",
    "Marguerite": "Margo", "Kaitlyn": "Kait", "Danielle": "Dani", "Brianna": "Bri", "Clementine": "Clem",
    "Thaddeus": "Thad", "Reuben": "Rube", "Emmett": "Em", "Roderick": "Rod", "Kendrick": "Ken",
    "Tobias": "Toby",
    "Zachary": "Zach", "Jeremiah": "Jem", "Mary Frances": "Mary Fran", "Angharad": "Annie",
    "Ceridwen": "Ceri",
    "Llewelyn": "Llew", "Liesbeth": "Liesje", "Willemijn": "Mijntje", "Bastiaan": "Bas", "Yesenia": "Yese",
    "Milagros": "Mili", "Hernán": "Nano", "Conceição": "Ceiça", "Vinícius": "Vini", "Boglárka": "Bogi",
    "Zoltán": "Zoli", "Shunsuke": "Shun", "Agnieszka": "Aga", "Małgorzata": "Gosia", "Krzysztof": "Krzyś",
    "Wojciech": "Wojtek", "Mariagrazia": "Grazia", "Salvatore": "Totò", "Geneviève": "Gen", "Mathieu": "Mat",
    "Niloufar": "Nilou", "Alyssa": "Lyss", "Jocelyn": "Joss", "Mallory": "Mal",
}  # fmt: skip

ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "d_taiwanese": ("Vivian", "Queenie", "Ivy", "Sherry", "Alvin", "Winnie", "Jasper"),
    "d_japanese": ("Hannah", "Ken", "Naomi"),
}

COUNTRIES: dict[str, str] = {
    "d_english": "West Virginia", "d_everyday": "Oregon", "d_southern": "Louisiana", "d_welsh": "Wales",
    "d_dutch": "the Netherlands", "d_andean": "Peru", "d_brazilian": "Brazil", "d_hungarian": "Hungary",
    "d_japanese": "Japan", "d_taiwanese": "Taiwan", "d_javanese": "Indonesia", "d_kenyan": "Kenya",
    "d_polish": "Poland", "d_italian": "Italy", "d_quebecois": "Quebec", "d_samoan": "Samoa",
    "d_persian": "Iran",
}  # fmt: skip
