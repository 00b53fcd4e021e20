"""Where set c is set: colleges, subjects, students' and educators' places on the web."""

from __future__ import annotations

from tests.support.strangers.scenery import College, Scenery, Subject

UNDERGRADS = ("a freshman", "a sophomore", "a junior", "a senior")

COLLEGES = (
    College("Tamarack State University", "Tamarack State", "TSU", "tamarackstate.example"),
    College("Bellwether College", "Bellwether", "BWC", "bellwether.example"),
    College("Copper Ridge Community College", "Copper Ridge", "CRCC", "copperridge.example"),
    College("University of the Plains at Harlow", "UP Harlow", "UPH", "uph.example"),
    College("Saint Brannoc College", "Saint Brannoc", "SBC", "stbrannoc.example"),
    College("Lake Mercer Polytechnic", "Lake Mercer", "LMP", "lakemercer.example"),
    College("Wickham Normal University", "Wickham Normal", "WNU", "wickhamnormal.example"),
    College("Pelican Bay University", "Pelican Bay", "PBU", "pelicanbay.example"),
)

SUBJECTS = (
    Subject(
        "EDIT 2210",
        ("Digital Tools for Classrooms", "Teaching with Digital Tools"),
        UNDERGRADS,
        "elementary education",
        "a second grade teacher",
    ),
    Subject(
        "LIB 340",
        ("School Libraries and Young Readers", "Reading Communities"),
        (*UNDERGRADS[1:], "a first-year graduate student"),
        "library science",
        "a school librarian",
    ),
    Subject(
        "TCH-118",
        ("Introduction to the Teaching Life", "Becoming a Teacher"),
        ("a freshman", "a first-year", "a sophomore"),
        "secondary education",
        "a high school history teacher",
    ),
    Subject(
        "SPE 405",
        ("Inclusive Classrooms", "Planning for Every Learner"),
        ("a junior", "a senior", "a fourth-year"),
        "special education",
        "a resource room teacher",
    ),
    Subject(
        "MUED 233",
        ("Music in the General Classroom", "Songs, Sound and Schools"),
        UNDERGRADS,
        "music education",
        "a band director",
    ),
    Subject(
        "ECH 150",
        ("Play and the Young Child", "Foundations of Early Learning"),
        ("a freshman", "a sophomore", "a second-year student"),
        "early childhood education",
        "a preschool teacher",
    ),
    Subject(
        "SCIE 312W",
        ("Science Methods for Grades K to 8", "Doing Science with Children"),
        ("a junior", "a senior", "a transfer student"),
        "science education",
        "a middle school science teacher",
    ),
)

SHARED = {
    "heartland": 38,
    "wordlike": 17,
    "tidewater": 4,
    "carolina": 6,
    "norteno": 7,
}

