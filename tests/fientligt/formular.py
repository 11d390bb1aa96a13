"""Every form page of the site, found by its class: where it is, who may send it and what a right answer to it is."""

from contextlib import contextmanager
from dataclasses import dataclass

from django import forms
from django.test.signals import template_rendered
from django.utils import timezone

from behorigheter.formularvy import Formularvy
from sus.core.falt import DatumField, PersonnummerField, _HeltalField
from tests.factories.personnummer import provpersonnummer
from tests.fientligt.ifyllt import fyll_i
from tests.fientligt.sida import Formularsida, las_sida
from tests.svep.facit import INLOGGADE, SIDOR, Sida
from tests.test_arkitektur import vyer

ANTAS = {"200", "302", "409"}


def formularsidor() -> dict[str, tuple[Sida, str]]:
    """{address name: (its line in the table of the sweep, who sends it)} of every form that changes something."""
    namn = {namn for namn, vy in vyer() if issubclass(getattr(vy, "view_class", object), Formularvy)}
    return {vy: rad for vy in sorted(namn) if (rad := _rad(vy))} | {vy: None for vy in namn if not _rad(vy)}


def _rad(vy):
    """The first line of the page that somebody may send, on the own row."""
    for sida in SIDOR:
        for persona in INLOGGADE if sida.vy == vy and not sida.variant else []:
            if sida.get.get(persona, "403").split()[0] == "200" and sida.post.get(persona, "403").split()[0] in ANTAS:
                return sida, persona
    return None


@dataclass
class Formular:
    """A form as the browser got it: `falt` are the form's fields by the names of their controls, `ratt` what can be saved."""

    sida: Formularsida
    falt: dict[str, forms.Field]
    ratt: dict[str, list[str]]


def las_formular(svar, renderade, vy) -> Formular:
    sida = las_sida(svar.content.decode())
    falt = {bundet.html_name: bundet.field for formular in renderade for bundet in _bundna(formular)}
    ratt = dict(sida.ifylld)
    for namn, kontroll in sida.kontroller.items():
        if not any(ratt.get(namn, [])) and namn in falt and falt[namn].required:
            ratt[namn] = [_forslag(falt[namn], kontroll)]
    return Formular(sida, falt, ratt | fyll_i(vy, sida.kontroller))


def _bundna(formular):
    if isinstance(formular, forms.BaseFormSet):
        return [bundet for del_ in [formular.management_form, *formular.forms] for bundet in del_]
    rader = [varde for varde in vars(formular).values() if isinstance(varde, forms.BaseFormSet)]
    return [*formular, *(bundet for rad in rader for bundet in _bundna(rad))]


def _forslag(falt, kontroll):
    match falt:
        case DatumField():
            return str(timezone.localdate())
        case _HeltalField():
            return "3"
        case PersonnummerField():
            return provpersonnummer(400_000)
        case forms.EmailField():
            return "prov@example.com"
    return next(filter(None, kontroll.val), "Prov")


@contextmanager
def renderade_formular():
    """Yields the list of forms and formsets that the pages within render."""
    funna: list = []

    def fanga(context, **kwargs):
        for lager in context.dicts:
            funna.extend(varde for varde in lager.values() if isinstance(varde, forms.BaseForm | forms.BaseFormSet) and varde not in funna)

    template_rendered.connect(fanga)
    try:
        yield funna
    finally:
        template_rendered.disconnect(fanga)
