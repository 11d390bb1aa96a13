"""Samverkansorganisationer, who belongs to them, where they work and what money they have."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, ExpressionWrapper, F, Q, Sum, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone

from behorigheter.querysets import RattighetQuerySet, galler, jokertecken
from behorigheter.versionerad import Versionerad
from sus.core.regelbrott import Regelbrott
from sus.core.sortering import SvenskSortering

EGET_KAPITAL = "Eget kapital"
TIDIGASTE_AR = 1993  # the first two-party trials (docs/regler.md 2)
SENASTE_AR = 2100
AR_VALIDATORER = [MinValueValidator(TIDIGASTE_AR), MaxValueValidator(SENASTE_AR)]


class Lan(models.Model):
    """A county with its SCB code."""

    kod = models.CharField("länskod", max_length=2, primary_key=True)
    namn = models.CharField("namn", max_length=50, unique=True)
    kortnamn = models.CharField("kort namn", max_length=50)

    class Meta:
        verbose_name = "län"
        verbose_name_plural = "län"
        ordering = ["kod"]

    def __str__(self):
        return self.namn


class KommunQuerySet(models.QuerySet):
    def som_liknar(self, namn="", lan=None):
        """Search of Välj kommun, stadsdel (docs/regler.md 3.3): the name with * as wildcard, within a county if one is given."""
        fraga = self.filter(jokertecken("kortnamn", namn)) if namn else self
        return (fraga.filter(lan=lan) if lan else fraga).order_by(SvenskSortering("kortnamn"))


class Kommun(models.Model):
    """A municipality with its SCB code. Never rewritten: a kommun that ends gets giltig_till."""

    kod = models.CharField("kommunkod", max_length=4, primary_key=True)
    namn = models.CharField("namn", max_length=60)
    kortnamn = models.CharField("kort namn", max_length=60)
    lan = models.ForeignKey(Lan, on_delete=models.PROTECT, related_name="kommuner", verbose_name="län")
    giltig_fran = models.DateField("giltig från", null=True, blank=True)
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = KommunQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = ["kortnamn"]

    def __str__(self):
        return self.kortnamn


class StadsdelQuerySet(models.QuerySet):
    def giltiga(self, dag):
        return self.filter(galler(dag, "giltig_fran", "giltig_till"))


class Stadsdel(models.Model):
    """A city district of Stockholm or Göteborg, with the time when it existed (docs/regler.md 3.3)."""

    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, related_name="stadsdelar", verbose_name="kommun")
    namn = models.CharField("namn", max_length=60)
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = StadsdelQuerySet.as_manager()

    class Meta:
        verbose_name = "stadsdel"
        verbose_name_plural = "stadsdelar"
        ordering = ["kommun", "namn", "giltig_fran"]
        constraints = [models.UniqueConstraint(name="stadsdel_en_gang", fields=["kommun", "namn", "giltig_fran"])]

    def __str__(self):
        return self.namn


def typordning(falt):
    """The order of kinds of organisation in lists and reports: the state first, others last."""
    typer = ["fk", "af", "region", "kommun", "samordningsforbund", "esf"]
    return Case(*(When(**{falt: typ}, then=plats) for plats, typ in enumerate(typer)), default=len(typer))


class OrganisationQuerySet(models.QuerySet):
    def som_liknar(self, namn):
        """Active organisations of the register whose name matches the search text, * as wildcard, in Swedish order."""
        return self.filter(jokertecken("namn", namn), aktiv=True).order_by(SvenskSortering("namn"))

    def i_ordning(self):
        return self.order_by(typordning("typ"), SvenskSortering("namn"))


class Organisation(models.Model):
    """An organisation in the register: a party, a financier or an employer."""

    class Typ(models.TextChoices):
        FK = "fk", "Försäkringskassan"
        AF = "af", "Arbetsförmedlingen"
        REGION = "region", "Region (landsting)"
        KOMMUN = "kommun", "Kommun"
        SAMORDNINGSFORBUND = "samordningsforbund", "Samordningsförbund"
        ESF = "esf", "ESF"
        OVRIG = "ovrig", "Övrig organisation"

    namn = models.CharField("namn", max_length=200)
    organisationsnummer = models.CharField("organisationsnummer", max_length=11, blank=True, default="")
    typ = models.CharField("typ", max_length=20, choices=Typ)
    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommun")
    lan = models.ForeignKey(Lan, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="län")
    aktiv = models.BooleanField("aktiv", default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["namn"]
        constraints = [
            models.UniqueConstraint(
                Lower("namn"), name="organisation_unikt_namn", violation_error_message="Det finns redan en organisation med det namnet."
            ),
            models.CheckConstraint(
                name="organisation_kand_typ", condition=Q(typ__in=["fk", "af", "region", "kommun", "samordningsforbund", "esf", "ovrig"])
            ),
        ]

    def __str__(self):
        return self.namn


class SamverkansorganisationQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "pk"}

    def planerade(self, dag=None):
        return self.filter(startdatum__gt=dag or timezone.localdate())

    def pagaende(self, dag=None):
        return self.filter(galler(dag or timezone.localdate(), "startdatum", "slutdatum"))

    def avslutade(self, dag=None):
        return self.filter(slutdatum__lt=dag or timezone.localdate())

    def som_liknar(self, namn):
        return self.filter(jokertecken("namn", namn))

    def with_egen(self, anvandare):
        """`egen`: the user has a present uppdrag in it. For order and display; the right itself is tillatna_for."""
        uppdrag = anvandare.uppdrag.aktuella()
        organisationer = uppdrag.exclude(samverkansorganisation=None).values("samverkansorganisation")
        via_insats = uppdrag.exclude(insats=None).values("insats__samverkansorganisation")
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
        ordering = ["namn"]
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
        return "Avslutad" if self.slutdatum and self.slutdatum < idag else "Pågående"

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
        return (
            rader.order_by(SvenskSortering("namn"))
            .values("pk", "namn", ar=F("insatsar__ar"), typ=F("insatsar__rader__budgettyp"))
            .annotate(
                budget=Sum("insatsar__rader__budget"),
                utfall=Sum("insatsar__rader__utfall"),
                utan_utfall=Count("insatsar__rader", filter=Q(insatsar__rader__utfall=None)),
            )
        )


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
        return f"{self.stadsdel.kommun}: {self.stadsdel}" if self.stadsdel else str(self.kommun)


class IngaendeOrganisationQuerySet(models.QuerySet):
    def finansiarer(self):
        return self.filter(finansiar=True)

    def i_ordning(self):
        return self.select_related("organisation").order_by(typordning("organisation__typ"), SvenskSortering("organisation__namn"))


class IngaendeOrganisation(models.Model):
    """An organisation's part in a samverkansorganisation: member, financier, consumer (docs/regler.md 3.4)."""

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="parter", verbose_name="samverkansorganisation"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parter", verbose_name="organisation")
    medlem = models.BooleanField("medlem", default=False)
    finansiar = models.BooleanField("finansiär", default=False)
    konsument = models.BooleanField("konsument", default=False)

    objects = IngaendeOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "ingående organisation"
        verbose_name_plural = "ingående organisationer"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="ingaende_organisation_en_gang",
                fields=["samverkansorganisation", "organisation"],
                violation_error_message="Organisationen finns redan i samverkansorganisationen.",
            ),
            models.CheckConstraint(
                name="ingaende_organisation_har_nagon_roll",
                condition=Q(medlem=True) | Q(finansiar=True) | Q(konsument=True),
                violation_error_message="Kryssa för minst en av medlem, finansiär och konsument.",
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    def kontrollera(self):
        """Raise Regelbrott for a role that the organisation cannot have in this samverkansform (docs/regler.md 3.4)."""
        typ = self.organisation.typ
        if not (self.medlem or self.finansiar or self.konsument):
            raise Regelbrott("Kryssa för minst en av medlem, finansiär och konsument.", falt="medlem")
        if self.samverkansorganisation.ar_finsam:
            if self.konsument and typ != Organisation.Typ.SAMORDNINGSFORBUND:
                raise Regelbrott("Bara samordningsförbundet kan vara konsument i Finsam.", falt="konsument")
        elif typ in {Organisation.Typ.AF, Organisation.Typ.KOMMUN, Organisation.Typ.SAMORDNINGSFORBUND}:
            raise Regelbrott(f"{self.organisation} kan inte ingå i Tvåpartsfinsam.", falt="medlem")


class BudgetarQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "samverkansorganisation"}


