"""The order of a behörighet (form 9445), from filled in to issued or refused."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from behorigheter.models.anvandare import Anvandare
from behorigheter.models.behorighet import FORBUND, V34
from behorigheter.models.personnummer import MedPersonnummer
from behorigheter.models.tid import TvaAr
from behorigheter.querysets import AF, ArbetsgivarQuerySet
from behorigheter.roller import ALLA_INLOGGADE, FK_UTFARDAR, Rattighet, Roll
from behorigheter.versionerad import Versionerad

FK = "fk"


class BestallningQuerySet(ArbetsgivarQuerySet):
    arbetsgivare_via = "organisation"

    def tillatna_for(self, anvandare, rattighet):
        """Rows of the own organisation for beställare; for utfärdare those they may decide (docs/regler.md 9.4).

        Everybody reaches the orders about oneself, also without a valid behörighet.
        """
        rader = super().tillatna_for(anvandare, rattighet)
        if rattighet == Rattighet.BESTALLNING_AVGORA and Roll.FK_ADMINISTRATOR not in anvandare.gallande_roller:
            rader = rader.exclude(roller__overlap=list(FK_UTFARDAR))
        if rattighet in ALLA_INLOGGADE:
            rader = self.filter(Q(pk__in=rader.values("pk")) | Q(anvandare=anvandare))
        return rader

    def vantande(self):
        return self.filter(status__in=Bestallning.VANTANDE)

    def att_gora_for(self, anvandare):
        """What waits for the user: orders to sign and orders to decide, never about oneself."""
        signera = self.tillatna_for(anvandare, Rattighet.BESTALLNING_GORA).filter(status=Bestallning.Status.IFYLLD)
        avgora = self.tillatna_for(anvandare, Rattighet.BESTALLNING_AVGORA).filter(status=Bestallning.Status.SIGNERAD)
        avgora = avgora.exclude(signerad_av=anvandare)
        return self.filter(Q(pk__in=signera.values("pk")) | Q(pk__in=avgora.values("pk"))).exclude(anvandare=anvandare)

    def utan_bestallare(self):
        """Filled in and not signed, where nobody at the employer can sign today but whom it is about."""
        andra = Anvandare.objects.med_roll(Roll.BESTALLARE).exclude(pk=Coalesce(OuterRef("anvandare"), 0))
        return self.filter(~Exists(andra.filter(arbetsgivare=OuterRef("organisation"))), status=Bestallning.Status.IFYLLD)

    def om_personen(self, person):
        """Orders about the same person as another order or a user: by personnummer, or by the account when it has none."""
        villkor = Q(uppslag__in=person.uppslagsvarden)
        konto = person.anvandare_id if isinstance(person, Bestallning) else person.pk
        return self.filter(villkor | Q(anvandare=konto) if konto else villkor)


class Bestallning(MedPersonnummer, Versionerad):
    """An order of a behörighet for one person at one organisation (docs/regler.md 9.4).

    The user or the beställare fills it in, the beställare signs, the utfärdare issues or refuses: three different persons.
    `anvandare` is empty until it is issued when the person is new in SUS.
    """

    class Status(models.TextChoices):
        IFYLLD = "ifylld", "väntar på beställaren"
        SIGNERAD = "signerad", "väntar på utfärdaren"
        UTFARDAD = "utfardad", "utfärdad"
        AVSLAGEN = "avslagen", "avslagen"
        ATERTAGEN = "atertagen", "återtagen"

    VANTANDE = (Status.IFYLLD, Status.SIGNERAD)

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="bestallningar", verbose_name="arbetsgivare"
    )
    anvandare = models.ForeignKey(
        Anvandare, on_delete=models.PROTECT, null=True, blank=True, related_name="bestallningar", verbose_name="användare"
    )
    fornamn = models.CharField("förnamn", max_length=100)
    efternamn = models.CharField("efternamn", max_length=100)
    epost = models.EmailField("e-post")
    telefon = models.CharField("telefon", max_length=30)
    roller = ArrayField(models.CharField(max_length=30, choices=Roll), verbose_name="roller")
    fran = models.DateField("från")
    till = models.DateField("till")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.IFYLLD)
    ifylld_av = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="+", verbose_name="ifylld av")
    ifylld_tid = models.DateTimeField("ifylld", auto_now_add=True)
    signerad_av = models.ForeignKey(
        Anvandare, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="signerad av"
    )
    signerad_tid = models.DateTimeField("signerad", null=True, blank=True)
    avgjord_av = models.ForeignKey(Anvandare, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="avgjord av")
    avgjord_tid = models.DateTimeField("avgjord", null=True, blank=True)
    skal = models.CharField("skäl till avslag", max_length=500, blank=True, default="")

    objects = BestallningQuerySet.as_manager()

    class Meta:
        verbose_name = "beställning"
        verbose_name_plural = "beställningar"
        ordering = ["-ifylld_tid", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="bestallning_slutar_inte_fore_start",
                condition=Q(till__gte=F("fran")),
                violation_error_message="Behörigheten kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                name="bestallning_galler_hogst_tva_ar",
                condition=Q(till__lte=TvaAr(F("fran"))),
                violation_error_message="Behörigheten kan gälla högst två år.",
            ),
            models.CheckConstraint(
                name="bestallning_kanda_roller",
                condition=Q(roller__contained_by=[roll.value for roll in Roll if roll != Roll.BESTALLARE], roller__len__gte=1),
            ),
            models.CheckConstraint(
                name="bestallning_roller_som_inte_far_forenas",
                condition=~Q(roller__contains=[Roll.SAMVERKANSADMINISTRATOR.value, Roll.DELTAGARANSVARIG.value]),
                violation_error_message=V34,
            ),
            models.CheckConstraint(
                name="bestallning_kand_status", condition=Q(status__in=["ifylld", "signerad", "utfardad", "avslagen", "atertagen"])
            ),
            models.CheckConstraint(
                name="bestallning_signerad_nar_den_ar_det",
                condition=Q(signerad_av=None, signerad_tid=None, status__in=["ifylld", "atertagen", "avslagen"])
                | Q(signerad_av__isnull=False, signerad_tid__isnull=False, status__in=["signerad", "utfardad", "avslagen", "atertagen"]),
            ),
            models.CheckConstraint(
                name="bestallning_avgjord_nar_den_ar_det",
                condition=Q(avgjord_av=None, avgjord_tid=None, status__in=["ifylld", "signerad", "atertagen"])
                | Q(avgjord_av__isnull=False, avgjord_tid__isnull=False, status__in=["utfardad", "avslagen"]),
            ),
            models.CheckConstraint(
                name="bestallning_avslag_har_skal", condition=~Q(status="avslagen") | ~Q(skal=""), violation_error_message="Skriv ett skäl."
            ),
            models.CheckConstraint(name="bestallning_utfardad_har_anvandare", condition=~Q(status="utfardad") | Q(anvandare__isnull=False)),
            models.CheckConstraint(
                name="bestallning_aldrig_till_sig_sjalv",
                condition=(Q(anvandare=None) | Q(signerad_av=None) | ~Q(signerad_av=F("anvandare")))
                & (Q(anvandare=None) | Q(avgjord_av=None) | ~Q(avgjord_av=F("anvandare"))),
                violation_error_message="Ingen kan beställa eller utfärda sin egen behörighet.",
            ),
            models.CheckConstraint(
                name="bestallning_tva_personer",
                condition=Q(signerad_av=None) | Q(avgjord_av=None) | Q(status="avslagen") | ~Q(signerad_av=F("avgjord_av")),
                violation_error_message="Den som har signerat beställningen kan inte utfärda den.",
            ),
        ]
        indexes = [models.Index(fields=["status", "organisation"])]

    def __str__(self):
        return f"{self.fornamn} {self.efternamn}"

    def get_absolute_url(self):
        return reverse("behorigheter:bestallning", args=[self.pk])

    @property
    def rollnamn(self) -> list[str]:
        return [Roll(roll).label for roll in self.roller]


def bestallbara_roller(typ: str) -> list[Roll]:
    """The roles that may be ordered for the staff of a kind of organisation (docs/regler.md 9.2, 9.4).

    A beställare is never ordered but appointed by Försäkringskassan.
    """
    inte = {Roll.BESTALLARE}
    if typ != FK:
        inte |= FK_UTFARDAR - ({Roll.UTFARDARE} if typ == AF else set())
    if typ == FORBUND:
        inte.add(Roll.DELTAGARANSVARIG)
    return [roll for roll in Roll if roll not in inte]
