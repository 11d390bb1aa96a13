"""A person who can log in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property

from behorigheter.models.personnummer import MedPersonnummer
from behorigheter.querysets import ArbetsgivarQuerySet, galler_behorighet, jokertecken
from behorigheter.roller import ALLA_INLOGGADE, Rattighet, Roll, roller_med
from sus.core.sortering import SvenskSortering


class AnvandareQuerySet(ArbetsgivarQuerySet):
    arbetsgivare_via = "arbetsgivare"

    def med_roll(self, roll):
        """Active users who hold a valid behörighet for the role today."""
        return self.filter(galler_behorighet("behorigheter__"), behorigheter__roll=roll)

    def andra_bestallare(self, anvandare):
        """Who else orders at the user's employer; nobody for who has none, since a behörighet holds at an employer."""
        return self.med_roll(Roll.BESTALLARE).filter(arbetsgivare=anvandare.arbetsgivare_id).exclude(pk=anvandare.pk)

    def som_liknar(self, fornamn="", efternamn="", arbetsgivare=""):
        """Search of Välj användare (docs/regler.md 3.5): the three fields with * as wildcard, all must match."""
        fraga = self
        for falt, text in {"fornamn": fornamn, "efternamn": efternamn, "arbetsgivare__namn": arbetsgivare}.items():
            if text:
                fraga = fraga.filter(jokertecken(falt, text))
        return fraga

    def inte_fran_medlem_i(self, samverkansorganisation):
        """Users whose employer is not Medlem there (docs/regler.md 9.2)."""
        return self.exclude(arbetsgivare__in=samverkansorganisation.parter.filter(medlem=True).values("organisation"))

    def with_har_behorighet(self):
        """`har_behorighet`: some behörighet is valid today."""
        return self.annotate(har_behorighet=Exists(Anvandare.objects.filter(galler_behorighet("behorigheter__"), pk=OuterRef("pk"))))


class AnvandareManager(BaseUserManager.from_queryset(AnvandareQuerySet)):  # type: ignore[misc]
    pass


class Anvandare(MedPersonnummer, AbstractBaseUser):
    """A person who can log in. What the person may do stands in behörigheter and uppdrag.

    A login from outside is known by issuer and subject (`utgivare`, `amne`), bound at the first login to the user with
    the same personnummer. Afterwards only those two count.
    """

    anvandarnamn = models.CharField("användarnamn", max_length=150, unique=True)
    fornamn = models.CharField("förnamn", max_length=100)
    efternamn = models.CharField("efternamn", max_length=100)
    epost = models.EmailField("e-post", blank=True, default="")
    telefon = models.CharField("telefon", max_length=30, blank=True, default="")
    arbetsgivare = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="anstallda", verbose_name="arbetsgivare"
    )
    is_active = models.BooleanField("aktiv", default=True)
    utgivare = models.CharField("utgivare av inloggningen", max_length=200, blank=True, default="", editable=False)
    amne = models.CharField("ämne hos utgivaren", max_length=255, blank=True, default="", editable=False)

    objects = AnvandareManager()

    USERNAME_FIELD = "anvandarnamn"
    EMAIL_FIELD = "epost"

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = [SvenskSortering("efternamn"), SvenskSortering("fornamn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="anvandare_en_per_personnummer",
                fields=["uppslag"],
                violation_error_message="Det finns redan en användare med det personnumret.",
            ),
            models.UniqueConstraint(name="anvandare_en_per_inloggning", fields=["utgivare", "amne"], condition=~Q(amne="")),
            models.CheckConstraint(
                name="anvandare_utgivare_och_amne_foljs_at", condition=Q(utgivare="", amne="") | (~Q(utgivare="") & ~Q(amne=""))
            ),
        ]

    def __str__(self):
        return f"{self.fornamn} {self.efternamn}"

    def get_absolute_url(self):
        return reverse("behorigheter:anvandare_detalj", args=[self.pk])

    @cached_property
    def gallande_roller(self) -> set[Roll]:
        """Roles with a behörighet that is valid today. Cached: a user object lives for one request."""
        return {Roll(roll) for roll in self.behorigheter.giltiga().values_list("roll", flat=True)}

    @cached_property
    def gallande_uppdrag(self) -> list:
        """Uppdrag that give a right today. Cached as the roles are."""
        return list(self.uppdrag.aktuella().only("anvandare", "roll", "samverkansorganisation", "insats", "till"))

    @cached_property
    def har_bestallare(self) -> bool:
        """Somebody else at the employer can sign an order about the user today."""
        return Anvandare.objects.andra_bestallare(self).exists()

    def uppdragsplatser(self, falt: str, roller: set[Roll]) -> set[int]:
        """Keys of the samverkansorganisationer or insatser (`falt`) where the user has one of the roles."""
        return {getattr(uppdrag, f"{falt}_id") for uppdrag in self.gallande_uppdrag if uppdrag.roll in roller} - {None}

    def har_roll_med(self, rattighet: Rattighet) -> bool:
        return rattighet in ALLA_INLOGGADE or bool(self.gallande_roller & roller_med(rattighet))
