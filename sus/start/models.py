"""What Försäkringskassan writes for the users of SUS, and what they write back."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.querysets import RattighetQuerySet
from behorigheter.roller import ALLA_INLOGGADE, Roll
from behorigheter.versionerad import Versionerad
from organisations.models import Organisation
from sus.core.formatering import lista_i_ord

LANGSTA_HJALPTEXT = 5000
LANGSTA_FORSLAG = 2000
SAKNAR_SVAR = "Skriv till avsändaren varför förslaget avslutas utan åtgärd."


class Hjalpinnehall(models.Model):
    """What a help text says, where it stands and for whom it comes first. Empty lists mean everybody."""

    rubrik = models.CharField("rubrik", max_length=150)
    text = models.TextField("text", max_length=LANGSTA_HJALPTEXT)
    roller = ArrayField(models.CharField(max_length=30, choices=Roll), verbose_name="roller", default=list, blank=True)
    arbetsgivartyper = ArrayField(
        models.CharField(max_length=20, choices=Organisation.Typ), verbose_name="arbetsgivare", default=list, blank=True
    )
    ordning = models.PositiveSmallIntegerField("ordning", default=10)
    dag = models.DateField("visas från och med", default=timezone.localdate)
    publicerad = models.BooleanField("publicerad", default=False)

    class Meta:
        abstract = True

    @classmethod
    def innehallsfalt(cls) -> list[str]:
        return [falt.name for falt in Hjalpinnehall._meta.get_fields()]

    @property
    def innehall(self) -> dict:
        return {namn: getattr(self, namn) for namn in self.innehallsfalt()}

    @property
    def for_vem(self) -> str:
        """Who meets the text first, in words."""
        roller = [str(Roll(roll).label) for roll in self.roller]
        typer = [str(Organisation.Typ(typ).label) for typ in self.arbetsgivartyper]
        text = "; ".join(lista_i_ord(del_) for del_ in (roller, typer) if del_) or "alla"
        return text[:1].upper() + text[1:]


class HjalptextQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only a role for the whole country changes them

    def tillatna_for(self, anvandare, rattighet):
        """Everybody reads what is published; only those who write them reach the others."""
        return self.synliga() if rattighet in ALLA_INLOGGADE else super().tillatna_for(anvandare, rattighet)

    def synliga(self):
        return self.filter(publicerad=True, dag__lte=timezone.localdate())

    def nyheter(self):
        return self.filter(slag=Hjalptext.Slag.NYHET).order_by("-dag", "ordning", "-pk")

    def olasta_av(self, anvandare):
        """News that the user has not marked as read, for the user's roles or for everybody."""
        lasta = LastNyhet.objects.filter(anvandare=anvandare, nyhet=OuterRef("pk"))
        roller = [roll.value for roll in anvandare.gallande_roller]
        return self.nyheter().filter(~Exists(lasta), Q(roller=[]) | Q(roller__overlap=roller))

    def som_sager(self, ord_: list[str]):
        """Texts with the words, in any of their forms and wherever they go on: `samtycke` finds samtycket and samtyckestext."""
        vektor = SearchVector("rubrik", weight="A", config="swedish") + SearchVector("text", weight="B", config="swedish")
        sokt = SearchQuery(" & ".join(f"{ett}:*" for ett in ord_), config="swedish", search_type="raw")
        return self.annotate(vektor=vektor).filter(vektor=sokt)


class Hjalptext(Hjalpinnehall, Versionerad):
    """A text of the help as it reads now. It is hidden and not removed; each version of it is kept as an utgåva."""

    class Slag(models.TextChoices):
        I_GANG = "i_gang", "Kom i gång"
        FRAGA = "fraga", "Fråga och svar"
        KONTAKT = "kontakt", "Kontaktväg"
        NYHET = "nyhet", "Nyhet"

    slag = models.CharField("slag", max_length=10, choices=Slag)

    objects = HjalptextQuerySet.as_manager()

    class Meta:
        verbose_name = "hjälptext"
        verbose_name_plural = "hjälptexter"
        ordering = ["slag", "ordning", "pk"]
        constraints = [
            models.CheckConstraint(name="hjalptext_kant_slag", condition=Q(slag__in=["i_gang", "fraga", "kontakt", "nyhet"])),
            models.CheckConstraint(name="hjalptext_sager_nagot", condition=~Q(rubrik="") & ~Q(text="")),
        ]

    def __str__(self):
        return self.rubrik

    def get_absolute_url(self):
        return reverse("register:hjalptext", args=[self.pk])

    @property
    def lage(self) -> str:
        if not self.publicerad:
            return "Dold"
        return "Visas" if self.dag <= timezone.localdate() else "Visas senare"


