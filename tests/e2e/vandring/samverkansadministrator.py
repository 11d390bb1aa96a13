"""Samverkansadministratör: who takes part, where, with which money, and who runs the insatser."""

FINANSIERING = {
    "Försäkringskassan": "5 000 000",
    "Västra Götalandsregionen": "2 500 000",
    "Grästorps kommun": "200 000",
    "Lilla Edets kommun": "400 000",
    "Trollhättans kommun": "1 900 000",
    "Samordningsförbundet Trollhättan, Lilla Edet och Grästorp": "1 000 000",
}
DELTAR = ["Försäkringskassan", "Arbetsförmedlingen", *list(FINANSIERING)[1:]]


def completes_the_address_and_contact(sa):
    sa.hand.tryck("Ändra uppgifter")
    sa.granska("v02-uppgifter-tom")
    sa.hand.fyll("Beskrivning", "Samordnad rehabilitering i tre kommuner.")
    sa.hand.valj("Län", "Västra Götalands län")
    sa.hand.fyll("Gatuadress", "Provgatan 1")
    sa.hand.fyll("Postnummer", "46 1")
    sa.hand.fyll("Postort", "Trollhättan")
    sa.hand.enter()
    sa.granska_fel("v02-uppgifter-fel", "Skriv postnumret med fem siffror.")
    assert sa.sida.input_value("#id_gatuadress") == "Provgatan 1"
    sa.hand.fyll("Postnummer", "461 30")
    sa.hand.fyll("Namn", "Birgitta Lundqvist")
    sa.hand.fyll("Titel", "Förbundschef")
    sa.hand.fyll("Telefon", "0520-543 21")
    sa.hand.fyll("E-post", "birgitta.lundqvist@example.com")
    sa.granska("v02-uppgifter-ifylld")
    sa.hand.tryck("Spara")
    sa.har_kvittot("Uppgifterna har sparats.")


def chooses_the_kommuner(sa):
    sa.hand.tryck("Ändra kommuner och stadsdelar")
    sa.granska("v03-omrade-tomt")
    sa.hand.tryck("Spara")
    sa.granska_fel("v03-omrade-fel", "Välj minst en kommun eller stadsdel.")
    for sokord, kommun in (("Troll*", "Trollhättan"), ("Lilla*", "Lilla Edet"), ("Gräs*", "Grästorp")):
        sa.hand.fyll("Kommunnamn", sokord)
        sa.hand.enter()  # in the search field Enter means Sök
        sa.hand.kryssa(kommun)
        sa.hand.tryck("Lägg till valda")
    sa.granska("v03-omrade-ifyllt")
    sa.hand.tryck("Spara")
    sa.har_kvittot("Uppgifterna har sparats.")


def says_who_takes_part_and_how(sa):
    sa.hand.tryck("Ändra ingående organisationer")
    sa.granska("v04-parter-forslag")
    sa.hand.kryssa("Trollhättans kommun, konsument")
    sa.hand.tryck("Spara")
    sa.granska_fel("v04-parter-fel", "Bara samordningsförbundet kan vara konsument i Finsam.")
    sa.hand.kryssa("Trollhättans kommun, konsument")
    sa.granska("v04-parter-ifyllda")
    sa.hand.tryck("Spara")
    sa.har_kvittot("Uppgifterna har sparats.")
    then_the_role_matrix_is_shown(sa)


def then_the_role_matrix_is_shown(sa):
    medlem_finansiar = ["Ja", "Ja", ""]
    roller = dict.fromkeys(DELTAR, medlem_finansiar) | {DELTAR[1]: ["Ja", "", ""], DELTAR[-1]: ["", "Ja", "Ja"]}
    assert {namn: svar for namn, *svar in sa.tabell("Ingående organisationer")} == roller


def enters_the_money_of_the_year(sa, forbundet):
    sa.oppna(f"{forbundet}budget/?ar=2011")
    sa.granska("v05-budget-tom")
    for finansiar, belopp in FINANSIERING.items():
        sa.hand.fyll(f"Finansiering 2011, {finansiar}", belopp)
    sa.hand.tryck("Lägg till kostnadstyp")
    sa.hand.tryck("Spara")
    sa.granska_fel("v05-budget-fel", "Välj kostnadstyp eller ta bort raden.")
    sa.hand.valj("Kostnadstyp", "Personal")
    sa.hand.fyll("Budget 2011, ny kostnadstyp", "1 200 000")
    sa.hand.fyll("Utfall 2011, ny kostnadstyp", "1 150 000")
    sa.granska("v05-budget-ifylld")
    sa.hand.tryck("Spara")
    sa.har_kvittot("Budgeten har sparats.")
    assert sa.tabell("Medelstillgångar", "tfoot")[0][:2] == ["Totalt", "11 000 000"]
    sa.granska("v05-budget-sparad")


def appoints_the_insatsansvarig(sa, forbundet):
    sa.oppna(f"{forbundet}uppdrag/")
    sa.hand.tryck("Ge uppdrag som insatsansvarig")
    sa.granska("v06-uppdrag-tomt")
    sa.hand.fyll("Förnamn", "And*")
    sa.hand.enter()
    sa.hand.tryck("Ge uppdrag")
    sa.granska_fel("v06-uppdrag-fel", "Kryssa för minst en användare.")
    sa.hand.kryssa("Anders Norén")
    sa.hand.tryck("Ge uppdrag")
    sa.har_kvittot("Uppdraget har getts.")
    sa.granska("v06-uppdrag-givet")
