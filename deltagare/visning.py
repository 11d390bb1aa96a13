"""What a page says about a deltagande: rows of label and text for komponenter/fakta.html."""

from deltagare.koder import Arbetstyp, Forsorjning
from deltagare.uppgifter import Situation
from sus.core.formatering import datum, lista_i_ord


def ja_nej(svar: bool) -> str:
    return "Ja" if svar else "Nej"


def period(insats) -> str:
    return f"{insats.startdatum} till {insats.slutdatum}" if insats.slutdatum else f"{insats.startdatum} tills vidare"


def insatsrader(insats) -> list[tuple[str, str]]:
    organisation = insats.samverkansorganisation
    return [
        ("Insats", insats.namn),
        ("Period", period(insats)),
        ("Samverkansorganisation", organisation.namn),
        ("Finansieringsform", organisation.get_samverkansform_display()),
    ]


def plats(deltagande) -> str:
    return f"{deltagande.kommun}, {deltagande.stadsdel}" if deltagande.stadsdel else str(deltagande.kommun)


def inregistreringsrader(deltagande) -> list[tuple[str, str]]:
    return [
        ("Startdag", datum(deltagande.startdatum)),
        ("Ålder vid start", f"{deltagande.alder_vid_start} år"),
        ("Kön", deltagande.get_kon_display()),
        ("Utbildningsnivå", deltagande.get_utbildning_display()),
        ("Tid i offentlig försörjning", deltagande.get_tid_forsorjning_display()),
        ("Registrerad i SUS", datum(deltagande.inregistrerad)),
    ]


def avslutsrader(deltagande) -> list[tuple[str, str]]:
    return [
        ("Avslutningsdatum", datum(deltagande.slutdatum)),
        ("Avslutningsanledning", deltagande.get_avslutningsanledning_display()),
        ("Månader i insatsen", str(deltagande.manader)),
        ("Registrerad i SUS", datum(deltagande.utregistrerad)),
    ]


def samtyckesrader(samtycke) -> list[tuple[str, str]]:
    rader = [
        ("Blankett", samtycke.text.i_ord),
        ("Underskrivet", datum(samtycke.datum)),
        ("Språk som informationen lästes på", samtycke.get_sprak_display()),
        ("Originalet skickat", datum(samtycke.original_skickat) or "Inte registrerat"),
        ("Originalet mottaget", datum(samtycke.original_mottaget) or "Inte registrerat"),
        ("Registrerat", " av ".join(filter(None, [datum(samtycke.registrerat), str(samtycke.registrerat_av or "")]))),
    ]
    return [*rader, ("Vårdnadshavare har skrivit under", "Ja")] if samtycke.vardnadshavare else rader


def begaran_i_ord(begaran) -> str:
    """That a felregistrering waits for a second person, or nothing."""
    if begaran is None:
        return ""
    return f"{begaran.begard_av} begärde {datum(begaran.begard)} att uppgifterna om deltagaren tas bort som felregistrering."


def situationsrader(matning) -> list[tuple[str, str]]:
    situation = Situation.av(matning)
    arbete = _med_omfattning(situation.arbete_procent)
    if situation.arbetstyp:
        arbete = f"{arbete}, {Arbetstyp(situation.arbetstyp).label.lower()}"
    return [
        ("Offentlig försörjning", lista_i_ord([str(kod.label) for kod in Forsorjning.i_mask(situation.forsorjning)])),
        ("Aktivt arbetssökande", ja_nej(situation.arbetssokande)),
        ("Förvärvsarbetar", arbete),
        ("Studerar", _med_omfattning(situation.studier_procent)),
    ]


def _med_omfattning(procent: int | None) -> str:
    return "Nej" if procent is None else f"Ja, {procent} procent av heltid"
