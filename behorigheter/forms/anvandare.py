"""Forms of Visa användare: the searches of its two views, and the end of an employment (docs/regler.md 3.5)."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst

from behorigheter.forms.uppdrag import SlutForm, SokAnvandareForm
from behorigheter.models import Anvandare, Behorighet, Uppdrag
from behorigheter.models.uppdrag import ROLLER_MED_UPPDRAG
from behorigheter.roller import RIKSROLLER, Rattighet, Roll

SLUTAR_SNART_DAGAR = 60


def rollval(roller):
    return [("", "Alla roller"), *((roll.value, capfirst(roll.label)) for roll in roller)]


class RollMixin(forms.Form):
    roll = forms.ChoiceField(label="Roll", choices=rollval(Roll), required=False)


class AnvandareUrvalForm(SokAnvandareForm, RollMixin):
    """En organisations alla användare. Who acts for one employer is not asked which."""

    VISA = [
        ("", "Alla"),
        ("giltig", "Med gällande behörighet"),
        ("slutar", f"Med behörighet som slutar inom {SLUTAR_SNART_DAGAR} dagar"),
        ("saknar", "Utan gällande behörighet"),
    ]
    visa = forms.ChoiceField(label="Visa", choices=VISA, required=False)
    field_order = ["fornamn", "efternamn", "arbetsgivare", "roll", "visa"]

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        if not anvandare.gallande_roller & (RIKSROLLER | {Roll.UTFARDARE}):
            del self.fields["arbetsgivare"]

    def filtrera(self, rader):
        if not self.is_valid():
            return rader.none()
        urval = dict(self.cleaned_data)
        roll, visa = urval.pop("roll"), urval.pop("visa")
        rader = rader.som_liknar(**urval)
        if roll:
            rader = rader.filter(Exists(Behorighet.objects.giltiga().filter(anvandare=OuterRef("pk"), roll=roll)))
        if visa == "slutar":
            return rader.filter(Exists(Behorighet.objects.som_slutar_inom(SLUTAR_SNART_DAGAR).filter(anvandare=OuterRef("pk"))))
        return rader.filter(har_behorighet=visa == "giltig") if visa else rader


class UppdragUrvalForm(SokAnvandareForm, RollMixin):
    """Uppdrag i samverkansorganisation, those in its insatser included."""

    samverkansorganisation = Uppdrag._meta.get_field("samverkansorganisation").formfield(
        label="Samverkansorganisation", empty_label="Alla som du får se", required=False
    )
    visa = forms.ChoiceField(label="Visa", choices=[("", "Pågående och kommande"), ("alla", "Också avslutade")], required=False)
    field_order = ["samverkansorganisation", "roll", "fornamn", "efternamn", "arbetsgivare", "visa"]

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        falt = self.fields["samverkansorganisation"]
        falt.queryset = falt.queryset.tillatna_for(anvandare, Rattighet.UPPDRAG_SE)
        self.fields["roll"].choices = rollval(ROLLER_MED_UPPDRAG)

    def filtrera(self, rader):
        if not self.is_valid():
            return rader.none()
        urval = dict(self.cleaned_data)
        forbund, roll, visa = urval.pop("samverkansorganisation"), urval.pop("roll"), urval.pop("visa")
        rader = rader.filter(anvandare__in=Anvandare.objects.som_liknar(**urval))
        if forbund:
            rader = rader.filter(forbund=forbund.pk)
        if roll:
            rader = rader.filter(roll=roll)
        return rader if visa else rader.inte_avslutade()


class UtanUppdragForm(SokAnvandareForm, RollMixin):
    """Those who have a behörighet but no uppdrag."""

    field_order = ["fornamn", "efternamn", "arbetsgivare", "roll"]

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roll"].choices = rollval(ROLLER_MED_UPPDRAG)

    def filtrera(self, rader):
        if not self.is_valid():
            return rader.none()
        urval = dict(self.cleaned_data)
        roll = urval.pop("roll")
        rader = rader.filter(anvandare__in=Anvandare.objects.som_liknar(**urval))
        return rader.filter(roll=roll) if roll else rader


class AvslutaAnstallningForm(SlutForm):
    """Everything ends at once, or after a last day. Only who leaves at once can be given a new employer."""

    ny_arbetsgivare = Anvandare._meta.get_field("arbetsgivare").formfield(
        label="Ny arbetsgivare",
        empty_label="Ingen ny arbetsgivare",
        required=False,
        help_text="Bara när du avslutar genast. Ingen behörighet följer med: den nya arbetsgivaren beställer en ny.",
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genast"].help_text = "Behörigheter och uppdrag slutar gälla när du sparar. Sista dagen behövs då inte."
        self.fields["till"].help_text = "ÅÅÅÅ-MM-DD. Behörigheter och uppdrag gäller till och med den dagen."
        falt = self.fields["ny_arbetsgivare"]
        falt.queryset = falt.queryset.som_kan_ha_sus().exclude(pk=person.arbetsgivare_id)
