"""Who: users, their behörigheter and uppdrag, the event log and the receipts of submitted forms."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.functional import cached_property

from behorigheter.querysets import AnvandareQuerySet, BehorighetQuerySet, UppdragQuerySet
from behorigheter.roller import Rattighet, Roll, roller_med


class DateRange(Func):
    """PostgreSQL's daterange(from, to, bounds)."""

    function = "DATERANGE"
    output_field = DateRangeField()


class TvaAr(Func):
    """Two years after a date (docs/regler.md 9.3)."""

    template = "(%(expressions)s + interval '2 years')::date"
    output_field = models.DateField()


class AnvandareManager(BaseUserManager.from_queryset(AnvandareQuerySet)):  # type: ignore[misc]
    pass


class Anvandare(AbstractBaseUser):
    """A person who can log in. What the person may do stands in behörigheter and uppdrag."""

    anvandarnamn = models.CharField("användarnamn", max_length=150, unique=True)
    fornamn = models.CharField("förnamn", max_length=100)
    efternamn = models.CharField("efternamn", max_length=100)
    epost = models.EmailField("e-post", blank=True, default="")
    arbetsgivare = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="anstallda", verbose_name="arbetsgivare"
    )
    is_active = models.BooleanField("aktiv", default=True)

    objects = AnvandareManager()

    USERNAME_FIELD = "anvandarnamn"
    EMAIL_FIELD = "epost"

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = ["efternamn", "fornamn", "pk"]

    def __str__(self):
        return f"{self.fornamn} {self.efternamn}"

    @cached_property
    def gallande_roller(self) -> set[Roll]:
        """Roles with a behörighet that is valid today. Cached: a user object lives for one request."""
        if not self.is_active:
            return set()
        return {Roll(roll) for roll in self.behorigheter.giltiga().values_list("roll", flat=True)}

    def har_roll_med(self, rattighet: Rattighet) -> bool:
        return bool(self.gallande_roller & roller_med(rattighet))


