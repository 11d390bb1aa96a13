"""Välj kommun, stadsdel: search, tick, add, remove; nothing is stored before Spara (docs/regler.md 3.3)."""

from django import forms

from organisations.actions.omrade import VALJ_NAGON
from organisations.models import Kommun, Lan, Stadsdel
from sus.core.falt import RenTextField

FLEST_TRAFFAR = 100


class OmradeForm(forms.Form):
    """`valda` is what the page has chosen so far, `traffar` what is ticked in the search result.

    Each choice is a code: k and the kommun's code, or s and the key of the stadsdel.
    """

    lan = forms.ModelChoiceField(label="Län", queryset=Lan.objects.all(), empty_label="Alla län", required=False)
    kommunnamn = RenTextField(
        label="Kommunnamn", help_text="Använd * för en del av namnet, till exempel Karl*.", required=False, max_length=60
    )
    traffar = forms.MultipleChoiceField(label="Sökresultat", widget=forms.CheckboxSelectMultiple, required=False)
    valda = forms.MultipleChoiceField(label="Valda kommuner och stadsdelar", widget=forms.MultipleHiddenInput, required=False)

    def __init__(self, *args, anvandare, samverkansorganisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.samverkansorganisation = samverkansorganisation
        self.fields["lan"].widget.attrs["data-frivillig"] = "nej"
        self.fields["kommunnamn"].widget.attrs["data-frivillig"] = "nej"
        self.fields["traffar"].widget.attrs["data-frivillig"] = "nej"
        sparade = {_kod(omrade.kommun or omrade.stadsdel): omrade.i_ord for omrade in _omraden(samverkansorganisation)}
        if not self.is_bound:
            self.initial.setdefault("valda", list(sparade))
        self.alla = sparade | _valbara(samverkansorganisation)
        self.fields["valda"].choices = list(self.alla.items())
        self.fields["traffar"].choices = [(kod, self.alla[kod]) for kod in self._funna()]

    def _varden(self, namn):
        """What stands in the field, right or wrong; a NUL can be in no name and cannot be looked up."""
        varde = self.data.getlist(namn) if self.is_bound else self.initial.get(namn) or []
        return [text.replace("\0", "") for text in (varde if isinstance(varde, list) else [varde])]

    @property
    def har_sokt(self):
        return bool("".join(self._varden("lan") + self._varden("kommunnamn")))

    def _funna(self):
        """Codes found by the search and not chosen yet. A kommun is followed by its stadsdelar."""
        if not self.har_sokt:
            return []
        lan, namn = ("".join(self._varden(falt)).strip() for falt in ("lan", "kommunnamn"))
        kommuner = list(Kommun.objects.som_liknar(namn, lan)[:FLEST_TRAFFAR])
        stadsdelar = _stadsdelar(self.samverkansorganisation).filter(kommun__in=kommuner)
        funna = [_kod(rad) for kommun in kommuner for rad in (kommun, *(s for s in stadsdelar if s.kommun_id == kommun.pk))]
        valda = set(self._varden("valda"))
        return [kod for kod in funna if kod not in valda]

    def rader(self):
        """(code, name) of what is chosen, in the order in which it was chosen."""
        return [(kod, self.alla[kod]) for kod in self._varden("valda") if kod in self.alla]

    def clean(self):
        data = super().clean()
        self.koder = list(dict.fromkeys(data.get("valda", []) + data.get("traffar", [])))
        if not self.koder and self.samverkansorganisation.ar_finsam:
            raise forms.ValidationError(VALJ_NAGON)
        return data

    def omrade(self):
        """(kommuner, stadsdelar) in the order of the page."""
        kommunkoder = [kod[1:] for kod in self.koder if kod.startswith("k")]
        stadsdelskoder = [int(kod[1:]) for kod in self.koder if kod.startswith("s")]
        kommuner = Kommun.objects.select_related("lan").in_bulk(kommunkoder)
        stadsdelar = Stadsdel.objects.select_related("kommun__lan").in_bulk(stadsdelskoder)
        return [kommuner[kod] for kod in kommunkoder], [stadsdelar[kod] for kod in stadsdelskoder]


def _kod(rad):
    return f"k{rad.pk}" if isinstance(rad, Kommun) else f"s{rad.pk}"


def _omraden(samverkansorganisation):
    return samverkansorganisation.omraden.select_related("kommun", "stadsdel__kommun")


def _stadsdelar(samverkansorganisation):
    return Stadsdel.objects.giltiga(samverkansorganisation.dag_for_stadsdelar()).select_related("kommun")


def _valbara(samverkansorganisation):
    kommuner = {_kod(kommun): kommun.kortnamn for kommun in Kommun.objects.filter(giltig_till=None)}
    return kommuner | {_kod(rad): rad.i_ord for rad in _stadsdelar(samverkansorganisation)}
