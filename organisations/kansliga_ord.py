"""Words by which a text seems to ask for what a kompletterande fråga must not ask for. They warn and never stop: people decide.

The kinds are those of blankett 9443 and of dataskyddsförordningen, article 9.1 (before 2018: personuppgiftslagen 13 §); genetic and
biometric data count as hälsa here. The words are our own choice (docs/regler.md 8). `*` stands for any letters, also none.
"""

import re
import unicodedata
from fnmatch import fnmatchcase

KANSLIGA_ORD = {
    "etniskt ursprung": (
        *("ras", "rasen", "rasifier*", "etni*", "*ursprung*", "härkomst*", "hudfärg*", "nationalitet*", "medborgarskap*", "folkgrupp*"),
        *("minoritet*", "invandr*", "utlandsfödd*", "utrikesfödd*", "utrikes", "födelseland*", "födelseort*", "hemland*", "modersmål*"),
        *("flykting*", "nyanländ*", "asylsök*", "rom", "romer", "romsk*", "same", "samer", "samisk*", "arab*"),
    ),
    "politisk åsikt": (
        *("politik*", "politisk*", "parti", "partiet", "partier*", "partimedlem*", "partitillhörighet*", "åsikt*", "ideolog*"),
        *("röstar", "röstade", "röstat", "vänsterparti*", "moderaterna", "socialdemokrat*", "sverigedemokrat*", "kommunist*"),
    ),
    "religion eller filosofisk övertygelse": (
        *("religi*", "tro", "troende", "trosuppfattning*", "trosbekänn*", "livsåskåd*", "övertygelse*", "filosofisk*", "andlig*"),
        *("krist*", "kyrk*", "församling*", "muslim*", "islam*", "moské*", "judar", "jude", "judisk*", "judendom*", "synagog*"),
        *("buddh*", "hindu*", "ateis*", "sekt", "sekten", "ramadan*", "slöja*", "halal*", "kosher*"),
    ),
    "medlemskap i fackförening": (
        *("fack", "facket", "fackets", "fackförbund*", "fackförening*", "fackklubb*", "fackmedlem*", "facklig*", "fackligt"),
        *("metallarbetar*", "kommunalarbetar*", "a-kassemedlem*"),
    ),
    "hälsa": (
        *("hälsa*", "hälso*", "ohälsa*", "*sjuk", "sjuk*", "*sjukdom*", "*diagnos*", "diagnostis*", "medicin*", "läkemedel*"),
        *("läkar*", "*psykiatri*", "psykisk*", "psykolog*", "*terapi*", "depress*", "deprimer*", "ångest*"),
        *("utbränd*", "utmattning*", "stressrelaterad*", "adhd", "add", "autis*", "asperger*", "bipol*", "psykos*", "schizo*"),
        *("*missbruk*", "beroendesjuk*", "alkohol*", "drog", "droger*", "narkotika*", "funktionsned*", "funktionshind*"),
        *("handikapp*", "rullstol*", "smärt*", "värk", "värken", "cancer*", "diabet*", "allergi*", "astma*", "epilep*", "stroke*"),
        *("gravid*", "abort*", "vårdcentral*", "vårdkontakt*", "sömn*", "självmord*", "suicid*", "symtom*"),
        *("besvär", "skada", "skador", "skadad*", "*operer*", "genetisk*", "dna", "biometri*", "demens*", "dyslexi*"),
    ),
    "sexualliv": (
        *("sex", "sexliv*", "sexual*", "*sexuell*", "homosex*", "bisex*", "hbt*", "lesbisk*", "gay", "läggning", "läggningen"),
        *("transperson*", "transsex*", "könsidentitet*", "könsuttryck*", "könsbyt*", "preventiv*"),
    ),
}
ORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Ten or twelve digits with a month and a day in them, however they are written and parted.
LIKNAR_PERSONNUMMER = re.compile(
    r"(?<!\d)(?:\d\d)?\d\d[-./\s]?(?:0\d|1[0-2])[-./\s]?(?:[0-3]\d|[6-9]\d)[\s]?[-+.\s]?[\s]?\d{4}(?!\d|[-./]\d)"
)
STRECK = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def kansliga_ord(*texter: str) -> dict[str, list[str]]:
    """{kind of sensitive data: the words that suggest it, each once and as they are written}, only kinds that are suggested."""
    skrivna = list(dict.fromkeys(ord_ for text in texter for ord_ in ORD.findall(unicodedata.normalize("NFKC", text))))
    traffar = {slag: [ord_ for ord_ in skrivna if _stammer(ord_, monster)] for slag, monster in KANSLIGA_ORD.items()}
    return {slag: ord_ for slag, ord_ in traffar.items() if ord_}


def _stammer(ord_, monster):
    return any(fnmatchcase(ord_.casefold(), ett) for ett in monster)


def liknar_personnummer(text: str) -> bool:
    """Digits that could be a personnummer or samordningsnummer, valid or not, with Arabic digits or any dash."""
    siffror = "".join(str(unicodedata.digit(tecken, tecken)) for tecken in unicodedata.normalize("NFKC", text))
    return bool(LIKNAR_PERSONNUMMER.search(siffror.translate(STRECK)))
