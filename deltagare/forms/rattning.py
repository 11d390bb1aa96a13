"""Rättning: what was registered in and, when the deltagande has ended, out."""

from typing import Any

from django import forms

from deltagare.forms.delar import Inregistreringsdel, Utregistreringsdel
from deltagare.forms.fragor import FRAGERUBRIK, Fragedel
from deltagare.forms.situation import EFTER, FORE
from deltagare.forms.utregistrering import utregistrering_initial
from deltagare.fragor import sparade_svar
from deltagare.koder import TidForsorjning, Utbildning
from deltagare.models import Mattillfalle
from deltagare.regler import V22, ligger_i_omradet
from deltagare.uppgifter import Situation
from organisations.models import Kommun
from sus.core.layout import Avsnitt


class RattaForm(Inregistreringsdel, Utregistreringsdel):
    """Kommun is folkbokföringen's on the day of registration, and can be changed only where it was typed by hand."""

    kommunval = forms.ModelChoiceField(
        label="Kommun",
        help_text="Där deltagaren är folkbokförd, eller bor om personen inte är folkbokförd.",
        queryset=Kommun.objects.all(),
        empty_label="Välj kommun",
        widget=forms.Select(attrs={"data-bredd": "m"}),
    )
    field_order = ["kommunval", "stadsdel", "startdatum", "utbildning", "tid_forsorjning", "slutdatum", "avslutningsanledning"]

    def __init__(self, *args, anvandare, deltagande, personnummer, **kwargs):
        super().__init__(*args, **kwargs)
        self.deltagande = deltagande
        self.insats = deltagande.insats
        self.personnummer = personnummer
        self.folkbokford_i = deltagande.kommun
        if not (personnummer.ar_samordningsnummer or deltagande.att_kontrollera):
            del self.fields["kommunval"]
        if not deltagande.ar_avslutat:
            for namn in {"slutdatum", "avslutningsanledning"} | EFTER.faltnamn():
                del self.fields[namn]
        self.initial = self._sparat() | self.initial
        self._lagg_till_fragor()
        self.fields["stadsdel"].queryset = self.fields["stadsdel"].queryset.filter(kommun=self.folkbokford_i)
        self.visar_stadsdel = self.fields["stadsdel"].queryset.exists()

    def clean(self):
        super().clean()
        self.folkbokford_i = self.cleaned_data.get("kommunval") or self.folkbokford_i
        self.granska_startdagen()
        self.granska_stadsdel()
        self.cleaned_data["fore"] = FORE.las(self)
        if self.deltagande.ar_avslutat:
            self.granska_utregistrering(self.insats, self.cleaned_data.get("startdatum"))
        return self.cleaned_data

    def varningar(self) -> list[tuple[str, str]]:
        varningar = self.fragor_fore.varningar() + (self.aldersvarningar() if "startdatum" in self.changed_data else [])
        flyttad = {"stadsdel", "kommunval"} & set(self.changed_data)
        if flyttad and not ligger_i_omradet(self.insats.samverkansorganisation, self.folkbokford_i, self.cleaned_data["stadsdel"]):
            varningar.append(("V22", V22))
        return varningar + (self.anledningsvarningar() if self.deltagande.ar_avslutat else [])

    def avsnitten(self) -> list[Any]:
        kommun = ["kommunval"] if "kommunval" in self.fields else []
        stadsdel = ["stadsdel"] if self.visar_stadsdel else []
        avslut = self.avslutsavsnitt(fragerubrik=f"{FRAGERUBRIK} efter insatsen") if self.deltagande.ar_avslutat else []
        return [
            Avsnitt("Deltagare", *kommun, *stadsdel, "startdatum", "utbildning", "tid_forsorjning", css_id="deltagare"),
            FORE.avsnitt(),
            *self.fragor_fore.avsnitt(),
            *avslut,
        ]

    def _lagg_till_fragor(self) -> None:
        svar = sparade_svar(self.deltagande)
        self.fragor_fore = Fragedel(self, "fore", insats=self.insats, dagfalt="startdatum", sparade=svar[Mattillfalle.Typ.IN])
        self.initial = self.fragor_fore.initial() | self.initial
        if self.deltagande.ar_avslutat:
            self.fragor_efter = Fragedel(self, "efter", insats=self.insats, dagfalt="slutdatum", sparade=svar[Mattillfalle.Typ.UT])
            self.initial = self.fragor_efter.initial() | self.initial

    def _sparat(self) -> dict[str, Any]:
        deltagande = self.deltagande
        fore = Mattillfalle.objects.get(deltagande=deltagande, typ=Mattillfalle.Typ.IN)
        return {
            "kommunval": deltagande.kommun_id,
            "stadsdel": deltagande.stadsdel_id,
            "startdatum": deltagande.startdatum,
            "utbildning": Utbildning(deltagande.utbildning).slug,
            "tid_forsorjning": TidForsorjning(deltagande.tid_forsorjning).slug,
            **FORE.initial(Situation.av(fore)),
            **(utregistrering_initial(deltagande) if deltagande.ar_avslutat else {}),
        }
