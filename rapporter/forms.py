"""The selection: the same fields on the page, in the address and on the command line."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from behorigheter.roller import Rattighet, Roll
from insatser.models import Inriktning, Insats, Malgrupp, PreciseradInriktning
from organisations.models import Lan, Samverkansorganisation
from rapporter import skydd
from rapporter.enheter import Enhet
from rapporter.falt import BRED, SMAL, KodField, Lista, NamnField, fullstandig, radnummer
from rapporter.forklaringar import FILTER
from rapporter.skyddat_urval import BaraExakt
from rapporter.urval import Niva, Urval, flytta, sista_dagen
from sus.core.adress import heltal
from sus.core.falt import KravtextMixin, ManadField, RenTextField
from sus.core.formatering import gemen, period_i_ord
from sus.core.regelbrott import Regelbrott

NIVAER = [(Niva.RIKET, "Riket"), (Niva.LAN, "Län"), (Niva.ORGANISATION, "Samverkansorganisation"), (Niva.INSATS, "Insats")]
ALLA = [("", "Alla")]
PLATSFALT = ("lan", "organisation", "insats")
FOLJER_ORGANISATIONEN = ("insats", "jamfor_insats", "fraga")  # lists of what the chosen samverkansorganisation has
ANDAMAL_FOR_EXAKTA = "För exakta tal i urvalet, skriv vad uppgifterna ska användas till. Ändamålet sparas i loggen."
# Fields that are printed in other ways than as filters.
EJ_FILTER = {
    *("fran", "till", "niva", "lan", "organisation", "insats", "skydd", "andamal", "kolumner", "rapportniva", "typ"),
    *("sortera", "jamfor_lan", "jamfor_organisation", "jamfor_insats"),
}


class UrvalForm(KravtextMixin, forms.Form):
    """Level, place and what every report can be filtered by. Sent with GET; the query string is the selection."""

    huvudfalt: ClassVar[list[str]] = ["niva", "organisation"]
    nivaer: ClassVar = NIVAER
    # What does not matter, {field: (the field that decides, at which of its values)}: the page disables it, else it is put aside.
    utan_betydelse: ClassVar[dict[str, tuple[str, tuple[str, ...]]]] = {
        "lan": ("niva", (Niva.RIKET, Niva.ORGANISATION, Niva.INSATS)),
        "organisation": ("niva", (Niva.RIKET, Niva.LAN)),
        "insats": ("niva", (Niva.RIKET, Niva.LAN, Niva.ORGANISATION)),
    }

    niva = forms.ChoiceField(label="Nivå", widget=Lista(attrs=SMAL), choices=NIVAER)
    lan = KodField(label="Län", queryset=Lan.objects.all(), empty_label="Välj län")
    organisation = NamnField(
        label="Samverkansorganisation", queryset=Samverkansorganisation.objects.none(), empty_label="Välj samverkansorganisation"
    )
    samverkansform = forms.ChoiceField(
        label="Samverkansform",
        required=False,
        widget=Lista(attrs=SMAL),
        choices=[*ALLA, *Samverkansorganisation.Form.choices],
    )
    skydd = forms.ChoiceField(
        label="Exakta eller skyddade tal",
        required=False,
        widget=Lista(attrs=BRED),
        choices=[("", "Exakta där jag har rätt till dem"), (skydd.EXAKT, "Exakta"), (skydd.SKYDDAD, "Skyddade, att dela ut")],
    )
    andamal = RenTextField(label="Ändamål", required=False, max_length=300, help_text="Krävs för exakta tal och sparas i loggen.")

    def __init__(self, data: QueryDict | None = None, *, anvandare, **kwargs: Any) -> None:
        super().__init__(data=fullstandig(data, self.base_fields) if data is not None else None, **kwargs)
        self.anvandare = anvandare
        self.fields["niva"].choices = list(self.nivaer)
        self.fields["organisation"].queryset = self.organisationer()
        if anvandare is not None and Roll.FK_ANALYTIKER not in anvandare.gallande_roller:
            del self.fields["andamal"]
        self.undanlagda: dict[str, str] = {}  # {field: why it was put aside}
        for namn, falt in self.fields.items():
            falt.help_text = falt.help_text or FILTER.get(namn, "")
            if namn in self.utan_betydelse:
                styrs_av, varden = self.utan_betydelse[namn]
                falt.widget.attrs |= {"data-styrs-av": styrs_av, "data-utan-betydelse": " ".join(varden)}
            if namn in FOLJER_ORGANISATIONEN:
                falt.widget.attrs["data-foljer"] = "organisation"

    def organisationer(self):
        if self.anvandare is None:
            return Samverkansorganisation.objects.all()
        return Samverkansorganisation.objects.tillatna_for(self.anvandare, Rattighet.SAMVERKANSORGANISATION_SE)

    def alla_insatser(self):
        return Insats.objects.all() if self.anvandare is None else Insats.objects.tillatna_for(self.anvandare, Rattighet.INSATS_SE)

    @staticmethod
    def forslag(anvandare) -> dict[str, Any]:
        """What an unsent form suggests: the last whole year of an organisation where the user has an uppdrag, the first by name."""
        ar = timezone.localdate().year - 1
        uppdrag = anvandare.uppdrag.aktuella()
        egna = Q(pk__in=uppdrag.values("samverkansorganisation")) | Q(pk__in=uppdrag.values("insats__samverkansorganisation"))
        egen = Samverkansorganisation.objects.filter(egna).first()
        niva = Niva.ORGANISATION if egen else Niva.RIKET
        return {"fran": f"{ar}-01", "till": f"{ar}-12", "niva": niva, "organisation": egen.pk if egen else None}

    @classmethod
    def ifyllt(cls, data: QueryDict) -> dict[str, Any]:
        """What an address fills in of a form that is not sent, right or wrong."""
        data = fullstandig(data, cls.base_fields)
        return {namn: falt.widget.value_from_datadict(data, {}, namn) for namn, falt in cls.base_fields.items()}

    def huvud(self):
        """What nearly everyone chooses, and the purpose for those who must state one."""
        return [self[namn] for namn in self._huvudnamn()]

    def mer(self):
        return [falt for falt in self.visible_fields() if falt.name not in self._huvudnamn()]

    def _huvudnamn(self) -> list[str]:
        """Län and insats stand beside the samverkansorganisation: which of them is used follows from the level."""
        namn = [del_ for falt in self.huvudfalt for del_ in (PLATSFALT if falt == "organisation" else (falt,))]
        return [del_ for del_ in (*namn, "andamal") if del_ in self.fields]

    def mer_oppet(self) -> bool:
        """Folded filters that hold something, or a fault, are shown."""
        return any(falt.errors or falt.value() not in (None, "", [], falt.field.initial) for falt in self.mer())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._granska_ar()
        self._granska_ordning()
        if "niva" not in data:
            return data
        data["niva"] = niva = Niva(data["niva"])
        self._lagg_undan(data)
        if niva != Niva.RIKET and not data.get(niva) and niva not in self.errors:
            self.add_error(niva, {"lan": "Välj län.", "insats": "Välj insats."}.get(niva, "Välj samverkansorganisation."))
        return data

    def _lagg_undan(self, data: dict[str, Any]) -> None:
        """Empty what does not matter, be it right or wrong, and remember it if it held something."""
        for namn, (styrs_av, varden) in self.utan_betydelse.items():
            if namn not in self.fields or data.get(styrs_av) not in varden:
                continue
            tomt = self.fields[namn].initial
            if self[namn].value() not in (None, "", [], tomt):
                styr = f"{self.fields[styrs_av].label} är {self._text(styrs_av)}"
                self.undanlagda[namn] = f"{styr}. {self.fields[namn].label} har då ingen betydelse och är inte med i urvalet."
            data[namn] = tomt
            self.errors.pop(namn, None)

    def visa_brott(self, brott: Regelbrott) -> None:
        """A rule that the report of a valid form broke, at its field; to who need only state a purpose, that too."""
        self.add_error(brott.falt if brott.falt in self.fields else None, brott.text)
        utan_andamal = "andamal" in self.fields and not self.data.get("andamal")
        if isinstance(brott, BaraExakt) and utan_andamal and self.data.get("skydd") != skydd.SKYDDAD:
            self.add_error("andamal", ANDAMAL_FOR_EXAKTA)

    def arsval(self) -> set[int]:
        """The years that `ar` names."""
        return {ar for text in self.data.getlist("ar") if len(text) == 4 and (ar := heltal(text, 4))}

    def _granska_ar(self) -> None:
        """Several `ar` make one period."""
        ar = sorted(self.arsval())
        if ar and ar[-1] - ar[0] >= len(ar):
            self.add_error("fran", "Välj år som följer på varandra.")

    def _granska_ordning(self) -> None:
        fran, till = self.cleaned_data.get("fran"), self.cleaned_data.get("till")
        if fran and till and fran > till:
            self.add_error("till", f"{self.fields['till'].label} kan inte vara tidigare än {gemen(self.fields['fran'].label)}.")

    def period(self) -> tuple[date, date]:
        """First and last day."""
        return self.cleaned_data["fran"], sista_dagen(self.cleaned_data["till"])

    def period_i_ord(self) -> tuple[str, str]:
        return "Period", period_i_ord(*self.period())

    def urval(self) -> Urval:
        """The selection of a valid form."""
        data = self.cleaned_data
        fran, till = self.period()
        return Urval(
            fran=fran,
            till=till,
            ar=tuple(range(fran.year, till.year + 1)),
            niva=data["niva"],
            lan=data["lan"].pk if data.get("lan") else None,
            organisation=data["organisation"].pk if data.get("organisation") else None,
            insats=data["insats"].pk if data.get("insats") else None,
            samverkansform=data.get("samverkansform") or "",
            inriktning=data.get("inriktning") or "",
            preciserad_inriktning=data.get("preciserad_inriktning") or "",
            malgrupp=data["malgrupp"].pk if data.get("malgrupp") else "",
            personer=self.personfilter(),
            i_ord=tuple(self.i_ord()),
            plats=str(data.get(data["niva"]) or "Hela landet"),
        )

    def personfilter(self) -> dict[str, object]:
        return {}

    def vald_organisation(self) -> Samverkansorganisation | None:
        """The chosen samverkansorganisation, or that of the chosen insats."""
        data = self.cleaned_data
        return data["insats"].samverkansorganisation if data.get("insats") else data.get("organisation")

    def kan_jamforas(self, niva: str, mot: str, plats: Any = None, *, bland_flera: bool = False) -> bool:
        """Whether the selection, were it at that level and place, can have what lies at another level, or beside it, with it."""
        return False

    def storre_urval(self) -> Urval | None:
        """The selection whose shares are printed beside this one's figures."""
        return None

    def enheter(self) -> list[Enhet]:
        """The units to compare side by side, this selection the first; none when it stands alone."""
        return []

    def i_ord(self) -> list[tuple[str, str]]:
        """The selection as it is printed: period, place, then every filter that is set."""
        data = self.cleaned_data
        plats = {Niva.RIKET: ("Nivå", "Riket")}.get(data["niva"]) or (str(self.fields[data["niva"]].label), str(data.get(data["niva"])))
        delar = [self.period_i_ord(), plats]
        if data["niva"] == Niva.INSATS:
            delar.append(("Samverkansorganisation", str(data["insats"].samverkansorganisation)))
        filter_ = [namn for namn in self.fields if namn not in EJ_FILTER and data.get(namn) not in (None, "", "alla")]
        return delar + [(str(self.fields[namn].label), self._text(namn)) for namn in filter_]

    def _text(self, namn: str) -> str:
        varde = self.cleaned_data[namn]
        val = {str(kod): str(text) for kod, text in getattr(self.fields[namn], "choices", [])}
        return val.get(str(varde), str(varde))

    def adress(self) -> str:
        """The selection as a query string, empty fields left out, without format."""
        fraga = QueryDict(mutable=True)
        for namn in (namn for namn in self.fields if namn not in self.undanlagda):
            fraga.setlist(namn, [varde for varde in self.data.getlist(namn) if varde])
        return fraga.urlencode()

    def flyttad(self, riktning: int) -> str:
        """The query string of the period before (-1) or after (1), equally long; empty when it cannot be chosen."""
        fran, till = self.cleaned_data["fran"], self.cleaned_data["till"]
        langd = (till.year - fran.year) * 12 + till.month - fran.month + 1
        fraga = QueryDict(self.adress(), mutable=True)
        try:
            for namn in [namn for namn in ("fran", "till") if namn in self.fields]:
                fraga[namn] = f"{flytta(self.cleaned_data[namn], riktning * langd):%Y-%m}"
                self.fields[namn].clean(fraga[namn])
        except forms.ValidationError:
            return ""
        return fraga.urlencode()


