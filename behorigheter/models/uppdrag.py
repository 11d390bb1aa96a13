"""A user's role in a samverkansorganisation or in an insats."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from behorigheter.models.anvandare import Anvandare
from behorigheter.models.behorighet import SIDA, V34_OCH_BESTALLARE, Behorighet
from behorigheter.models.tid import DateRange
from behorigheter.querysets import RattighetQuerySet, galler
from behorigheter.roller import Rattighet, Roll
from sus.core.sortering import SvenskSortering

HAMTNINGAR_PER_TIMME = 30  # persons that a deltagaransvarig may ask for where the uppdrag says nothing else (docs/regler.md 6.3)
ROLLER_MED_UPPDRAG = [Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.DELTAGARANSVARIG, Roll.SUS_STOD]


class UppdragQuerySet(RattighetQuerySet):
    # Which uppdrag a rattighet is about, and how they are reached.
    galler_via: ClassVar = {
        Rattighet.UPPDRAG_SE: "forbund",
        Rattighet.UPPDRAG_SAMVERKAN_ANDRA: "samverkansorganisation",
        Rattighet.UPPDRAG_INSATS_ANDRA: "insats__samverkansorganisation",
    }

    def tillatna_for(self, anvandare: Anvandare, rattighet: Rattighet):
        """Uppdrag in samverkansorganisationer, in insatser or in both, as the rattighet says."""
        rader = self.with_forbund().filter(**{f"{self.galler_via[rattighet]}__isnull": False})
        return super(UppdragQuerySet, rader).tillatna_for(anvandare, rattighet)

    def vagar(self, rattighet: Rattighet) -> dict[str, str]:
        return {"samverkansorganisation": self.galler_via[rattighet]}

    def aktuella(self, dag=None):
        """Uppdrag that hold on the day, with a valid behörighet for the same role behind them."""
        dag = dag or timezone.localdate()
        return self.filter(Exists(_behorighet_bakom(dag)), galler(dag, "fran", "till"), aterkallat=None)

    def inte_avslutade(self, dag=None):
        """Uppdrag that hold on the day or later, also those that lie idle without a behörighet."""
        return self.filter(_inte_avslutat(dag or timezone.localdate()))

    def i_namnordning(self):
        """By the users' names, with their employers. Those that have ended come last."""
        return self.select_related("anvandare__arbetsgivare").order_by(_avslutade_sist(), "anvandare", "fran", "pk")

    def i_platsordning(self):
        """By their places: each samverkansorganisation and then its insatser. Those that have ended come last."""
        forbund = SvenskSortering(Coalesce("samverkansorganisation__namn", "insats__samverkansorganisation__namn"))
        insats = SvenskSortering("insats__namn").asc(nulls_first=True)
        rader = self.select_related("samverkansorganisation", "insats__samverkansorganisation")
        return rader.order_by(_avslutade_sist(), forbund, insats, "roll", "fran", "pk")

    def som_slutar_inom(self, dagar, dag=None):
        """Uppdrag that hold, whose last day is at most so many days away, and that are not followed by another of the same."""
        dag = dag or timezone.localdate()
        foljer = Uppdrag.objects.filter(aterkallat=None, fran__gt=OuterRef("till"), anvandare=OuterRef("anvandare"), roll=OuterRef("roll"))
        samma = Q(samverkansorganisation=OuterRef("samverkansorganisation")) | Q(insats=OuterRef("insats"))
        return self.aktuella(dag).filter(~Exists(foljer.filter(samma)), till__lte=dag + timedelta(days=dagar))

    def som_lamnar_insatsen_tom(self, sista_dag):
        """Of these uppdrag those whose insats goes on without any deltagaransvarig, when they end after the day."""
        andra = Uppdrag.objects.filter(
            Q(till=None) | Q(till__gt=sista_dag), Exists(_behorighet_bakom(timezone.localdate())), aterkallat=None
        )
        andra = andra.filter(insats=OuterRef("insats"), fran__lte=sista_dag + timedelta(days=1)).exclude(anvandare=OuterRef("anvandare"))
        pagar = Q(insats__slutdatum=None) | Q(insats__slutdatum__gt=sista_dag)
        return self.inte_avslutade().filter(pagar, ~Exists(andra), roll=Roll.DELTAGARANSVARIG)

    def with_forbund(self):
        """`forbund`: key of the samverkansorganisation, also of an uppdrag in one of its insatser."""
        return self.annotate(forbund=Coalesce("samverkansorganisation", "insats__samverkansorganisation"))

    def with_vilar(self):
        """`vilar`: the user has no behörighet for the role today, so that the uppdrag gives no right."""
        return self.annotate(vilar=~Exists(_behorighet_bakom(timezone.localdate())))


def _inte_avslutat(dag):
    return Q(Q(till=None) | Q(till__gte=dag), aterkallat=None)


def _avslutade_sist():
    return ExpressionWrapper(_inte_avslutat(timezone.localdate()), models.BooleanField()).desc()


def _behorighet_bakom(dag):
    return Behorighet.objects.giltiga(dag).filter(anvandare=OuterRef("anvandare"), roll=OuterRef("roll"))


