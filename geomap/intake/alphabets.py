"""The letters beyond a to z that languages are written with, by the encodings made for them."""

WITHIN = "’‘–·"
SIGNS = "“”„‚—…«»‹›°ºª²³½¼¾·•™®©§†\xa0"
MONEY = "£€¥¢"
WESTERN = {
    "French": "àâæçèéêëîïôœùûüÿ", "German": "äöüß", "Spanish": "áéíñóúüç", "Portuguese": "ãõáéíóúâêôàç", "Italian": "àèéìíîòóùú",
    "Swedish": "åäöéü", "Danish or Norwegian": "æøåéöäü", "Icelandic": "áéíóúýþæöð", "Catalan": "àçèéíïòóúü·", "Dutch": "áéëïóöüèê",
    "Irish": "áéíóú", "Welsh": "âêîôûáëïö", "Cree": "âêîôēīōā",
}  # fmt: skip
CENTRAL = {
    "Polish": "ąćęłńóśźż", "Czech": "áčďéěíňóřšťúůýž", "Slovak": "áäčďéíĺľňóôŕšťúýž", "Hungarian": "áéíóöőúüű",
    "Croatian or Slovene": "čćđšž", "Romanian": "ăâîşţ", "Sorbian": "čćěłńóřšźž",
}  # fmt: skip
TURKISH = {"Turkish": "çğıİöşüâîû"}
BALTIC = {"Lithuanian": "ąčęėįšųūž", "Latvian": "āčēģīķļņšūž", "Estonian": "äõöüšž"}
HEBREW = {"Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת"}
ARABIC = {"Arabic or Persian": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،"}
GREEK = {"Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"}
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№"
CYRILLIC = {
    "Russian": RUSSIAN, "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№", "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "Macedonian": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}  # fmt: skip
NOT_IN = {
    "Portuguese": "kwy", "Italian": "jkwxy", "Spanish": "kw", "French": "kw", "Catalan": "kwy", "Irish": "jkqvwxyz", "Welsh": "jkqvxz",
    "Polish": "qvx", "Czech": "qw", "Slovak": "qw", "Hungarian": "qwx", "Croatian or Slovene": "qwxy", "Romanian": "kqwy", "Turkish": "qwx",
    "Lithuanian": "qwx", "Latvian": "qwxy", "Estonian": "cqwxyz", "Icelandic": "cqwz", "Swedish": "qwz", "Danish or Norwegian": "qwxz",
}  # fmt: skip
MADE_FOR = {
    "cp1252": WESTERN, "latin-1": WESTERN, "cp1250": CENTRAL, "iso8859-2": CENTRAL, "cp1251": CYRILLIC, "koi8-r": {"Russian": RUSSIAN},
    "iso8859-7": GREEK, "cp1253": GREEK, "iso8859-9": TURKISH, "cp1254": TURKISH, "cp1257": BALTIC, "mac-roman": WESTERN, "cp1255": HEBREW, "cp1256": ARABIC,
}  # fmt: skip
COMMON = {
    "gb18030": ("gb2312", (0xA1, 0xD7), "Chinese, simplified"),
    "big5": ("big5", (0xA1, 0xC6), "Chinese, traditional"),
    "cp932": ("cp932", (0x81, 0x97), "Japanese"),
    "euc-jp": ("euc-jp", (0xA4, 0xCF), "Japanese"),
    "euc-kr": ("euc-kr", (0xB0, 0xC8), "Korean"),
}
