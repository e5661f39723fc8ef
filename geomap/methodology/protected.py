"""Which words name a protected characteristic of people: religion, ethnicity, language, origin, sexual orientation, gender identity.

Age, sex and disability are protected too, but needs follow from them that a city plans for (schools, care), so they may be counted.
"""

import re
import unicodedata
from collections.abc import Iterable


def _each(text: str) -> frozenset[str]:
    return frozenset(text.split())


CHARACTERISTICS = {
    "religion or belief": (
        r"religi\w*|faiths?|creeds?|muslims?|islam(?:ic)?|christian(?:s|ity)?|jews?|jewish|judaism|hindu(?:s|ism)?|sikhs?|buddhis\w*|"
        r"catholics?|sunnis?|shias?|hijabs?|headscar(?:f|ves)|(?:church|mosque|synagogue|temple) (?:attend\w*|members?|goers)|protestants?|atheis\w*|veroispoved\w*|вероисповед\w*|религи\w*"
    ),
    "ethnicity or race": (
        r"ethnic\w*|ethnie\w*|etni[ckјj]\w*|етни\w*|races?(?! course| track| way| equality)|racial\w*|minorit\w*(?! government)|non ?white\w*|minrty|bame|bme|castes?|tribal|tribes?|"
        r"skin colou?r|people of colou?r|hispanics?|latin[oax]s?|aboriginals?|indigenous|first nations?|inuit|gyps(?:y|ies)|irish travellers?|sinti"
    ),
    "language": (
        r"languages?|mother tongues?|linguistic\w*|limeng|eal|speak\w* english|english (?:less|not|poorly|proficien\w*)|"
        r"(?:fluent|limited|poor|no|non) english|muttersprach\w*|langue maternelle|maj[cč]in jazik|мајчин јазик"
    ),
    "nationality, origin or migration": (
        r"(?:country|place|countries) of birth|birthplaces?|born (?:abroad|outside|overseas|in|elsewhere)|foreign\w*(?! trade| investment| aid)|non eu|passports? held|nationalit\w*|nacionaln\w*|националн\w*|"
        r"citizenship|non citizens?|noncitizens?|migrants?|immigra\w*|migration (?:background|status|history)|migrationshintergrund|auslander\w*|"
        r"etrangers?|refugees?|asylum|(?:national|ethnic|migrant|country of) origins?|naturali[sz]ed"
    ),
    "sexual orientation": r"sexual orientation|sexualit\w*|lgb\w*|gays?|lesbians?|bisexuals?|homosexual\w*|queer|same sex",
    "gender identity": r"gender identit\w*|transgender|transsexual\w*|trans (?:people|persons|men|women|residents|population)|non ?binary",
}
GROUPS = _each(
    "black white asian african caribbean arab arabs indian pakistani bangladeshi chinese roma romani sami maori kurds kurdish turks turkish "
    "albanian albanians serb serbs serbian macedonian macedonians bosniak bosniaks croat croats vlach vlachs bulgarian bulgarians romanian romanians "
    "polish poles ukrainian ukrainians russian russians syrian syrians afghan afghans somali somalis nigerian nigerians moroccan moroccans algerian "
    "algerians tunisian tunisians vietnamese filipino filipinos mexican mexicans orthodox arabic urdu bengali punjabi tamil gujarati"
)
GENERIC = _each(
    "share shares percent percentage pct per cent proportion rate ratio number num no count counts n total all of the a an and or in by from who are is "
    "as with people persons person residents resident population pop inhabitants households household adults children citizens usual age ages aged year "
    "years census table data estimate estimates value values figure figures living background group groups community communities speakers speaking "
    "families other others mixed british alone e ep ward wards neighbourhood neighbourhoods neighborhood neighborhoods district districts lsoa "
    "borough boroughs municipality municipalities tract tracts area areas place places city local key statistics profile profiles %"
)
SUBJECTS = _each(
    "income housing homes work jobs employment unemployment health education schooling schools school crime crimes safety deprivation poverty tenure "
    "transport benefits disability illness families qualifications skills age sex trust turnout voting elections environment green services access"
)
DOERS = (
    r"offenders?|suspects?|perpetrators?|arrest\w*|stopped|stop and search\w*|searche[sd]|accused|prisoners?|convicted|charged|detain\w*"
)
ATTITUDES = r"trust\w*|confidence|feel\w*|agree\w*|get(?:ting)? (?:on|along)|mix(?:ing)? with|contact\w*|respect\w*|tolera\w*|welcom\w*|safe\w*|prejudice\w*|treated|fair\w*|accept\w*|friends?|relations|cohesion|neighbours|neighbors|discriminat\w*"
HATE = r"hate|hatred|harass\w*|abus\w+|attack\w*|discriminat\w*|victim\w*|racis[mt]\w*|antisemit\w*|anti semit\w*|\w+phobi[ac]\w*"
HARM = rf"{HATE}|assault\w*|crimes?|incidents?|offences?|offenses?|violence|threats?"
HEADS = r"pct|percent\w*|%|share|proportion|population|residents|inhabitants"
BUILDINGS = r"places? of worship|worship|church(?:es)?|mosques?|temples?|synagogues?|gurdwaras?|chapels?|congregations?|buildings?|cent(?:re|er)s?|organi[sz]ations?|charit\w+|associations?|clubs?|venues?|leaders?"
FAR = r"distance\w*|metres?|meters?|minutes?|km|far|lack\w*|without|no|time|walk\w*"
SKILLS = r"skills?|qualif\w*|literacy|courses?|class(?:es)?|lessons?|training"
TOTALS = frozenset({"total", "all"})


