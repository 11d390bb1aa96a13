"""The kompletterande frågor in the forms about a deltagande: those of the day of the mättillfälle (docs/regler.md 8)."""

from functools import cached_property

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone

from deltagare.fragor import som_stalls
from deltagare.models import Mattillfalle
from deltagare.uppgifter import Svaren
from organisations.forms.svar import i_layout, kort_fraga, svarsfalt, svarsnamn
from organisations.models import KompletterandeFraga
from sus.core.formatering import lista_i_ord
from sus.core.layout import Avsnitt

FLERA = KompletterandeFraga.Slag.FLERA
FRAGERUBRIK = "Kompletterande frågor"
INGET_SVAR = ("", "Inget svar")
TYP = {"fore": Mattillfalle.Typ.IN, "efter": Mattillfalle.Typ.UT}
DAGEN = {"fore": "startdagen", "efter": "avslutningsdatumet"}


class Fragedel:
    """The part of a form with the kompletterande frågor of the mättillfälle `nar` ("fore" or "efter") the insats.

    They are those of the day that stands in the field `dagfalt`, typed or saved, and of today while it is empty. The page
    carries which ones it showed, and the answers to those that the typed day has put away: another day brings them back.
    `sparade` answers stand there whatever the day is.
    """

    def __init__(self, form, nar: str, *, insats, dagfalt: str, sparade: Svaren | None = None) -> None:
        self.form, self.nar, self.sparade = form, nar, sparade or {}
        self.insats = insats
        self.fragor = som_stalls(insats, TYP[nar], self._dag(dagfalt), aven=self.sparade)
        form.fields.update({self.namn(fraga): self._falt(fraga) for fraga in self.fragor})

    @property
    def visade(self) -> str:
        return ",".join(str(fraga.pk) for fraga in self.fragor)

    def namn(self, fraga) -> str:
        return f"{svarsnamn(fraga)}_{self.nar}"

    def faltnamn(self) -> list[str]:
        return [self.namn(fraga) for fraga in self.fragor]

    def initial(self) -> dict[str, int | list[int]]:
        svar = {fraga: self.sparade[fraga.pk] for fraga in self.fragor if fraga.pk in self.sparade}
        return {self.namn(fraga): ett if fraga.slag == FLERA else ett[0] for fraga, ett in svar.items()}

    def svar(self) -> Svaren:
        """The answers of a form that has been cleaned."""
        svar = {fraga.pk: self.form.cleaned_data.get(self.namn(fraga)) for fraga in self.fragor}
        return {pk: sorted(ett) if isinstance(ett, list) else [ett] for pk, ett in svar.items() if ett}

    def bortse_fran(self) -> None:
        """The questions are not put: what stands in the fields is neither checked nor saved."""
        for namn in self.faltnamn():
            self.form.errors.pop(namn, None)

    def varningar(self) -> list[tuple[str, str]]:
        """The typed day puts other questions than the page showed. What must be answered is an error at its field instead."""
        nytt = f"{self.nytt()} Svara under {FRAGERUBRIK}." if self.nya() else ""
        bort = f"Svaret på {_i_ord(self.undanlagda)} sparas inte, för frågan ställs inte på {DAGEN[self.nar]}." if self.undanlagda else ""
        berorda = "-".join(str(fraga.pk) for fraga in [*self.nya(), *self.undanlagda])
        return [(f"fragor-{self.nar}-{berorda}", f"{nytt} {bort}".strip())] if berorda else []

    def nytt(self) -> str:
        nya = self.nya()
        return f"På {DAGEN[self.nar]} ställs också {_i_ord(nya)}." if nya else ""

    def nya(self) -> list[KompletterandeFraga]:
        """Questions without an answer that the page, when it was sent, had not shown."""
        visade = self.form.data.get(f"fragor_{self.nar}")
        if visade is None:
            return []
        return [fraga for fraga in self.fragor if str(fraga.pk) not in visade.split(",") and not self.form.data.get(self.namn(fraga))]

    @cached_property
    def undanlagda(self) -> list[KompletterandeFraga]:
        """Questions that have an answer in what was sent, and that the typed day has put away."""
        if not self.form.is_bound:
            return []
        alla = KompletterandeFraga.objects.filter(samverkansorganisation=self.insats.samverkansorganisation_id).publicerade()
        return [fraga for fraga in alla if self.namn(fraga) in self.form.data and self.namn(fraga) not in self.form.fields]

    def undanlagda_svar(self) -> list[tuple[str, str]]:
        """(name of the field, value)"""
        return [(self.namn(fraga), varde) for fraga in self.undanlagda for varde in self._skickat(self.namn(fraga))]

    def avsnitt(self, rubrik: str = FRAGERUBRIK) -> list:
        if not self.fragor:
            return [Fragehuvud(self)]
        falt = [i_layout(fraga, self.namn(fraga)) for fraga in self.fragor]
        return [Avsnitt(rubrik, Fragehuvud(self), *falt, css_id=f"fragor_{self.nar}")]

    def _falt(self, fraga) -> forms.Field:
        falt = svarsfalt(fraga)
        if fraga.pk in self.sparade and fraga.slag != FLERA and not fraga.obligatorisk:
            falt.choices = [*falt.choices, INGET_SVAR]  # a radio button is not taken back in any other way
        return falt

    def _dag(self, dagfalt: str):
        falt = self.form.fields[dagfalt]
        try:
            dag = falt.clean(self.form.data.get(dagfalt) if self.form.is_bound else self.form.initial.get(dagfalt))
        except forms.ValidationError:
            dag = None
        return dag or timezone.localdate()

    def _skickat(self, namn: str) -> list[str]:
        data = self.form.data
        return data.getlist(namn) if hasattr(data, "getlist") else [data[namn]]


class Fragehuvud(LayoutObject):
    """What the page carries about its questions, unseen, and what is new among them."""

    def __init__(self, delen: Fragedel) -> None:
        self.fields = []
        self.delen = delen

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_to_string("deltagare/fragor.html", {"fragor": self.delen})


def _i_ord(fragor) -> str:
    return lista_i_ord([kort_fraga(fraga) for fraga in fragor])
