"""The versions of the text of form 9443, and their translations."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import DateRange
from behorigheter.querysets import RattighetQuerySet, galler, lage


class Samtyckessprak(models.TextChoices):
    """The languages that the information can be read in. The Swedish form is the one that is signed."""

    SVENSKA = "sv", "Svenska"
    ARABISKA = "ar", "Arabiska"
    BOSNISKA = "bs", "Bosniska"
    DARI = "prs", "Dari"
    ENGELSKA = "en", "Engelska"
    FINSKA = "fi", "Finska"
    FRANSKA = "fr", "Franska"
    KURMANJI = "kmr", "Kurmanji"
    PERSISKA = "fa", "Persiska"
    POLSKA = "pl", "Polska"
    RYSKA = "ru", "Ryska"
    SOMALISKA = "so", "Somaliska"
    SORANI = "ckb", "Sorani"
    SPANSKA = "es", "Spanska"
    THAILANDSKA = "th", "Thailändska"
    TIGRINJA = "ti", "Tigrinja"
    TURKISKA = "tr", "Turkiska"
    UKRAINSKA = "uk", "Ukrainska"

    @property
    def eget_namn(self) -> str:
        """What those who speak it call it."""
        return EGNA_NAMN[self.value]

    @property
    def riktning(self) -> str:
        """The attribute dir of text in the language."""
        return "rtl" if self in HOGER_TILL_VANSTER else "ltr"


HOGER_TILL_VANSTER = {Samtyckessprak.ARABISKA, Samtyckessprak.DARI, Samtyckessprak.PERSISKA, Samtyckessprak.SORANI}
EGNA_NAMN = {
    "sv": "Svenska",
    "ar": "العربية",
    "bs": "Bosanski",
    "prs": "دری",
    "en": "English",
    "fi": "Suomi",
    "fr": "Français",
    "kmr": "Kurmancî",
    "fa": "فارسی",
    "pl": "Polski",
    "ru": "Русский",
    "so": "Soomaali",
    "ckb": "سۆرانی",
    "es": "Español",
    "th": "ไทย",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
}


class SamtyckestextQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only roles for the whole country change the register

    def giltig(self, dag):
        """The version of form 9443 that a participant signed on the day, or None."""
        return self.filter(galler(dag, "giltig_fran", "giltig_till")).order_by("-giltig_fran").first()

    def inte_avslutade(self):
        """The one in force and those to come."""
        return self.filter(Q(giltig_till=None) | Q(giltig_till__gte=timezone.localdate()))


class Samtyckestext(models.Model):
    """A version of the consent form 9443, with the days when it was the one to sign."""

    version = models.CharField("version", max_length=40, unique=True)
    text = models.TextField("text")
    ar_platshallare = models.BooleanField("platshållare", default=False)
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = SamtyckestextQuerySet.as_manager()

    class Meta:
        verbose_name = "samtyckestext"
        verbose_name_plural = "samtyckestexter"
        ordering = ["giltig_fran"]
        constraints = [
            ExclusionConstraint(
                name="samtyckestext_en_i_taget",
                expressions=[(DateRange("giltig_fran", "giltig_till", RangeBoundary(True, True)), RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self):
        return self.version

    def get_absolute_url(self):
        return reverse("register:samtyckestext", args=[self.pk])

    @property
    def i_ord(self) -> str:
        return f"{self.version} (platshållare)" if self.ar_platshallare and "platshållare" not in self.version else self.version

    @property
    def lage(self) -> str:
        return lage(self.giltig_fran, self.giltig_till)

    @property
    def har_borjat_galla(self) -> bool:
        return self.giltig_fran <= timezone.localdate()

    @property
    def har_slutat(self) -> bool:
        return self.giltig_till is not None and self.giltig_till < timezone.localdate()

    @property
    def sprak(self) -> list[Samtyckessprak]:
        """The languages that it can be read in, Swedish first."""
        finns = set(self.oversattningar.values_list("sprak", flat=True))
        return [Samtyckessprak.SVENSKA, *(sprak for sprak in Samtyckessprak if sprak in finns)]

    def pa(self, sprak: Samtyckessprak) -> "Samtyckestext | Samtyckesoversattning | None":
        """The text itself in Swedish, the translation in use in another language, or None."""
        return self if sprak == Samtyckessprak.SVENSKA else self.oversattningar.filter(sprak=sprak).senaste().first()

    @property
    def stycken(self) -> list[str]:
        return i_stycken(self.text)


class SamtyckesoversattningQuerySet(models.QuerySet):
    def senaste(self):
        """The one in use of each version and language: the last that was added."""
        return self.order_by("samtyckestext_id", "sprak", "-tillagd", "-pk").distinct("samtyckestext_id", "sprak")

    def lasta_med(self, samtycke):
        """What was there to read in the samtycke's language on the day of the signature."""
        return self.filter(samtyckestext=samtycke.text_id, sprak=samtycke.sprak, tillagd__date__lte=samtycke.datum).senaste()


class Samtyckesoversattning(models.Model):
    """A version of form 9443 in another language, for reading. A better one is added; those before it stay as they were."""

    samtyckestext = models.ForeignKey(
        Samtyckestext, on_delete=models.CASCADE, related_name="oversattningar", verbose_name="version av blankett 9443"
    )  # goes with a version that never came into force
    sprak = models.CharField("språk", max_length=3, choices=Samtyckessprak)
    text = models.TextField("text")
    tillagd = models.DateTimeField("tillagd", auto_now_add=True)
    tillagd_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tillagd av"
    )

    objects = SamtyckesoversattningQuerySet.as_manager()

    class Meta:
        verbose_name = "översättning av samtyckestext"
        verbose_name_plural = "översättningar av samtyckestexter"
        constraints = [models.CheckConstraint(name="samtyckesoversattning_inte_svenska", condition=~Q(sprak=Samtyckessprak.SVENSKA))]

    def __str__(self):
        return f"{self.samtyckestext} på {self.get_sprak_display().lower()}"

    @property
    def spraket(self) -> Samtyckessprak:
        return Samtyckessprak(self.sprak)

    @property
    def stycken(self) -> list[str]:
        return i_stycken(self.text)


def i_stycken(text: str) -> list[str]:
    """A text's paragraphs, which stand with an empty line between."""
    return [stycke for stycke in text.split("\n\n") if stycke.strip()]


def utan_underskrift(alla: list[str]) -> list[str]:
    """The paragraphs without a last one of lines to fill in ("Underskrift:"), for which paper has its own room."""
    rader = alla[-1].splitlines() if alla else []
    return alla[:-1] if rader and all(rad.rstrip().endswith((":", "：", "፡", "፦")) for rad in rader) else alla
