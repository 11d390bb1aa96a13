from behorigheter.actions.uppdrag import (
    andra_hamtningar,
    aterkalla_uppdrag,
    avsluta_uppdrag,
    ge_flera_uppdrag,
    ge_uppdrag,
    utan_deltagaransvarig_efter,
)

__all__ = ["andra_hamtningar", "aterkalla_uppdrag", "avsluta_uppdrag", "ge_flera_uppdrag", "ge_uppdrag", "utan_deltagaransvarig_efter"]