def characteristic(text: str) -> str:
    """The protected characteristic that *text* names, or nothing.

    >>> characteristic("pct_muslim"), characteristic("Adults without qualifications or fluent English"), characteristic("White British")
    ('religion or belief', '', 'ethnicity or race')
    """
    plain = _plain(text)
    for name, words in CHARACTERISTICS.items():
        if re.search(rf"\b(?:{words})\b", plain) and not (name == "language" and says(plain, SKILLS)):
            return name
    rest = [word for word in plain.split() if word not in GENERIC and not word.isdigit()]
    return "ethnicity or race" if rest and set(rest) <= GROUPS else ""


def says(text: str, words: str) -> bool:
    """Whether *text* holds one of *words*, a pattern."""
    return bool(re.search(rf"\b(?:{words})\b", _plain(text)))


def only_about(title: str) -> bool:
    """Whether a title that names a characteristic names no other subject.

    >>> only_about("Religion, Census 2021"), only_about("Ethnic group by ward, Leeds"), only_about("Income, ethnicity and housing")
    (True, True, False)
    """
    return all(_named_or_nothing(part) for part in re.split(r"[,;:()|/&–—-]| and | by | with ", title) if part.strip())


def opaque(name: str, *told: str) -> bool:
    """Whether a column's name is a code or a plain "count", and nothing that is *told* says what it holds."""
    words = [word for word in _plain(name).split() if word not in GENERIC]
    return not any(told) and all(len(word) <= 3 or any(sign.isdigit() for sign in word) for word in words)


def total(name: str) -> bool:
    """Whether a column counts everybody."""
    words = set(_plain(name).split())
    return bool(words & TOTALS) and words <= GENERIC


def first_words(text: str) -> str:
    """What a description says first, before any aside."""
    return re.split(r"[.;:(]", text, maxsplit=1)[0]


def any_of(texts: Iterable[str]) -> tuple[str, str]:
    """The first of *texts* that names a characteristic, and which; two blanks where none does."""
    return next(((text, found) for text in texts if (found := characteristic(text))), ("", ""))


def _named_or_nothing(part: str) -> bool:
    words = [word for word in re.findall(r"\w+", part) if word.lower() not in GENERIC and not word.isdigit()]
    if characteristic(part) and not {word.lower() for word in words} & SUBJECTS:
        return True
    return all(word[0].isupper() and word.lower() not in SUBJECTS for word in words)


def _plain(text: str) -> str:
    """Lower case, words parted by single spaces, accents taken off."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w%]|_", " ", bare.lower()).split())
