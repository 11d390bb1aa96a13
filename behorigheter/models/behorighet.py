"""Permission to work in one role during a limited time."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from behorigheter.models.anvandare import Anvandare
from behorigheter.models.tid import DateRange, TvaAr
from behorigheter.querysets import ArbetsgivarQuerySet, galler_behorighet
from behorigheter.roller import GER_UPPDRAG, RIKSROLLER, Rattighet, Roll

# docs/regler.md 9.2: what one person may never be at the same time, in any organisation. 1 stands against 2.
SIDA = Case(When(roll=Roll.DELTAGARANSVARIG, then=1), default=2, output_field=models.IntegerField())
V34 = "Samverkansadministratör kan inte kombineras med deltagaransvarig."
V34_OCH_BESTALLARE = f"{V34} Beställare kan inte heller vara deltagaransvarig."
V35 = "Anställd på samordningsförbund kan inte vara deltagaransvarig."

ARBETSGIVARTYPER = ["fk", "af", "region", "kommun", "samordningsforbund"]  # docs/regler.md 9.4: only their staff can get SUS
FORBUND = "samordningsforbund"
FORNYAS_DAGAR_FORE = 90  # so long before its last day a behörighet can be renewed (docs/regler.md 9.3)


class BehorighetQuerySet(ArbetsgivarQuerySet):
    arbetsgivare_via = "arbetsgivare"

    def tillatna_for(self, anvandare, rattighet):
        if rattighet == Rattighet.UPPDRAG_GE and not anvandare.gallande_roller & RIKSROLLER:
            return self._som_kan_fa_uppdrag_av(anvandare)
        return super().tillatna_for(anvandare, rattighet)

    def _som_kan_fa_uppdrag_av(self, anvandare):
        """Behörigheter at the organisations that take part where the user has uppdrag, for the roles that the user gives there."""
        villkor = Q(pk__in=[])
        for roll in anvandare.gallande_roller & GER_UPPDRAG.keys():
            organisationer = anvandare.uppdrag.aktuella().filter(roll=roll).values("samverkansorganisation__parter__organisation")
            villkor |= Q(roll__in=GER_UPPDRAG[roll], arbetsgivare__in=organisationer.filter(samverkansorganisation__parter__isnull=False))
        return self.filter(villkor)

    def giltiga(self, dag=None):
        """Behörigheter that give a right on the day: not revoked, within their time, of an active user who still
        works for the employer that ordered, and whose employer has a valid överenskommelse."""
        return self.filter(galler_behorighet("", dag))

    def inte_avslutade(self, dag):
        """Valid on the day or later, and not revoked."""
        return self.filter(aterkallad=None, giltig_till__gte=dag)

    def som_slutar_inom(self, dagar, dag=None):
        """Valid behörigheter whose last day is at most so many days away, and that nobody has renewed."""
        dag = dag or timezone.localdate()
        fornyad = Behorighet.objects.filter(
            anvandare=OuterRef("anvandare"), roll=OuterRef("roll"), aterkallad=None, giltig_fran__gt=OuterRef("giltig_till")
        )
        return self.giltiga(dag).filter(~Exists(fornyad), giltig_till__lte=dag + timedelta(days=dagar))

    def with_galler(self):
        """`galler`: gives a right today."""
        return self.annotate(galler=Exists(Behorighet.objects.giltiga().filter(pk=OuterRef("pk"))))


class Behorighet(models.Model):
    """Permission to work in one role during a limited time, at most two years (docs/regler.md 9.3).

    `arbetsgivare_typ` repeats the employer's kind so that the database can refuse what depends on it.
    """

    anvandare = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="behorigheter", verbose_name="användare")
    roll = models.CharField("roll", max_length=30, choices=Roll)
    arbetsgivare = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="behorigheter", verbose_name="arbetsgivare"
    )
    arbetsgivare_typ = models.CharField("arbetsgivarens typ", max_length=20, editable=False, db_default="")
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till")
    bestallning = models.ForeignKey(
        "behorigheter.Bestallning", on_delete=models.PROTECT, null=True, blank=True, related_name="behorigheter", verbose_name="beställning"
    )
    bestalld_av = models.ForeignKey(
        Anvandare, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beställd av"
    )
    utfardad_av = models.ForeignKey(
        Anvandare, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="utfärdad av"
    )
    aterkallad = models.DateTimeField("återkallad", null=True, blank=True)
    aterkallad_av = models.ForeignKey(
        Anvandare, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="återkallad av"
    )
    paminnd = models.PositiveSmallIntegerField("senaste påminnelse, dagar före slutet", null=True, blank=True, editable=False)

    objects = BehorighetQuerySet.as_manager()

    galler: bool  # from with_galler()

    class Meta:
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
        ordering = ["anvandare", "roll", "giltig_fran", "pk"]
        constraints = [
            models.CheckConstraint(
                name="behorighet_slutar_inte_fore_start",
                condition=Q(giltig_till__gte=F("giltig_fran")),
                violation_error_message="Behörigheten kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                name="behorighet_galler_hogst_tva_ar",
                condition=Q(giltig_till__lte=TvaAr(F("giltig_fran"))),
                violation_error_message="Behörigheten kan gälla högst två år.",
            ),
            models.CheckConstraint(name="behorighet_kand_roll", condition=Q(roll__in=Roll.values)),
            models.CheckConstraint(
                name="behorighet_arbetsgivare_som_far_ha_sus",
                condition=Q(arbetsgivare_typ__in=ARBETSGIVARTYPER),
                violation_error_message="Bara anställda på myndigheter, regioner, kommuner och samordningsförbund kan få behörighet.",
            ),
            models.CheckConstraint(
                name="behorighet_forbund_aldrig_deltagaransvarig",
                condition=~Q(roll=Roll.DELTAGARANSVARIG, arbetsgivare_typ=FORBUND),
                violation_error_message=V35,
            ),
            models.CheckConstraint(
                name="behorighet_aldrig_till_sig_sjalv",
                condition=(Q(bestalld_av=None) | ~Q(bestalld_av=F("anvandare"))) & (Q(utfardad_av=None) | ~Q(utfardad_av=F("anvandare"))),
                violation_error_message="Ingen kan beställa eller utfärda sin egen behörighet.",
            ),
            models.CheckConstraint(
                name="behorighet_tva_personer",
                condition=Q(bestalld_av=None) | Q(utfardad_av=None) | ~Q(bestalld_av=F("utfardad_av")),
                violation_error_message="Den som har beställt behörigheten kan inte utfärda den.",
            ),
            ExclusionConstraint(
                name="behorighet_en_i_taget_per_roll",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("roll", RangeOperators.EQUAL),
                    (DateRange("giltig_fran", "giltig_till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(aterkallad=None),
                violation_error_message="Användaren har redan den rollen under denna tid.",
            ),
            ExclusionConstraint(
                name="behorighet_roller_som_inte_far_forenas",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    (SIDA, RangeOperators.NOT_EQUAL),
                    (DateRange("giltig_fran", "giltig_till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(aterkallad=None, roll__in=[Roll.DELTAGARANSVARIG, Roll.SAMVERKANSADMINISTRATOR, Roll.BESTALLARE]),
                violation_error_message=V34_OCH_BESTALLARE,
            ),
        ]

    def __str__(self):
        return f"{self.anvandare}: {self.get_roll_display()}"

    def save(self, *args, **kwargs):
        self.clean()
        super().save(*args, **kwargs)

    def clean(self):
        self.arbetsgivare_typ = self.arbetsgivare.typ

    @property
    def ar_avslutad(self) -> bool:
        return self.aterkallad is not None or self.giltig_till < timezone.localdate()

    @property
    def status(self) -> str:
        """In a word. Of a row from with_galler()."""
        if self.ar_avslutad:
            return "Återkallad" if self.aterkallad else "Avslutad"
        if self.giltig_fran > timezone.localdate():
            return "Kommande"
        return "Gäller" if self.galler else "Vilar"
