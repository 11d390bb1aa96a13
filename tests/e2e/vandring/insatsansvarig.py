"""Insatsansvarig: an insats where people are registered, and a volyminsats where only a number is."""


def registers_the_insats(ia):
    ia.hand.tryck("Registrera ny insats")
    ia.granska("v07-insats-tom")
    ia.hand.fyll("Insatsnamn", "Hjortmossen")
    ia.hand.enter()
    ia.granska_fel("v07-insats-fel", "Ange minst en målgrupp.")
    assert ia.sida.input_value("#id_namn") == "Hjortmossen"
    ia.hand.fyll("Startdatum", "2011-01-01")
    categorises_it(ia)
    ia.granska("v07-insats-ifylld")
    ia.hand.tryck("Spara")
    ia.har_kvittot("Insatsen är registrerad.")
    ia.granska("v07-insats")
    return ia.sida.url


def categorises_it(ia):
    ia.hand.svara("Inriktning", "Individinriktad")
    ia.hand.svara("Preciserad inriktning", "Förberedande")
    ia.hand.svara("Deltagarregistrering", "Med personuppgifter")
    ia.hand.kryssa("Unga", "Långtidsarbetslösa")


def enters_the_budget_and_planerat_antal(ia, insats):
    ia.oppna(f"{insats}budget/?ar=2011")
    ia.granska("v08-insatsbudget-tom")
    ia.hand.fyll("Planerat antal", "40")
    ia.hand.valj("Budgettyp, rad 1", "Insatskostnad")
    ia.hand.tryck("Spara")
    ia.granska_fel("v08-insatsbudget-fel", "Fyll i budget.")
    ia.hand.fyll("Budget, rad 1", "3 000 000")
    ia.hand.fyll("Utfall, rad 1", "2 800 000")
    ia.granska("v08-insatsbudget-ifylld")
    ia.hand.tryck("Spara")
    ia.har_kvittot("Uppgifterna har sparats.")


def appoints_the_deltagaransvarig(ia, insats):
    ia.oppna(f"{insats}deltagaransvariga/")
    ia.granska("v09-deltagaransvariga-tom")
    ia.hand.fyll("Förnamn", "Kar*")
    ia.hand.enter()
    ia.hand.tryck("Ge uppdrag")
    ia.granska_fel("v09-deltagaransvariga-fel", "Kryssa för minst en användare.")
    ia.hand.kryssa("Karin Berg")
    ia.hand.tryck("Ge uppdrag")
    ia.har_kvittot("Uppdraget har getts.")
    ia.granska("v09-deltagaransvariga-givet")


def counts_heads_in_a_volyminsats(ia):
    ia.oppna("/insats/ny/")
    ia.hand.fyll("Insatsnamn", "Information")
    ia.hand.fyll("Startdatum", "2011-01-01")
    ia.hand.svara("Inriktning", "Strukturövergripande")
    ia.hand.svara("Preciserad inriktning", "Dialog & kommunikation")
    ia.hand.svara("Deltagarregistrering", "Endast antal")
    ia.hand.svara("Vad som räknas", "Personer")
    ia.hand.kryssa("Myndighetspersonal")
    ia.hand.tryck("Spara")
    ia.hand.tryck("Volym")
    ia.granska("v10-volym-tom")
    ia.hand.valj("Inregistreringsår", "2011")
    ia.hand.fyll("Ange antal", "0")
    ia.hand.enter()
    ia.granska_fel("v10-volym-fel", "Ange ett tal mellan 1 och")
    ia.hand.fyll("Ange antal", "25")
    ia.hand.enter()
    assert ia.tabell("Summa antal deltagare i insatsen") == [["2011", "25"]]
    ia.granska("v10-volym-ifylld")
