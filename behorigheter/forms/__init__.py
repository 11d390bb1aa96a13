from behorigheter.forms.uppdrag import AnvandareEnvalField, AvslutaUppdragForm, GeUppdragForm, SokAnvandareForm, begransa

__all__ = ["AnvandareEnvalField", "AvslutaUppdragForm", "GeUppdragForm", "SokAnvandareForm", "begransa"]
