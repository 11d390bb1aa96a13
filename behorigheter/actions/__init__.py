from behorigheter.actions.uppdrag import avsluta_uppdrag, ge_uppdrag

__all__ = ["avsluta_uppdrag", "ge_uppdrag"]
