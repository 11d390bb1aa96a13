"""What folkbokföringen answers, whichever adapter asks."""

from dataclasses import dataclass

from sus.core.regelbrott import Regelbrott


@dataclass(frozen=True, repr=False)
class Folkbokford:
    """What Hämta answers. Of who has skyddade personuppgifter nothing else is known. Its repr tells nothing."""

    namn: str
    kommun_kod: str
    skyddad: bool = False

    def __repr__(self) -> str:
        return "Folkbokford(…)"


SKYDDAD = Folkbokford(namn="", kommun_kod="", skyddad=True)


class RegistretSvararInte(Regelbrott):
    """The register cannot be asked now, or what it says cannot be understood. Nothing of whom was asked for."""

    def __init__(self) -> None:
        super().__init__("Folkbokföringen svarar inte just nu. Försök igen om en stund.", falt="personnummer")
