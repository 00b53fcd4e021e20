"""Set a's stocks of invented people's names, their short forms, and the countries they name."""

from __future__ import annotations

from tests.support.strangers.name_stock import NameStock, name_stock

STOCKS: dict[str, NameStock] = {
    "english": name_stock(
        "Emily, Katherine, Elizabeth, Rebecca, Jennifer, Samantha, Abigail, Allison, Victoria, Margaret,"
        "Ashley, Kayla, Brittany, Danielle, Caitlin, Lauren, Megan, Mary Beth, Sarah, Madeline, Paige",
        "James, Michael, William, Christopher, Joshua, Andrew, Nicholas, Benjamin, Zachary, Matthew,"
        "Thomas, Daniel, Tyler, Cody, Alexander, Timothy, Jonathan, Robert, Samuel, Jacob",
        "Robinson, Whitaker, Caldwell, Hughes, Barrow, Sutton, Prescott, Ellison, Tate, Marsh, Holloway,"
        "Smith, Johnson, Williams, Harper-Lowe, Kendrick, Ashworth, Pruitt, Langley, Stroud, Yates",
        words="words",
        double_barrelled=True,
    ),
    "spanish": name_stock(
        "María, Ana Lucía, Guadalupe, Valeria, Ximena, Rocío, Alejandra, Mariana, Itzel, Dolores, Paloma,"
        "María José, Noemí, Consuelo",
        "José Luis, Juan Carlos, Diego, Andrés, Miguel Ángel, Joaquín, Iván, Rubén, Ángel, Jesús, Mateo",
        "García, López, Hernández, Muñoz, Ibarra, Quiñones, Villaseñor, Fuentes, Zamora, Peña, Ochoa,"
        "Barragán, Salcedo, Treviño, de la Cruz, del Río",
        two_surnames=True,
    ),
    "south_asian": name_stock(
        "Priyanka, Ananya, Lakshmi, Divya, Sunita, Harpreet, Meera, Zainab, Nandini, Kavya, Simran, Tasnim",
        "Rahul, Arjun, Vikram, Harpreet, Sandeep, Imran, Karthik, Rohan, Farhan, Aditya, Suresh, Md Rafiq",
        "Patel, Singh, Kaur, Iyer, Venkataraman, Chowdhury, Rahman, Nair, Gill, Deshpande, Hossain, Reddy,"
        "Subramaniam, Banerjee, Md",
    ),
    "chinese": name_stock(
        "Xiaoting, Yuxin, Li Na, Meihua, Jing, Ying, Shu-Fen, Wenjing, Xue, An",
        "Wei, Zihao, Jun, Haoran, Chih-Hao, Minghao, Bo, Yi, Lei, Do",
        "Wang, Zhang, Chen, Liu, Huang, Lin, Xu, Ouyang, Ho, Yu, Sun, So, Li",
        family_first=True,
        middle_names=False,
    ),
    "vietnamese": name_stock(
        "Thị Lan, Minh Anh, Ngọc Hân, Thu Hà, Phương Thảo, Bích Ngọc, Mai, Thanh Trúc",
        "Văn Hùng, Đức Anh, Quốc Bảo, Minh Tuấn, Thành, Gia Huy, Long",
        "Nguyễn, Trần, Lê, Phạm, Huỳnh, Đặng, Võ, Bùi",
        family_first=True,
        middle_names=False,
        last_part_spoken=True,
    ),
    "arabic": name_stock(
        "Fatima, Layla, Noor, Aisha, Mariam, Yasmin, Huda, Rania, Salma, Abeer",
        "Omar, Khalid, Yusuf, Tariq, Abdul Rahman, Mohammed, Hassan, Said, Bilal, Ziad",
        "al-Masri, Al Farsi, El-Amin, Haddad, bin Rashid, Abu Zayd, Khoury, Mansour, Said, Al-Otaibi, Aziz",
    ),
    "dutch_german": name_stock(
        "Anneke, Femke, Greta, Sanne, Ilse, Liesbeth, Katrin, Jutta, Maike, Käthe",
        "Jürgen, Pieter, Bram, Lukas, Matthias, Ruben, Dirk, Jan, Götz, Sjoerd",
        "van den Berg, de Vries, von Hagen, van der Meer, ter Horst, Müller, Schäfer, Weiß, Zimmermann,"
        "van Dijk, Krüger, zu Salm, 't Hart",
    ),
    "nordic": name_stock(
        "Åse, Sigrid, Solveig, Bjørg, Freja, Linnéa, Ingrid, Kirsten, Mette, Astrid",
        "Søren, Bjørn, Håkon, Lars, Jørgen, Øyvind, Mikkel, Anders, Göran, Pål",
        "Østergaard, Sørensen, Håland, Lindström, Nygård, Ødegaard, Bergström, Aaberg, Kjær, Gundersen",
    ),
    "irish": name_stock(
        "Siobhán, Aoife, Niamh, Róisín, Bridget, Maeve, Ciara, Sinéad, Orla",
        "Seán, Ciarán, Patrick, Declan, Eoin, Padraig, Rory, Cormac",
        "O'Brien, O'Shea, McCarthy, Mac Giolla, McNamara, O'Dowd, Kinsella, MacBride, D'Arcy, Ní Dhuibhir",
    ),
    "words": name_stock(
        "Hope, Grace, May, June, Joy, Summer, Precious, Rose, Pat, Faith, Eve, Melody, Princess",
        "Will, Grant, Chase, Mark, Dean, Guy, Art, Rich, Miles, Iv, Christian, Rob, Major",
        "Love, Bell, Young, Long, Day, Ii, Esq, Price, Church, Wise, Best, Early, King, Bishop, Major,"
        "Rice, Moon, Friend, Dean, Teacher, Page, Post, Fields",
        everyday=True,
    ),
    "one_word": name_stock(
        "Suhartini, Ramya, Pemba, Nurhayati", "Madhavan, Tenzin, Wahyudi, Kumar", "", middle_names=False
    ),
}

