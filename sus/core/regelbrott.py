"""The one domain exception."""


class Regelbrott(Exception):
    """A rule refuses what the user asked for. The text is a sentence for the user.

    `falt` names the form field or import column that the sentence belongs to, when it
    belongs to one.
    """

    def __init__(self, text: str, falt: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.falt = falt
