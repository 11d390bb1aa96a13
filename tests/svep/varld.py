"""Two förbund with three insatser, their employers and their users: one place of the user's own, one beside it and one foreign."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from behorigheter.models import Anvandare, Behorighet, Bestallning, Overenskommelse, Uppdrag
from behorigheter.roller import Roll
from deltagare.koder import Arbetstyp, Kon
from deltagare.models import AnonymPost, Deltagande, Samtyckestext, Utkast
from insatser.models import Arsredogorelse, Insats, Malgrupp
from organisations.models import KompletterandeFraga, Organisation, Samverkansorganisation, Stadsdel
from sus.core.kryptering import kryptera, uppslag
from sus.start.models import Forbattringsforslag, Hjalptext
from tests.factories import (
    AnvandareFactory,
    ArsredogorelseFactory,
    BehorighetFactory,
    BestallningFactory,
    BudgetarFactory,
    DeltagandeFactory,
    FelregistreringsbegaranFactory,
    ForbattringsforslagFactory,
    HjalptextFactory,
    IngaendeOrganisationFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    KompletterandeFragaFactory,
    MattillfalleFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    PersonFactory,
    SamtyckeFactory,
    SamtyckestextFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)
from tests.factories.personnummer import provpersonnummer
from tests.svep.facit import RELATIONER
from tests.svep.kanarier import EFTERNAMN, FORNAMN, PROCENT, Kanarier

FORSTA_NUMMER = 300_000  # no factory's sequence comes here


@dataclass
class Plats:
    """What the pages' addresses can point at, at one place."""

    organisation: Samverkansorganisation
    arbetsgivare: Organisation
    insats: Insats
    tom_insats: Insats
    volyminsats: Insats
    arsredogorelse: Arsredogorelse
    utkast: Arsredogorelse
    deltagande: Deltagande
    avslutat: Deltagande
    fraga: KompletterandeFraga
    fragutkast: KompletterandeFraga
    organisationsuppdrag: Uppdrag
    insatsuppdrag: Uppdrag
    malgrupp: Malgrupp
    stadsdel: Stadsdel
    samtyckestext: Samtyckestext
    nyhet: Hjalptext
    forslag: Forbattringsforslag
    overenskommelse: Overenskommelse
    anvandare: Anvandare
    behorighet: Behorighet
    bestallare: Anvandare
    ifylld: Bestallning
    signerad: Bestallning
    deltagare: Kanarier
    personal: Kanarier


@dataclass
class Varld:
    platser: dict[str, Plats]
    fk: Organisation
    af: Organisation

    def __getattr__(self, namn):
        try:
            return self.platser[namn]
        except KeyError:
            raise AttributeError(namn) from None

    def kanarier(self) -> Kanarier:
        alla = Kanarier()
        for plats in self.platser.values():
            alla |= plats.deltagare | plats.personal
        return alla


def varld() -> Varld:
    ett, tva = (SamverkansorganisationFactory(namn=f"Provförbundet {namn}") for namn in ("Ett", "Två"))
    platser = {
        relation: _plats(nr, relation, forbund) for nr, (relation, forbund) in enumerate(zip(RELATIONER, (ett, ett, tva), strict=True))
    }
    return Varld(platser, fk=_myndighet("fk", "Försäkringskassan"), af=_myndighet("af", "Arbetsförmedlingen"))


def _myndighet(typ, namn):
    organisation = Organisation.objects.filter(typ=typ).first() or OrganisationFactory(namn=namn, typ=typ)
    if not organisation.overenskommelser.exists():
        OverenskommelseFactory(organisation=organisation)
    return organisation


