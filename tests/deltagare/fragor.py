"""Kompletterande frågor answered in the forms, and what was sent in a rättning."""

from django.urls import reverse

from deltagare.models import Deltagande, Svar

FORE, EFTER = "fore", "efter"


def val(fraga, *nummer):
    """The keys of the alternatives, by their place; one alone or a list."""
    pk = [str(alternativ.pk) for alternativ in fraga.alternativ.all()]
    return [pk[nr] for nr in nummer] if fraga.slag == "flera" else pk[nummer[0]]


def svar_pa(fraga, *nummer, nar=FORE):
    """The field of the question, answered."""
    return {f"fraga_{fraga.pk}_{nar}": val(fraga, *nummer)}


def sparat(deltagande=None):
    """{(kind of mättillfälle, question): [alternatives]}, in words."""
    rader = Svar.objects.filter(deltagande=deltagande or Deltagande.objects.get()).select_related("fraga", "alternativ")
    funna: dict = {}
    for rad in rader.order_by("alternativ__ordning"):
        funna.setdefault((rad.typ, rad.fraga.namn), []).append(rad.alternativ.text)
    return funna


def rattelse(sida_svar):
    """What the form of a rättning would send back unchanged."""
    form = sida_svar.context["form"]
    varden = {namn: form[namn].value() for namn in form.fields}
    text = {True: "ja", False: "nej", None: ""}
    falt = {namn: text.get(v, v) if isinstance(v, bool) or v is None else v for namn, v in varden.items()}
    return falt | {"version": str(sida_svar.context["version"])}


def ratta(klient, deltagande, **andra):
    adress = reverse("deltagare:ratta", args=[deltagande.pk])
    return klient.post(adress, {namn: v for namn, v in (rattelse(klient.get(adress)) | andra).items() if v is not None})