class ManaderForm(UrvalForm):
    """Whole months, both included."""

    fran = ManadField(label="Från månad")
    till = ManadField(label="Till månad")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fran"].help_text = self.fields["till"].help_text = ""  # the suggestion shows the format


class PeriodForm(ManaderForm):
    """Down to a single insats."""

    huvudfalt: ClassVar[list[str]] = ["fran", "till", "niva", "organisation"]

    insats = NamnField(label="Insats", queryset=Insats.objects.none(), empty_label="Välj insats")
    inriktning = forms.ChoiceField(label="Inriktning", required=False, widget=Lista(attrs=SMAL), choices=[*ALLA, *Inriktning.choices])
    preciserad_inriktning = forms.ChoiceField(
        label="Preciserad inriktning", required=False, widget=Lista(attrs=BRED), choices=[*ALLA, *PreciseradInriktning.choices]
    )
    malgrupp = forms.ModelChoiceField(
        label="Målgrupp", required=False, queryset=Malgrupp.objects.all(), empty_label="Alla", widget=Lista(attrs=BRED)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["insats"]
        falt.queryset = self._insatser()
        falt.choices = [("", "Välj insats"), *((rad.pk, rad.namn) for rad in self._valbara_insatser())]
        if self._ifylld_organisation and self._ifylld_insats():
            falt.error_messages["invalid_choice"] = "Insatsen hör inte till vald samverkansorganisation."

    def _insatser(self):
        rader, organisation = self.alla_insatser(), self._ifylld_organisation
        return rader.filter(samverkansorganisation=organisation) if organisation else rader

    @cached_property
    def _ifylld_organisation(self) -> Samverkansorganisation | None:
        """What stands in the field, before the form is cleaned."""
        varde = self["organisation"].value()
        try:
            return self.fields["organisation"].to_python(str(varde)) if varde else None
        except forms.ValidationError:
            return None

    def _ifylld_insats(self) -> int:
        """The number of the insats that the field names, or 0."""
        return radnummer(self["insats"].value()) or 0

    def _valbara_insatser(self):
        """Only those of the chosen organisation, or the chosen one: a list of the whole country's is no help."""
        rader = self._insatser()
        if self._ifylld_organisation is None:
            rader = rader.filter(pk=self._ifylld_insats())
        return list(rader)