class Budgetar(Versionerad):
    """A samverkansorganisation's budget for one calendar year: what its rows are locked and versioned by."""

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="budgetar", verbose_name="samverkansorganisation"
    )
    ar = models.PositiveSmallIntegerField("budgetår", validators=AR_VALIDATORER)

    objects = BudgetarQuerySet.as_manager()

    class Meta:
        verbose_name = "budgetår"
        verbose_name_plural = "budgetår"
        ordering = ["-ar"]
        constraints = [
            models.UniqueConstraint(name="budgetar_ett_per_ar", fields=["samverkansorganisation", "ar"]),
            models.CheckConstraint(name="budgetar_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
        ]

    def __str__(self):
        return f"{self.samverkansorganisation} {self.ar}"


class Finansiering(models.Model):
    """Money coming in from a financier for a year, in whole kronor. Only eget kapital can be negative (a deficit)."""

    budgetar = models.ForeignKey(
        Budgetar, on_delete=models.CASCADE, related_name="finansieringar", verbose_name="budgetår"
    )  # a row of its year
    part = models.ForeignKey(IngaendeOrganisation, on_delete=models.PROTECT, related_name="finansieringar", verbose_name="finansiär")
    belopp = models.BigIntegerField("belopp")
    beskrivning = models.CharField("beskrivning", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "finansiering"
        verbose_name_plural = "finansieringar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="finansiering_en_per_beskrivning",
                fields=["budgetar", "part", "beskrivning"],
                violation_error_message="Finansiären har redan en rad med samma beskrivning. "
                "Ändra beloppet på den raden eller skriv en annan beskrivning.",
            ),
            models.CheckConstraint(
                name="finansiering_negativ_bara_for_eget_kapital",
                condition=Q(belopp__gte=0) | Q(beskrivning=EGET_KAPITAL),
                violation_error_message="Beloppet kan bara vara negativt för eget kapital.",
            ),
            models.CheckConstraint(name="finansiering_hogst_tolv_siffror", condition=Q(belopp__gt=-(10**12), belopp__lt=10**12)),
        ]

    def __str__(self):
        return f"{self.part} {self.belopp}"

    @property
    def ar_eget_kapital(self) -> bool:
        return self.beskrivning == EGET_KAPITAL

    def kontrollera(self):
        """Raise Regelbrott for money that its financier cannot have (V09, docs/regler.md 4.1)."""
        if not self.part.finansiar:
            raise Regelbrott("Organisationen är inte markerad som finansiär.", falt="part")
        if self.ar_eget_kapital and self.part.organisation.typ != Organisation.Typ.SAMORDNINGSFORBUND:
            raise Regelbrott("Eget kapital kan bara anges för samordningsförbundet.", falt="beskrivning")
        if self.belopp < 0 and not self.ar_eget_kapital:
            raise Regelbrott("Beloppet kan bara vara negativt för eget kapital.", falt="belopp")


