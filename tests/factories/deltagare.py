import uuid
from datetime import date

import factory

from deltagare.actions.samtyckestext import lagg_till_samtyckestext
from deltagare.koder import Arbetstyp, Avslutningsanledning, Forsorjning, Kon, TidForsorjning, Utbildning
from deltagare.models import Deltagande, Felregistreringsbegaran, Hamtning, Mattillfalle, Person, Samtycke, Samtyckestext, Svar
from sus.core.kryptering import kryptera, uppslag
from tests.factories.personnummer import provpersonnummer


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    class Params:
        personnummer_klartext = factory.Sequence(provpersonnummer)
        namn_klartext = "Alma Testsson"

    id = factory.LazyFunction(uuid.uuid4)
    uppslag = factory.LazyAttribute(lambda rad: uppslag(rad.personnummer_klartext))
    personnummer = factory.LazyAttribute(lambda rad: kryptera(rad.personnummer_klartext, plats=f"person|personnummer|{rad.id}"))
    namn = factory.LazyAttribute(lambda rad: kryptera(rad.namn_klartext, plats=f"person|namn|{rad.id}"))
    fodelsear = factory.LazyAttribute(lambda rad: int(rad.personnummer_klartext[:4]))


class DeltagandeFactory(factory.django.DjangoModelFactory):
    """A deltagande with its first measurement; avslutat=True adds the end and the second one."""

    class Meta:
        model = Deltagande
        skip_postgeneration_save = True

    class Params:
        avslutat = factory.Trait(slutdatum=date(2011, 6, 30), avslutningsanledning=Avslutningsanledning.TILL_ARBETE)

    insats = factory.SubFactory("tests.factories.InsatsFactory")
    person = factory.SubFactory(PersonFactory)
    kommun_id = "1488"
    startdatum = date(2011, 1, 10)
    kon = Kon.KVINNA
    alder_vid_start = 30
    utbildning = Utbildning.GYMNASIUM
    tid_forsorjning = TidForsorjning.AR_2

    @factory.post_generation
    def matningar(self, create, extracted, **kwargs):
        if not create or extracted is False:
            return
        MattillfalleFactory(deltagande=self, typ=Mattillfalle.Typ.IN)
        if self.slutdatum and self.avslutningsanledning != Avslutningsanledning.UTAN_MATNING:
            MattillfalleFactory(deltagande=self, typ=Mattillfalle.Typ.UT)


class MattillfalleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mattillfalle

    class Params:
        arbetar = factory.Trait(arbete_procent=50, arbetstyp=Arbetstyp.EJ_SUBVENTIONERAT)

    deltagande = factory.SubFactory(DeltagandeFactory, matningar=False)
    insats = factory.SelfAttribute("deltagande.insats")
    typ = Mattillfalle.Typ.IN
    forsorjning = Forsorjning.SJUKPENNING
    arbetssokande = False


class SamtyckeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Samtycke

    deltagande = factory.SubFactory(DeltagandeFactory)
    insats = factory.SelfAttribute("deltagande.insats")
    text = factory.LazyFunction(lambda: Samtyckestext.objects.giltig(date(2011, 1, 10)))
    datum = date(2011, 1, 5)


class SamtyckestextFactory(factory.django.DjangoModelFactory):
    """A coming version of form 9443, after all others."""

    class Meta:
        model = Samtyckestext

    version = factory.Sequence(lambda nr: f"9443 provversion {nr}")
    text = "Samtycke till att uppgifter om dig registreras i SUS.\n\nDet är frivilligt."
    giltig_fran = date(2090, 1, 1)

    @classmethod
    def _create(cls, model_class, **kwargs):
        return lagg_till_samtyckestext(**kwargs, by=None)


class SvarFactory(factory.django.DjangoModelFactory):
    """The first alternative of the question, answered in an insats of its samverkansorganisation."""

    class Meta:
        model = Svar

    fraga = factory.SubFactory("tests.factories.KompletterandeFragaFactory")
    deltagande = factory.SubFactory(
        DeltagandeFactory, insats__samverkansorganisation=factory.SelfAttribute("...fraga.samverkansorganisation")
    )
    insats = factory.SelfAttribute("deltagande.insats")
    typ = Mattillfalle.Typ.IN
    alternativ = factory.LazyAttribute(lambda rad: rad.fraga.alternativ.first())


class FelregistreringsbegaranFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Felregistreringsbegaran

    deltagande = factory.SubFactory(DeltagandeFactory)
    insats = factory.SelfAttribute("deltagande.insats")
    begard_av = factory.SubFactory("tests.factories.AnvandareFactory")


class HamtningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hamtning

    anvandare = factory.SubFactory("tests.factories.AnvandareFactory")
    insats = factory.SubFactory("tests.factories.InsatsFactory")
    traff = True