class Behorighet(models.Model):
    """Permission to work in one role during a limited time, at most two years (docs/regler.md 9.3)."""

    anvandare = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="behorigheter", verbose_name="användare")
    roll = models.CharField("roll", max_length=30, choices=Roll)
    arbetsgivare = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="arbetsgivare"
    )
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till")
    bestalld_av = models.ForeignKey(Anvandare, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="beställd av")
    utfardad_av = models.ForeignKey(Anvandare, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="utfärdad av")

    objects = BehorighetQuerySet.as_manager()

    class Meta:
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
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
            ExclusionConstraint(
                name="behorighet_en_i_taget_per_roll",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("roll", RangeOperators.EQUAL),
                    (DateRange("giltig_fran", "giltig_till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Användaren har redan den rollen under denna tid.",
            ),
        ]

    def __str__(self):
        return f"{self.anvandare}: {self.get_roll_display()}"


class Uppdrag(models.Model):
    """A user's role in a samverkansorganisation or in an insats. Works only with a valid behörighet behind it."""

    anvandare = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="uppdrag", verbose_name="användare")
    roll = models.CharField("roll", max_length=30, choices=Roll)
    samverkansorganisation = models.ForeignKey(
        "organisations.Samverkansorganisation", on_delete=models.PROTECT, null=True, blank=True, related_name="uppdrag"
    )
    insats = models.ForeignKey("insatser.Insats", on_delete=models.PROTECT, null=True, blank=True, related_name="uppdrag")
    fran = models.DateField("från")
    till = models.DateField("till", null=True, blank=True)

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
            ExclusionConstraint(
                name="uppdrag_ett_i_taget_i_samverkansorganisation",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("roll", RangeOperators.EQUAL),
                    ("samverkansorganisation", RangeOperators.EQUAL),
                    (DateRange("fran", "till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(samverkansorganisation__isnull=False),
                violation_error_message="Användaren har redan uppdraget under denna tid.",
            ),
            ExclusionConstraint(
                name="uppdrag_ett_i_taget_i_insats",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("insats", RangeOperators.EQUAL),
                    (DateRange("fran", "till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(insats__isnull=False),
                violation_error_message="Användaren har redan uppdraget under denna tid.",
            ),
        ]

    def __str__(self):
        return f"{self.anvandare}: {self.get_roll_display()}"


class Handelse(models.Model):
    """One event: who did what, when. Append-only; no foreign key, so that it neither blocks nor disappears with a row."""

    class Typ(models.TextChoices):
        SAMVERKANSORGANISATION_SKAPAD = "samverkansorganisation_skapad", "samverkansorganisation skapad"
        SAMVERKANSORGANISATION_ANDRAD = "samverkansorganisation_andrad", "samverkansorganisation ändrad"
        OMRADE_ANDRAT = "omrade_andrat", "område ändrat"
        PARTER_ANDRADE = "parter_andrade", "ingående organisationer ändrade"
        BUDGET_ANDRAD = "budget_andrad", "budget ändrad"
        UPPDRAG_GIVET = "uppdrag_givet", "uppdrag givet"
        UPPDRAG_AVSLUTAT = "uppdrag_avslutat", "uppdrag avslutat"
        INSATS_SKAPAD = "insats_skapad", "insats skapad"
        INSATS_ANDRAD = "insats_andrad", "insats ändrad"
        INSATS_BORTTAGEN = "insats_borttagen", "insats borttagen"
        INSATSBUDGET_ANDRAD = "insatsbudget_andrad", "insatsbudget ändrad"
        VOLYM_ANDRAD = "volym_andrad", "volym ändrad"
        PERSON_HAMTAD = "person_hamtad", "person hämtad"
        DELTAGANDE_INREGISTRERAT = "deltagande_inregistrerat", "deltagande inregistrerat"
        DELTAGANDE_UTREGISTRERAT = "deltagande_utregistrerat", "deltagande utregistrerat"
        DELTAGANDE_RATTAT = "deltagande_rattat", "deltagande rättat"
        DELTAGANDE_ATEROPPNAT = "deltagande_ateroppnat", "deltagande återöppnat"
        DELTAGANDE_FELREGISTRERAT = "deltagande_felregistrerat", "felregistrering borttagen"
        SAMTYCKE_ATERTAGET = "samtycke_atertaget", "samtycke återtaget"
        SAMTYCKE_ANDRAT = "samtycke_andrat", "samtycke ändrat"
        DELTAGARE_VISADE = "deltagare_visade", "deltagare visade"
        PERSONNUMMER_VISAT = "personnummer_visat", "personnummer visat"
        ANONYMA_ANDRADE = "anonyma_andrade", "anonyma ändrade"
        RAPPORT_SKAPAD = "rapport_skapad", "rapport skapad"
        IMPORT = "import", "fil inläst"
        INLOGGAD = "inloggad", "inloggad"
        UTLOGGAD = "utloggad", "utloggad"
        INLOGGNING_MISSLYCKAD = "inloggning_misslyckad", "inloggning misslyckad"
        LOSENORD_ANDRAT = "losenord_andrat", "lösenord ändrat"
        ANVANDARE_SKAPAD = "anvandare_skapad", "användare skapad"

    tid = models.DateTimeField("tid", auto_now_add=True)
    typ = models.CharField("typ", max_length=40, choices=Typ)
    anvandare_id = models.BigIntegerField("användare", null=True)
    objekt = models.CharField("objekt", max_length=100, blank=True, default="")
    logg_id = models.JSONField("personer", default=list)
    detaljer = models.JSONField("detaljer", default=dict)

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["pk"]
        indexes = [models.Index(fields=["objekt"]), models.Index(fields=["anvandare_id", "tid"])]

    def __str__(self):
        return f"{self.tid:%Y-%m-%d %H:%M} {self.get_typ_display()}"


class Inskickat(models.Model):
    """A submitted form, by its idempotency key: the same form sent twice gives the same page. Only the link is kept."""

    nyckel = models.UUIDField("nyckel", default=uuid.uuid4)
    anvandare = models.ForeignKey(Anvandare, on_delete=models.CASCADE, related_name="+")  # nothing of its own to keep
    lank = models.CharField("länk", max_length=300, blank=True, default="")
    tid = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "inskickat formulär"
        verbose_name_plural = "inskickade formulär"
        constraints = [models.UniqueConstraint(name="inskickat_en_gang", fields=["anvandare", "nyckel"])]

    def __str__(self):
        return str(self.nyckel)