DIMINUTIVES: dict[str, str] = {
    "Emily": "Em", "Katherine": "Katie", "Elizabeth": "Liz", "Rebecca": "Becca", "Jennifer": "Jenny",
    "Samantha": "Sam", "Abigail": "Abby", "Allison": "Allie", "Victoria": "Tori", "Margaret": "Maggie",
    "Danielle": "Dani", "Madeline": "Maddie", "James": "Jimmy", "Michael": "Mike", "William": "Billy",
    "Christopher": "Chris", "Joshua": "Josh", "Andrew": "Drew", "Nicholas": "Nick", "Benjamin": "Ben",
    "Zachary": "Zach", "Matthew": "Matt", "Thomas": "Tommy", "Daniel": "Dan", "Alexander": "Alex",
    "Timothy": "Tim", "Jonathan": "Jon", "Robert": "Bob", "Samuel": "Sam", "Jacob": "Jake",
    "Guadalupe": "Lupita", "Valeria": "Vale", "Alejandra": "Ale", "Dolores": "Lola", "Consuelo": "Chelo",
    "José Luis": "Pepe", "Diego": "Dieguito", "Jesús": "Chuy", "Priyanka": "Pri", "Lakshmi": "Lucky",
    "Nandini": "Nandu", "Vikram": "Vicky", "Sandeep": "Sandy", "Aditya": "Adi", "Mohammed": "Mo",
    "Yasmin": "Yas", "Liesbeth": "Lies", "Matthias": "Matze", "Bridget": "Bridie", "Patrick": "Paddy",
    "Siobhán": "Shiv", "Solveig": "Solly", "Jørgen": "Jørn", "Christian": "Chris", "Melody": "Mel",
}  # fmt: skip

ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "chinese": ("Kevin", "Amy", "Vivian", "Jason", "Cindy", "Leo", "Coco", "Eric"),
    "vietnamese": ("Tina", "Andy", "Jenny", "Tommy", "Kim"),
}

COUNTRIES: dict[str, str] = {
    "english": "New Zealand", "spanish": "Mexico", "south_asian": "India", "chinese": "Taiwan",
    "vietnamese": "Vietnam", "arabic": "Jordan", "dutch_german": "Germany", "nordic": "Norway",
    "irish": "Ireland", "words": "Jamaica", "one_word": "Indonesia",
}  # fmt: skip
