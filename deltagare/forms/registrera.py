"""Inregistrering: samtycke first, then the person, then form 9448."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from deltagare import folkbokforing, identitet, utkast
from deltagare.actions.hamtning import krav_pa_takt, notera_hamtning
from deltagare.forms.delar import NY, Inregistreringsdel, Mall
from deltagare.forms.fragor import Fragedel
from deltagare.forms.samtycke import Samtyckesdel
from deltagare.forms.situation import FORE
from deltagare.models import Deltagande
from deltagare.regler import SJALV_OM_SAMTYCKE, V22, VUXEN, ligger_i_omradet
from organisations.models import Kommun
from sus.core.falt import PersonnummerField, RenTextField
from sus.core.layout import Avsnitt, FaltMedKnapp, Hjalp
from sus.core.regelbrott import Regelbrott

V15 = "Personen finns inte i folkbokföringen."
V16 = "Deltagaren kan inte registreras med personuppgifter. Registrera deltagaren som anonym."
V17 = "Samtycke (blankett 9443) måste finnas innan deltagaren registreras."
FORE_PERSONEN = ("samtycke_finns", "samtycke_datum", "samtycke_sprak", "samtycke_original", "vardnadshavare")
HJALP_ANONYM = "Registrera deltagaren som anonym i stället. Då sparas bara ett antal, inga personuppgifter."


class RegistreraForm(Samtyckesdel, Inregistreringsdel):
    """What is known of the person comes from folkbokföringen every time the form is read, never from the page.

    `ur_fil`: an import, where the file's namn and kommun stand in for folkbokföringen.
    """

    samtycke_finns = forms.BooleanField(
        label="Deltagaren har skrivit under samtycket, blankett 9443",
        help_text="Skriv inget om deltagaren innan det är gjort.",
        error_messages={"required": V17},
    )
    personnummer = PersonnummerField(label="Personnummer")
    namn = RenTextField(
        label="Namn",
        max_length=200,
        required=False,
        help_text="Förnamn och efternamn, som de står på samtycket.",
        widget=forms.TextInput(attrs={"data-frivillig": "nej"}),
    )
    kommun = forms.ModelChoiceField(
        label="Kommun",
        help_text="Där deltagaren är folkbokförd, eller bor om personen inte är folkbokförd.",
        queryset=Kommun.objects.all(),
        empty_label="Välj kommun",
        required=False,
        error_messages={"invalid_choice": "Kommunen finns inte."},
        widget=forms.Select(attrs={"data-bredd": "m", "data-frivillig": "nej"}),
    )
    mattillfalle = forms.ChoiceField(
        label="Måttillfälle",
        help_text="Ändra bara om du ska rätta en tidigare registrering.",
        choices=[(NY, "Nyinregistrering")],
        initial=NY,
        widget=forms.Select(attrs={"data-bredd": "m", "data-frivillig": "nej"}),
        required=False,
    )
    field_order = [
        *FORE_PERSONEN,
        *("personnummer", "namn", "kommun", "mattillfalle", "stadsdel", "startdatum", "utbildning", "tid_forsorjning"),
    ]

    personnamn = ""
    tidigare: uuid.UUID | None = None  # the deltagande whose startdag was chosen in Måttillfälle
    for_hand = False  # namn and kommun are typed
    att_kontrollera = False  # and wait for folkbokföringen to be asked again

    def __init__(self, *args, anvandare, insats, ur_fil=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.anvandare = anvandare
        self.insats = insats
        self.ur_fil = ur_fil
        if not ur_fil:
            self.fragor_fore = Fragedel(self, "fore", insats=insats, dagfalt="startdatum")

    def clean(self):
        super().clean()
        self.granska_samtycket()
        self.granska_startdagen()
        if self.cleaned_data.get("samtycke_finns") and self.cleaned_data.get("personnummer"):
            self.prova(self._hamta_person, self.cleaned_data["personnummer"])
        self.granska_stadsdel()
        self.granska_vardnadshavare(self.alder_da)
        self.cleaned_data["fore"] = FORE.las(self)
        return self.cleaned_data

    def _hamta_person(self, personnummer) -> None:
        """V15, V16. Where folkbokföringen cannot say, namn and kommun are typed by hand."""
        if self.ur_fil:
            granska_skyddet(personnummer)
            self.personnummer = personnummer
            self._las_egna_uppgifter()
            return
        hamtad = utkast.ar_hamtad(personnummer, self.data.get("hamtat", ""), self.anvandare)
        if not hamtad:
            krav_pa_takt(insats=self.insats, by=self.anvandare)
        # Looked up, and so logged, before the answer: asking about somebody must leave a trace whatever the register says.
        person_id = identitet.sla_upp(insats=self.insats, personnummer=personnummer, by=self.anvandare)
        traff = self._fraga_folkbokforingen(personnummer)
        finns = traff is not None or self.for_hand
        if not (finns and (hamtad or self.att_kontrollera)):  # neither asked for before nor without an answer
            notera_hamtning(insats=self.insats, traff=finns, by=self.anvandare)
        if not finns:
            raise Regelbrott(V15, falt="personnummer")
        if traff and traff.skyddad:
            utkast.glom_om(personnummer, by=self.anvandare)  # from before the person became so
            raise Regelbrott(V16, falt="personnummer")
        self.personnummer = personnummer
        self._las_svaret(traff)
        if person_id:
            self._hamta_tidigare(person_id)

    def _fraga_folkbokforingen(self, personnummer) -> folkbokforing.Folkbokford | None:
        """Of a samordningsnummer the register knows nothing."""
        if personnummer.ar_samordningsnummer:
            self.for_hand = True
            return None
        try:
            return folkbokforing.hamta(personnummer)
        except folkbokforing.RegistretSvararInte:
            self.for_hand = self.att_kontrollera = True
            return None

    def _las_svaret(self, traff) -> None:
        if traff:
            self.personnamn, self.folkbokford_i = traff.namn, Kommun.objects.filter(kod=traff.kommun_kod).first()
            self.for_hand = self.att_kontrollera = self.folkbokford_i is None  # a kommun that SUS does not know
        if self.for_hand:
            self._las_egna_uppgifter()

    def _las_egna_uppgifter(self) -> None:
        self.personnamn, self.folkbokford_i = self.cleaned_data.get("namn") or "", self.cleaned_data.get("kommun")
        for falt, varde, mening in (("namn", self.personnamn, "Fyll i namn."), ("kommun", self.folkbokford_i, "Välj kommun.")):
            if not varde and falt not in self.errors:
                self.add_error(falt, mening)

    def _hamta_tidigare(self, person_id) -> None:
        """The person's earlier startdagar in this insats, to choose among in Måttillfälle."""
        tidigare = Deltagande.objects.filter(insats=self.insats, person_id=person_id)
        val = [(str(deltagande.pk), f"Startdag {deltagande.startdatum}") for deltagande in tidigare]
        self.fields["mattillfalle"].choices = [(NY, "Nyinregistrering"), *val]
        vald = self.data.get("mattillfalle")
        self.tidigare = uuid.UUID(vald) if vald in dict(val) else None
        if self.tidigare:
            self.errors.pop("mattillfalle", None)

    @property
    def hamtningsbevis(self) -> str:
        """Goes with the page when folkbokföringen has answered, so that the person may stand in a draft."""
        svarat = self.personnummer is not None and not self.att_kontrollera
        return utkast.hamtningsbevis(self.personnummer, self.anvandare) if svarat else ""

    @property
    def bara_personen(self) -> bool:
        """The person is there and nothing else yet: time to fetch."""
        efter = [namn for namn in self.fields if namn not in {*FORE_PERSONEN, "personnummer", "mattillfalle"}]
        return bool(self.data.get("personnummer")) and not any(self.data.get(namn) for namn in efter)

    @property
    def nasta_falt(self) -> str:
        """Where to go on when the person is fetched: to what is missing, or to what there is to choose."""
        if self.for_hand:
            return "namn"
        if len(self.fields["mattillfalle"].choices) > 1:
            return "mattillfalle"
        return "stadsdel" if self.visar_stadsdel else "startdatum"

    @property
    def alder_da(self) -> int | None:
        """Age on the startdag, or today while the startdag is not known."""
        return self.alder(self.cleaned_data.get("startdatum") or timezone.localdate()) if self.is_bound else None

    @property
    def ar_barn(self) -> bool:
        return self.alder_da is not None and self.alder_da < SJALV_OM_SAMTYCKE

    @property
    def ar_ung(self) -> bool:
        return self.alder_da is not None and SJALV_OM_SAMTYCKE <= self.alder_da < VUXEN

    @property
    def ar_samordningsnummer(self) -> bool:
        return self.personnummer is not None and self.personnummer.ar_samordningsnummer

    def varningar(self) -> list[tuple[str, str]]:
        varningar = self.aldersvarningar() + (self.fragor_fore.varningar() if self.fragor_fore else [])
        if not ligger_i_omradet(self.insats.samverkansorganisation, self.folkbokford_i, self.cleaned_data.get("stadsdel")):
            varningar.append(("V22", V22))
        return varningar

    def avsnitten(self) -> list[Any]:
        vardnadshavare = ["vardnadshavare"] if self.ar_barn else []
        egna_uppgifter = ["namn", "kommun"] if self.for_hand else []
        stadsdel = ["stadsdel"] if self.visar_stadsdel else []
        return [
            Avsnitt(
                "Samtycke",
                *("samtycke_finns", "samtycke_datum", "samtycke_sprak", "samtycke_original"),
                *vardnadshavare,
                Hjalp("Om deltagaren säger nej eller har skyddade personuppgifter", HJALP_ANONYM),
                css_id="samtycke",
            ),
            Avsnitt(
                "Deltagare",
                FaltMedKnapp("personnummer", name="hamta", text="Hämta"),
                Mall("deltagare/hamtat.html"),
                *egna_uppgifter,
                "mattillfalle",
                *stadsdel,
                *("startdatum", "utbildning", "tid_forsorjning"),
                css_id="deltagare",
            ),
            FORE.avsnitt(),
            *(self.fragor_fore.avsnitt() if self.fragor_fore else []),
        ]


def granska_skyddet(personnummer) -> None:
    """A file never registers a protected identity. The sentence does not tell why, and a register that is away stops no file."""
    try:
        traff = folkbokforing.hamta(personnummer)
    except folkbokforing.RegistretSvararInte:
        return
    if traff and traff.skyddad:
        raise Regelbrott("Raden kan inte läsas in från fil. Registrera deltagaren i SUS.", falt="personnummer")
