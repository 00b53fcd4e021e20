"""The names of set c: a US campus, most of it anglo-like or with everyday words for names, and its guests."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock, name_stock

HEARTLAND = "heartland"

STOCKS: dict[str, NameStock] = {
    HEARTLAND: name_stock(
        "Kayleigh, Meredith, Brooke, Susannah, Tabitha, Jocelyn, Lindsay, Paige, Rachel, Rebecca, Stephanie, "
        "Tessa, Whitney, Allison, Bethany, Cassandra, Deborah, Gwendolyn, Heather, Jillian, Marissa, Natalie,"
        "Kathryn, Savannah",
        "Garrett, Preston, Tyler, Zachary, Bradley, Clayton, Derek, Elliott, Gregory, Hunter, Jeffrey, "
        "Kenneth, Landon, Mitchell, Nathaniel, Philip, Russell, Spencer, Theodore, Timothy, Wesley, Benjamin",
        "Abernathy, Bancroft, Brubaker, Castellano, Colquitt, De Luca, Dunleavy, Eichelberger, Fairbanks, "
        "Gustafson, Hathaway, Hollingsworth, Ingebretsen, Jablonski, Kirkpatrick, Lindqvist, Lockhart, "
        "Mancuso, McAllister, McElroy, Nordstrom, O'Bannon, Ottinger, Pettigrew, Quackenbush, Rasmussen, "
        "Schoonover, Stubblefield, Swearingen, Thibodeaux, Underhill, Van Alstyne, Von Behren, Weatherford, "
        "Whitaker, Yoder, Zimmerman, Pruitt, Tolliver, Hargrove",
        words="wordlike",
        common=HEARTLAND,
    ),
    "wordlike": name_stock(
        "Joy, Hope, Sue, Carol, Dawn, April, Patience, Charity, Merry, Melody, Penny, Misty, Destiny, Story, "
        "Honor, Olive, Ginger, Winter, Journey, Blessing, Clementine, Precious, Page, Gay",
        "Will, Grant, Chase, Mark, Rob, Bill, Skip, Rusty, Art, Guy, Miles, Chance, Major, Judge, Dean, "
        "Prince, Pierce, Lance, Wade, Sterling, Frank, Gene, Chip, Pat",
        "Best, Dear, Love, Friend, Guest, Person, Stranger, Student, Class, Reading, Booker, Page, Bachelor, "
        "Masters, Doctor, Senior, Junior, Esquire, Nurse, Parent, Child, Cousins, English, Friday, Early, "
        "Self, Noone, Grade, Hall, Makepeace, Drinkwater, Gotobed, Goforth, Doolittle, Rush, Moody, Outlaw, "
        "Sales, Bird, Christmas, Teachout, Post",
        everyday=True,
        common=HEARTLAND,
    ),
    "tidewater": name_stock(
        "Mary Grace, Anna Kate, Emma Claire, Sarah Beth, Ruth Ann, Laura Leigh, Imogen, Philippa, Ella Rae, "
        "Josephine, Georgiana, Mary Alice",
        "John Paul, Billy Ray, James Henry, Alistair, Barnaby, Rupert, Jon Mark, Montgomery, Beau, Thaddeus, "
        "Lee Roy",
        "Ashcombe-Hale, Barrow-Finch, Carlisle-Webb, Dunmore-Price, Fitzhugh-Lane, Hartwell-Boone, "
        "Kingsley-Roth, Langdon-Meade, Marlowe-Teague, Pemberton-Shaw, Ravenel-Lowe, St. Cyr, Wyndham-Cole, "
        "Calloway, Rutledge, L'Heureux",
        double_barrelled=True,
        words="wordlike",
        common=HEARTLAND,
    ),
    "carolina": name_stock(
        "Aaliyah, Ebony, Imani, Jada, Keisha, Latoya, Nia, Shanice, Tamika, Zaria, Ja'Nae, De'Asia",
        "Darius, DeAndre, Jamal, Kendrick, Lamar, Malik, Marquis, Terrell, Tyrone, D'Angelo, Jalen, Cedric",
        "Beauregard, Broadnax, Covington, Dupree, Gadsden, Hairston, Jefferson, Lassiter, Mayfield, Pinckney,"
        "Ravenell, Sturdivant, Toussaint, Vann, Witherspoon, Youmans",
        words="wordlike",
        common=HEARTLAND,
    ),
    "norteno": name_stock(
        "Ximena, Guadalupe, Yesenia, Maricela, Rocío, Araceli, Ana Lucía, Marisol, Perla, Lourdes, Xóchitl, "
        "Itzel, María Fernanda, Consuelo, Paloma, Verónica, Dulce María, Graciela",
        "Efraín, Gilberto, Joaquín, Leonel, Noé, Octavio, Ramiro, Saúl, José Luis, Juan Pablo, Rigoberto, "
        "Ulises, Adán, Heriberto, Luis Ángel, Fermín",
        "Arriaga, Barragán, Cárdenas, de la Garza, de León, del Ángel, Elizondo, Galindo, Hinojosa, Ibarra, "
        "Jáuregui, Lozano, Montemayor, Nájera, Olivarez, Peña, Quintanilla, Rentería, Saldaña, Treviño, "
        "Urrutia, Villarreal, Ybarra, Zavala, de los Santos",
        two_surnames=True,
        common=HEARTLAND,
    ),
    "mineiro": name_stock(
        "Thaís, Luana, Beatriz, Marília, Jussara, Ana Clara, Larissa, Raquel, Letícia, Fabiana, Maria Rita",
        "Caio, Thiago, Vinícius, Rodrigo, Otávio, João Pedro, Luís Felipe, Renato, Murilo, Everton",
        "Alvarenga, Bittencourt, Cavalcanti, da Conceição, de Andrade, do Amaral, dos Reis, Figueiredo, "
        "Guimarães, Magalhães, Nogueira, Pacheco, Queiroz, Siqueira, Teixeira, Vasconcelos",
        two_surnames=True,
        last_surname_counts=True,
        common=HEARTLAND,
    ),
    "gujarati": name_stock(
        "Aarohi, Bhavna, Dhruvi, Falguni, Hetal, Jinal, Komal, Mital, Nidhi, Pooja, Riddhi, Shreya, Urvashi, "
        "Zeel",
        "Bhavesh, Chirag, Dhaval, Hardik, Jignesh, Kunal, Mehul, Nirav, Parth, Ronak, Smit, Tejas, Yash, Om",
        "Amin, Bhatt, Chokshi, Dave, Desai, Gandhi, Jani, Kothari, Mehta, Modi, Panchal, Parikh, Patel, Shah,"
        "Thakkar, Trivedi, Vyas, Zaveri, Doctor, Merchant",
        common=HEARTLAND,
    ),
    "bangladeshi": name_stock(
        "Farzana, Nusrat, Tasnim, Sumaiya, Rokeya, Ayesha Siddika, Lamia, Shirin, Mst Jannat, Taslima",
        "Md Rakib, Md Shahin, Tanvir, Arif, Mahmudul, Md Habibur, Sajid, Touhid, Rezaul",
        "Ahmed, Akter, Begum, Chowdhury, Hossain, Islam, Khatun, Majumder, Miah, Rahman, Sarkar, Talukder, "
        "Uddin",
        middle_names=False,
        common=HEARTLAND,
    ),
    "taiwanese": name_stock(
        "Yu-Ting, Chia-Hui, Pei-Shan, Shu-Fen, Hsin-Yi, Wan-Ju, Mei-Ling, Ya-Wen, Tzu-Han, Jo-Lin",
        "Chih-Wei, Kuan-Yu, Po-Han, Tsung-Han, Wei-Lun, Cheng-En, Yi-Hsuan, Ming-Che, Jun-Jie",
        "Chang, Cheng, Chiang, Chiu, Hsieh, Hsu, Huang, Kao, Lai, Liao, Lin, Ma, Peng, Shih, Tsai, Tseng, Wu,"
        "Yeh",
        family_first=True,
        middle_names=False,
        common=HEARTLAND,
    ),
    "japanese": name_stock(
        "Ayaka, Chihiro, Haruka, Kaori, Mai, Naoko, Rina, Sakura, Tomoko, Yuki, Mari, Emi",
        "Daichi, Haruto, Kenta, Makoto, Naoki, Ryo, Shota, Takumi, Yusuke, Yuki, Jun, Go",
        "Abe, Endo, Fujimoto, Hayashi, Ii, Ito, Kawaguchi, Kondo, Matsuda, Nishimura, Ogawa, Ono, Sakamoto, "
        "Taniguchi, Ueda, Yoshikawa",
        family_first=True,
        middle_names=False,
        common=HEARTLAND,
    ),
    "saigonese": name_stock(
        "Bích Ngọc, Diễm My, Khánh Linh, Mỹ Duyên, Ngọc Trâm, Phương Thảo, Thanh Trúc, Thùy Dương, Tuyết Mai",
        "Anh Khoa, Đăng Khôi, Gia Bảo, Hoàng Phúc, Minh Tuấn, Quốc Huy, Thiên Ân, Trung Kiên",
        "Bùi, Cao, Châu, Đinh, Đỗ, Dương, Hồ, Huỳnh, Lâm, Lương, Mai, Phan, Tạ, Trịnh, Võ, Vương",
        family_first=True,
        middle_names=False,
        last_part_spoken=True,
        common=HEARTLAND,
    ),
    "amhara": name_stock(
        "Bethlehem, Eden, Feven, Hiwot, Kidist, Liya, Meron, Rahel, Selam, Tigist, Yodit",
        "Abel, Biruk, Dawit, Ermias, Girma, Henok, Kaleb, Mikias, Natnael, Surafel, Yonas",
        "Abebe, Alemu, Assefa, Bekele, Desta, Gebre-Mariam, Getachew, Haile, Kebede, Mekonnen, Negash, "
        "Tadesse, Tesfaye, Wolde, Zewdie",
        middle_names=False,
        common=HEARTLAND,
    ),
    "igbo": name_stock(
        "Adaeze, Chiamaka, Chinwe, Ebele, Ifeoma, Ngozi, Nkechi, Obioma, Oluchi, Uzoamaka, Mercy, Goodness",
        "Chibuzo, Chukwuemeka, Ebuka, Ikenna, Kelechi, Nnamdi, Obinna, Okechukwu, Somto, Uche, Goodluck",
        "Achebe-Nwosu, Anyanwu, Ekwueme, Ezeokafor, Iheanacho, Mbah, Nwachukwu, Obi, Okonjo, Okoro, Onyeka, "
        "Udeh, Umeh, Nwankwo",
        double_barrelled=True,
        common=HEARTLAND,
    ),
    "kenyan": name_stock(
        "Akinyi, Chebet, Faith, Makena, Mwende, Nyambura, Purity, Wairimu, Wanjiku, Zawadi",
        "Baraka, Kiprono, Kamau, Mutua, Mwangi, Ochieng, Onyango, Wekesa, Kibet, Moses",
        "Achieng, Barasa, Cheruiyot, Gathoni, Kariuki, Kimani, Koech, Maina, Mbugua, Muthoni, Njoroge, "
        "Odhiambo, Rotich, Wafula",
        common=HEARTLAND,
    ),
    "polish": name_stock(
        "Agnieszka, Bożena, Dorota, Ewelina, Grażyna, Iwona, Katarzyna, Małgorzata, Oliwia, Zuzanna",
        "Bartosz, Dariusz, Grzegorz, Kacper, Łukasz, Michał, Paweł, Rafał, Wojciech, Zbigniew",
        "Bąk, Chmiel, Dąbek, Gołąb, Jasiński-Król, Kłos, Krawczyk, Lis, Małecki, Mróz, Nowakowski-Bień, "
        "Pietrzak, Szczepaniak, Wrona, Wójcik, Zając",
        double_barrelled=True,
        common=HEARTLAND,
    ),
    "ukrainian": name_stock(
        "Bohdana, Daryna, Halyna, Iryna, Kateryna, Lesya, Nadiya, Oksana, Solomiya, Yaryna",
        "Andriy, Bohdan, Danylo, Ihor, Maksym, Nazar, Oleh, Ostap, Taras, Yevhen",
        "Bondarenko, Dovzhenko, Hrytsenko, Kovalchuk, Lysenko, Marchenko, Onyshchenko, Petrenko, Savchuk, "
        "Shevchuk, Tkachuk, Yurchenko, Zahoruiko",
        middle_names=False,
        common=HEARTLAND,
    ),
    "welsh": name_stock(
        "Angharad, Bronwen, Carys, Eleri, Ffion, Gwenllian, Lowri, Mair, Nerys, Rhiannon, Siân",
        "Aled, Dafydd, Emyr, Gethin, Huw, Iestyn, Llewelyn, Owain, Rhodri, Tegid",
        "ap Rhys, Bevan, Bowen, Cadwallader, Gethin, Gwynne, Llewellyn, Mac Leish, Mac Giolla, Maddock, "
        "Penry, Pugh, Tudor, Vaughan, Dy'Ffrin",
        common=HEARTLAND,
    ),
    "ashkenazi": name_stock(
        "Aviva, Chana, Devorah, Esther, Gittel, Leah, Miriam, Shoshana, Tova, Yael, Rivka, Ziva",
        "Ari, Asher, Boaz, Dov, Eitan, Hillel, Mordechai, Noam, Shlomo, Yitzchak, Zev, Ezra",
        "Ben-Ami, Blumenfeld, Eisenstadt, Feingold, Gottlieb, Halpern, Katzenelson, Lifshitz, Mandelbaum, "
        "Perlmutter, Rabinowitz, Rothstein, Shapiro, Teitelbaum, Wachtel, Zuckerman",
        common=HEARTLAND,
    ),
    "persian": name_stock(
        "Azadeh, Bahareh, Elnaz, Fereshteh, Golnaz, Laleh, Mahsa, Nasrin, Parisa, Shirin, Yasaman",
        "Arash, Behrouz, Dariush, Farhad, Hossein, Kamran, Mehrdad, Omid, Reza, Siavash",
        "Ahmadi, Bakhtiari, Daneshvar, Esfahani, Farrokhzad, Golshiri, Hashemi, Jamshidi, Kermani, Mirzaei, "
        "Nouri-Azar, Rostami, Shirazi, Tehrani, Yazdani",
        middle_names=False,
        double_barrelled=True,
        common=HEARTLAND,
    ),
    "gulf_arab": name_stock(
        "Noura, Reem, Hessa, Maha, Latifa, Shaikha, Amal, Dana, Wadha, Jawaher, Munira",
        "Faisal, Khalid, Nasser, Saud, Turki, Abdulaziz, Abdul Rahman, Majed, Hamad, Bandar",
        "al-Dosari, Al Harbi, Al-Mutairi, Al Qahtani, Al-Shehri, bin Salem, El Sayed, Abu Khalil, Al-Otaibi, "
        "Bin Laboun, Al Zahrani, Hamdan",
        middle_names=False,
        common=HEARTLAND,
    ),
    "samoan": name_stock(
        "Fa'asao, Lagi, Leilua, Malia, Pua, Sina, Talia, Tina, Losa, Vaitiare",
        "Afa, Fetu, Iosefa, Lafi, Malakai, Sione, Tavita, Tui, Viliamu, Penitoa",
        "Aiono, Fa'amausili, Faleafa, Fuimaono, Leota, Mata'afa, Pulu, Salave'a, Tauiliili, To'omalatai, "
        "Tuilagi, Va'a",
        words="wordlike",
        common=HEARTLAND,
    ),
    "hmong": name_stock(
        "Mai Yer, Pa Houa, Kao Nou, Gao Sheng, Bao, Nkauj, See, Yia, Chue",
        "Tou Ger, Kong Meng, Xue, Teng, Pao, Chong, Fue, Blia, Lue",
        "Her, Lor, Moua, Thao, Vang, Xiong, Yang, Lee, Cha, Kue",
        middle_names=False,
        common=HEARTLAND,
    ),
    "javanese": name_stock(
        "Dewi, Endang, Ningsih, Sulastri, Wulandari, Puspita, Retno, Kartini, Sri Rahayu, Ratna, Yulia, "
        "Lestari, Indah, Suryani",
        "Budiman, Sudarsono, Supriyadi, Wibowo, Hartono, Slamet, Joko, Agus, Bambang Widodo, Sutrisno, "
        "Purnomo, Gunawan, Mulyono, Haryanto",
        "",
        middle_names=False,
        common=HEARTLAND,
    ),
}

DIMINUTIVES: dict[str, str] = {
    "Kayleigh": "Kay",
    "Meredith": "Mere",
    "Susannah": "Zannie",
    "Tabitha": "Tabby",
    "Jocelyn": "Joss",
    "Rebecca": "Becca",
    "Stephanie": "Steph",
    "Allison": "Allie",
    "Bethany": "Beth",
    "Cassandra": "Cassie",
    "Deborah": "Deb",
    "Gwendolyn": "Gwen",
    "Jillian": "Jill",
    "Natalie": "Nat",
    "Kathryn": "Katie",
    "Savannah": "Savvy",
    "Zachary": "Zach",
    "Bradley": "Brad",
    "Clayton": "Clay",
    "Gregory": "Greg",
    "Jeffrey": "Jeff",
    "Kenneth": "Kenny",
    "Mitchell": "Mitch",
    "Nathaniel": "Nate",
    "Philip": "Pip",
    "Russell": "Russ",
    "Theodore": "Teddy",
    "Timothy": "Tim",
    "Wesley": "Wes",
    "Benjamin": "Benji",
    "Patience": "Pat",
    "Clementine": "Clemmie",
    "Josephine": "Josie",
    "Georgiana": "Georgie",
    "Philippa": "Pippa",
    "Montgomery": "Monty",
    "Alistair": "Ali",
    "Thaddeus": "Tad",
    "Guadalupe": "Lupita",
    "Yesenia": "Yesi",
    "Consuelo": "Chelo",
    "Graciela": "Chela",
    "Verónica": "Vero",
    "Gilberto": "Beto",
    "José Luis": "Pepe",
    "Rigoberto": "Rigo",
    "Beatriz": "Bia",
    "Letícia": "Lê",
    "Rodrigo": "Digo",
    "Vinícius": "Vini",
    "Bethlehem": "Betty",
    "Natnael": "Nati",
    "Chiamaka": "Amaka",
    "Chukwuemeka": "Emeka",
    "Okechukwu": "Okey",
    "Agnieszka": "Aga",
    "Katarzyna": "Kasia",
    "Małgorzata": "Gosia",
    "Zuzanna": "Zuzia",
    "Grzegorz": "Grześ",
    "Wojciech": "Wojtek",
    "Kateryna": "Katya",
    "Solomiya": "Solya",
    "Bohdan": "Danko",
    "Gwenllian": "Gwenno",
    "Dafydd": "Dai",
    "Llewelyn": "Llew",
    "Devorah": "Devi",
    "Shoshana": "Shosh",
    "Mordechai": "Motti",
    "Yitzchak": "Itzik",
    "Abdulaziz": "Aziz",
    "Fereshteh": "Feri",
}

ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "taiwanese": ("Robin", "Jamie", "Apple", "Kelly", "Casey", "Sunny", "Lou", "Sky"),
    "saigonese": ("Kim", "Alex", "Andy", "Jackie", "Tracy", "Lee"),
    "hmong": ("Jordan", "Sky", "Casey", "Lee"),
    "gulf_arab": ("Sam", "Noor", "Alex"),
}

COUNTRIES: dict[str, str] = {
    HEARTLAND: "western Pennsylvania",
    "wordlike": "southern Ohio",
    "tidewater": "coastal Virginia",
    "carolina": "South Carolina",
    "norteno": "northern Mexico",
    "mineiro": "Brazil",
    "gujarati": "India",
    "bangladeshi": "Bangladesh",
    "taiwanese": "Taiwan",
    "japanese": "Japan",
    "saigonese": "Vietnam",
    "amhara": "Ethiopia",
    "igbo": "Nigeria",
    "kenyan": "Kenya",
    "polish": "Poland",
    "ukrainian": "Ukraine",
    "welsh": "Wales",
    "ashkenazi": "northern New Jersey",
    "persian": "Iran",
    "gulf_arab": "Saudi Arabia",
    "samoan": "American Samoa",
    "hmong": "Minnesota",
    "javanese": "Indonesia",
}
