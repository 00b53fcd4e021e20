"""Set b's stocks of invented people's names, their short forms, and the countries they name."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock, name_stock

STOCKS: dict[str, NameStock] = {
    "anglo": name_stock(
        "Charlotte, Gwendolyn, Theodora, Philippa, Josephine, Hannah Rose, Billie Jean, Latoya, Shanice,"
        "Deborah, Patricia, Cassandra, Jacqueline, Nicole, Stephanie, Tiffany, Bethany, Rosemary,"
        "Christine, Kimberly, Imani, Keisha, Olivia",
        "Theodore, Frederick, Gregory, Anthony, Edward, Vincent, Lawrence, Marcus, DeShawn, Terrence,"
        "Jeremiah, Nathaniel, Peter, Stephen, Leonard, Raymond, Wesley, Kenneth, Jamal",
        "Fairweather, Pemberton-Cole, Hargreaves, Ainsworth-Byrd, Washington, Gaines, Thibodeaux, Boone,"
        "Crenshaw, Lockhart, Ferris-Wynn, Oakes, Mayfield, Tolliver, Standifer, Davis, Brown, Miller,"
        "Jackson, Thompson-Hall, Winslow, Blackwood, Carver, Dupree, St. James, St. Clair, McAllister,"
        "FitzGerald, DeWitt, Vanhorn, O'Malley-Shaw",
        words="everyday",
        double_barrelled=True,
        common="anglo",
    ),
    "everyday": name_stock(
        "Sage, Journey, Harmony, Destiny, Mercy, Charity, Ivy, Hazel, Olive, Ginger, Honey, Skye, True,"
        "Story, Sunny, Sue, Tuesday, Dawn, Holly, Merry, Queen, Lady, Sincere, Genesis, Chance, Gene",
        "Bill, Drew, Skip, Chuck, Pierce, Chip, Judge, Deacon, Earl, Duke, Junior, Sonny, Rusty, Buddy,"
        "Reed, Colt, Sterling, Frank, Rod, Doc, Marshal, Sincere, Noble, Royal, Hunter, Chance, Lane,"
        "Gene",
        "Walker, Waters, Banks, Rivers, Reading, Masters, Class, Justice, Doctor, Deacon, Savage, Weeks,"
        "Winter, Sharp, Short, Goodnight, Self, Person, Guest, Nurse, Singer, Speaker, Story, Link,"
        "English, French, Junior, Squire, Wright, Sincere, Noble, Comfort, Blessing, Sites, Graves, Cook",
        everyday=True,
        common="anglo",
    ),
    "west_african": name_stock(
        "Oluwaseun, Adaeze, Ngozi, Chidinma, Yetunde, Folasade, Ama, Akosua, Abena, Efua, Aminata,"
        "Fatoumata, Blessing, Comfort, Patience, Mercy, Ifeoma, Temitope, Awa, Ndeye, Nana Yaa",
        "Oluwaseun, Chukwuemeka, Kwame, Kofi, Kwabena, Babatunde, Emeka, Ousmane, Mamadou, Sunday,"
        "Godswill, Goodluck, Innocent, Tunde, Yaw, Segun, Ikenna, Cheikh, Friday",
        "Okonkwo, Adeyemi, Mensah, Owusu, Boateng, Diallo, Diop, Okafor, Nwosu, Ogunleye, Asante, Sarpong,"
        "Traoré, N'Diaye, Eze, Bangura, Adjei, Koné, Ba, Sow, Oppong, Ibe, Sy, Thankgod, Emeka",
        common="anglo",
    ),
    "korean": name_stock(
        "Ji-woo, Seo-yeon, Min-ji, Hye-jin, Soo-jin, Eun-bi, Yuna, Ha-neul, Da-eun, Bo-ra, Sol",
        "Min-jun, Dong-hyun, Sungho, Jae-won, Young-soo, In-ho, Tae-yang, Ji-hoon, Ji-woo, Won, Jun-seo",
        "Kim, Lee, Park, Choi, Jung, Kang, Yoon, Shin, Oh, No, You, Ahn, Ha, Song, Hong, Bang, Moon, Gu,"
        "Ma, Namgung, Im, Woo",
        family_first=True,
        middle_names=False,
        common="anglo",
    ),
    "filipino": name_stock(
        "Ma. Cristina, Marivic, Jocelyn, Rosalinda, Angelica, Princess Joy, Lovely, Cherry Mae, Luzviminda,"
        "Maricel, Baby Jane, Divina Grace, Jhoanna, Ma. Teresa",
        "Jejomar, Rodel, Reynaldo, Mark Anthony, John Paul, Arnel, Ferdinand, Edgardo, Crisanto, King,"
        "Ronnel, Bong, Efren",
        "Dela Cruz, Santos, Reyes, Delos Santos, Bautista, Macaraeg, Pangilinan, Dimaculangan, Villanueva,"
        "Manalo, Catacutan, Tan, Uy, Go, Ang, Magbanua, Dy, Lim, San Juan, Sy-Reyes",
        common="anglo",
    ),
    "portuguese": name_stock(
        "Inês, Conceição, Beatriz, Joana, Mafalda, Tereza, Iara, Thaís, Rosângela, Lurdes, Vitória,Ana Clara",
        "João, Gonçalo, Tiago, Luís Filipe, Thiago, Vasco, Nuno, Caio, Sebastião, Jair, Otávio",
        "da Silva, Pereira, Carvalho, dos Santos, Araújo, Magalhães, Simões, Teixeira, Bettencourt,"
        "Furtado, Medeiros, da Costa, Leitão, Coelho, Branco, Rosa, Reis, Nóbrega, do Vale",
        two_surnames=True,
        last_surname_counts=True,
        common="anglo",
    ),
    "greek": name_stock(
        "Eleni, Despina, Katerina, Georgia, Vasiliki, Stavroula, Ioanna, Chrysoula, Zoe, Aspasia,Evangelia",
        "Konstantinos, Panagiotis, Dimitrios, Spyros, Yiannis, Nikolaos, Achilleas, Lefteris, Stavros,"
        "Thanasis",
        "Papageorgiou, Ioannidis, Karras, Pappas, Vlachos, Economou, Tsakiris, Mavros, Galanis, Kontos,"
        "Stathopoulos, Angelou, Makris, Hatzis",
        common="anglo",
    ),
    "turkish": name_stock(
        "Ayşe, Zeynep, Elif, Gülşen, Özge, İpek, Fatma Nur, Derya, Çiğdem, Ebru, Deniz",
        "Mehmet, Oğuz, Emre, Çağrı, Barış, Deniz, Kerem, İsmail, Umut, Can, Efe, Onur",
        "Yılmaz, Öztürk, Şahin, Doğan, Kılıç, Çelik, Aydın, Er, Ay, Arslan, Güneş, Bulut, Koç, Demirci,Işık",
        common="anglo",
    ),
    "hawaiian": name_stock(
        "Leilani, Kaʻiulani, Malia, Noelani, Pualani, Kehaulani, Mahealani, Nalani, Keala",
        "Keoni, Kawika, Kaleo, Ikaika, Makoa, Kekoa, Nainoa, Kimo, Kealiʻi, Pono",
        "Kealoha, Kahananui, Keawe, Kahale, Kaʻaihue, Makuakāne, Akana, Mahoe, Kaneshiro, Hoʻopai,"
        "Kaleikini, Ah Sing, Kekuna, Iona, Pa",
        common="anglo",
    ),
    "native": name_stock(
        "Winona, Autumn, Dakota, Shawna, Cheyenne, Tasha, Rayna, Lena, Misty, Raven, Willow, Kateri, Starr",
        "Dakota, Wade, Delbert, Virgil, Leland, Darrell, Wyatt, River, Clifford, Lyle, Cody Ray",
        "Begay, Tsosie, Yazzie, Many Goats, Two Bulls, Tall Bear, Black Elk, Looking Horse, Runs Above,"
        "Kills Small, Good Voice, Red Shirt, Little Thunder, Whitehorse, Walks First, Yellow Robe,"
        "Comes Last, Benally, Standing Cloud, Eagle Speaker, Her Many Horses, Day Chief, Grass Rope",
        common="anglo",
    ),
    "caribbean": name_stock(
        "Yadira, Milagros, Marisol, Xiomara, Nereida, Luz Divina, Yolanda, Caridad, Belkis, Altagracia,"
        "Socorro",
        "Wilfredo, Radamés, Osvaldo, Héctor, Efraín, Nelson, Jhon Jairo, Heriberto, Ramón",
        "Colón, Figueroa, Báez, Ureña, Rentería, Cruz, Rosario, Tejada, Pagán, Santiago, Marte, Ortiz,"
        "de León, Zúñiga, Mejía, Nieves, Toro, Flores, de los Reyes",
        two_surnames=True,
        common="anglo",
    ),
    "francophone": name_stock(
        "Geneviève, Maëlle, Solange, Wideline, Chantal, Anne-Sophie, Manoucheka, Océane, Fabienne,"
        "Marie-Ève, Bénédicte",
        "Jean-Baptiste, Étienne, Wilner, Loïc, Benoît, Jean-Marc, Fritznel, Guillaume, Aurélien, Yves,Pascal",
        "Tremblay, Gagnon, Beaulieu, Jean-Louis, Pierre, Toussaint, Dieudonné, Lefèvre, de Grandpré,"
        "Bélanger, L'Heureux, Charles, Petit-Frère, Dufort, Roy, Bienvenu, Étienne",
        common="anglo",
    ),
    "german": name_stock(
        "Annalena, Swantje, Hildegard, Friederike, Wiebke, Bärbel, Heike, Ulrike, Svenja",
        "Torsten, Wolfgang, Jörg, Hannes, Florian, Detlef, Uwe, Karl-Heinz",
        "Vogel, Schröder, von der Heide, Böhm, Groß, Fuchs, König, Lang, Kurz, Engel, zur Mühlen,"
        "Kleinschmidt, Jäger, Herr",
        common="anglo",
    ),
    "southern_vietnamese": name_stock(
        "Thị Hồng, Kiều Oanh, Bảo Châu, Tường Vi, Yến Nhi, Diễm My, Cẩm Tú",
        "Hữu Phước, Tấn Phát, Xuân Trường, Công Danh, Nhật Quang, Hoàng Nam",
        "Ngô, Dương, Lý, Hồ, Đỗ, Phan, Vũ, Đinh, Mai, Tô",
        family_first=True,
        middle_names=False,
        last_part_spoken=True,
        common="anglo",
    ),
    "maghrebi": name_stock(
        "Khadija, Ghita, Soukaina, Imane, Wafae, Nour El Houda, Dounia, Sanaa, Zineb",
        "Abdelkader, Youssef, Anouar, Hicham, Mehdi, Noureddine, Karim, Redouane, Ali",
        "Benali, El Idrissi, Bouzid, Ait Brahim, Ben Youssef, Cherkaoui, Tazi, El Mansouri, Bennani,"
        "Haddou, Amrani, Ziani",
        common="anglo",
    ),
    "mononym": name_stock(
        "Thida, Khin, Wulandari, Zarghuna", "Sutrisno, Gyaltsen, Naing, Habibullah", "", middle_names=False
    ),
}

DIMINUTIVES: dict[str, str] = {
    "Charlotte": "Lottie", "Gwendolyn": "Gwen", "Theodora": "Dora", "Philippa": "Pippa", "Josephine": "Jo",
    "Deborah": "Debbie", "Patricia": "Trish", "Cassandra": "Cassie", "Jacqueline": "Jackie",
    "Nicole": "Nikki",
    "Stephanie": "Steph", "Tiffany": "Tiff", "Bethany": "Beth", "Rosemary": "Romy", "Christine": "Chrissy",
    "Kimberly": "Kim", "Olivia": "Liv", "Theodore": "Ted", "Frederick": "Fred", "Gregory": "Greg",
    "Anthony": "Tony", "Edward": "Ned", "Vincent": "Vinnie", "Lawrence": "Larry", "Terrence": "Terry",
    "Jeremiah": "Jem", "Nathaniel": "Nate", "Peter": "Pete", "Stephen": "Steve", "Leonard": "Len",
    "Raymond": "Ray", "Wesley": "Wes", "Kenneth": "Ken", "Oluwaseun": "Seun", "Chukwuemeka": "Emeka",
    "Babatunde": "Tunde", "Temitope": "Temi", "Chidinma": "Chichi", "Folasade": "Sade", "Aminata": "Mina",
    "Kwabena": "Kobby", "Ma. Cristina": "Tintin", "Rosalinda": "Linda", "Reynaldo": "Rey", "Edgardo": "Egay",
    "Jejomar": "Jojo", "Luzviminda": "Luz", "Maricel": "Cel", "Jocelyn": "Joyce", "Angelica": "Angge",
    "Crisanto": "Cris", "Ferdinand": "Ferdie", "Mark Anthony": "Makoy", "John Paul": "JP",
    "Beatriz": "Bia", "Conceição": "São", "Gonçalo": "Gonça", "Sebastião": "Tião", "Ana Clara": "Aninha",
    "Konstantinos": "Kostas", "Panagiotis": "Panos", "Dimitrios": "Jimmy", "Evangelia": "Litsa",
    "Vasiliki": "Vaso", "Katerina": "Kat", "Nikolaos": "Nikos", "Aspasia": "Sia", "Stavroula": "Voula",
    "Mehmet": "Memo", "Zeynep": "Zey", "Leilani": "Lani", "Kaʻiulani": "Lani", "Kehaulani": "Kehau",
    "Nainoa": "Noa", "Cheyenne": "Chey", "Clifford": "Cliff", "Milagros": "Mila", "Xiomara": "Xio",
    "Wilfredo": "Willie", "Altagracia": "Tata", "Heriberto": "Beto", "Geneviève": "Gen", "Étienne": "Ti",
    "Guillaume": "Guy", "Annalena": "Leni", "Friederike": "Rike", "Wolfgang": "Wolf", "Khadija": "Dija",
    "Abdelkader": "Kader", "Noureddine": "Nour", "Sterling": "Ster", "Genesis": "Gen",
}  # fmt: skip

ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "korean": ("Jamie", "Alex", "Sunny", "Jay", "Robin", "Taylor", "Ray", "Grace"),
    "southern_vietnamese": ("Kelly", "Jackie", "Bo", "Casey", "Lynn"),
}

COUNTRIES: dict[str, str] = {
    "anglo": "Canada", "everyday": "Trinidad", "west_african": "Ghana", "korean": "Korea",
    "filipino": "the Philippines", "portuguese": "Brazil", "greek": "Cyprus", "turkish": "Turkey",
    "hawaiian": "Hawaii", "native": "Arizona", "caribbean": "Puerto Rico", "francophone": "Haiti",
    "german": "Austria", "southern_vietnamese": "Vietnam", "maghrebi": "Morocco", "mononym": "Myanmar",
}  # fmt: skip
