"""The event log: what happened, who did it, and whose data was seen."""

from datetime import date, datetime, time

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from behorigheter.querysets import ArbetsgivarQuerySet


class HandelseQuerySet(ArbetsgivarQuerySet):
    """A loggranskare sees the events of the own employer's staff, as they were employed then. Never the own ones."""

    arbetsgivare_via = "arbetsgivare_id"

    def tillatna_for(self, anvandare, rattighet):
        rader = super().tillatna_for(anvandare, rattighet)
        return rader.exclude(anvandare_id=anvandare.pk).exclude(anvandare_id=None, objekt=f"behorigheter.Anvandare:{anvandare.pk}")

    def egna(self, anvandare):
        return self.filter(anvandare_id=anvandare.pk)

    def av_slag(self, typer):
        return self.filter(typ__in=typer)

    def fran_dag(self, dag: date):
        return self.filter(tid__gte=_midnatt(dag))

    def till_dag(self, dag: date):
        return self.filter(tid__lt=_midnatt(date.fromordinal(dag.toordinal() + 1)))

    def av(self, anvandare_ids):
        return self.filter(anvandare_id__in=anvandare_ids)

    def om_person(self, logg_id):
        return self.filter(logg_id__contains=[str(logg_id)])


def _midnatt(dag: date):
    return timezone.make_aware(datetime.combine(dag, time.min))


