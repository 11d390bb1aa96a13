"""Forms of the register of målgrupper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from insatser.malgruppsregister import foregaende
from insatser.models import Malgrupp
from sus.core.falt import DatumField, KravtextMixin, RenTextField
from sus.core.formatering import antal_i_ord


class MalgruppForm(KravtextMixin, forms.ModelForm):
    """A målgrupp and its place in the list."""

    efter = forms.ChoiceField(label="Plats i listan", help_text="Så står de i formulär och rapporter.", required=False)

    class Meta:
        model = Malgrupp
        fields = ("namn", "giltig_till")
        field_classes = {"namn": RenTextField, "giltig_till": DatumField}
        labels = {"giltig_till": "Sista dag"}
        help_texts = {
            "namn": "Som den ska stå överallt, till exempel Unga.",
            "giltig_till": "ÅÅÅÅ-MM-DD. Lämna tomt när målgruppen gäller tills vidare.",
        }
        error_messages = {"namn": {"unique": "Det finns redan en målgrupp med det namnet."}}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        ovriga = Malgrupp.objects.exclude(pk=self.instance.pk)
        self.fields["efter"].choices = [("", "Först"), *((rad.pk, f"Efter {rad}") for rad in ovriga)]
        self.fields["efter"].widget.attrs["data-frivillig"] = "nej"
        if self.instance.pk:
            self.initial["efter"] = foregaende(self.instance)
        if self.instance.pk == Malgrupp.EJ_TILLAMPLIGA:
            self.fields["giltig_till"].disabled = True
            self.fields["giltig_till"].help_text = "Målgruppen kan inte avslutas: SUS behöver den för insatser utan målgrupp."

    def clean_namn(self):
        namn = self.cleaned_data["namn"]
        if Malgrupp.objects.filter(namn__iexact=namn).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Det finns redan en målgrupp med det namnet.")
        return namn

    def varningar(self):
        """(code, sentence): a målgrupp that insatser have never becomes another one without a word."""
        tal = self.instance.insatser.count() if self.instance.pk else 0
        if not tal:
            return []
        vilka = antal_i_ord(tal, "insats har", "insatser har")
        varningar = []
        if "namn" in self.changed_data:
            har = f"{vilka} målgruppen {self.initial['namn']} och visas i fortsättningen med det nya namnet, också i äldre rapporter."
            varningar.append(("NAMN", f"{har} Är det en annan målgrupp, avsluta den här och lägg till en ny."))
        if "giltig_till" in self.changed_data and self.cleaned_data["giltig_till"]:
            varningar.append(("SLUT", f"{vilka} målgruppen och behåller den. Insatser som börjar efter sista dagen kan inte få den."))
        return varningar

    def uppgifter(self):
        """{parameter of the action: value}"""
        return {namn: self.cleaned_data[namn] for namn in self.fields}


class NyMalgruppForm(MalgruppForm):
    class Meta(MalgruppForm.Meta):
        fields = ("namn", "giltig_fran", "giltig_till")
        field_classes = MalgruppForm.Meta.field_classes | {"giltig_fran": DatumField}
        labels = MalgruppForm.Meta.labels | {"giltig_fran": "Första dag"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giltig_fran"].initial = timezone.localdate()
        self.fields["efter"].initial = Malgrupp.objects.values_list("pk", flat=True).last()
