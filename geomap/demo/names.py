"""Made-up names, in tables."""

CITY = "Marrowmere"
NOTICE = "Marrowmere is an invented city: its places, people and numbers are made up to show what the software does."

DISTRICTS = ("Harbourside", "Old Quays", "Northfell", "Lanternhill", "Millreach", "Southmarch", "Eastgarth", "Weirside")

FIRST = (
    "Alder", "Bracken", "Copper", "Dunlin", "Ember", "Fennel", "Garnet", "Heron", "Ivory", "Juniper", "Kestrel", "Larch", "Marl", "Nettle", "Osier",
    "Pewter", "Quill", "Rowan", "Sorrel", "Thistle", "Umber", "Vetch", "Willow", "Yarrow", "Bramble", "Cinder", "Drift", "Flint", "Gorse", "Hazel",
)  # fmt: skip
SECOND = ("wharf", "fold", "gate", "holm", "row", "mead", "brow", "lea", "cross", "haven", "bank", "end")
PARK = "Great Fen Park"

ORGANISATIONS = (
    ("Marrowmere City Council, Community Safety", "council", "lead"),
    ("Marrowmere City Council, Youth Services", "council", "support"),
    ("Marrowmere Police, Neighbourhood Teams", "police", "support"),
    ("Harbour Tenants Federation", "community", "support"),
    ("Interfaith Table of Marrowmere", "faith", "support"),
    ("Fen Valley Health Trust", "health", "informed"),
    ("Union of Youth Clubs", "civil society", "support"),
    ("Marrowmere Schools Partnership", "education", "support"),
    ("Newcomers' Welcome Network", "civil society", "support"),
    ("Chamber of Small Shops", "business", "informed"),
    ("Open Ear Victim Support", "civil society", "lead"),
    ("River Sports Association", "sport", "support"),
)

MECHANISMS = (
    ("Hate Crime Partnership Board", "formal", "hate-incidents", "monthly"),
    ("Neighbourhood Forum Harbourside", "formal", "trust", "quarterly"),
    ("Youth Parliament", "formal", "polarisation", "monthly"),
    ("Street mediators of Eastgarth", "informal", "tension", "weekly"),
    ("Interfaith table", "informal", "polarisation", "monthly"),
    ("Schools safeguarding panel", "formal", "extremism", "monthly"),
    ("Sunday football on the quay", "informal", "tension", "weekly"),
    ("Council ward meetings", "formal", "trust", "quarterly"),
)

FORMAL = ("library", "community centre", "youth club", "sports hall", "advice office", "health centre")
INFORMAL = ("tenants' kitchen", "prayer circle", "repair café", "mothers' circle", "street football", "allotment group")
AUDIENCES = ("everyone", "young people", "older people", "families", "newcomers")
OPENING = ("weekdays", "every day", "evenings", "weekends", "twice a week")

PLATFORMS = ("short-video app", "neighbourhood forum", "messaging channels")
CONTENT = ("hateful comment", "false rumour", "call to gather", "counter-speech")
NARRATIVES = ("newcomers get the homes first", "the council hides the numbers", "the harbour fire was planned", "neighbours stand together")
TARGETS = ("newcomers", "a faith community", "the council", "nobody in particular")
