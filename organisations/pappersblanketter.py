"""Form 9447 on paper: the order of a samverkansorganisation."""

from organisations.forms.samverkansorganisation import SkapaForm
from organisations.models import Samverkansorganisation
from sus.core.blankett import Blankett, Del, Ruta, rad, ur_formularet

UTGAVA = "utgåva 1, november 2026"


def upplaggning() -> Blankett:
    falten = SkapaForm.base_fields
    formerna = tuple(Ruta(str(form.label)) for form in Samverkansorganisation.Form)
    bestallaren = [ur_formularet(falten, f"bestallare_{namn}", halv=namn != "namn") for namn in ("namn", "telefon", "epost")]
    return Blankett(
        nummer="9447",
        namn="Beställning av samverkansorganisation i SUS",
        utgava=UTGAVA,
        ingress="Fyll i en blankett per samverkansorganisation. Den tjänsteman som är ansvarig i eller för den beställer.",
        sa_har="Skicka blanketten till Försäkringskassan, som prövar den, skapar samverkansorganisationen och ger den första "
        "samverkansadministratören uppdraget. Bekräftelsen kommer med e-post till beställaren och samverkansadministratören. "
        "Samverkansadministratören behöver först ha behörighet i SUS (blankett 9445) och utser sedan fler.",
        delar=(
            Del(
                "Samverkansorganisation",
                (
                    ur_formularet(falten, "namn"),
                    ur_formularet(falten, "organisationsnummer", tecken="NNNNNN-NNNN", hjalp="", halv=True),
                    ur_formularet(falten, "samverkansform", rutor=formerna, halv=True),
                    ur_formularet(
                        falten, "startdatum", hjalp="Budget för tidigare år, eller deltagare som börjar före den, kan inte registreras."
                    ),
                ),
            ),
            Del("Beställare", tuple(bestallaren)),
            Del(
                "Första samverkansadministratören",
                (
                    ur_formularet(falten, "administrator", etikett="Namn", hjalp="", halv=True),
                    rad("administrator_titel", "Titel", halv=True),
                    rad("administrator_telefon", "Telefon med riktnummer", halv=True),
                    rad("administrator_epost", "E-post", halv=True),
                    rad("administrator_organisation", "Organisation"),
                ),
            ),
        ),
    )
