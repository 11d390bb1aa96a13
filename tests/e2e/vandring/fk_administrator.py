"""FK administratör: an order on 9447 becomes a samverkansorganisation with its first administrator."""

FORBUND = "Trollhättan, Lilla Edet och Grästorp"


def creates_the_samverkansorganisation(fk):
    fk.hand.tryck("Skapa samverkansorganisation")
    fk.granska("v01-skapa-tom")
    gets_the_empty_form_back_with_every_fault(fk)
    fk.hand.fyll("Namn i SUS", FORBUND)
    fk.hand.fyll("Organisationsnummer", "222000-1230")
    fk.hand.svara("Samverkansform", "Finsam")
    fk.hand.fyll("Startdatum", "2011-01-01")
    fk.hand.fyll("Namn", "Ulf Wikström")
    fk.hand.fyll("Telefon", "0520-123 45")
    fk.hand.fyll("E-post", "ulf.wikstrom@example.com")
    finds_the_first_administrator(fk)
    fk.granska("v01-skapa-ifylld")
    fk.hand.tryck("Skapa samverkansorganisation")
    fk.har_kvittot("Samverkansorganisationen är skapad.")
    fk.granska("v01-skapad")
    return fk.sida.url


def gets_the_empty_form_back_with_every_fault(fk):
    fk.hand.fyll("Namn i SUS", "Finsam Trollhättan")
    fk.hand.enter()
    fk.granska_fel("v01-skapa-fel", "Skriv namnet utan samverkansform.", "Välj samverkansadministratör.")
    assert fk.sida.input_value("#id_namn") == "Finsam Trollhättan"


def finds_the_first_administrator(fk):
    fk.hand.fyll("Förnamn", "Birg*")
    fk.hand.tryck("Sök")
    assert fk.sida.input_value("#id_namn") == FORBUND
    fk.hand.svara("Samverkansadministratör", "Birgitta Lundqvist")
