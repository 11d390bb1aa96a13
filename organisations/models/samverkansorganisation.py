"""A samverkansorganisation and where it works."""

from typing import ClassVar

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone

from behorigheter.querysets import RattighetQuerySet, galler, jokertecken
from behorigheter.roller import Roll
from behorigheter.versionerad import Versionerad
from organisations.models.geografi import Kommun, Lan, Stadsdel
from organisations.models.organisation import Organisation
from sus.core.sortering import SvenskSortering


class SamverkansorganisationQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "pk"}

    def planerade(self, dag=None):
        return self.filter(startdatum__gt=dag or timezone.localdate())

    def pagaende(self, dag=None):
        return self.filter(galler(dag or timezone.localdate(), "startdatum", "slutdatum"))

    def avslutade(self, dag=None):
        return self.filter(slutdatum__lt=dag or timezone.localdate())

    def inte_avslutade(self, dag=None):
        return self.exclude(slutdatum__lt=dag or timezone.localdate())

    def som_liknar(self, namn):
        return self.filter(jokertecken("namn", namn))

    def i_lan(self, lan):
        """Those counted to the county, and those that work in some kommun there."""
        omraden = Omrade.objects.annotate(lan=Coalesce("kommun__lan", "stadsdel__kommun__lan")).filter(lan=lan.pk)
        return self.filter(Q(lan=lan) | Q(pk__in=omraden.values("samverkansorganisation")))

    def with_egen(self, anvandare):
        """`egen`: the user has a present uppdrag in it or in an insats of it. For order and display; the right itself is tillatna_for."""
        organisationer, insatser = (anvandare.uppdragsplatser(falt, set(Roll)) for falt in ("samverkansorganisation", "insats"))
        via_insats = self.model._default_manager.filter(insatser__in=insatser).values("pk")
        return self.annotate(egen=ExpressionWrapper(Q(pk__in=organisationer) | Q(pk__in=via_insats), models.BooleanField()))