class AdministrativKostnad(models.Model):
    """Cost of running the förbund itself for a year, in whole kronor; utfall None is unknown. Finsam only (docs/regler.md 4.1)."""

    class Kostnadstyp(models.TextChoices):
        KRING = "kring", "Kring"
        PERSONAL = "personal", "Personal"
        OVRIG = "ovrig", "Övrig"
        EJ_UPPDELAD = "ej_uppdelad", "Ej uppdelad"

    budgetar = models.ForeignKey(
        Budgetar, on_delete=models.CASCADE, related_name="administrativa_kostnader", verbose_name="budgetår"
    )  # a row of its year
    kostnadstyp = models.CharField("kostnadstyp", max_length=20, choices=Kostnadstyp)
    budget = models.BigIntegerField("budget")
    utfall = models.BigIntegerField("utfall", null=True, blank=True)

    class Meta:
        verbose_name = "administrativ kostnad"
        verbose_name_plural = "administrativa kostnader"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="administrativ_kostnad_en_per_typ",
                fields=["budgetar", "kostnadstyp"],
                violation_error_message="Kostnadstypen finns redan för året.",
            ),
            models.CheckConstraint(name="administrativ_kostnad_belopp", condition=Q(budget__gte=0, budget__lt=10**12)),
            models.CheckConstraint(name="administrativ_kostnad_utfall", condition=Q(utfall=None) | Q(utfall__gte=0, utfall__lt=10**12)),
            models.CheckConstraint(
                name="administrativ_kostnad_kand_typ", condition=Q(kostnadstyp__in=["kring", "personal", "ovrig", "ej_uppdelad"])
            ),
        ]

    def __str__(self):
        return f"{self.get_kostnadstyp_display()} {self.budget}"
