"""Deltagare: identity, deltagande, measurements, consent, and what statistics may know about them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import DateRange
from behorigheter.querysets import RattighetQuerySet, galler
from behorigheter.versionerad import Versionerad
from deltagare.koder import Arbetstyp, Avslutningsanledning, Forsorjning, Kon, TidForsorjning, Utbildning
from insatser.models import Insats
from organisations.models import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR, Kommun, KompletterandeFraga, Stadsdel, Svarsalternativ

LANG_TID_I_MANADER = 12


class Person(models.Model):
    """A person's identity, encrypted. Reached only through deltagare/identitet.py."""

    personuppgifter: ClassVar = {"uppslag", "personnummer", "namn", "fodelsear"}
    ovriga_falt: ClassVar = {"id", "logg_id"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    logg_id = models.UUIDField("id i loggen", default=uuid.uuid4, unique=True, editable=False)
    uppslag = models.BinaryField("uppslagsvärde", unique=True, max_length=32)
    personnummer = models.BinaryField("personnummer (krypterat)", max_length=200)
    namn = models.BinaryField("namn (krypterat)", max_length=1000)
    fodelsear = models.PositiveSmallIntegerField("födelseår")

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        constraints = [models.CheckConstraint(name="person_rimligt_fodelsear", condition=Q(fodelsear__gte=1850, fodelsear__lte=2200))]

    def __str__(self):
        return str(self.id)


class DeltagandeQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"insats": "insats"}

    def pagaende(self):
        return self.filter(slutdatum=None)

    def avslutade(self):
        return self.filter(slutdatum__isnull=False)


