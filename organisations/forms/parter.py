"""Ingående organisationer and their roles: one row per organisation, searched for in the register or named for the first time."""

import re
from dataclasses import dataclass

from django import forms

from organisations.actions.parter import ROLLER
from organisations.models import IngaendeOrganisation, Organisation
from sus.core.falt import RenTextField
from sus.core.regelbrott import Regelbrott

FLEST_TRAFFAR = 50
FLEST_RADER = 400
TYP = Organisation.Typ
# docs/regler.md 3.4: the roles that an organisation of each kind has from the start. The administrator may change them.
FINSAM = {
    TYP.FK: ("medlem", "finansiar"),
    TYP.AF: ("medlem",),
    TYP.REGION: ("medlem", "finansiar"),
    TYP.KOMMUN: ("medlem", "finansiar"),
    TYP.SAMORDNINGSFORBUND: ("finansiar", "konsument"),
}
TVAPARTS = {TYP.FK: ROLLER, TYP.REGION: ROLLER}
BARA_FINANSIAR = ("finansiar",)


def roller_fran_borjan(organisation, *, finsam):
    return (FINSAM if finsam else TVAPARTS).get(organisation.typ, BARA_FINANSIAR)


@dataclass(frozen=True)
class Rad:
    """A row of the table. `nyckel` is o and the key of the organisation, or ny and a number for one that is not in the register yet."""

    nyckel: str
    organisation: Organisation
    falt: list


class ParterForm(forms.Form):
    """`utkast` is the page's own rows when it is shown again without being saved."""

    sok_namn = RenTextField(label="Namn", help_text="Använd * för en del av namnet, till exempel Troll*.", required=False, max_length=200)
    traffar = forms.MultipleChoiceField(label="Sökresultat", widget=forms.CheckboxSelectMultiple, required=False)
    ny_namn = RenTextField(label="Organisationens namn", required=False, max_length=200)
    ny_typ = forms.ChoiceField(
        label="Typ", choices=[(typ.value, typ.label) for typ in (TYP.OVRIG, TYP.KOMMUN, TYP.REGION, TYP.SAMORDNINGSFORBUND)], required=False
    )

    def __init__(self, *args, anvandare, samverkansorganisation, utkast=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.samverkansorganisation = samverkansorganisation
        self.kalla = self.data if self.is_bound else utkast
        self.ar_forslag = False
        sparade = {f"o{part.organisation_id}": part for part in samverkansorganisation.parter.i_ordning()}
        self.organisationer = self._organisationer(sparade)
        for nyckel, organisation in self.organisationer.items():
            self._lagg_till_falt(nyckel, organisation, sparade.get(nyckel))
        self.fields["traffar"].choices = [(rad.pk, str(rad)) for rad in self._funna()]

    def _organisationer(self, sparade):
        """{key: organisation} of the rows: the page's own, else the saved ones, else what is proposed."""
        if self.kalla is not None:
            return self._egna_rader()
        if sparade:
            return {nyckel: part.organisation for nyckel, part in sparade.items()}
        self.ar_forslag = True
        return {f"o{rad.pk}": rad for rad in self.samverkansorganisation.foreslagna_parter()}

    def _egna_rader(self):
        nycklar = [nyckel for nyckel in self.kalla.getlist("rad") if re.fullmatch("(o|ny)[0-9]{1,15}", nyckel)][:FLEST_RADER]
        register = Organisation.objects.in_bulk([int(nyckel[1:]) for nyckel in nycklar if nyckel.startswith("o")])
        rader = {nyckel: register.get(int(nyckel[1:])) if nyckel.startswith("o") else self._ny(nyckel) for nyckel in nycklar}
        return {nyckel: rad for nyckel, rad in rader.items() if rad is not None}

    def _ny(self, nyckel):
        namn, typ = self.kalla.get(f"{nyckel}-namn", ""), self.kalla.get(f"{nyckel}-typ", "")
        return Organisation(namn=namn[:200], typ=typ) if namn.strip() and typ in dict(self.fields["ny_typ"].choices) else None

    def _lagg_till_falt(self, nyckel, organisation, sparad):
        if self.kalla is not None:
            ikryssade = [roll for roll in ROLLER if f"{nyckel}-{roll}" in self.kalla]
            ikryssade = ikryssade or (roller_fran_borjan(organisation, finsam=self.finsam) if f"{nyckel}-ny" in self.kalla else [])
        elif sparad:
            ikryssade = [roll for roll in ROLLER if getattr(sparad, roll)]
        else:
            ikryssade = roller_fran_borjan(organisation, finsam=self.finsam)
        for roll in ROLLER:
            etikett = IngaendeOrganisation._meta.get_field(roll).verbose_name.capitalize()
            self.fields[f"{nyckel}-{roll}"] = forms.BooleanField(
                label=f"{organisation}, {etikett.lower()}", required=False, initial=roll in ikryssade
            )

    @property
    def finsam(self):
        return self.samverkansorganisation.ar_finsam

    def _varde(self, namn):
        """What stands in the field, right or wrong; a NUL can be in no name and cannot be looked up."""
        return (self.kalla.get(namn, "") if self.kalla is not None else "").replace("\0", "").strip()

    @property
    def har_sokt(self):
        return bool(self._varde("sok_namn"))

    def _funna(self):
        if not self.har_sokt:
            return []
        valda = [rad.pk for rad in self.organisationer.values() if rad.pk]
        return Organisation.objects.som_liknar(self._varde("sok_namn")).exclude(pk__in=valda)[:FLEST_TRAFFAR]

    def rader(self):
        return [
            Rad(nyckel, organisation, [(self[f"{nyckel}-{roll}"], roll) for roll in ROLLER])
            for nyckel, organisation in self.organisationer.items()
        ]

    def clean(self):
        data = super().clean()
        if not self.organisationer:
            raise forms.ValidationError("Lägg till minst en organisation.")
        if data.get("traffar"):
            raise forms.ValidationError("Välj Lägg till valda innan du sparar, eller ta bort kryssen i sökresultatet.")
        if data.get("ny_namn"):
            self.add_error("ny_namn", "Välj Lägg till ny organisation innan du sparar, eller töm fältet.")
        for nyckel, part in self._parter().items():
            try:
                part.kontrollera()
            except Regelbrott as brott:
                self.add_error(f"{nyckel}-{brott.falt}", brott.text)
        return data

    def _parter(self):
        """{key: unsaved part} as the page says."""
        return {
            nyckel: IngaendeOrganisation(
                samverkansorganisation=self.samverkansorganisation,
                organisation=organisation,
                **{roll: self.cleaned_data.get(f"{nyckel}-{roll}", False) for roll in ROLLER},
            )
            for nyckel, organisation in self.organisationer.items()
        }

    def parter(self):
        return list(self._parter().values())
