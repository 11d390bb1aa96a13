"""Årsredogörelse: what an insats tells of its year."""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from behorigheter.querysets import RattighetQuerySet
from behorigheter.roller import Rattighet
from behorigheter.versionerad import Versionerad
from insatser.models.insats import Insats
from organisations.models import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR

LANGSTA_TEXT = 6000
_RUBRIK = re.compile(r"\s*#+\s+(\S.*)")


@dataclass(frozen=True)
class Stycke:
    """A paragraph of the text, whose lines stay as they were written, or a heading."""

    text: str
    ar_rubrik: bool = False


def stycken(text: str) -> list[Stycke]:
    """Empty lines part paragraphs; a line that begins with "# " is a heading. Nothing else means anything."""
    delar: list[Stycke] = []
    rader: list[str] = []
    for rad in [*text.splitlines(), ""]:
        rubrik = _RUBRIK.fullmatch(rad)
        if rad.strip() and not rubrik:
            rader.append(rad.strip())
            continue
        if rader:
            delar.append(Stycke("\n".join(rader)))
            rader = []
        if rubrik:
            delar.append(Stycke(rubrik[1].strip(), ar_rubrik=True))
    return delar


class ArsredogorelseQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "insats__samverkansorganisation"}

    def klara(self):
        return self.exclude(klar_tid=None)

    def synliga_for(self, anvandare):
        """The final ones, and the drafts of the insatser that the user may change."""
        egna = Arsredogorelse.objects.tillatna_for(anvandare, Rattighet.INSATS_ANDRA)
        return self.filter(~Q(klar_tid=None) | Q(pk__in=egna.values("pk")))


class Arsredogorelse(Versionerad):
    """An insats's account of a year, for the förbund's årsredovisning: a draft until it is marked as final. At most two pages."""

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="arsredogorelser", verbose_name="insats")
    ar = models.PositiveSmallIntegerField("år", validators=AR_VALIDATORER)
    rubrik = models.CharField("rubrik", max_length=150)
    text = models.TextField("text", max_length=LANGSTA_TEXT)
    klar_tid = models.DateTimeField("klar", null=True, editable=False)
    klar_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="klar av"
    )

    objects = ArsredogorelseQuerySet.as_manager()

    class Meta:
        verbose_name = "årsredogörelse"
        verbose_name_plural = "årsredogörelser"
        ordering = ["-ar"]
        constraints = [
            models.UniqueConstraint(name="arsredogorelse_en_per_ar", fields=["insats", "ar"]),
            models.CheckConstraint(name="arsredogorelse_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
        ]

    def __str__(self):
        return f"{self.insats} {self.ar}"

    def get_absolute_url(self):
        return reverse("insatser:arsredogorelse", args=[self.pk])

    @property
    def stycken(self) -> list[Stycke]:
        return stycken(self.text)

    @property
    def ar_klar(self) -> bool:
        return self.klar_tid is not None
