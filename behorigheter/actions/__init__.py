from behorigheter.actions.uppdrag import aterkalla_uppdrag, avsluta_uppdrag, ge_flera_uppdrag, ge_uppdrag, utan_deltagaransvarig_efter

__all__ = ["aterkalla_uppdrag", "avsluta_uppdrag", "ge_flera_uppdrag", "ge_uppdrag", "utan_deltagaransvarig_efter"]
