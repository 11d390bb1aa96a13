"""The pages that give and end uppdrag, the same for samverkansorganisationer and insatser. An app adds rattighet, model and addresses."""

from behorigheter.actions import andra_hamtningar, aterkalla_uppdrag, avsluta_uppdrag, ge_uppdrag, utan_deltagaransvarig_efter
from behorigheter.forms import AvslutaUppdragForm, GeUppdragForm, HamtningarForm, SokAnvandareForm
from behorigheter.formularvy import Formularvy
from behorigheter.models import Uppdrag
from behorigheter.roller import Roll
from sus.core.formatering import lista_i_ord


class UppdragGe(Formularvy):
    """Välj användare. The search is sent with GET and stays in the address of the form below it.

    Subclasses give `get_roll()` and `get_tillbaka()`, the page with the uppdrag of the row.
    """

    template_name = "behorigheter/valj_anvandare.html"
    form_class = GeUppdragForm
    versionerad = False
    kraver_bekraftelse = True
    knapptext = "Ge uppdrag"
    meddelande = "Uppdraget har getts."

    def get_roll(self) -> Roll:
        raise NotImplementedError

    def get_tillbaka(self) -> str:
        raise NotImplementedError

    def get_avbryt_url(self):
        return self.get_tillbaka()

    def utfor(self, form):
        for anvandare in form.cleaned_data["anvandare"]:
            ge_uppdrag(
                anvandare=anvandare,
                objekt=self.object,
                roll=self.get_roll(),
                fran=form.cleaned_data["fran"],
                till=form.cleaned_data["till"],
                hamtningar_per_timme=form.cleaned_data.get("hamtningar_per_timme"),
                by=self.request.user,
            )
        return self.get_tillbaka()

    def get_form_kwargs(self):
        """Left out is who has the uppdrag until further notice. One that has a last day can be followed by another in good time."""
        redan = self.object.uppdrag.aktuella().filter(roll=self.get_roll(), till=None).values("anvandare")
        return super().get_form_kwargs() | {"roll": self.get_roll(), "redan": redan, "sokord": self.sokformular().sokord()}

    def sokformular(self):
        return SokAnvandareForm(self.request.GET, auto_id="sok_%s")

    def get_context_data(self, **kwargs):
        sokformular = self.sokformular()
        if not self.request.GET:
            sokformular.fields["fornamn"].widget.attrs["autofocus"] = True
        return super().get_context_data(sokformular=sokformular, roll=self.get_roll().label, **kwargs)


class UppdragAvsluta(Formularvy):
    """Subclasses give `get_tillbaka()`."""

    model = Uppdrag
    form_class = AvslutaUppdragForm
    versionerad = False
    kraver_bekraftelse = True
    knapptext = "Avsluta uppdraget"
    meddelande = "Uppdraget har avslutats."

    def get_tillbaka(self) -> str:
        raise NotImplementedError

    def get_avbryt_url(self):
        return self.get_tillbaka()

    def get_rubrik(self):
        return f"Avsluta uppdraget för {self.object.anvandare}"

    def varningar(self, form):
        return varning_om_tomma_insatser(self.get_queryset().filter(pk=self.object.pk), form.sista_dag)

    def utfor(self, form):
        if form.sista_dag is None:
            aterkalla_uppdrag(uppdrag=self.object, by=self.request.user)
        else:
            avsluta_uppdrag(uppdrag=self.object, till=form.sista_dag, by=self.request.user)
        return self.get_tillbaka()


class UppdragAndra(Formularvy):
    """How many persons a deltagaransvarig may ask for in an hour. Subclasses give `get_tillbaka()`."""

    model = Uppdrag
    form_class = HamtningarForm
    versionerad = False
    kraver_bekraftelse = True

    def get_tillbaka(self) -> str:
        raise NotImplementedError

    def get_avbryt_url(self):
        return self.get_tillbaka()

    def get_rubrik(self):
        return f"Hämtningar per timme för {self.object.anvandare}"

    def get_initial(self):
        return {"hamtningar_per_timme": self.object.hamtningar_per_timme}

    def utfor(self, form):
        andra_hamtningar(uppdrag=self.object, **form.cleaned_data, by=self.request.user)
        return self.get_tillbaka()


def varning_om_tomma_insatser(uppdrag, sista_dag):
    """The warning of a form that ends these uppdrag: insatser in which nobody could register any more."""
    insatser = utan_deltagaransvarig_efter(uppdrag, sista_dag)
    if not insatser:
        return []
    return [("utan-deltagaransvarig", f"{lista_i_ord(insatser)} blir utan deltagaransvarig. Då kan ingen registrera deltagare i insatsen.")]
