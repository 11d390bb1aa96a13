"""Questions 10–13 of forms 9448 and 9449: the same at inregistrering, utregistrering, rättning and import."""

from typing import Any

from django import forms

from deltagare.koder import Arbetstyp, Forsorjning
from deltagare.uppgifter import Situation, forsorjningsmask
from sus.core.falt import JaNejField, ProcentField
from sus.core.layout import Avsnitt, Fraga, Hjalp

V23 = "Ange minst en försörjning eller Ingen offentlig försörjning."
V24 = "Ingen offentlig försörjning kan inte kombineras med andra försörjningar."
V25 = "Ange omfattning mellan 1 och 100 procent."
V26 = "Ange vilken typ av arbete det är."
JA_ELLER_NEJ = "Välj Ja eller Nej."
FRAGOR = ("forsorjning", "af", "arbetar", "arbete", "arbetstyp", "studerar", "studier")


class Situationsdel:
    """The part of a form about the situation directly `nar` ("fore" or "efter") the insats.

    The form adds `falt()` to its fields, `avsnitt()` to its layout, and asks `las()` in its clean(). Whether an answer is
    needed depends on the other answers, so no field is required by itself.
    """

    def __init__(self, nar: str) -> None:
        self.nar = nar
        self.ord = {"fore": "före", "efter": "efter"}[nar]

    def namn(self, fraga: str) -> str:
        return f"{fraga}_{self.nar}"

    def faltnamn(self) -> set[str]:
        return {self.namn(fraga) for fraga in FRAGOR}

    def falt(self) -> dict[str, forms.Field]:
        falt = {
            "forsorjning": forms.MultipleChoiceField(
                label=f"Vilken offentlig försörjning har deltagaren direkt {self.ord} insatsen?",
                help_text="Kryssa för en eller flera.",
                choices=[(kod.slug, kod.label) for kod in Forsorjning],
                widget=forms.CheckboxSelectMultiple(attrs={"data-ensam": Forsorjning.INGEN.slug, "data-frivillig": "nej"}),
                required=False,
            ),
            "af": JaNejField(
                label="Är deltagaren inskriven som aktivt arbetssökande hos Arbetsförmedlingen?",
                help_text="Svara Ja för den som söker arbete och kan ta ett.",
                required=False,
            ),
            "arbetar": JaNejField(
                label="Förvärvsarbetar deltagaren?",
                help_text="Svara Nej för den som har en anställning men är för sjuk för att arbeta.",
                required=False,
            ),
            "arbete": ProcentField(label="Omfattning av heltid", help_text="1–100. 20 timmar i veckan är 50 procent.", required=False),
            "arbetstyp": forms.ChoiceField(
                label="Vilken typ av arbete är det?",
                help_text="Arbetet är subventionerat när arbetsgivaren får bidrag till lönen.",
                choices=[(kod.slug, kod.label) for kod in Arbetstyp],
                widget=forms.RadioSelect,
                required=False,
            ),
            "studerar": JaNejField(label="Studerar deltagaren?", help_text="Arbetsmarknadsutbildning räknas som studier.", required=False),
            "studier": ProcentField(label="Omfattning av heltid", required=False),
        }
        return {self.namn(fraga): ett for fraga, ett in falt.items()}

    def avsnitt(self, ingress=None) -> Avsnitt:
        return Avsnitt(
            f"Situationen direkt {self.ord} insatsen",
            *([] if ingress is None else [ingress]),
            self.namn("forsorjning"),
            Hjalp("Vad räknas som offentlig försörjning?", "deltagare/hjalp_forsorjning.html"),
            Fraga(self.namn("af")),
            Fraga(self.namn("arbetar"), self.namn("arbete"), self.namn("arbetstyp")),
            Fraga(self.namn("studerar"), self.namn("studier")),
            css_id=self.nar,
        )

    def initial(self, situation: Situation | None) -> dict[str, Any]:
        if situation is None:
            return {}
        arbetstyp = situation.arbetstyp
        svar = {
            "forsorjning": [kod.slug for kod in Forsorjning.i_mask(situation.forsorjning)],
            "af": situation.arbetssokande,
            "arbetar": situation.arbete_procent is not None,
            "arbete": situation.arbete_procent,
            "arbetstyp": Arbetstyp(arbetstyp).slug if arbetstyp else "",
            "studerar": situation.studier_procent is not None,
            "studier": situation.studier_procent,
        }
        return {self.namn(fraga): ett for fraga, ett in svar.items()}

    def las(self, form) -> Situation | None:
        """The answers, or None when something is wrong, which then stands at its field (V23–V26)."""
        self._krav(form, "forsorjning", V23)
        for fraga in ("af", "arbetar", "studerar"):
            self._krav(form, fraga, JA_ELLER_NEJ)
        koder = [Forsorjning.fran_slug(slug) for slug in self._svar(form, "forsorjning") or []]
        if Forsorjning.INGEN in koder and len(koder) > 1:
            form.add_error(self.namn("forsorjning"), V24)
        arbetar, studerar = self._foljdfragor(form, "arbetar", "arbete"), self._foljdfragor(form, "studerar", "studier")
        if arbetar:
            self._krav(form, "arbetstyp", V26)
        if form.errors.keys() & self.faltnamn():
            return None
        return Situation(
            forsorjning=forsorjningsmask(koder),
            arbetssokande=bool(self._svar(form, "af")),
            arbete_procent=self._svar(form, "arbete") if arbetar else None,
            arbetstyp=Arbetstyp.fran_slug(self._svar(form, "arbetstyp")) if arbetar else None,
            studier_procent=self._svar(form, "studier") if studerar else None,
        )

    def bortse_fran(self, form) -> None:
        """The answers are not asked for: what stands in the fields is neither checked nor saved."""
        for namn in self.faltnamn():
            form.errors.pop(namn, None)

    def _foljdfragor(self, form, fraga: str, procent: str) -> bool:
        """Whether the answer is Ja. After Nej what the follow-up holds means nothing (V25)."""
        if self._svar(form, fraga):
            self._krav(form, procent, V25)
            return True
        if fraga == "arbetar":
            form.errors.pop(self.namn("arbetstyp"), None)
        form.errors.pop(self.namn(procent), None)
        return False

    def _krav(self, form, fraga: str, mening: str) -> None:
        namn = self.namn(fraga)
        if namn not in form.errors and self._svar(form, fraga) in (None, "", []):
            form.add_error(namn, mening)

    def _svar(self, form, fraga: str) -> Any:
        return form.cleaned_data.get(self.namn(fraga))


FORE = Situationsdel("fore")
EFTER = Situationsdel("efter")
