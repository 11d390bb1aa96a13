from behorigheter.forms.uppdrag import AnvandareEnvalField, AvslutaUppdragForm, GeUppdragForm, SokAnvandareForm, UppdragTillForm, begransa

__all__ = ["AnvandareEnvalField", "AvslutaUppdragForm", "GeUppdragForm", "SokAnvandareForm", "UppdragTillForm", "begransa"]
