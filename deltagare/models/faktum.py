"""What statistics know of a deltagande."""

from typing import ClassVar

from django.db import models


class Faktum(models.Model):
    """A deltagande with its mättillfällen in one narrow row, for the reports; never who (docs/beslut/fakta.md).

    Written by the database's triggers alone, in the transaction of what it is taken from, and read through the view vagg.faktum.
    Without foreign keys: the source has them.
    """

    personuppgifter: ClassVar = {
        *("person_nr", "kommun_id", "stadsdel_id", "kon", "alder_vid_start", "utbildning", "tid_forsorjning"),
        *("forsorjning_fore", "arbetssokande_fore", "arbete_fore", "arbetstyp_fore", "studier_fore"),
        *("forsorjning_efter", "arbetssokande_efter", "arbete_efter", "arbetstyp_efter", "studier_efter"),
    }
    ovriga_falt: ClassVar = {
        *("deltagande_id", "insats_id", "startdatum", "slutdatum", "avslutningsanledning", "inregistrerad", "utregistrerad"),
    }

    deltagande_id = models.UUIDField("deltagande", primary_key=True)
    insats_id = models.BigIntegerField("insats")
    person_nr = models.BigIntegerField("personens nummer i statistiken")
    kommun_id = models.CharField("kommun", max_length=4)
    stadsdel_id = models.BigIntegerField("stadsdel", null=True)
    startdatum = models.DateField("startdag")
    slutdatum = models.DateField("avslutningsdatum", null=True)
    avslutningsanledning = models.SmallIntegerField("avslutningsanledning", null=True)
    kon = models.SmallIntegerField("kön")
    alder_vid_start = models.SmallIntegerField("ålder vid start")
    utbildning = models.SmallIntegerField("utbildningsnivå")
    tid_forsorjning = models.SmallIntegerField("tid i offentlig försörjning")
    inregistrerad = models.DateTimeField("inregistrerad")
    utregistrerad = models.DateTimeField("utregistrerad", null=True)
    forsorjning_fore = models.SmallIntegerField("offentlig försörjning före")
    arbetssokande_fore = models.BooleanField("aktivt arbetssökande före")
    arbete_fore = models.SmallIntegerField("arbete före, procent av heltid", null=True)
    arbetstyp_fore = models.SmallIntegerField("typ av arbete före", null=True)
    studier_fore = models.SmallIntegerField("studier före, procent av heltid", null=True)
    forsorjning_efter = models.SmallIntegerField("offentlig försörjning efter", null=True)
    arbetssokande_efter = models.BooleanField("aktivt arbetssökande efter", null=True)
    arbete_efter = models.SmallIntegerField("arbete efter, procent av heltid", null=True)
    arbetstyp_efter = models.SmallIntegerField("typ av arbete efter", null=True)
    studier_efter = models.SmallIntegerField("studier efter, procent av heltid", null=True)

    class Meta:
        verbose_name = "faktum"
        verbose_name_plural = "fakta"
        indexes = [models.Index(name="faktum_insats_och_tid", fields=["insats_id"], include=["startdatum", "slutdatum"])]

    def __str__(self):
        return str(self.deltagande_id)
