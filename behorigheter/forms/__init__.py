from behorigheter.forms.uppdrag import (
    AnvandareEnvalField,
    AvslutaUppdragForm,
    GeUppdragForm,
    SlutForm,
    SokAnvandareForm,
    UppdragTillForm,
    begransa,
    varning_om_medlem,
)

__all__ = [
    "AnvandareEnvalField",
    "AvslutaUppdragForm",
    "GeUppdragForm",
    "SlutForm",
    "SokAnvandareForm",
    "UppdragTillForm",
    "begransa",
    "varning_om_medlem",
]
