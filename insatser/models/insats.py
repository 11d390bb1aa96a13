"""An insats."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, Count, F, Q, Sum, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from behorigheter.lagen import anonyma_per_ar, har_deltaganden
from behorigheter.querysets import RattighetQuerySet, galler, ordsokning
from behorigheter.roller import Rattighet
from behorigheter.versionerad import Versionerad
from insatser.models.budget import InsatsBudget
from insatser.models.kategorisering import HOR_TILL, Deltagarregistrering, Inriktning, Malgrupp, PreciseradInriktning, VolymAvser
from organisations.models import Budgettyp, Samverkansorganisation
from sus.core.sortering import SvenskSortering


class Status(models.TextChoices):
    """State of an insats on a day; follows from its dates (docs/regler.md 5.4)."""

    PLANERAD = "planerad", "Planerad"
    PAGAENDE = "pagaende", "Pågående"
    AVSLUTAD = "avslutad", "Avslutad"


# Who has any of these in an insats has something to do there: it is one of the user's own.
EGNA = (Rattighet.BUDGET_ANDRA, Rattighet.INSATS_ANDRA, Rattighet.DELTAGARE_SE)


def _sant(villkor):
    return Case(When(villkor, then=True), default=False, output_field=models.BooleanField())


class InsatsQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "samverkansorganisation", "insats": "pk"}

    def pagaende(self, dag=None):
        return self.filter(galler(dag or timezone.localdate(), "startdatum", "slutdatum"))

    def som_pagar_nagon_gang(self, fran, till):
        """Insatser running in any part of the period, both ends included (docs/regler.md 10.3)."""
        return self.filter(Q(slutdatum=None) | Q(slutdatum__gte=fran), startdatum__lte=till)

    def med_personuppgifter(self):
        return self.filter(deltagarregistrering=Deltagarregistrering.PERSONUPPGIFTER)

    def med_status(self, status, dag=None):
        dag = dag or timezone.localdate()
        if status == Status.PLANERAD:
            return self.filter(startdatum__gt=dag)
        if status == Status.AVSLUTAD:
            return self.filter(startdatum__lte=dag, slutdatum__lt=dag)
        return self.pagaende(dag)

    def med_ord_som(self, text):
        """Search by words of the name, the beskrivning and the mål, with * for the rest of a word."""
        return self.filter(ordsokning("namn", text) | ordsokning("beskrivning", text) | ordsokning("mal", text))

    def som_hor_ihop_med(self, insats):
        """The other half, or halves, of a mixed activity, whichever of them was registered first (docs/regler.md 5.2)."""
        return self.filter(Q(pk=insats.hor_ihop_med_id) | Q(hor_ihop_med=insats))

    def with_ar_egen(self, anvandare):
        """Marks the insatser where one of the user's uppdrag gives something to do."""
        egen = Q(pk__in=[])
        for rattighet in EGNA:
            egen |= Q(pk__in=Insats.objects.tillatna_for(anvandare, rattighet).values("pk"))
        return self.annotate(ar_egen=_sant(egen))

    def with_kan_andra(self, anvandare):
        """Marks the insatser that the user may change."""
        return self.annotate(kan_andra=_sant(Q(pk__in=Insats.objects.tillatna_for(anvandare, Rattighet.INSATS_ANDRA).values("pk"))))