class Handelse(models.Model):
    """One event: who did what, when. Append-only; no foreign key, so that it neither blocks nor disappears with a row."""

    class Typ(models.TextChoices):
        SAMVERKANSORGANISATION_SKAPAD = "samverkansorganisation_skapad", "samverkansorganisation skapad"
        SAMVERKANSORGANISATION_ANDRAD = "samverkansorganisation_andrad", "samverkansorganisation ändrad"
        SAMVERKANSORGANISATION_SAMMANSLAGEN = "samverkansorganisation_sammanslagen", "samverkansorganisation sammanslagen"
        OMRADE_ANDRAT = "omrade_andrat", "område ändrat"
        PARTER_ANDRADE = "parter_andrade", "ingående organisationer ändrade"
        BUDGET_ANDRAD = "budget_andrad", "budget ändrad"
        UPPDRAG_GIVET = "uppdrag_givet", "uppdrag givet"
        UPPDRAG_ANDRAT = "uppdrag_andrat", "uppdrag ändrat"
        UPPDRAG_AVSLUTAT = "uppdrag_avslutat", "uppdrag avslutat"
        INSATS_SKAPAD = "insats_skapad", "insats skapad"
        INSATS_ANDRAD = "insats_andrad", "insats ändrad"
        INSATS_BORTTAGEN = "insats_borttagen", "insats borttagen"
        INSATSBUDGET_ANDRAD = "insatsbudget_andrad", "insatsbudget ändrad"
        ARSREDOGORELSE_SPARAD = "arsredogorelse_sparad", "årsredogörelse sparad"
        ARSREDOGORELSE_KLAR = "arsredogorelse_klar", "årsredogörelse klar"
        ARSREDOGORELSE_OPPNAD = "arsredogorelse_oppnad", "årsredogörelse öppnad igen"
        ARSREDOGORELSE_BORTTAGEN = "arsredogorelse_borttagen", "utkast till årsredogörelse borttaget"
        FRAGA_SKAPAD = "fraga_skapad", "kompletterande fråga skapad"
        FRAGA_ANDRAD = "fraga_andrad", "kompletterande fråga ändrad"
        FRAGA_PUBLICERAD = "fraga_publicerad", "kompletterande fråga publicerad"
        FRAGA_BORTTAGEN = "fraga_borttagen", "kompletterande fråga borttagen"
        REGISTER_ANDRAT = "register_andrat", "register ändrat"
        HJALPTEXT_ANDRAD = "hjalptext_andrad", "hjälptext ändrad"
        FORSLAG_LAMNAT = "forslag_lamnat", "förbättringsförslag lämnat"
        FORSLAG_BESVARAT = "forslag_besvarat", "förbättringsförslag besvarat"
        VOLYM_ANDRAD = "volym_andrad", "volym ändrad"
        PERSON_HAMTAD = "person_hamtad", "person hämtad"
        DELTAGANDE_INREGISTRERAT = "deltagande_inregistrerat", "deltagande inregistrerat"
        DELTAGANDE_UTREGISTRERAT = "deltagande_utregistrerat", "deltagande utregistrerat"
        DELTAGANDE_RATTAT = "deltagande_rattat", "deltagande rättat"
        DELTAGANDE_ATEROPPNAT = "deltagande_ateroppnat", "deltagande återöppnat"
        DELTAGANDE_FELREGISTRERAT = "deltagande_felregistrerat", "felregistrering borttagen"
        FELREGISTRERING_BEGARD = "felregistrering_begard", "felregistrering begärd"
        DELTAGANDE_AVIDENTIFIERAT = "deltagande_avidentifierat", "deltagande avidentifierat"
        DELTAGANDE_KONTROLLERAT = "deltagande_kontrollerat", "deltagande kontrollerat mot folkbokföringen"
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
        ANVANDARE_ANDRAD = "anvandare_andrad", "användare ändrad"
        ANSTALLNING_AVSLUTAD = "anstallning_avslutad", "anställning avslutad"
        OVERENSKOMMELSE_SKAPAD = "overenskommelse_skapad", "överenskommelse registrerad"
        OVERENSKOMMELSE_ANDRAD = "overenskommelse_andrad", "överenskommelse ändrad"
        BESTALLARE_UTSEDD = "bestallare_utsedd", "beställare utsedd"
        BESTALLNING_IFYLLD = "bestallning_ifylld", "beställning ifylld"
        BESTALLNING_SIGNERAD = "bestallning_signerad", "beställning signerad"
        BESTALLNING_AVSLAGEN = "bestallning_avslagen", "beställning avslagen"
        BESTALLNING_ATERTAGEN = "bestallning_atertagen", "beställning återtagen"
        BEHORIGHET_UTFARDAD = "behorighet_utfardad", "behörighet utfärdad"
        BEHORIGHET_ATERKALLAD = "behorighet_aterkallad", "behörighet återkallad"
        PAMINNELSE_SKICKAD = "paminnelse_skickad", "påminnelse skickad"
        INLOGGNING_BUNDEN = "inloggning_bunden", "inloggning knuten till användaren"
        INLOGGNING_NEKAD = "inloggning_nekad", "inloggning nekad"
        BEKRAFTAD = "bekraftad", "identitet bekräftad på nytt"
        SESSION_AVSLUTAD = "session_avslutad", "inloggning avslutad"
        ANDRA_FAKTOR_TILLAGD = "andra_faktor_tillagd", "andra faktor tillagd"
        ANDRA_FAKTOR_BORTTAGEN = "andra_faktor_borttagen", "andra faktor borttagen"
        NEKAD = "nekad", "nekad"
        FOR_MANGA_FORSOK = "for_manga_forsok", "för många försök"
        KONFLIKT = "konflikt", "konflikt"
        NYCKLAR_BYTTA = "nycklar_bytta", "nycklar bytta"
        LOGG_GRANSKAD = "logg_granskad", "logg granskad"
        LOGG_ANKRAD = "logg_ankrad", "loggens ankare skrivet"

    tid = models.DateTimeField("tid", auto_now_add=True)
    typ = models.CharField("typ", max_length=40, choices=Typ)
    anvandare_id = models.BigIntegerField("användare", null=True)
    arbetsgivare_id = models.BigIntegerField("arbetsgivare", null=True)
    roller = models.CharField("roller", max_length=200, blank=True, default="")
    objekt = models.CharField("objekt", max_length=100, blank=True, default="")
    logg_id = models.JSONField("personer", default=list)
    detaljer = models.JSONField("detaljer", default=dict)
    ip = models.GenericIPAddressField("ip-adress", null=True)
    begaran = models.UUIDField("begäran", null=True)

    objects = HandelseQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["objekt"]),
            models.Index(fields=["anvandare_id", "tid"]),
            models.Index(fields=["arbetsgivare_id", "tid"]),
            GinIndex(name="handelse_om_person", fields=["logg_id"], opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self):
        return f"{self.tid:%Y-%m-%d %H:%M} {self.get_typ_display()}"


class Handelselank(models.Model):
    """The log's hash chain: each link is SHA-256 over the link before it and the whole row (docs/beslut/handelseloggen.md)."""

    lopnr = models.BigIntegerField("löpnummer", primary_key=True)
    handelse_id = models.BigIntegerField("händelse", unique=True)  # no foreign key: a deleted row must leave its link behind
    hash = models.BinaryField("hash", max_length=32)

    class Meta:
        verbose_name = "länk i händelseloggen"
        verbose_name_plural = "länkar i händelseloggen"
        ordering = ["lopnr"]

    def __str__(self):
        return str(self.lopnr)
