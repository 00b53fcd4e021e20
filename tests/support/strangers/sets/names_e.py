"""The names of set e: a US teachers' college and a large state university, with students of many ages."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock, name_stock

STOCKS: dict[str, NameStock] = {
    "e_english": name_stock(
        "Ashlyn, Brittany, Candace, Danielle, Deborah, Shaniqua, Tamika, Keisha, Latoya, Ebony, Kendra, Whitney, Lindsey,"
        "Courtney, Kayla, Mackenzie, Madison, Taylor, Jordan, Haley, Heather, Stacy, Tiffany, Kimberly, Melissa, Rebecca,"
        "Cynthia, Pamela, Rhonda, Sheila, Tonya, Vanessa, Victoria, Samantha, Alexandra, Elizabeth, Katherine, Kathleen,"
        "Margaret, Jennifer, Jessica, Stephanie, Christina, Abigail, Allison, Amanda, Andrea, Angela, Bethany, Bailey,"
        "Caitlin, Carly, Chelsea, Dana, Emma Kate, Mary Beth, Anna Grace, Jo Ellen, LeAnn, DeShonda, Destiny, Jasmine,"
        "Gabrielle, Hannah, Holly, Jill, Kelsey, Kristen, Laurel, Loretta, Marcia, Meredith, Miranda, Morgan, Nicole,"
        "Paige, Peggy, Rachel, Savannah, Shelby, Sierra, Sydney, Teresa, Valerie, Wendy, Yolanda",
        "Aaron, Alan, Andrew, Anthony, Austin, Benjamin, Blake, Bradley, Brandon, Brett, Bryce, Caleb, Cameron, Carl,"
        "Charles, Christopher, Clayton, Cody, Corey, Curtis, Dakota, Darnell, DeAndre, Derek, Dominic, Donald, Dustin,"
        "Edward, Elijah, Ethan, Evan, Garrett, Gregory, Isaiah, Jamal, Jared, Jeffrey, Jeremy, Jerome, Joel, Jonathan,"
        "Joseph, Joshua, Justin, Keith, Kenneth, Kyle, Lamar, Landon, Logan, Malik, Marcus, Matthew, Michael, Mitchell,"
        "Nathaniel, Nicholas, Patrick, Randall, Raymond, Ronald, Samuel, Scott, Shane, Spencer, Steven, Terrence,"
        "Timothy, Travis, Tyrone, Wesley, William, Zachary, J. D., Billy Ray",
        "Abernathy, Ackerman, Adkins, Aldridge, Atkins, Ballard, Barksdale, Beasley, Blevins, Boatwright, Bowman,"
        "Boykin, Brantley, Broussard, Buckner, Burgess, Caldwell, Calhoun, Carmichael, Chandler, Childress, Clemmons,"
        "Coats, Cobb, Coleman, Conley, Crenshaw, Culpepper, Cunningham, Dalton, Dawkins, Dickerson, Dillard, Dixon,"
        "Dobbs, Drummond, Duckworth, Easley, Eubanks, Farris, Faulkner, Fincher, Fitzgerald, Gaines, Gentry, Gilliam,"
        "Givens, Goodwin, Grimes, Guthrie, Hairston, Hargrove, Hathcock, Hendrix, Hickman, Hobbs, Hollingsworth,"
        "Houston, Huckabee, Ingram, Jefferson, Jernigan, Kendrick, Kilgore, Kirkland, Knowles, Lancaster, Lassiter,"
        "Ledbetter, Lowery, Maddox, Mayfield, McAllister, McBride, McClendon, McKinney, Meadows, Merriweather, Moody,"
        "Nance, Nettles, Oakley, Odom, O'Neal, Overstreet, Patton, Peacock, Pettway, Pickett, Pruitt, Rainey, Randolph,"
        "Ratliff, Renfroe, Rutledge, Sampson, Satterfield, Shelton, Sizemore, Spradlin, Stallworth, St. Clair,"
        "Stanfield, Stubblefield, Tatum, Thigpen, Thornton, Tidwell, Tillman, Underwood, Vaughn, Wadsworth, Walton,"
        "Weatherly, Whitaker, Wilkerson, Womack, Yarbrough, Young-Harris, Brooks-Lane, Carter-Mills, Hunt-Dudley",
        words="e_words",
        common="e_english",
        double_barrelled=True,
    ),
    "e_words": name_stock(
        "Grace, Hope, Joy, Faith, Summer, Autumn, Dawn, Ruby, Ivy, Lily, Daisy, April, June, Amber, Crystal, Olive,"
        "Melody, Harmony, Brooke, Star, Precious, Patience, Charity, Honey, Misty, Robin, Pearl, Sunny, Angel, Merry",
        "Mark, Grant, Chase, Art, Rich, Hunter, Pierce, Bill, Jack, Frank, Chance, Drew, Guy, Miles, Rusty, Dean, Gene,"
        "Cliff, Rob, Will, Rocky, Wade, Reed, Earnest, Duke, Ray, Gill, Buck",
        "Page, Day, Best, Love, Long, Good, Wise, Small, Field, Park, Hill, Banks, Winter, Price, Church, Early, Self,"
        "Friend, Story, Noble, Bell, Moss, Case, Strong, Light, Sharp, Means, Words, Comfort, Pleasant, Gamble, Rivers,"
        "Marsh, Bright, Lemons, Mathis, Paper, Wall, Pool, Brand, Downs, Cash, Bird, Snow, Waters, Farmer, Cook, Carpenter",
        everyday=True,
        common="e_english",
    ),
    "e_mexican": name_stock(
        "Alejandra, Araceli, Belén, Brenda, Citlali, Consuelo, Dulce, Esmeralda, Guadalupe, Itzel, Jazmín, Lizbeth,"
        "María Elena, Marisol, Mayra, Mireya, Noemí, Paloma, Rocío, Rosario, Xóchitl, Yesenia, Yadira, Zulema",
        "Adán, Arturo, Cuauhtémoc, Efraín, Ernesto, Fidel, Gerardo, Gilberto, Héctor, Ignacio, Jesús, José Luis, Juan Carlos,"
        "Leonel, Martín, Noé, Octavio, Rogelio, Saúl, Ulises",
        "Aguirre, Arredondo, Barrera, Cárdenas, Cervantes, Cisneros, De la Cruz, De León, Escobedo, Galván, Garza,"
        "Guajardo, Hinojosa, Jáuregui, Lozano, Magaña, Montemayor, Ochoa, Olivares, Peña, Quintanilla, Rentería, Saldívar,"
        "Tamez, Treviño, Urrutia, Villarreal, Zamora, Zúñiga",
        two_surnames=True,
        common="e_english",
        middle_names=False,
    ),
    "e_polish": name_stock(
        "Agnieszka, Bożena, Danuta, Dorota, Ewa, Grażyna, Halina, Jadwiga, Justyna, Kinga, Małgorzata, Magdalena, Zofia,"
        "Katarzyna, Wioletta",
        "Bartosz, Dariusz, Jacek, Jarosław, Krzysztof, Leszek, Łukasz, Mateusz, Paweł, Piotr, Radosław, Stanisław,"
        "Tomasz, Wojciech, Zbigniew",
        "Baranowski, Czajka, Dąbrowski, Gołąb, Jabłoński, Kaczmarek, Kowalczyk, Krawiec, Majewski, Mazur, Nowicki,"
        "Pawlak, Pietrzak, Sikora, Szymański, Wieczorek, Wróbel, Zając, Zieliński",
        common="e_english",
    ),
    "e_italian": name_stock(
        "Antonella, Carmela, Concetta, Donatella, Francesca, Gianna, Graziella, Loredana, Marcella, Ornella, Pia, Rosalia,"
        "Serafina, Tiziana",
        "Alfonso, Carlo, Carmine, Enzo, Gaetano, Gianluca, Giancarlo, Massimo, Pasquale, Rocco, Salvatore, Vito, Vincenzo",
        "Bellini, Caruso, Cavallaro, D'Angelo, D'Amico, Di Stefano, De Luca, Esposito, Ferrante, Fontana, Giordano, LaRocca,"
        "Lo Presti, Mancuso, Mastroianni, Palumbo, Ricci, Santoro, Tedesco, Vitale",
        common="e_english",
    ),
    "e_japanese": name_stock(
        "Akiko, Ayaka, Chihiro, Emi, Fumiko, Haruka, Hitomi, Junko, Kaori, Mariko, Megumi, Naomi, Sakura, Tomoko, Yuki",
        "Akira, Daisuke, Hideo, Hiroshi, Kazuki, Kenji, Makoto, Naoki, Ryota, Satoshi, Shinji, Takashi, Tetsuya, Yusuke",
        "Abe, Fujimoto, Hasegawa, Inoue, Ishikawa, Kimura, Kobayashi, Matsuda, Mori, Nakagawa, Nishimura, Ogawa, Okada,"
        "Saito, Shimizu, Takahashi, Uchida, Yamaguchi, Yoshida",
        family_first=True,
        middle_names=False,
        common="e_english",
    ),
    "e_russian": name_stock(
        "Alyona, Anastasia, Galina, Irina, Ksenia, Larisa, Lyudmila, Marina, Nadezhda, Oksana, Polina, Svetlana, Tatiana,"
        "Yevgenia, Yulia",
        "Alexei, Anatoly, Arkady, Boris, Dmitry, Fyodor, Gennady, Grigory, Ilya, Konstantin, Leonid, Maxim, Oleg, Pavel,"
        "Vadim, Yuri",
        "Belov, Bondarenko, Fedorov, Golubev, Kovalenko, Kuznetsov, Lebedev, Lysenko, Morozov, Orlov, Pavlenko, Petrenko,"
        "Romanenko, Shevchuk, Sokolov, Tkachenko, Volkov, Zaitsev",
        middle_names=False,
        common="e_english",
    ),
    "e_haitian": name_stock(
        "Claudette, Fabiola, Guerda, Islande, Jean-Marie, Judeline, Marie-Ange, Marie-Carmel, Mirlande, Nadège, Rose-Laure,"
        "Rosemène, Stéphanie, Wideline, Yolette",
        "Emmanuel, Évens, Fritzner, Jean-Claude, Jean-Robert, Jocelyn, Kervens, Lionel, Mackendy, Pierre-Louis, Ralph,"
        "Réginald, Wilner, Wisly",
        "Alcindor, Augustin, Baptiste, Beauvais, Célestin, Charles, Désir, Dorval, Étienne, Exantus, François, Jean-Baptiste,"
        "Jean-Louis, Joseph, Louissaint, Michel, Noël, Petit-Frère, Pierre, Saint-Fleur, Toussaint, Valcin",
        middle_names=False,
        common="e_english",
    ),
    "e_somali": name_stock(
        "Amina, Asha, Ayan, Deqa, Fadumo, Faiza, Fowsia, Hafsa, Halima, Hamdi, Hodan, Idil, Ifrah, Khadra, Ladan, Nimco,"
        "Sagal, Ubah, Zahra",
        "Abdi, Abdirahman, Abdullahi, Ahmed, Bashir, Dahir, Farah, Guled, Hassan, Ismail, Liban, Mahad, Mohamed, Mukhtar,"
        "Nur, Warsame, Yusuf",
        "Abdi, Aden, Ahmed, Ali, Barre, Dirie, Duale, Egal, Farah, Guled, Hassan, Hersi, Hussein, Ibrahim, Jama, Mohamud,"
        "Muse, Nur, Omar, Osman, Roble, Samatar, Sheikh, Warsame, Yusuf",
        two_surnames=True,
        last_surname_counts=True,
        middle_names=False,
        common="e_english",
    ),
    "e_hmong": name_stock(
        "Bao, Chee, Gao Nou, Houa, Kaying, Kia, Mai Chao, Mai Lor, Maly, Nou, Pa Chia, Pa Houa, Pang, See, Sheng, Yer, Zoua",
        "Bee, Cheng, Chue, Fue, Kong, Koua, Long, Neng, Pao, Pheng, Tou, Toua, Tou Ger, Wa Meng, Xai, Xeng, Yee",
        "Cha, Chang, Cheng, Fang, Hang, Her, Khang, Kong, Kue, Lee, Lor, Moua, Thao, Vang, Vue, Xiong, Yang",
        middle_names=False,
        common="e_english",
    ),
    "e_persian": name_stock(
        "Azadeh, Bahar, Farideh, Golnaz, Laleh, Mahnaz, Mahsa, Mitra, Nasrin, Nasim, Parisa, Roya, Shirin, Soraya, Yasaman",
        "Arash, Ardeshir, Babak, Behrouz, Cyrus, Dariush, Farhad, Kamran, Kaveh, Mehrdad, Omid, Reza, Siamak, Soheil",
        "Ahmadi, Akbari, Azizi, Bakhtiari, Ebrahimi, Farahani, Ghorbani, Hosseini, Jalali, Karimi, Khosravi, Mohammadi,"
        "Moradi, Nazari, Rostami, Sadeghi, Shirazi, Tehrani, Zandi",
        middle_names=False,
        common="e_english",
    ),
    "e_punjabi": name_stock(
        "Amandeep, Amrit, Baljit, Gurleen, Harleen, Harpreet, Jasleen, Jaspreet, Kiran, Mandeep, Manpreet, Navneet, Rupinder,"
        "Simran",
        "Amarjit, Arjan, Balwinder, Gagandeep, Gurpreet, Harjit, Jagdeep, Karan, Kulwinder, Lakhvir, Ranjit, Sukhdeep,"
        "Tejinder",
        "Bains, Brar, Dhaliwal, Dhillon, Gill, Grewal, Kahlon, Kaur, Mann, Randhawa, Sandhu, Sidhu, Singh, Sohal, Toor, Virk",
        middle_names=False,
        common="e_english",
    ),
    "e_dutch": name_stock(
        "Annika, Famke, Geertje, Greta, Hendrika, Johanna, Lieke, Marijke, Nelleke, Saskia, Tessa, Wilhelmina",
        "Arie, Cornelius, Dirk, Gerrit, Harm, Jelle, Joost, Klaas, Maarten, Pieter, Roelof, Wouter",
        "Bouwsma, De Boer, De Vries, Dykstra, Hoekstra, Huizenga, Kuiper, Meijer, Post, Schipper, Ten Brink, Van Dam,"
        "Van den Berg, Van der Meer, Van Dyke, Vander Ploeg, Veenstra, Zylstra",
        common="e_english",
    ),
    "e_javanese": name_stock(
        "Sulastri, Wulandari, Rahayu, Kartini, Suparmi, Endang, Sumiyati, Ratnasari, Widyawati, Yuliani",
        "Suharno, Sutrisno, Wahyudi, Supriyadi, Budiono, Hartono, Widodo, Mulyadi, Slamet, Sugeng",
        "",
        middle_names=False,
        common="e_english",
    ),
}

DIMINUTIVES: dict[str, str] = {
    "Deborah": "Debbie", "Kimberly": "Kim", "Melissa": "Missy", "Rebecca": "Becca", "Cynthia": "Cindy",
    "Pamela": "Pam", "Victoria": "Tori", "Samantha": "Sam", "Alexandra": "Lexi", "Elizabeth": "Liz",
    "Katherine": "Katie", "Kathleen": "Kathy", "Margaret": "Maggie", "Jennifer": "Jenn", "Jessica": "Jess",
    "Stephanie": "Steph", "Christina": "Tina", "Abigail": "Abby", "Allison": "Ally", "Amanda": "Mandy",
    "Andrea": "Andi", "Angela": "Angie", "Bethany": "Beth", "Danielle": "Dani", "Mackenzie": "Kenzie",
    "Madison": "Maddie", "Meredith": "Mere", "Nicole": "Nikki", "Savannah": "Vannah", "Teresa": "Terri",
    "Valerie": "Val", "Vanessa": "Nessa", "Gabrielle": "Gabby", "Jasmine": "Jaz", "Tiffany": "Tiff", "Brittany": "Britt",
    "Andrew": "Andy", "Anthony": "Tony", "Benjamin": "Ben", "Bradley": "Brad", "Cameron": "Cam", "Charles": "Chuck",
    "Christopher": "Chris", "Donald": "Don", "Edward": "Eddie", "Elijah": "Eli", "Gregory": "Greg", "Jeffrey": "Jeff",
    "Jonathan": "Jon", "Joseph": "Joey", "Joshua": "Josh", "Kenneth": "Kenny", "Matthew": "Matt", "Michael": "Mike",
    "Mitchell": "Mitch", "Nathaniel": "Nate", "Nicholas": "Nick", "Patrick": "Pat", "Randall": "Randy",
    "Raymond": "Ray", "Ronald": "Ronnie", "Samuel": "Sam", "Steven": "Steve", "Terrence": "Terry", "Timothy": "Tim",
    "William": "Billy", "Zachary": "Zach", "Dominic": "Dom",
    "Guadalupe": "Lupe", "Alejandra": "Ale", "Rosario": "Chayo", "María Elena": "Malena", "Ignacio": "Nacho", "Jesús": "Chuy",
    "Ernesto": "Neto", "José Luis": "Pepe", "Juan Carlos": "Juanca", "Esmeralda": "Esme", "Consuelo": "Chelo",
    "Małgorzata": "Gosia", "Katarzyna": "Kasia", "Agnieszka": "Aga", "Magdalena": "Magda", "Krzysztof": "Krzysiek",
    "Wojciech": "Wojtek", "Stanisław": "Staszek", "Tomasz": "Tomek", "Piotr": "Piotrek",
    "Francesca": "Fran", "Salvatore": "Sal", "Vincenzo": "Vinnie", "Pasquale": "Pat", "Concetta": "Connie",
    "Anastasia": "Nastya", "Svetlana": "Sveta", "Tatiana": "Tanya", "Nadezhda": "Nadia", "Dmitry": "Dima", "Alexei": "Alyosha",
    "Konstantin": "Kostya", "Lyudmila": "Lyuda", "Yevgenia": "Zhenya",
    "Abdirahman": "Abdi", "Mohamed": "Mo", "Fadumo": "Fay", "Harpreet": "Preet", "Gagandeep": "Gagan", "Wilhelmina": "Willa",
    "Hendrika": "Rika", "Cornelius": "Neil", "Emmanuel": "Manno", "Marie-Carmel": "Carmel",
}  # fmt: skip

ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "e_hmong": ("Cindy", "Mary", "Lisa", "Tommy", "Jenny", "Kevin", "Sunny", "Linda"),
    "e_japanese": ("Amy", "Ken", "May", "Jun", "Erica", "George"),
    "e_javanese": ("Rina", "Dewi", "Yanti"),
}

COUNTRIES: dict[str, str] = {
    "e_english": "the United States",
    "e_words": "the United States",
    "e_mexican": "Mexico",
    "e_polish": "Poland",
    "e_italian": "Italy",
    "e_japanese": "Japan",
    "e_russian": "Ukraine",
    "e_haitian": "Haiti",
    "e_somali": "Somalia",
    "e_hmong": "Laos",
    "e_persian": "Iran",
    "e_punjabi": "India",
    "e_dutch": "the Netherlands",
    "e_javanese": "Indonesia",
}