class Insats(Versionerad):
    """A measure, activity or project run in cooperation by one samverkansorganisation (docs/regler.md 5)."""

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="insatser", verbose_name="samverkansorganisation"
    )
    namn = models.CharField("insatsnamn", max_length=100)
    beskrivning = models.TextField("beskrivning", blank=True, default="", max_length=4000)
    startdatum = models.DateField("startdatum")
    slutdatum = models.DateField("slutdatum", null=True, blank=True)
    inriktning = models.CharField("inriktning", max_length=30, choices=Inriktning)
    preciserad_inriktning = models.CharField("preciserad inriktning", max_length=30, choices=PreciseradInriktning)
    deltagarregistrering = models.CharField("deltagarregistrering", max_length=20, choices=Deltagarregistrering)
    volym_avser = models.CharField("vad som räknas", max_length=10, choices=VolymAvser, blank=True, default="", db_default="")
    mal = models.TextField("mål", blank=True, default="", db_default="", max_length=1000)
    hor_ihop_med = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="hor_ihop_fran", verbose_name="hör ihop med"
    )  # the other half of a mixed activity
    malgrupper = models.ManyToManyField(Malgrupp, related_name="insatser", verbose_name="specifik målgrupp")

    objects = InsatsQuerySet.as_manager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = [SvenskSortering("namn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "samverkansorganisation",
                Lower("namn"),
                name="insats_unikt_namn",
                violation_error_message="Det finns redan en insats med det namnet. Välj ett annat namn.",
            ),
            models.CheckConstraint(
                name="insats_slutar_inte_fore_start",
                condition=Q(slutdatum=None) | Q(slutdatum__gte=F("startdatum")),
                violation_error_message="Slutdatum kan inte vara tidigare än startdatum.",
            ),
            models.CheckConstraint(
                name="insats_preciserad_hor_till_inriktning",
                condition=Q(inriktning="individinriktad", preciserad_inriktning__in=[str(p) for p in HOR_TILL[Inriktning.INDIVIDINRIKTAD]])
                | Q(
                    inriktning="strukturovergripande", preciserad_inriktning__in=[str(p) for p in HOR_TILL[Inriktning.STRUKTUROVERGRIPANDE]]
                ),
                violation_error_message="Välj en preciserad inriktning som hör till vald inriktning.",
            ),
            models.CheckConstraint(
                name="insats_volym_avser_bara_for_volyminsats",
                condition=Q(volym_avser="") | Q(deltagarregistrering="volym", volym_avser__in=["personer", "tillfallen"]),
            ),
            models.CheckConstraint(name="insats_hor_inte_ihop_med_sig_sjalv", condition=Q(hor_ihop_med=None) | ~Q(hor_ihop_med=F("pk"))),
            models.CheckConstraint(
                name="insats_kand_deltagarregistrering", condition=Q(deltagarregistrering__in=["personuppgifter", "volym"])
            ),
        ]

    def __str__(self):
        return self.namn

    def get_absolute_url(self):
        return reverse("insatser:detail", args=[self.pk])

    @property
    def ar_volyminsats(self) -> bool:
        return self.deltagarregistrering == Deltagarregistrering.VOLYM

    @property
    def volymrubrik(self) -> str:
        """What stands over the number of a volyminsats: "Antal personer", or "Antal deltagare" when it is not stated."""
        return f"Antal {self.get_volym_avser_display().lower()}" if self.volym_avser else "Antal deltagare"

    @property
    def status(self) -> str:
        """Planerad, Pågående or Avslutad today (docs/regler.md 5.4)."""
        idag = timezone.localdate()
        if self.startdatum > idag:
            return str(Status.PLANERAD.label)
        return str(Status.AVSLUTAD.label if self.slutdatum and self.slutdatum < idag else Status.PAGAENDE.label)

    @property
    def har_registrerade(self) -> bool:
        """Whether a deltagande, an anonymous count or a volym is registered: what locks the categorisation (docs/regler.md 5.3)."""
        volym = self.volymposter.aggregate(summa=Sum("antal"))["summa"]
        return bool(volym) or har_deltaganden(self.pk) or any(summa.antal for summa in anonyma_per_ar([self.pk]))

    @property
    def budgetar_som_kan_andras(self) -> range:
        """From the start of the insats and its samverkansorganisation (V02) to next year, or to the end of the insats."""
        forsta = max(self.startdatum.year, self.samverkansorganisation.startdatum.year)
        sista = max(timezone.localdate().year + 1, forsta)
        return range(forsta, min(sista, self.slutdatum.year if self.slutdatum else sista) + 1)

    def ar_tillaten_for(self, anvandare, rattighet) -> bool:
        return Insats.objects.tillatna_for(anvandare, rattighet).filter(pk=self.pk).exists()

    def budgetrader(self, ar):
        """The rows of the year."""
        return InsatsBudget.objects.filter(insatsar__insats=self, insatsar__ar=ar).select_related("part__organisation")

    def budgetsummor(self, ar) -> dict[str, dict]:
        """summa_budget, summa_utfall and utan_utfall (rows) of the year for each budgettyp, whole kronor. None where nothing is known."""
        tomt = {"summa_budget": None, "summa_utfall": None, "utan_utfall": 0}
        summor: dict[str, dict] = dict.fromkeys(Budgettyp.values, tomt)
        utan = Count("pk", filter=Q(utfall=None))
        rader = self.budgetrader(ar).select_related(None).order_by().values("budgettyp")
        for rad in rader.annotate(summa_budget=Sum("budget"), summa_utfall=Sum("utfall"), utan_utfall=utan):
            summor[rad["budgettyp"]] = dict(rad)
        return summor

    @property
    def volymar(self) -> range:
        """Years that a count of participants can be registered for: from the start to this year, or the end (docs/regler.md 6.7, 6.8)."""
        forsta = max(self.startdatum.year, self.samverkansorganisation.startdatum.year)
        sista = timezone.localdate().year
        return range(forsta, min(sista, self.slutdatum.year if self.slutdatum else sista) + 1)
