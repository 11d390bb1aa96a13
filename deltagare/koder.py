"""Codes of forms 9448 and 9449, stored as small integers; files and addresses use their slugs (docs/import.md)."""

from django.db import models


class Kod(models.IntegerChoices):
    """An integer choice whose slug is the member's name in lower case."""

    @property
    def slug(self) -> str:
        return self.name.lower()

    @classmethod
    def fran_slug(cls, slug: str):
        """The member with the slug; KeyError when there is none."""
        return cls[slug.upper()]


class Kon(Kod):
    KVINNA = 1, "Kvinna"
    MAN = 2, "Man"


class Utbildning(Kod):
    """Highest completed education (list A of 9448)."""

    GRUNDSKOLA = 1, "Grundskola"
    GYMNASIUM = 2, "Gymnasium"
    HOGSKOLA_1 = 3, "Högskola/universitet upp till ett år"
    HOGSKOLA_3 = 4, "Högskola/universitet upp till tre år"
    HOGSKOLA_MER = 5, "Högskola/universitet mer än tre år"
    ANNAN_EFTERGYMNASIAL = 6, "Annan eftergymnasial utbildning"
    OKAND = 7, "Saknas/okänd"


class TidForsorjning(models.IntegerChoices):
    """Unbroken time with offentlig försörjning before the insats (list B of 9448)."""

    AR_1 = 1, "Upp till 1 år"
    AR_2 = 2, "Upp till 2 år"
    AR_3 = 3, "Upp till 3 år"
    AR_4 = 4, "Upp till 4 år"
    AR_5 = 5, "Upp till 5 år"
    AR_6 = 6, "Upp till 6 år"
    AR_7 = 7, "Upp till 7 år"
    AR_8 = 8, "Upp till 8 år"
    AR_9 = 9, "Upp till 9 år"
    MER = 10, "Mer än 9 år"
    EJ = 11, "Ej tillämpligt"

    @property
    def slug(self) -> str:
        return {10: "mer", 11: "ej"}.get(self.value, str(self.value))

    @classmethod
    def fran_slug(cls, slug: str):
        """The member with the slug; KeyError when there is none."""
        return {kod.slug: kod for kod in cls}[slug]


class Forsorjning(Kod):
    """Kinds of offentlig försörjning (list C); the value is the bit in the mask."""

    SJUKPENNING = 1, "Sjukpenning eller rehabiliteringspenning"
    AKTIVITETSERSATTNING = 2, "Aktivitetsersättning"
    SJUKERSATTNING = 4, "Sjukersättning"
    A_KASSA = 8, "A-kassa"
    AKTIVITETSSTOD = 16, "Aktivitetsstöd"
    FORSORJNINGSSTOD = 32, "Försörjningsstöd"
    STUDIESTOD = 64, "Studiestöd eller studiemedel"
    ANNAN = 128, "Annan offentlig försörjning"
    INGEN = 256, "Ingen offentlig försörjning"

    @classmethod
    def i_mask(cls, mask: int) -> list["Forsorjning"]:
        return [kod for kod in cls if mask & kod]


class Arbetstyp(Kod):
    EJ_SUBVENTIONERAT = 1, "Inte subventionerat arbete"
    SUBVENTIONERAT = 2, "Subventionerat arbete"
    EGET_FORETAG = 3, "Eget företag"


class Avslutningsanledning(models.IntegerChoices):
    """Why a participation ended (form 9449, docs/regler.md 6.6). 6 and 8 delete the deltagande and are never stored."""

    TILL_ARBETE = 1, "Utskrivning – till arbete, studier eller arbetssökande"
    FORTSATT_REHABILITERING = 2, "Utskrivning – fortsatt rehabilitering"
    SJUKDOM = 3, "Utskrivning på grund av sjukdom"
    FORALDRALEDIGHET = 4, "Utskrivning på grund av föräldraledighet"
    FLYTT = 5, "Utskrivning på grund av flytt"
    MEDGIVANDE_ATERTAGET = 6, "Medgivande återtaget"
    UTAN_MATNING = 7, "Utskrivning – utan mätning"
    FELREGISTRERING = 8, "Felregistrering"
    OVRIGT = 9, "Övrigt"


TAR_BORT = {Avslutningsanledning.MEDGIVANDE_ATERTAGET, Avslutningsanledning.FELREGISTRERING}
UTAN_ANDRA_MATNING = TAR_BORT | {Avslutningsanledning.UTAN_MATNING}
MED_ANDRA_MATNING = set(Avslutningsanledning) - UTAN_ANDRA_MATNING