class Samverkansorganisation(Versionerad):
    """A förbund, or a two-party cooperation, as SUS knows it (docs/regler.md 3)."""

    class Form(models.TextChoices):
        FINSAM = "finsam", "Finsam"
        TVAPARTS = "tvaparts", "Tvåpartsfinsam"

    namn = models.CharField("namn", max_length=50, error_messages={"max_length": "Namnet får vara högst 50 tecken inklusive blanksteg."})
    organisationsnummer = models.CharField("organisationsnummer", max_length=11, blank=True, default="")
    samverkansform = models.CharField("samverkansform", max_length=10, choices=Form)
    beskrivning = models.TextField("beskrivning", blank=True, default="", max_length=4000)
    startdatum = models.DateField("startdatum")
    slutdatum = models.DateField("slutdatum", null=True, blank=True)
    uppgick_i = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="foregangare", verbose_name="uppgick i"
    )
    lan = models.ForeignKey(
        Lan, on_delete=models.PROTECT, null=True, blank=True, related_name="samverkansorganisationer", verbose_name="län"
    )

    co = models.CharField("c/o", max_length=100, blank=True, default="")
    gatuadress = models.CharField("gatuadress eller box", max_length=100, blank=True, default="")
    postnummer = models.CharField("postnummer", max_length=6, blank=True, default="")
    postort = models.CharField("postort", max_length=60, blank=True, default="")

    kontakt_namn = models.CharField("kontaktperson", max_length=100, blank=True, default="")
    kontakt_titel = models.CharField("titel", max_length=100, blank=True, default="")
    kontakt_telefon = models.CharField("telefon", max_length=30, blank=True, default="")
    kontakt_epost = models.EmailField("e-post", blank=True, default="")

    bestallare_namn = models.CharField("beställarens namn", max_length=100, blank=True, default="")
    bestallare_telefon = models.CharField("beställarens telefon", max_length=30, blank=True, default="")
    bestallare_epost = models.EmailField("beställarens e-post", blank=True, default="")

    objects = SamverkansorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "samverkansorganisation"
        verbose_name_plural = "samverkansorganisationer"
        ordering = [SvenskSortering("namn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("namn"),
                name="samverkansorganisation_unikt_namn",
                violation_error_message="Det finns redan en samverkansorganisation med det namnet. Välj ett annat namn.",
            ),
            models.CheckConstraint(
                name="samverkansorganisation_slutar_inte_fore_start",
                condition=Q(slutdatum=None) | Q(slutdatum__gte=F("startdatum")),
                violation_error_message="Slutdatum kan inte vara tidigare än startdatum.",
            ),
            models.CheckConstraint(
                name="samverkansorganisation_uppgick_nar_den_slutade",
                condition=Q(uppgick_i=None) | Q(slutdatum__isnull=False) & ~Q(uppgick_i=F("pk")),
            ),
            models.CheckConstraint(name="samverkansorganisation_kand_form", condition=Q(samverkansform__in=["finsam", "tvaparts"])),
        ]

    def __str__(self):
        return self.namn

    def get_absolute_url(self):
        return reverse("organisations:detail", args=[self.pk])

    @property
    def ar_finsam(self) -> bool:
        return self.samverkansform == self.Form.FINSAM

    @property
    def status(self) -> str:
        """Planerad, Pågående or Avslutad today."""
        idag = timezone.localdate()
        if self.startdatum > idag:
            return "Planerad"
        return "Avslutad" if self.ar_avslutad else "Pågående"

    @property
    def ar_avslutad(self) -> bool:
        """After the last day only utfall and corrections are registered (docs/regler.md 3.2)."""
        return self.slutdatum is not None and self.slutdatum < timezone.localdate()

    @property
    def fore_start(self) -> str:
        """What is said of anything that would be registered before the start (V02)."""
        return f"Uppgifter kan inte registreras före samverkansorganisationens startdatum ({self.startdatum})."

    def ar_tillaten_for(self, anvandare, rattighet) -> bool:
        return Samverkansorganisation.objects.tillatna_for(anvandare, rattighet).filter(pk=self.pk).exists()

    @property
    def forbundsnamn(self) -> str:
        """The samordningsförbund's name in the register of organisations: its legal name begins with what it is."""
        return self.namn if self.namn.casefold().startswith("samordningsförbund") else f"Samordningsförbundet {self.namn}"

    def foreslagna_parter(self):
        """Organisations that take part by law, or by where the samverkansorganisation works (docs/regler.md 2 and 3.4)."""
        kommuner = self.omraden.values(kod=Coalesce("kommun", "stadsdel__kommun"))
        lan = Kommun.objects.filter(pk__in=kommuner).values("lan")
        villkor = Q(typ=Organisation.Typ.FK) | Q(typ=Organisation.Typ.REGION, lan__in=lan)
        if self.ar_finsam:
            villkor |= Q(typ=Organisation.Typ.AF) | Q(typ=Organisation.Typ.KOMMUN, kommun__in=kommuner)
            villkor |= Q(typ=Organisation.Typ.SAMORDNINGSFORBUND, namn__iexact=self.forbundsnamn)
        return Organisation.objects.filter(villkor, aktiv=True).i_ordning()

    def budgetar_att_valja(self) -> list[int]:
        """Years that may have a budget: from the start to next year, not after the end (docs/regler.md 3.2). Latest first."""
        sista = max(timezone.localdate().year + 1, self.startdatum.year)
        if self.slutdatum:
            sista = min(sista, self.slutdatum.year)
        return list(range(sista, self.startdatum.year - 1, -1))

    def dag_for_stadsdelar(self):
        """The day whose stadsdelar may be chosen: today, or the nearest day of the samverkansorganisation's own time."""
        idag = max(timezone.localdate(), self.startdatum)
        return min(idag, self.slutdatum) if self.slutdatum else idag

    def budget_i_insatserna(self, *ar):
        """One row per insats, year and budgettyp: namn, ar, typ, budget, utfall (None: none known) and utan_utfall, rows without it."""
        rader = self.insatser.filter(insatsar__ar__in=ar, insatsar__rader__isnull=False)
        grupper = rader.values("pk", "namn", ar=F("insatsar__ar"), typ=F("insatsar__rader__budgettyp")).annotate(
            budget=Sum("insatsar__rader__budget"),
            utfall=Sum("insatsar__rader__utfall"),
            utan_utfall=Count("insatsar__rader", filter=Q(insatsar__rader__utfall=None)),
        )
        return grupper.order_by(SvenskSortering("namn"))  # groups do not keep the order of the model


class Omrade(models.Model):
    """A kommun, or a stadsdel, where the samverkansorganisation works."""

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="omraden", verbose_name="samverkansorganisation"
    )
    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommun")
    stadsdel = models.ForeignKey(Stadsdel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stadsdel")

    class Meta:
        verbose_name = "område"
        verbose_name_plural = "områden"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="omrade_kommun_eller_stadsdel",
                condition=Q(kommun__isnull=False, stadsdel=None) | Q(kommun=None, stadsdel__isnull=False),
            ),
            models.UniqueConstraint(name="omrade_kommun_en_gang", fields=["samverkansorganisation", "kommun"]),
            models.UniqueConstraint(name="omrade_stadsdel_en_gang", fields=["samverkansorganisation", "stadsdel"]),
        ]

    def __str__(self):
        return str(self.kommun or self.stadsdel)

    @property
    def i_ord(self) -> str:
        """A stadsdel with its kommun: two cities have a Centrum."""
        return self.stadsdel.i_ord if self.stadsdel else str(self.kommun)