class Deltagande(Versionerad):
    """A person's time in an insats (forms 9448 and 9449)."""

    personuppgifter: ClassVar = {"person", "kommun", "stadsdel", "kon", "alder_vid_start", "utbildning", "tid_forsorjning"}
    ovriga_falt: ClassVar = {
        *("id", "insats", "startdatum", "slutdatum", "avslutningsanledning", "inregistrerad", "utregistrerad"),
        *("version", "andrad_tid", "andrad_av"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="deltaganden", verbose_name="insats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deltaganden", verbose_name="person")
    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, related_name="+", verbose_name="kommun")
    stadsdel = models.ForeignKey(Stadsdel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stadsdel")
    startdatum = models.DateField("startdag")
    slutdatum = models.DateField("avslutningsdatum", null=True, blank=True)
    avslutningsanledning = models.PositiveSmallIntegerField("avslutningsanledning", choices=Avslutningsanledning, null=True, blank=True)
    kon = models.PositiveSmallIntegerField("kön", choices=Kon)
    alder_vid_start = models.PositiveSmallIntegerField("ålder vid start")
    utbildning = models.PositiveSmallIntegerField("utbildningsnivå", choices=Utbildning)
    tid_forsorjning = models.PositiveSmallIntegerField("tid i offentlig försörjning", choices=TidForsorjning)
    inregistrerad = models.DateTimeField("inregistrerad", auto_now_add=True)
    utregistrerad = models.DateTimeField("utregistrerad", null=True, editable=False)

    objects = DeltagandeQuerySet.as_manager()

    class Meta:
        verbose_name = "deltagande"
        verbose_name_plural = "deltaganden"
        ordering = ["startdatum", "pk"]
        constraints = [
            models.UniqueConstraint(name="deltagande_med_insats", fields=["id", "insats"]),
            models.CheckConstraint(
                name="deltagande_slutar_inte_fore_start",
                condition=Q(slutdatum=None) | Q(slutdatum__gte=F("startdatum")),
                violation_error_message="Avslutningsdatum måste vara samma dag som startdagen eller senare och får inte vara i framtiden.",
            ),
            models.CheckConstraint(
                name="deltagande_slut_och_anledning_foljs_at",
                condition=Q(slutdatum=None, avslutningsanledning=None) | Q(slutdatum__isnull=False, avslutningsanledning__isnull=False),
                violation_error_message="Ange både avslutningsdatum och avslutningsanledning.",
            ),
            models.CheckConstraint(
                name="deltagande_kand_anledning",
                condition=Q(avslutningsanledning=None) | Q(avslutningsanledning__in=[1, 2, 3, 4, 5, 7, 9]),
            ),
            models.CheckConstraint(name="deltagande_kant_kon", condition=Q(kon__in=Kon.values)),
            models.CheckConstraint(name="deltagande_kand_utbildning", condition=Q(utbildning__in=Utbildning.values)),
            models.CheckConstraint(name="deltagande_kand_tid", condition=Q(tid_forsorjning__in=TidForsorjning.values)),
            models.CheckConstraint(name="deltagande_rimlig_alder", condition=Q(alder_vid_start__lte=120)),
            ExclusionConstraint(
                name="deltagande_overlappar_inte",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("insats", RangeOperators.EQUAL),
                    (DateRange("startdatum", "slutdatum", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deltagaren är redan registrerad i insatsen under denna tid.",
            ),
        ]
        indexes = [models.Index(fields=["insats", "slutdatum"])]

    def __str__(self):
        return str(self.id)

    def get_absolute_url(self):
        return reverse("deltagare:detail", args=[self.pk])

    @property
    def ar_avslutat(self) -> bool:
        return self.slutdatum is not None

    @property
    def manader(self) -> int:
        """Whole months from the startdag to the avslutningsdatum, or to today."""
        slut = self.slutdatum or timezone.localdate()
        start = self.startdatum
        return max(0, (slut.year - start.year) * 12 + slut.month - start.month - (slut.day < start.day))

    @property
    def pagar_lange(self) -> bool:
        return not self.ar_avslutat and self.manader > LANG_TID_I_MANADER


class Mattillfalle(models.Model):
    """The situation directly before (in) or directly after (ut) the insats: questions 10–13 of 9448 and 9449.

    `forsorjning` is a bit mask of Forsorjning. None in arbete_procent: does not work; in studier_procent: does not study.
    Percent of full time.
    """

    class Typ(models.TextChoices):
        IN = "in", "Inregistrering"
        UT = "ut", "Utregistrering"

    personuppgifter: ClassVar = {"forsorjning", "arbetssokande", "arbete_procent", "arbetstyp", "studier_procent"}
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "typ"}

    deltagande = models.ForeignKey(
        Deltagande, on_delete=models.CASCADE, related_name="mattillfallen", verbose_name="deltagande"
    )  # goes with the deltagande: felregistrering and withdrawal leave nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    typ = models.CharField("måttillfälle", max_length=2, choices=Typ)
    forsorjning = models.PositiveSmallIntegerField("offentlig försörjning")
    arbetssokande = models.BooleanField("aktivt arbetssökande")
    arbete_procent = models.PositiveSmallIntegerField("arbete, procent av heltid", null=True, blank=True)
    arbetstyp = models.PositiveSmallIntegerField("typ av arbete", choices=Arbetstyp, null=True, blank=True)
    studier_procent = models.PositiveSmallIntegerField("studier, procent av heltid", null=True, blank=True)

    class Meta:
        verbose_name = "mättillfälle"
        verbose_name_plural = "mättillfällen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="mattillfalle_ett_av_varje", fields=["deltagande", "typ"]),
            models.CheckConstraint(name="mattillfalle_kand_typ", condition=Q(typ__in=["in", "ut"])),
            models.CheckConstraint(
                name="mattillfalle_forsorjning",
                condition=Q(forsorjning__gte=1, forsorjning__lt=int(Forsorjning.INGEN)) | Q(forsorjning=int(Forsorjning.INGEN)),
                violation_error_message="Ingen offentlig försörjning kan inte kombineras med andra försörjningar.",
            ),
            models.CheckConstraint(
                name="mattillfalle_arbete",
                condition=Q(arbete_procent=None, arbetstyp=None)
                | Q(arbete_procent__isnull=False, arbetstyp__isnull=False)  # a CHECK that is NULL is not broken
                & Q(arbete_procent__gte=1, arbete_procent__lte=100, arbetstyp__in=Arbetstyp.values),
                violation_error_message="Ange både omfattning mellan 1 och 100 procent och typ av arbete.",
            ),
            models.CheckConstraint(
                name="mattillfalle_studier",
                condition=Q(studier_procent=None) | Q(studier_procent__gte=1, studier_procent__lte=100),
                violation_error_message="Ange omfattning mellan 1 och 100 procent.",
            ),
        ]

    def __str__(self):
        return f"{self.get_typ_display()} {self.deltagande_id}"


class Svar(models.Model):
    """An alternative chosen at a mättillfälle as the answer to a kompletterande fråga (docs/regler.md 8)."""

    personuppgifter: ClassVar = {"fraga", "alternativ"}
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "typ"}

    deltagande = models.ForeignKey(
        Deltagande, on_delete=models.CASCADE, related_name="svar", verbose_name="deltagande"
    )  # goes with the deltagande: felregistrering and withdrawal leave nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    typ = models.CharField("mättillfälle", max_length=2, choices=Mattillfalle.Typ)
    fraga = models.ForeignKey(KompletterandeFraga, on_delete=models.PROTECT, related_name="svar", verbose_name="fråga")
    alternativ = models.ForeignKey(Svarsalternativ, on_delete=models.PROTECT, related_name="svar", verbose_name="svar")

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="svar_en_gang", fields=["deltagande", "typ", "alternativ"]),
            models.CheckConstraint(name="svar_kand_typ", condition=Q(typ__in=["in", "ut"])),
        ]

    def __str__(self):
        return f"{self.fraga_id}: {self.alternativ_id}"


