"""The structure's promises, read from the code itself."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import RattighetMixin
from behorigheter.roller import ALLA_INLOGGADE, RATTIGHETER, Rattighet

ROT = Path(__file__).resolve().parent.parent
APPAR = ["behorigheter", "organisations", "insatser", "deltagare", "rapporter"]
KODMAPPAR = ["sus", *APPAR]
# Uppdrag and the users' employers point at what the right concerns; no other model may point upwards.
TILLATNA_UPPAT = {
    "behorigheter.Anvandare.arbetsgivare",
    "behorigheter.Behorighet.arbetsgivare",
    "behorigheter.Bestallning.organisation",
    "behorigheter.Overenskommelse.organisation",
    "behorigheter.Uppdrag.insats",
    "behorigheter.Uppdrag.samverkansorganisation",
}
FORBJUDNA_MODULNAMN = {"utils", "helpers", "services", "managers", "constants", "selectors", "repositories"}


def moduler(*delar):
    """Every code module whose path holds one of the names (as file or package)."""
    alla = [fil for mapp in KODMAPPAR for fil in sorted((ROT / mapp).rglob("*.py")) if "migrations" not in fil.parts]
    return [fil for fil in alla if not delar or fil.stem in delar or set(fil.parts) & set(delar)]


def trad(modul):
    return ast.parse(modul.read_text(encoding="utf-8"))


def vyer(urlpatterns=None, namnrum=""):
    """(full name, callback) of every address."""
    for monster in urlpatterns if urlpatterns is not None else get_resolver().url_patterns:
        if isinstance(monster, URLPattern):
            yield f"{namnrum}{monster.name}", monster.callback
        else:
            rum = f"{namnrum}{monster.namespace}:" if monster.namespace else namnrum
            yield from vyer(monster.url_patterns, rum)


def test_foreign_keys_point_downwards():
    lager = {app: niva for niva, app in enumerate(APPAR)}
    uppat = {
        f"{modell._meta.label}.{falt.name}"
        for modell in apps.get_models()
        if modell._meta.app_label in lager
        for falt in modell._meta.get_fields()
        if falt.is_relation and falt.concrete and lager.get(falt.related_model._meta.app_label, -1) > lager[modell._meta.app_label]
    }

    assert uppat == TILLATNA_UPPAT


@pytest.mark.parametrize("modul", moduler("views", "valj"), ids=lambda fil: str(fil.relative_to(ROT)))
def test_views_reach_rows_through_the_rattighet(modul):
    rader = [nod.lineno for nod in ast.walk(trad(modul)) if isinstance(nod, ast.Attribute) and nod.attr in {"objects", "_default_manager"}]

    assert rader == []


@pytest.mark.parametrize("modul", moduler("views", "valj"), ids=lambda fil: str(fil.relative_to(ROT)))
def test_views_leave_dispatch_and_setup_alone(modul):
    egna = [nod.lineno for nod in ast.walk(trad(modul)) if isinstance(nod, ast.FunctionDef) and nod.name in {"dispatch", "setup"}]

    assert egna == []


@pytest.mark.parametrize("modul", moduler(), ids=lambda fil: str(fil.relative_to(ROT)))
def test_no_import_hides_inside_a_function(modul):
    gomda = [
        inre.lineno
        for nod in ast.walk(trad(modul))
        if isinstance(nod, ast.FunctionDef | ast.AsyncFunctionDef)
        for inre in ast.walk(nod)
        if isinstance(inre, ast.Import | ast.ImportFrom)
    ]

    assert gomda == []


def test_no_module_is_a_drawer_without_a_noun():
    assert [str(fil.relative_to(ROT)) for fil in moduler() if fil.stem in FORBJUDNA_MODULNAMN] == []


def test_every_view_of_ours_names_a_rattighet_or_is_listed_as_open():
    oppna = {
        "start:start",  # what it shows follows from the roles; without a valid behörighet it answers 403
        "start:blankett",
        "start:blanketter",
        "start:demo",
        "start:demo_logga_in",
        "start:galleri",
        "start:handbok",
        "start:hjalp",
        "start:kurs",
        "start:tillganglighet",
        "start:lever",
        "start:redo",
        "start:samtycke",
        "behorigheter:logg_egen",  # one's own events, also for who has lost the behörighet
    }
    utan = {
        namn
        for namn, vy in vyer()
        if ":" in namn
        and not (
            isinstance(getattr(vy, "view_class", None), type)
            and issubclass(vy.view_class, RattighetMixin)
            and isinstance(vy.view_class.rattighet, Rattighet)
        )
    }

    assert utan == oppna


GER_ELLER_TAR_RATTIGHETER = {
    Rattighet.SAMVERKANSORGANISATION_SKAPA,  # with its first samverkansadministratör
    Rattighet.UPPDRAG_GE,
    Rattighet.UPPDRAG_SAMVERKAN_ANDRA,
    Rattighet.UPPDRAG_INSATS_ANDRA,
    Rattighet.OVERENSKOMMELSE_ANDRA,
    Rattighet.BESTALLARE_UTSE,
    Rattighet.BESTALLNING_GORA,
    Rattighet.BESTALLNING_AVGORA,
    Rattighet.BEHORIGHET_ATERKALLA,
}


def test_every_form_that_changes_rights_asks_for_a_renewed_proof():
    formular = {vy.view_class for _, vy in vyer() if issubclass(getattr(vy, "view_class", object), Formularvy)}
    andrar = {klass for klass in formular if klass.rattighet in GER_ELLER_TAR_RATTIGHETER}

    assert {klass.rattighet for klass in andrar} == GER_ELLER_TAR_RATTIGHETER
    assert {klass.__name__ for klass in andrar if not klass.kraver_bekraftelse} == {
        "GrunduppgifterUpdate"
    }  # name and dates: nobody's rights


def test_the_rattighet_stands_on_the_first_line_of_the_view():
    for modul in moduler("views", "valj"):
        for klass in [nod for nod in ast.walk(trad(modul)) if isinstance(nod, ast.ClassDef)]:
            namn = [mal.id for rad in klass.body if isinstance(rad, ast.Assign) for mal in rad.targets if isinstance(mal, ast.Name)]
            if "rattighet" in namn:
                assert namn[0] == "rattighet", f"{modul.relative_to(ROT)}: {klass.name}"


def test_every_rattighet_is_given_to_a_role_and_asked_for_by_code():
    givna = ALLA_INLOGGADE.union(*RATTIGHETER.values())
    text = "\n".join(fil.read_text(encoding="utf-8") for fil in moduler() if fil.name != "roller.py")

    assert givna == set(Rattighet)
    assert [r.name for r in Rattighet if f"Rattighet.{r.name}" not in text] == []


def test_every_verbose_name_is_lower_case():
    forkortningar = {"ID", "SUS"}
    versaler = [
        f"{modell._meta.label}: {namn}"
        for modell in apps.get_models()
        if modell._meta.app_label in APPAR
        for namn in [
            str(modell._meta.verbose_name),
            *(str(falt.verbose_name) for falt in modell._meta.get_fields() if hasattr(falt, "verbose_name")),
        ]
        if namn[:1].isupper() and namn not in forkortningar
    ]

    assert versaler == []


def test_models_with_personal_data_classify_every_field():
    for modell in apps.get_app_config("deltagare").get_models():
        if not hasattr(modell, "personuppgifter"):
            assert modell.__name__ in {"AnonymPost", "Hamtning", "Samtyckesoversattning", "Samtyckestext"}  # hold no persons
            continue
        falt = {falt.name for falt in modell._meta.get_fields() if falt.concrete}
        assert modell.personuppgifter | modell.ovriga_falt == falt, modell.__name__
        assert not modell.personuppgifter & modell.ovriga_falt, modell.__name__
