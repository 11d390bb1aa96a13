"""What becomes of the paper forms when they have been registered (docs/regler.md 7.6)."""

from organisations.models import Organisation

DIARIET = "Försäkringskassan, Diariet, ”Samtycket”, 831 84 Östersund"
FORSTOR_GENAST = {Organisation.Typ.AF, Organisation.Typ.FK}


def efter_inregistrering(arbetsgivare, *, original_skickat: bool) -> str:
    text = efter_registrering("9448", arbetsgivare)
    return text if original_skickat else f"{text} Skicka originalet av samtycket, blankett 9443, till {DIARIET}, och behåll en kopia."


def efter_registrering(blankett: str, arbetsgivare) -> str:
    """Försäkringskassan and Arbetsförmedlingen destroy 9448 and 9449 at once; a kommun or region asks its arkivmyndighet."""
    if arbetsgivare and arbetsgivare.typ in FORSTOR_GENAST:
        return f"Förstör blankett {blankett} nu, om du har fyllt i den på papper."
    return f"Har du fyllt i blankett {blankett} på papper? Fråga er arkivmyndighet om den ska sparas eller förstöras."
