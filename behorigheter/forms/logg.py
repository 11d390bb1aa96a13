"""Which events of the log to look at."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from behorigheter.handelser_i_ord import SLAG
from sus.core.falt import DatumField, PersonnummerField, RenTextField
from sus.core.regelbrott import FORE_FORSTA_DAGEN
from sus.core.sok import Sokformular

FORSLAG_DAGAR = 30


def slagval():
    """Whole groups first, then each kind under its group."""
    grupper = [(slag, rubrik) for slag, (rubrik, _) in SLAG.items()]
    return [
        ("", "Alla"),
        ("Grupper", grupper),
        *((rubrik, [(str(typ), mening.capitalize()) for typ, mening in typer.items()]) for rubrik, typer in SLAG.values()),
    ]


class LoggForm(Sokformular):
    """The own events: kind and time."""

    slag = forms.ChoiceField(label="Slag av händelse", choices=slagval, required=False)
    fran = DatumField(label="Från", required=False)
    till = DatumField(label="Till och med", required=False)

    def clean(self):
        super().clean()
        val = self.cleaned_data
        if val.get("fran") and val.get("till") and val["till"] < val["fran"]:
            self.add_error("till", FORE_FORSTA_DAGEN)
        return val

    def filtrera(self, handelser):
        """The events that match; an impossible choice matches none."""
        if not self.is_valid():
            return handelser.none()
        val = self.cleaned_data
        if val["slag"]:
            handelser = handelser.av_slag(SLAG[val["slag"]][1] if val["slag"] in SLAG else [val["slag"]])
        if val["fran"]:
            handelser = handelser.fran_dag(val["fran"])
        return handelser.till_dag(val["till"]) if val["till"] else handelser


class GranskaForm(LoggForm):
    """The events of the employer's staff: also by whom, and about whom."""

    anvandare = RenTextField(
        label="Användare", help_text="För- och efternamn eller användarnamn. Använd * för en del av namnet.", required=False, max_length=200
    )
    personnummer = PersonnummerField(
        label="Personnummer", help_text="12 siffror. Händelser om den personen. Numret sparas inte i loggen.", required=False
    )
    field_order = ["anvandare", "personnummer", "slag", "fran", "till"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fran"].initial = timezone.localdate() - timedelta(days=FORSLAG_DAGAR)

    def kriterier(self) -> dict[str, str]:
        """What was asked for, as the log may say it: no free text, no personnummer."""
        return {namn: str(self.cleaned_data[namn]) for namn in ("slag", "fran", "till") if self.cleaned_data[namn]}
