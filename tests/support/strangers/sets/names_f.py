"""The names of set f: a term shared by colleges in North America, Ireland, the Philippines and South Africa."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock, name_stock

STOCKS: dict[str, NameStock] = {
    "f_english": name_stock(
        "Kaitlyn, Brooke, Amber, Tiffany, Rebecca, Danielle, Courtney, Whitney, Alyssa, Jordan, Paige, Mackenzie, "
        "Jasmine, Latoya, Kiara, Deborah, Pamela, Judith, Marlene, Vicki, Theresa, Christine, Kimberly, Allison, "
        "Meredith, Hayley, Shelby, Savannah, Bethany, Candace, Monique, Ebony, Tara, Kendra, Stacey, Lindsay, "
        "Jill, Heidi, Robin, Lauren, Emily, Sarah, Katherine, Elizabeth, Morgan, Taylor, Gabrielle, Ashleigh",
        "Cody, Dustin, Travis, Kyle, Derek, Brandon, Marcus, Terrence, Darnell, Wesley, Garrett, Trevor, Jeffrey, "
        "Gregory, Kenneth, Ronald, Wayne, Timothy, Zachary, Matthew, Nathaniel, Benjamin, Andrew, Christopher, "
        "Jordan, Taylor, Logan, Spencer, Curtis, Jerome, Randall, Douglas, Phillip, Joshua, Samuel, Austin",
        "Abernathy, Baxter, Blankenship, Boyd, Brewster, Caldwell, Carver, Cochran, Crenshaw, Daugherty, Dawkins, "
        "Eddings, Farris, Fitch, Foley, Gaines, Gentry, Goodwin, Hadley, Hargrove, Hatcher, Hendricks, Holbrook, "
        "Ingram, Jeffers, Jernigan, Kemp, Kirkland, Lachance, Langford, Lockhart, Maddox, Massey, McAllister, "
        "McKinney, Mayfield, Merritt, Moody, Nesbitt, Norwood, Odom, Ogden, Pickett, Pruitt, Ramsey, Rasmussen, "
        "Ridley, Rutledge, Satterfield, Sewell, Shumate, Simmons, Slater, Stallings, Stovall, Sutter, Tatum, "
        "Thornton, Tidwell, Trotter, Underhill, Vaughn, Wadsworth, Weatherby, Whitfield, Wilkes, Yarbrough, Yost, "
        "Johnson, Williams, Thompson, Anderson, Davis, Miller, Wilson, Harris, Clark, Walker, Young, Allen, King",
        words="f_words",
        common="f_english",
    ),
    "f_words": name_stock(
        "Ivy, Dawn, Sky, Melody, Harmony, Autumn, Amber, Pearl, Joy, Faith, Sage, Olive, Hazel, June, April, May",
        "Chase, Hunter, Reed, Art, Clay, Frank, Rich, Will, Mark, Bill, Cliff, Rocky, Ford, Pierce, Drew, Jack",
        "Book, Page, Bell, Board, Early, Noble, Story, Bright, Sharp, Winter, Day, Rain, Field, Park, Rivers, "
        "Church, Post, Moon, Pen, Love, Best, Good, Small, Long, Read, Price, Farmer, Cook, Case, Wise, Learned, "
        "Class, Grade, Monday, Summer, Blue, Gold, Hope, Power, Light, Child, Person, Stone, Wood, Lake",
        everyday=True,
        common="f_english",
    ),
    "f_canadian": name_stock(
        "Heather, Shannon, Jocelyn, Leanne, Rhonda, Kirsten, Alanna, Fiona, Catriona, Tegan, Bronwyn, Mallory, "
        "Janelle, Darcy, Robyn, Beverley, Carly, Maureen",
        "Gordon, Ross, Duncan, Alistair, Bryce, Graeme, Colton, Tyson, Stuart, Murray, Darcy, Brent, Ewan, Kurtis",
        "MacIsaac, MacKinnon-Price, Buchanan, Sinclair, Crawford-Hill, Fraser, Penney, Noseworthy, Drover-Fudge, "
        "Beaton, Gillis, Campbell-Ross, Hynes, Pelley, Forsyth, Dunbar, Carmichael, Whiteduck, Lathlin, "
        "Redhead-Moose, Cardinal, Spence, Bruyere, Gillespie-Wong, Tulk",
        double_barrelled=True,
        words="f_words",
        common="f_english",
    ),
    "f_quebecois": name_stock(
        "Mélanie, Geneviève, Marie-Ève, Josée, Annick, Chantal, Stéphanie, Maude, Noémie, Valérie, Élodie, "
        "Marie-Claude, Andréanne, Sylvie, Frédérique, Audrey",
        "Étienne, Mathieu, Jean-François, Guillaume, Benoît, Sébastien, Yannick, Maxime, Félix, Rémi, Luc, "
        "Jean-Philippe, Olivier, Cédric",
        "Tremblay, Gagnon, Bouchard, Côté, Lévesque, Pelletier, Thériault, Lachapelle, Desjardins, Beaulieu, "
        "Charbonneau, St-Pierre, Dufresne, Larocque, Gauthier, Robichaud, LeBlanc, Cormier, Arsenault, Dubé",
        common="f_english",
    ),
    "f_irish": name_stock(
        "Aoife, Niamh, Sinéad, Gráinne, Orla, Ciara, Caoimhe, Róisín, Deirdre, Bríd, Saoirse, Eimear, Fionnuala, "
        "Mairéad, Clodagh, Sorcha, Muireann, Éadaoin",
        "Cathal, Diarmuid, Eoin, Fergal, Colm, Pádraig, Tadhg, Darragh, Oisín, Rónán, Conor, Declan, Fiachra, Donal",
        "O'Donoghue, Ní Dhomhnaill, Mac Giolla, Kilbride, Hanrahan, O'Meara, Cusack, McGlinchey, Tierney, Halpin, "
        "Ó Súilleabháin, Ní Chonaill, Brosnan, Geraghty, Cronin, Devaney, Looney, Mulcahy, Quirke, Heneghan, "
        "O'Dwyer, Feeney, Lacey, McNamee, Prendergast",
        common="f_english",
    ),
    "f_filipino": name_stock(
        "Ma. Cristina, Jhoanna, Rosalie, Precious Joy, Maricel, Angelica, Lovely, Kristine Mae, Rowena, Analyn, "
        "Princess, Ma. Theresa, Glaiza, Jessa Mae, Divina, Cherry Ann, Lorna, Imelda, Mary Grace, Rhea",
        "Jun Mark, John Paul, Rodel, Jericho, Reynaldo, Arvin, Noel, Jomar, Renz, Emmanuel, Dennis, Rommel, "
        "Christian Jay, Ferdinand, Ariel, Jayson",
        "Dela Cruz, Bautista, Magsaysay, Villanueva, Macaraeg, Pangilinan, Dimaculangan, Salonga, Catacutan, "
        "Batungbakal, Manalo, Lacson, Abad, Tolentino, de Guzman, Sumulong, Cabrera, del Rosario, Mercado, "
        "Panganiban, Agbayani, Ocampo, Dizon, Lumbera",
        common="f_english",
    ),
    "f_zulu": name_stock(
        "Nomvula, Thandeka, Zanele, Nokuthula, Ntombi, Sibongile, Lindiwe, Busisiwe, Thobile, Nonhlanhla, Ayanda, "
        "Hlengiwe, Phumzile, Nqobile",
        "Sipho, Mandla, Bhekani, Themba, Sibusiso, Jabulani, Nkosinathi, Lwazi, Mthokozisi, Ayanda, Bongani, Musa",
        "Dlamini, Mkhize, Zulu, Ngcobo, Cele, Buthelezi, Khumalo, Ndlovu, Shabalala, Mthembu, Gumede, Zungu, "
        "Mhlongo, Sithole, Hadebe, Mabaso",
        common="f_english",
    ),
    "f_xhosa": name_stock(
        "Nosipho, Nomfundo, Yolanda, Babalwa, Zukiswa, Nontsikelelo, Bulelwa, Andiswa, Siphokazi, Noluthando",
        "Luyanda, Mzwandile, Vuyo, Siyabonga, Loyiso, Phumlani, Xolani, Thembinkosi, Lwandile, Monde",
        "Mbeki, Sobukwe, Ntshona, Mqhayi, Jordan, Gqola, Nkwinti, Qwabe, Tshabalala, Mpofu, Dyantyi, Mxenge",
        common="f_english",
    ),
    "f_sotho": name_stock(
        "Lerato, Palesa, Refilwe, Dineo, Keneilwe, Mpho, Tebogo, Boitumelo, Naledi, Puleng",
        "Thabo, Tshepo, Kagiso, Katlego, Lesego, Mpho, Tebogo, Pule, Kabelo, Thabiso",
        "Mokoena, Molefe, Motaung, Modise, Sekgoma, Phiri, Mofokeng, Letsie, Ramaphakela, Tau, Mahlangu, Maseko",
        common="f_english",
    ),
    "f_afrikaans": name_stock(
        "Annelie, Marietjie, Elmarie, Liezl, Riana, Suné, Anneke, Charlize, Hanlie, Magdalena, Ilse, Carina",
        "Pieter, Hennie, Johan, Kobus, Gerhard, Francois, Ruan, Dewald, Jaco, Schalk, Christo, Wikus",
        "van der Merwe, Botha, du Plessis, Pretorius, van Wyk, Joubert, Steyn, Coetzee, Le Roux, Swanepoel, "
        "Oosthuizen, van Rensburg, Viljoen, Lombard, Kruger, Vermeulen",
        common="f_english",
    ),
    "f_cape": name_stock(
        "Faldielah, Chantelle, Rushana, Bernadette, Shireen, Zaida, Lee-Ann, Melanie, Abigail, Gadija, Estelle",
        "Ashwin, Ricardo, Riyaad, Clinton, Shafiek, Ebrahim, Denzil, Marlon, Keith, Yusuf, Quinton",
        "September, Adams, Davids, Abrahams, February, Petersen, Isaacs, Hendricks, Solomons, Fortuin, Jaftha, "
        "Arendse, Titus, Salie, October, Williams",
        common="f_english",
    ),
    "f_durban": name_stock(
        "Kogilam, Priya, Saloshna, Thilagavathi, Nirvana, Kamini, Yashodha, Devika, Sumaya, Rochelle, Vanitha",
        "Kuben, Pravin, Logan, Yugen, Thavesh, Navin, Sashen, Dhiren, Rajendran, Ismail, Kreesan",
        "Govender, Naidoo, Pillay, Moodley, Reddy, Chetty, Maharaj, Padayachee, Singh, Naicker, Essop, Ramlall",
        common="f_english",
    ),
    "f_punjabi": name_stock(
        "Harpreet, Gurleen, Simran, Manpreet, Jasleen, Amandeep, Navneet, Rupinder, Kiranjot, Parminder",
        "Gurpreet, Jaspreet, Harjit, Manpreet, Amandeep, Sukhwinder, Ranjit, Balraj, Arjan, Tejinder",
        "Dhillon, Sandhu, Gill, Grewal, Sidhu, Brar, Bains, Kaur, Singh, Atwal, Sahota, Dosanjh, Mann",
        common="f_english",
    ),
    "f_hongkong": name_stock(
        "Wing Yan, Hoi Ching, Ka Yee, Sze Man, Pui Shan, Lok Yi, Tsz Ying, Mei Ling",
        "Chi Ho, Ka Wai, Wai Kit, Tsz Hin, Siu Ming, Kwok Leung, Ho Yin, Chun Kit",
        "Chan, Cheung, Leung, Lau, Kwok, Tsang, Yip, Fung, Mak, Ho, Lam, Poon",
        family_first=True,
        middle_names=False,
        common="f_english",
    ),
    "f_vietnamese": name_stock(
        "Thị Hồng, Ngọc Anh, Thanh Thảo, Minh Châu, Bích Ngọc, Kim Liên, Thúy Vy, Phương Linh",
        "Quốc Bảo, Minh Đức, Anh Tuấn, Gia Huy, Hữu Phước, Văn Nam, Thanh Tùng, Đình Khôi",
        "Nguyễn, Trần, Lê, Phạm, Đặng, Bùi, Võ, Đỗ, Huỳnh, Lý",
        family_first=True,
        middle_names=False,
        last_part_spoken=True,
        common="f_english",
    ),
    "f_mexican": name_stock(
        "Guadalupe, Itzel, Yesenia, Marisol, Araceli, Xóchitl, Brenda, Alejandra, Rocío, Leticia, Fernanda, Citlali",
        "Jesús, Alejandro, Rogelio, Ismael, Efraín, Ramón, Héctor, Gerardo, Saúl, Octavio, Ulises, Julián",
        "Ramírez, Cisneros, de la Torre, Villaseñor, Zavala, Ochoa, Saldaña, Treviño, Quintanilla, Barragán, "
        "Cantú, del Río, Escobedo, Nava, Montoya, Peña",
        two_surnames=True,
        middle_names=False,
        common="f_english",
    ),
    "f_azorean": name_stock(
        "Fátima, Graça, Conceição, Natália, Inês, Lurdes, Filomena, Teresinha, Ana Rita, Beatriz",
        "Tiago, Duarte, Nuno, Manuel, Gonçalo, Rui, Álvaro, João, Paulo, Simão",
        "Medeiros, Furtado, Pacheco, da Silva, Raposo, Botelho, Arruda, de Melo, Cordeiro, dos Santos, Câmara, Sousa",
        two_surnames=True,
        last_surname_counts=True,
        middle_names=False,
        common="f_english",
    ),
    "f_ukrainian": name_stock(
        "Oksana, Daria, Halyna, Larysa, Nadia, Roksolana, Tetiana, Iryna, Bohdana, Olena",
        "Taras, Danylo, Orest, Bohdan, Roman, Ihor, Petro, Myroslav, Andriy, Stepan",
        "Shevchuk, Kowalchuk, Melnyk, Hrynkiw, Bilous, Zaporozan, Tkachuk, Romaniuk, Lysenko, Pawluk, Chorney, Dmytriw",
        common="f_english",
    ),
    "f_javanese": name_stock(
        "Sulastri, Wahyuni, Kartini, Suharti, Widyaningsih, Pertiwi, Rahayu, Lestari",
        "Suparman, Wibowo, Harjono, Sugiyanto, Purwanto, Slamet, Budiman, Hartono",
        "",
        middle_names=False,
        common="f_english",
    ),
}

DIMINUTIVES: dict[str, str] = {
    "Rebecca": "Becca", "Danielle": "Dani", "Tiffany": "Tiff", "Mackenzie": "Kenzie", "Deborah": "Debbie",
    "Pamela": "Pam", "Judith": "Judy", "Theresa": "Terri", "Christine": "Chris", "Kimberly": "Kim",
    "Allison": "Allie", "Savannah": "Vanna", "Bethany": "Beth", "Candace": "Candy", "Lauren": "Laurie",
    "Emily": "Em", "Katherine": "Kat", "Elizabeth": "Liz", "Gabrielle": "Gabby", "Jeffrey": "Jeff",
    "Gregory": "Greg", "Kenneth": "Ken", "Ronald": "Ron", "Timothy": "Tim", "Zachary": "Zach", "Matthew": "Matt",
    "Nathaniel": "Nate", "Benjamin": "Ben", "Andrew": "Drew", "Christopher": "Topher", "Randall": "Randy",
    "Douglas": "Doug", "Phillip": "Phil", "Joshua": "Josh", "Samuel": "Sam", "Terrence": "Terry",
    "Jocelyn": "Joss", "Beverley": "Bev", "Alistair": "Al", "Gordon": "Gord", "Stuart": "Stu",
    "Geneviève": "Gen", "Stéphanie": "Steph", "Frédérique": "Fred", "Jean-François": "JF", "Guillaume": "Guill",
    "Jean-Philippe": "JP", "Maxime": "Max", "Deirdre": "Dee", "Fionnuala": "Nuala", "Mairéad": "Mags",
    "Pádraig": "Podge", "Diarmuid": "Derm", "Ma. Cristina": "Tina", "Jhoanna": "Joy", "Maricel": "Cel",
    "Angelica": "Angge", "Ma. Theresa": "Tess", "Imelda": "Mel", "Reynaldo": "Rey", "Emmanuel": "Manny",
    "Ferdinand": "Ferdie", "Jericho": "Eko", "Rosalie": "Rose", "Nokuthula": "Thuli", "Sibongile": "Bongi",
    "Busisiwe": "Busi", "Nonhlanhla": "Nhlanhla", "Sibusiso": "Sbu", "Nkosinathi": "Nathi", "Mthokozisi": "Mthoko",
    "Jabulani": "Jabu", "Nontsikelelo": "Ntsiki", "Siphokazi": "Spokazi", "Thembinkosi": "Thembi",
    "Mzwandile": "Mzwa", "Boitumelo": "Tumi", "Refilwe": "Fifi", "Katlego": "Kat", "Magdalena": "Magda",
    "Marietjie": "Mari", "Bernadette": "Bernie", "Abigail": "Abby", "Ricardo": "Ricky", "Thilagavathi": "Thila",
    "Saloshna": "Sally", "Rajendran": "Raj", "Harpreet": "Harp", "Gurpreet": "Gary", "Jaspreet": "Jas",
    "Manpreet": "Mani", "Sukhwinder": "Sukh", "Guadalupe": "Lupita", "Yesenia": "Yesi", "Alejandra": "Ale",
    "Leticia": "Lety", "Jesús": "Chuy", "Alejandro": "Alex", "Conceição": "São", "Filomena": "Mena",
    "Natália": "Nat", "Oksana": "Ksenia", "Roksolana": "Roxy", "Myroslav": "Myro", "Bohdan": "Danny",
    "Widyaningsih": "Widya", "Sugiyanto": "Yanto",
}  # fmt: skip

ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "f_hongkong": ("Cherie", "Winnie", "Jacky", "Edmond", "Fanny", "Kelvin", "Vivian", "Anson"),
    "f_vietnamese": ("Tina", "Kevin", "Lynn", "Andy", "Vivian", "Tommy"),
}

COUNTRIES: dict[str, str] = {
    "f_english": "Kentucky",
    "f_words": "Oregon",
    "f_canadian": "Nova Scotia",
    "f_quebecois": "Quebec",
    "f_irish": "Ireland",
    "f_filipino": "the Philippines",
    "f_zulu": "KwaZulu-Natal",
    "f_xhosa": "the Eastern Cape",
    "f_sotho": "Lesotho",
    "f_afrikaans": "South Africa",
    "f_cape": "Cape Town",
    "f_durban": "Durban",
    "f_punjabi": "Punjab",
    "f_hongkong": "Hong Kong",
    "f_vietnamese": "Vietnam",
    "f_mexican": "Mexico",
    "f_azorean": "the Azores",
    "f_ukrainian": "Ukraine",
    "f_javanese": "Indonesia",
}
