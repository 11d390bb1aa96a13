"""The selection of a report about deltagare: type, comparison and the filters on persons."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from deltagare.koder import TAR_BORT, Avslutningsanledning, Forsorjning, Kon, TidForsorjning, Utbildning
from organisations.models import Kommun
from rapporter.definitioner.deltagare.delar import Rapporttyp
from rapporter.definitioner.deltagare.typer import TYPER
from rapporter.enheter import flyttat_urval
from rapporter.falt import BRED, SMAL, KodField, Lista
from rapporter.forms import ALLA, PeriodForm
from rapporter.jamforelse import JAMFORELSER
from rapporter.urval import Aldersband, Niva, Urval
from sus.core.formatering import gemen


def _val(kodklass, med_slug: bool = True) -> list[tuple[str, str]]:
    return [*ALLA, *((kod.slug if med_slug else str(kod.value), kod.label) for kod in kodklass)]


def rapporttyp(typer: Mapping[str, Rapporttyp]) -> forms.ChoiceField:
    val = [(typ.nyckel, typ.rubrik) for typ in typer.values()]
    return forms.ChoiceField(label="Rapporttyp", widget=Lista(attrs=BRED), choices=val, initial=val[0][0])


class DeltagarurvalForm(PeriodForm):
    """The filters on persons, which every report about deltagare has."""

    field_order = ("typ", "jamfor")

    kommun = KodField(label="Kommun", queryset=Kommun.objects.none(), empty_label="Alla", namnkolumn="kortnamn")
    kon = forms.ChoiceField(label="Kön", required=False, widget=Lista(attrs=SMAL), choices=_val(Kon))
    alder = forms.ChoiceField(
        label="Ålder vid start",
        required=False,
        widget=Lista(attrs=SMAL),
        choices=[*ALLA, *((band, band.rubrik) for band in Aldersband)],
    )
    utbildning = forms.ChoiceField(label="Utbildning", required=False, widget=Lista(attrs=BRED), choices=_val(Utbildning))
    tid_forsorjning = forms.ChoiceField(
        label="Tid i offentlig försörjning", required=False, widget=Lista(attrs=SMAL), choices=_val(TidForsorjning)
    )
    forsorjning_fore = forms.ChoiceField(label="Försörjning före", required=False, widget=Lista(attrs=BRED), choices=_val(Forsorjning))
    avslutningsanledning = forms.ChoiceField(
        label="Avslutningsanledning",
        required=False,
        widget=Lista(attrs=BRED),
        choices=[*ALLA, *((str(kod.value), kod.label) for kod in Avslutningsanledning if kod not in TAR_BORT)],
    )
    status = forms.ChoiceField(
        label="Deltagarstatus",
        required=False,
        initial="alla",
        widget=Lista(attrs=SMAL),
        choices=[("alla", "Alla"), ("pagaende", "Pågående vid periodens slut"), ("avslutade", "Avslutade under perioden")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kommun: Any = self.fields["kommun"]
        kommun.queryset = Kommun.objects.all()

    def personfilter(self) -> dict[str, object]:
        """The filters on persons as the codes that facts hold."""
        data = self.cleaned_data
        koder: dict[str, Any] = {"kon": Kon, "utbildning": Utbildning, "tid_forsorjning": TidForsorjning, "forsorjning_fore": Forsorjning}
        filter_ = {namn: klass.fran_slug(data[namn]).value for namn, klass in koder.items() if data.get(namn)}
        if data.get("alder"):
            filter_["alder"] = data["alder"]
        if data.get("avslutningsanledning"):
            filter_["avslutningsanledning"] = int(data["avslutningsanledning"])
        if data.get("kommun"):
            filter_["kommun"] = data["kommun"].pk
        if data.get("status") not in ("", None, "alla"):
            filter_["status"] = data["status"]
        return filter_


class DeltagareForm(DeltagarurvalForm):
    huvudfalt: ClassVar[list[str]] = ["typ", "fran", "till", "niva", "organisation"]
    utan_betydelse: ClassVar = {
        **DeltagarurvalForm.utan_betydelse,
        "jamfor": ("typ", tuple(typ.nyckel for typ in TYPER.values() if not typ.har_andelar)),
        "status": ("typ", tuple(typ.nyckel for typ in TYPER.values() if typ.bara_avslutade)),
    }

    typ = rapporttyp(TYPER)
    jamfor = forms.ChoiceField(
        label="Jämför med",
        required=False,
        widget=Lista(attrs=SMAL),
        choices=[("", "Ingen jämförelse"), *((mot, rubrik) for mot, rubrik in JAMFORELSER.items())],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("jamfor") and data.get("niva") and not self.kan_jamforas(data["niva"], data["jamfor"]):
            self.add_error("jamfor", "Välj något som är större än urvalet att jämföra med.")
        elif data.get("jamfor") == Niva.LAN and (organisation := self.vald_organisation()) and not organisation.lan:
            self.add_error("jamfor", f"{organisation} har inget län. Välj riket att jämföra med.")
        return data

    def kan_jamforas(self, niva: str, mot: str, plats: Any = None, *, bland_flera: bool = False) -> bool:
        """With what is larger only."""
        return niva not in (Niva.RIKET, mot)

    def storre_urval(self) -> Urval | None:
        mot, organisation = self.cleaned_data.get("jamfor"), self.vald_organisation()
        if not mot:
            return None
        lan = organisation.lan_id if organisation and mot == Niva.LAN else None
        return flyttat_urval(self.urval(), Niva(mot), lan, gemen(JAMFORELSER[mot]))
