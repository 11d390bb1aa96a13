from behorigheter.forms.bara_fraga import BaraFragaForm
from behorigheter.forms.uppdrag import (
    AnvandareEnvalField,
    AvslutaUppdragForm,
    GeUppdragForm,
    HamtningarForm,
    SlutForm,
    SokAnvandareForm,
    UppdragTillForm,
    begransa,
    varning_om_medlem,
)

__all__ = [
    "AnvandareEnvalField",
    "AvslutaUppdragForm",
    "BaraFragaForm",
    "GeUppdragForm",
    "HamtningarForm",
    "SlutForm",
    "SokAnvandareForm",
    "UppdragTillForm",
    "begransa",
    "varning_om_medlem",
]