class SamtyckestextQuerySet(models.QuerySet):
    def giltig(self, dag):
        """The version of form 9443 that a participant signed on the day, or None."""
        return self.filter(galler(dag, "giltig_fran", "giltig_till")).order_by("-giltig_fran").first()


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


class Samtycke(models.Model):
    """The participant's consent to one registration in one insats (docs/regler.md 7). Never a scanned form."""

    class Sprak(models.TextChoices):
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

    personuppgifter: ClassVar = {"sprak", "vardnadshavare"}
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "text", "datum", "original_skickat", "registrerat_av", "registrerat"}

    deltagande = models.OneToOneField(
        Deltagande, on_delete=models.CASCADE, related_name="samtycke", verbose_name="deltagande"
    )  # goes with the deltagande: withdrawal leaves nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    text = models.ForeignKey(Samtyckestext, on_delete=models.PROTECT, related_name="+", verbose_name="version av blankett 9443")
    datum = models.DateField("datum för underskriften")
    sprak = models.CharField("språk som informationen lästes på", max_length=3, choices=Sprak, default=Sprak.SVENSKA)
    vardnadshavare = models.BooleanField("vårdnadshavare har också skrivit under", default=False)
    original_skickat = models.DateField("originalet skickat till Försäkringskassan", null=True, blank=True)
    registrerat_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="registrerat av"
    )
    registrerat = models.DateTimeField("registrerat", auto_now_add=True)

    class Meta:
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        constraints = [
            models.CheckConstraint(
                name="samtycke_original_efter_underskrift",
                condition=Q(original_skickat=None) | Q(original_skickat__gte=F("datum")),
                violation_error_message="Originalet kan inte ha skickats före underskriften.",
            )
        ]

    def __str__(self):
        return f"{self.text} {self.datum}"


class AnonymPostQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"insats": "insats"}

    def anonyma(self):
        return self.filter(slag="anonym")

    def summor(self) -> dict[int, dict[int, int]]:
        """{year: {kön: sum}}"""
        summor: dict[int, dict[int, int]] = {}
        for rad in self.order_by().values("ar", "kon").annotate(summa=Sum("antal")):
            summor.setdefault(rad["ar"], {})[rad["kon"]] = rad["summa"]
        return summor


class AnonymPost(models.Model):
    """A change of a count without persons: anonyma, or återtagna samtycken. A journal, as VolymPost.

    A withdrawal tells neither when nor by whom: a dated row would be recognised by any colleague.
    """

    class Slag(models.TextChoices):
        ANONYM = "anonym", "Anonym"
        ATERTAGET = "atertaget", "Återtaget samtycke"

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="anonymposter", verbose_name="insats")
    ar = models.PositiveSmallIntegerField("inregistreringsår", validators=AR_VALIDATORER)
    kon = models.PositiveSmallIntegerField("kön", choices=Kon)
    slag = models.CharField("slag", max_length=10, choices=Slag)
    antal = models.IntegerField("antal")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="av")
    tid = models.DateTimeField("tid", null=True, default=timezone.now)

    objects = AnonymPostQuerySet.as_manager()

    class Meta:
        verbose_name = "anonympost"
        verbose_name_plural = "anonymposter"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="anonympost_andrar_nagot", condition=~Q(antal=0) & Q(antal__gte=-100_000, antal__lte=100_000)),
            models.CheckConstraint(name="anonympost_kant_kon", condition=Q(kon__in=Kon.values)),
            models.CheckConstraint(name="anonympost_kant_slag", condition=Q(slag__in=["anonym", "atertaget"])),
            models.CheckConstraint(name="anonympost_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
            models.CheckConstraint(
                name="anonympost_atertaget_utan_spar",
                condition=Q(slag="anonym", tid__isnull=False) | Q(slag="atertaget", tid=None, av=None),
            ),
        ]

    def __str__(self):
        return f"{self.ar} {self.get_kon_display()}: {self.antal:+d}"