def utan_uppdrag(behorigheter):
    """Of these behörigheter those for a role that works through an uppdrag, where the user has none, now or to come."""
    uppdrag = Uppdrag.objects.inte_avslutade().filter(anvandare=OuterRef("anvandare"), roll=OuterRef("roll"))
    return behorigheter.filter(~Exists(uppdrag), roll__in=ROLLER_MED_UPPDRAG)


def stod_for(anvandare):
    """The SUS-stödjare of the samverkansorganisationer where the user has uppdrag, also in one of their insatser."""
    egna = anvandare.uppdrag.aktuella().with_forbund().values("forbund")
    stod = Uppdrag.objects.aktuella().filter(roll=Roll.SUS_STOD, samverkansorganisation__in=egna)
    return stod.select_related("samverkansorganisation", "anvandare__arbetsgivare").order_by("samverkansorganisation", "anvandare")


def with_behorigheter_och_uppdrag(anvandare):
    """Users with what they hold or will hold, as `aktuella_behorigheter` and `aktuella_uppdrag`."""
    behorigheter = Behorighet.objects.inte_avslutade(timezone.localdate()).with_galler().order_by("roll", "giltig_fran")
    uppdrag = Uppdrag.objects.inte_avslutade().with_vilar().i_platsordning()
    return anvandare.prefetch_related(
        Prefetch("behorigheter", behorigheter, to_attr="aktuella_behorigheter"), Prefetch("uppdrag", uppdrag, to_attr="aktuella_uppdrag")
    )


class Uppdrag(models.Model):
    """A user's role in a samverkansorganisation or in an insats. Works only with a valid behörighet behind it.

    `hamtningar_per_timme`: how many persons the user may ask for in an hour, where the job is to enter for others. None: as everybody.
    """

    anvandare = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="uppdrag", verbose_name="användare")
    roll = models.CharField("roll", max_length=30, choices=Roll)
    samverkansorganisation = models.ForeignKey(
        "organisations.Samverkansorganisation", on_delete=models.PROTECT, null=True, blank=True, related_name="uppdrag"
    )
    insats = models.ForeignKey("insatser.Insats", on_delete=models.PROTECT, null=True, blank=True, related_name="uppdrag")
    fran = models.DateField("från")
    till = models.DateField("till", null=True, blank=True)
    aterkallat = models.DateTimeField("återkallat", null=True, blank=True)
    hamtningar_per_timme = models.PositiveSmallIntegerField("hämtningar per timme", null=True, blank=True)

    objects = UppdragQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        constraints = [
            models.CheckConstraint(
                name="uppdrag_galler_ratt_sorts_objekt",
                condition=(
                    Q(roll=Roll.DELTAGARANSVARIG, insats__isnull=False, samverkansorganisation=None)
                    | (
                        Q(roll__in=[Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.SUS_STOD])
                        & Q(insats=None, samverkansorganisation__isnull=False)
                    )
                ),
                violation_error_message="Deltagaransvariga har uppdrag i en insats, övriga i en samverkansorganisation.",
            ),
            models.CheckConstraint(
                name="uppdrag_slutar_inte_fore_start",
                condition=Q(till=None) | Q(till__gte=F("fran")),
                violation_error_message="Uppdraget kan inte sluta innan det börjar.",
            ),
            models.CheckConstraint(
                name="uppdrag_hamtningar_for_deltagaransvarig",
                condition=Q(hamtningar_per_timme=None)
                | Q(hamtningar_per_timme__gte=1, hamtningar_per_timme__lte=500, roll=Roll.DELTAGARANSVARIG),
                violation_error_message="Ange ett antal hämtningar per timme mellan 1 och 500.",
            ),
            ExclusionConstraint(
                name="uppdrag_ett_i_taget_i_samverkansorganisation",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("roll", RangeOperators.EQUAL),
                    ("samverkansorganisation", RangeOperators.EQUAL),
                    (DateRange("fran", "till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(samverkansorganisation__isnull=False, aterkallat=None),
                violation_error_message="Användaren har redan uppdraget under denna tid.",
            ),
            ExclusionConstraint(
                name="uppdrag_ett_i_taget_i_insats",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("insats", RangeOperators.EQUAL),
                    (DateRange("fran", "till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(insats__isnull=False, aterkallat=None),
                violation_error_message="Användaren har redan uppdraget under denna tid.",
            ),
            ExclusionConstraint(
                name="uppdrag_roller_som_inte_far_forenas",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    (SIDA, RangeOperators.NOT_EQUAL),
                    (DateRange("fran", "till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(aterkallat=None, roll__in=[Roll.DELTAGARANSVARIG, Roll.SAMVERKANSADMINISTRATOR]),
                violation_error_message=V34_OCH_BESTALLARE,
            ),
        ]

    def __str__(self):
        return f"{self.anvandare}: {self.get_roll_display()}"

    @property
    def ar_avslutat(self) -> bool:
        return self.aterkallat is not None or (self.till is not None and self.till < timezone.localdate())

    @property
    def sista_dag(self) -> date | None:
        """The day it ends or ended, also when it was taken back before its last day."""
        if self.aterkallat is None:
            return self.till
        aterkallat = timezone.localdate(self.aterkallat)
        return min(self.till, aterkallat) if self.till else aterkallat

    @property
    def plats(self):
        """What it concerns: the insats or the samverkansorganisation."""
        return self.insats or self.samverkansorganisation