SCENERY = Scenery(
    colleges=COLLEGES,
    subjects=SUBJECTS,
    other_codes=("PSY 201", "ENGL 1102", "COMM 330", "EDUC 511", "CIS 120", "HIST 77", "READ 460"),
    mixes=(
        SHARED
        | {
            "gujarati": 4,
            "taiwanese": 4,
            "amhara": 3,
            "polish": 4,
            "samoan": 3,
            "ashkenazi": 4,
            "javanese": 3,
        }
        | {"saigonese": 3, "persian": 3, "welsh": 2},
        SHARED
        | {
            "mineiro": 4,
            "bangladeshi": 4,
            "japanese": 4,
            "igbo": 4,
            "ukrainian": 3,
            "gulf_arab": 4,
            "hmong": 4,
        }
        | {"javanese": 2, "welsh": 3, "ashkenazi": 2},
        SHARED
        | {
            "saigonese": 5,
            "kenyan": 4,
            "samoan": 4,
            "persian": 3,
            "taiwanese": 3,
            "mineiro": 3,
            "gujarati": 3,
        }
        | {"hmong": 2, "polish": 3, "javanese": 3, "igbo": 2},
        SHARED
        | {
            "welsh": 4,
            "ashkenazi": 5,
            "ukrainian": 4,
            "gulf_arab": 3,
            "japanese": 3,
            "amhara": 3,
            "bangladeshi": 3,
        }
        | {"kenyan": 3, "javanese": 2, "persian": 2},
    ),
    staff_mix={
        "heartland": 8,
        "tidewater": 2,
        "carolina": 2,
        "norteno": 1,
        "gujarati": 1,
        "ashkenazi": 2,
        "polish": 1,
    },
    owner_mix={
        "heartland": 11,
        "wordlike": 3,
        "tidewater": 2,
        "carolina": 2,
        "norteno": 2,
        "welsh": 1,
        "igbo": 1,
    }
    | {"ashkenazi": 1, "japanese": 1, "polish": 1},
    majority="heartland",
    student_hosts=(
        ("http://{slug}.blogspot.com/", 26),
        ("https://{slug}.wordpress.com/", 13),
        ("http://{slug}.edublogs.org/", 8),
        ("http://people.{host}/~{slug}/", 6),
        ("https://sites.{host}/{code}/{slug}/", 5),
        ("http://blogs.{host}/{slug}", 5),
        ("https://{slug}.weebly.com/", 5),
        ("https://{slug}.wixsite.com/{word}", 5),
        ("https://sites.google.com/site/{slug}/", 5),
        ("https://medium.com/@{slug}", 4),
        ("https://{slug}.substack.com/", 3),
        ("https://{slug}.github.io/{word}/", 3),
        ("https://www.{slug}.example/", 3),
        ("http://{slug}.example/{word}/", 2),
        ("https://{slug}.tumblr.com/", 3),
        ("https://write.as/{slug}/", 1),
        ("https://{slug}.jimdofree.com/", 2),
        ("http://{slug}.livejournal.com/", 1),
    ),
    student_slugs=(
        "chalkandcrayons",
        "halfpastrecess",
        "theinkytable",
        "mudpielessons",
        "nextrowback",
        "learnerinprogress",
        "paperairplaneclub",
        "morningbell",
        "roomwithawhiteboard",
        "lostpencil",
    ),
    followed_places=(
        ("http://{slug}.blogspot.com/", "blogger", 40),
        ("https://{slug}.wordpress.com/", "wordpress", 18),
        ("http://{slug}.edublogs.org/", "wordpress", 12),
        ("https://blogs.orchardvalleyschools.example/{slug}/", "wordpress", 7),
        ("http://www.northforkusd.example/blogs/{slug}/", "wordpress", 5),
        ("https://www.{slug}.example/", "wordpress", 5),
        ("https://medium.com/@{slug}", "other", 4),
        ("https://classpages.millpondschool.example/{slug}/", "other", 4),
        ("https://{slug}.weebly.com/", "other", 3),
        ("https://{slug}.substack.com/", "other", 2),
    ),
    owner_handles=("chalkboard", "thinkwith", "hello", "learnwith", "coach"),
    grades=(
        "kindergarten",
        "first grade",
        "2nd grade",
        "third grade",
        "4th grade",
        "fifth grade",
        "sixth grade",
        "grade 7",
    ),
    graders=(
        "kindergartners",
        "first graders",
        "second graders",
        "3rd graders",
        "fourth graders",
        "fifth graders",
        "sixth graders",
        "middle schoolers",
    ),
    reader_sites=(
        "The Leaky Thermos",
        "Bus Duty Diaries",
        "Notes from Portable 9",
        "Muddy Boots Learning",
        "A Cupboard of Glue",
        "The Late Bell",
        "Fractions and Fiddles",
        "Two Sharpened Pencils",
        "Library Cart Confessions",
    ),
    reader_site="Bus Duty Diaries",
    ping_sites=(
        "Friday Link Basket",
        "The Staffroom Kettle",
        "Edu Roundup Weekly",
        "Small School Big Ideas",
        "What Teachers Are Reading",
        "Corkboard",
    ),
)