class Hjalptextutgava(Hjalpinnehall):
    """A version of a help text, as somebody saved it. Never changed. Without `sparad_av`: it came with SUS."""

    hjalptext = models.ForeignKey(Hjalptext, on_delete=models.PROTECT, related_name="utgavor", verbose_name="hjälptext")
    nummer = models.PositiveIntegerField("nummer")
    sparad_tid = models.DateTimeField("sparad", auto_now_add=True)
    sparad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sparad av")

    class Meta:
        verbose_name = "utgåva av hjälptext"
        verbose_name_plural = "utgåvor av hjälptexter"
        ordering = ["-nummer"]
        constraints = [models.UniqueConstraint(name="hjalptextutgava_ett_nummer_var", fields=["hjalptext", "nummer"])]

    def __str__(self):
        return f"{self.rubrik}, utgåva {self.nummer}"


class LastNyhet(models.Model):
    """That a user has read a news item, so that the start page stops showing it."""

    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="användare")
    nyhet = models.ForeignKey(Hjalptext, on_delete=models.CASCADE, related_name="+", verbose_name="nyhet")

    class Meta:
        verbose_name = "läst nyhet"
        verbose_name_plural = "lästa nyheter"
        constraints = [models.UniqueConstraint(name="last_nyhet_en_gang", fields=["anvandare", "nyhet"])]

    def __str__(self):
        return f"{self.nyhet}, läst av {self.anvandare}"


class ForbattringsforslagQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only a role for the whole country answers them

    def tillatna_for(self, anvandare, rattighet):
        """Everybody reaches the own ones, whoever answers them all."""
        return self.filter(avsandare=anvandare) if rattighet in ALLA_INLOGGADE else super().tillatna_for(anvandare, rattighet)

    def obesvarade(self):
        return self.filter(status__in=Forbattringsforslag.OPPNA)


class Forbattringsforslag(Versionerad):
    """What a user wants to be better in SUS, or what stands in the way, and what became of it."""

    class Slag(models.TextChoices):
        FORSLAG = "forslag", "Förslag på förbättring"
        FEL = "fel", "Något fungerar inte"
        TILLGANGLIGHET = "tillganglighet", "Brist i tillgänglighet"

    class Status(models.TextChoices):
        NY = "ny", "Ny"
        LAST = "last", "Läst"
        ATGARDAD = "atgardad", "Åtgärdad"
        AVSLUTAD = "avslutad", "Avslutad utan åtgärd"

    OPPNA = (Status.NY, Status.LAST)

    avsandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="avsändare")
    slag = models.CharField("slag", max_length=20, choices=Slag)
    sida = models.CharField("sida", max_length=200, blank=True, default="")
    text = models.TextField("text", max_length=LANGSTA_FORSLAG)
    inskickat = models.DateTimeField("inskickat", auto_now_add=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.NY)
    svar = models.TextField("svar", max_length=LANGSTA_FORSLAG, blank=True, default="")

    objects = ForbattringsforslagQuerySet.as_manager()

    class Meta:
        verbose_name = "förbättringsförslag"
        verbose_name_plural = "förbättringsförslag"
        ordering = ["-inskickat", "-pk"]
        constraints = [
            models.CheckConstraint(name="forbattringsforslag_kant_slag", condition=Q(slag__in=["forslag", "fel", "tillganglighet"])),
            models.CheckConstraint(name="forbattringsforslag_kand_status", condition=Q(status__in=["ny", "last", "atgardad", "avslutad"])),
            models.CheckConstraint(
                name="forbattringsforslag_avslutat_med_svar",
                condition=~Q(status="avslutad", svar=""),
                violation_error_message=SAKNAR_SVAR,
            ),
        ]

    def __str__(self):
        return f"{self.get_slag_display()} {timezone.localdate(self.inskickat)}" if self.inskickat else str(self.get_slag_display())

    def get_absolute_url(self):
        return reverse("start:forslag", args=[self.pk])
