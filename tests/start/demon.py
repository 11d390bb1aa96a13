"""What must hold of the demo wherever it has been made."""

from django.utils import timezone

from behorigheter.models import Anvandare, Bestallning
from behorigheter.roller import Rattighet, Roll
from deltagare.models import Deltagande, Samtyckestext
from insatser.models import Insats, InsatsBudget
from organisations.models import KompletterandeFraga, Samverkansorganisation
from sus.start.demo.anvandare import DEMOANVANDARE, TROLLHATTAN
from sus.start.demo.exempelforbund import EXEMPEL
from sus.start.demo.vandringar import VANDRINGAR
from sus.start.models import Forbattringsforslag, Hjalptext


def granska_demon(klient):
    """Everything there is to try, for everybody who is to try it."""
    egna = Samverkansorganisation.objects.filter(namn__in=[TROLLHATTAN, *(forbund.namn for forbund in EXEMPEL)])
    assert sorted(egna.values_list("samverkansform", flat=True)) == ["finsam"] * 3 + ["tvaparts"]
    assert set(Bestallning.objects.values_list("status", flat=True)) == set(Bestallning.Status)
    assert set(KompletterandeFraga.objects.som_stalls(timezone.localdate()).values_list("slag", flat=True)) == set(KompletterandeFraga.Slag)
    assert set(Forbattringsforslag.objects.values_list("status", flat=True)) == {"ny", "atgardad"}
    assert Hjalptext.objects.nyheter().count() == 2
    assert {*Samtyckestext.objects.get().sprak} == {"sv", "ar", "en"}
    _det_publicerade_aret_star_kvar()
    _alla_kan_det_de_ska()
    _alla_kan_logga_in(klient)
    _vandringarna_borjar_pa_en_sida(klient)


def _det_publicerade_aret_star_kvar():
    """Who took part at the end of 2011 did so, and has ended since."""
    assert InsatsBudget.objects.filter(insatsar__ar=2011).count() == 9
    da = Deltagande.objects.filter(insats__samverkansorganisation__namn=TROLLHATTAN, startdatum__lt="2012-01-01")
    assert (da.count(), da.filter(slutdatum__lt="2012-01-01").count(), da.filter(slutdatum=None).count()) == (201, 67, 0)


def _alla_kan_det_de_ska():
    for person in DEMOANVANDARE:
        anvandare = Anvandare.objects.get(anvandarnamn=person.anvandarnamn)
        vantat = {person.roll} if person.roll and not person.slutade_galla else set()
        assert anvandare.gallande_roller == vantat
        assert not anvandare.has_usable_password()
    karin = Anvandare.objects.get(anvandarnamn=Roll.DELTAGARANSVARIG)
    trollhattan = Insats.objects.filter(samverkansorganisation__namn=TROLLHATTAN)
    assert set(Insats.objects.tillatna_for(karin, Rattighet.DELTAGARE_ANDRA)) == set(trollhattan.med_personuppgifter())


def _alla_kan_logga_in(klient):
    for person in DEMOANVANDARE:
        svar = klient.post(f"/demo/{person.anvandarnamn}/", follow=True)
        assert svar.status_code == (200 if person.roll and not person.slutade_galla else 403)
        assert person.namn in svar.text


def _vandringarna_borjar_pa_en_sida(klient):
    assert len(VANDRINGAR) == 5
    for vandring in VANDRINGAR:
        svar = klient.post(f"/demo/{vandring.anvandarnamn}/", {"vandring": vandring.nyckel}, follow=True)
        assert svar.status_code == (403 if vandring.nyckel == "behorighet" else 200)
        assert svar.request["PATH_INFO"] + vandring.fraga == vandring.adress