def _plats(nr, relation, forbund) -> Plats:
    kommun = OrganisationFactory(namn=f"Provkommunen {relation}")
    overenskommelse = OverenskommelseFactory(organisation=kommun)
    IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation=kommun)
    if nr != 1:
        BudgetarFactory(samverkansorganisation=forbund)
    insats = InsatsFactory(samverkansorganisation=forbund, namn=f"Provinsatsen {relation}")
    InsatsBudgetFactory(insatsar__insats=insats)
    deltagare, personal = Kanarier(), Kanarier()
    deltagande, avslutat = (_deltagande(insats, 4 * nr + i, deltagare, avslutat=i == 1) for i in (0, 1))
    FelregistreringsbegaranFactory(deltagande=avslutat)
    Utkast.objects.create(anvandare=AnvandareFactory(), insats=insats, sida=Utkast.Sida.REGISTRERA, uppslag=uppslag("x"), innehall=b"x")
    _anonyma(insats, nr, deltagare)
    anvandare = _anstalld(kommun, 10 * nr, personal)
    behorighet = BehorighetFactory(anvandare=anvandare, roll=Roll.INSATSANSVARIG, giltig_till=timezone.localdate() + timedelta(days=40))
    bestallare = _anstalld(kommun, 10 * nr + 1, personal)
    BehorighetFactory(anvandare=bestallare, roll=Roll.BESTALLARE)
    return Plats(
        organisation=forbund,
        arbetsgivare=kommun,
        insats=insats,
        tom_insats=InsatsFactory(samverkansorganisation=forbund, namn=f"Tomma insatsen {relation}"),
        volyminsats=InsatsFactory(samverkansorganisation=forbund, namn=f"Volyminsatsen {relation}", volym=True),
        arsredogorelse=ArsredogorelseFactory(insats=insats, klar=True),
        utkast=ArsredogorelseFactory(insats=insats, ar=2012),
        deltagande=deltagande,
        avslutat=avslutat,
        fraga=KompletterandeFragaFactory(samverkansorganisation=forbund, namn=f"Provfrågan {relation}"),
        fragutkast=KompletterandeFragaFactory(samverkansorganisation=forbund, namn=f"Provutkastet {relation}", utkast=True),
        organisationsuppdrag=UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=forbund, anvandare__arbetsgivare=kommun),
        insatsuppdrag=UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__arbetsgivare=kommun),
        malgrupp=Malgrupp.objects.all()[nr],
        stadsdel=Stadsdel.objects.all()[nr],
        samtyckestext=SamtyckestextFactory(giltig_fran=date(2090 + nr, 1, 1)),
        nyhet=HjalptextFactory(rubrik=f"Nyheten {relation}"),
        forslag=ForbattringsforslagFactory(avsandare=anvandare),
        overenskommelse=overenskommelse,
        anvandare=anvandare,
        behorighet=behorighet,
        bestallare=bestallare,
        ifylld=_bestallning(kommun, 10 * nr + 2, personal, anvandare),
        signerad=_bestallning(
            kommun, 10 * nr + 3, personal, anvandare, status="signerad", signerad_av=bestallare, signerad_tid=timezone.now()
        ),
        deltagare=deltagare,
        personal=personal,
    )


def _nummer(nr, kanarier) -> str:
    personnummer = provpersonnummer(FORSTA_NUMMER + 7 * nr)
    kanarier.nummer.add(personnummer[2:])
    return personnummer


def _deltagande(insats, nr, kanarier, avslutat):
    """A participant whose name, personnummer and share of work nobody else has."""
    namn, procent = f"{FORNAMN[nr]} {EFTERNAMN[nr]}", PROCENT[nr]
    kanarier.texter |= {FORNAMN[nr], EFTERNAMN[nr], f"{procent} procent av heltid"}
    person = PersonFactory(personnummer_klartext=_nummer(nr, kanarier), namn_klartext=namn)
    deltagande = DeltagandeFactory(insats=insats, person=person, avslutat=avslutat, matningar=False, startdatum=date(2011, 1, 10 + nr))
    for typ in ("in", "ut")[: 1 + avslutat]:
        MattillfalleFactory(deltagande=deltagande, typ=typ, arbete_procent=procent, arbetstyp=Arbetstyp.EJ_SUBVENTIONERAT)
    return SamtyckeFactory(deltagande=deltagande).deltagande


def _anonyma(insats, nr, kanarier):
    """Counts by kön of anonyma deltagare: their sum may be known, the parts may not."""
    for kon, antal in ((Kon.KVINNA, 30_417 + 1_003 * nr), (Kon.MAN, 50_219 + 3_017 * nr)):
        AnonymPost.objects.create(insats=insats, ar=2012, kon=kon, slag="anonym", antal=antal)
        kanarier.antal.add(str(antal))


def _anstalld(arbetsgivare, nr, kanarier, **kwargs):
    anvandare = AnvandareFactory(arbetsgivare=arbetsgivare, **kwargs)
    siffror = _nummer(1000 + nr, kanarier)
    anvandare.uppslag = uppslag(siffror)
    anvandare.personnummer = kryptera(siffror, plats=anvandare._plats())
    anvandare.save()
    return anvandare


def _bestallning(arbetsgivare, nr, kanarier, ifylld_av, **kwargs):
    """An order for a person who is not yet in SUS."""
    kanarier.texter.add(f"Nykvarnsson{arbetsgivare.pk}x{nr}")
    return BestallningFactory(
        organisation=arbetsgivare,
        efternamn=f"Nykvarnsson{arbetsgivare.pk}x{nr}",
        personnummer_klartext=_nummer(1000 + nr, kanarier),
        ifylld_av=ifylld_av,
        **kwargs,
    )


def igar():
    return timezone.localdate() - timedelta(days=1)


def imorgon():
    return timezone.localdate() + timedelta(days=1)
