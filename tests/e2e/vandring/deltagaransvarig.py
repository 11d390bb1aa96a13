"""Deltagaransvarig: samtycke and 9448 in, 9449 out, anonyma, and those who leave SUS altogether."""

ALMA, HUGO, SELMA, KARIM = "196209019808", "197104039818", "197211239806", "197905169814"


def registers_the_first_participant(da):
    """All of 9448, and what it takes: every key but the letters of the answers is counted."""
    da.hand.tryck("Registrera deltagare")
    da.granska("v11-registrera-tom")
    gets_every_fault_back(da)
    fills_in_9448(da, ALMA, "Alma Testsson", "2011-02-01", with_pictures=True)
    da.har_kvittot("Deltagaren är registrerad.")
    da.granska("v11-registrerad")


def gets_every_fault_back(da):
    da.hand.fyll("Personnummer", "196209019809")
    da.hand.tryck("Spara")  # Enter here fetches
    da.granska_fel("v11-registrera-fel", "Samtycke (blankett 9443) måste finnas", "Personnumret är inte giltigt.", "Välj utbildningsnivå.")
    assert da.sida.input_value("#id_personnummer") == "196209019809"


def fills_in_9448(da, personnummer, namn, startdag, with_pictures=False):
    da.hand.kryssa("Deltagaren har skrivit under samtycket")
    da.hand.fyll("Datum för underskriften", "2011-01-15")
    da.hand.fyll("Personnummer", personnummer)
    da.hand.tryck("Hämta")
    assert namn in da.sida.inner_text("#hamtat")
    if with_pictures:
        da.granska("v11-registrera-hamtat")
    da.hand.fyll("Startdag", startdag)
    da.hand.valj("Utbildningsnivå", "Gymnasium")
    da.hand.valj("Hur länge har deltagaren", "Upp till 3 år")
    da.hand.kryssa("Sjukpenning")
    da.hand.svara("Är deltagaren inskriven", "Nej")
    da.hand.svara("Förvärvsarbetar", "Nej")
    da.hand.svara("Studerar", "Nej")
    if with_pictures:
        da.granska("v11-registrera-ifylld")
    da.hand.enter()


def registers_the_others(da):
    for personnummer, namn in ((HUGO, "Hugo Exempelgren"), (SELMA, "Selma Övningsdal"), (KARIM, "Karim Exempelgren")):
        da.hand.tryck("Registrera nästa deltagare")
        da.hand.antal = 0
        fills_in_9448(da, personnummer, namn, "2011-03-01")
        da.har_kvittot("Deltagaren är registrerad.")
        assert da.hand.antal <= 45, "så många tangenter ska en registrering inte behöva"


def finds_them_in_sok_deltagare(da):
    da.hand.tryck("Deltagande")
    da.hand.tryck("Sök deltagare")
    da.granska("v12-sok")
    rader = da.tabell("4 deltagare i Hjortmossen")
    assert [rad[1] for rad in rader] == ["Alma Testsson", "Hugo Exempelgren", "Selma Övningsdal", "Karim Exempelgren"]
    assert all("****" in rad[0] for rad in rader)


def registers_the_first_one_out(da):
    da.hand.tryck("Registrera ut Alma Testsson")
    da.granska("v13-ut-tom")
    da.hand.fyll("Avslutningsdatum", "2011-01-01")
    da.hand.enter()
    da.granska_fel("v13-ut-fel", "Avslutningsdatum måste vara samma dag som startdagen", "Välj avslutningsanledning.")
    da.hand.fyll("Avslutningsdatum", "2011-11-30")
    da.hand.valj("Avslutningsanledning", "Utskrivning – till arbete")
    answers_the_questions_of_9449(da)
    da.granska("v13-ut-ifylld")
    da.hand.tryck("Registrera ut")
    da.har_kvittot("Deltagaren är utregistrerad.")
    da.granska("v13-utregistrerad")


def answers_the_questions_of_9449(da):
    da.hand.kryssa("A-kassa")
    da.hand.svara("Är deltagaren inskriven", "Ja")
    da.hand.svara("Förvärvsarbetar", "Ja")
    da.hand.fyll("Omfattning av heltid", "50")
    da.hand.svara("Vilken typ av arbete", "Subventionerat arbete")
    da.hand.svara("Studerar", "Ja")
    da.hand.fyll("Omfattning av heltid", "25")


def takes_out_who_withdrew_and_who_was_a_mistake(da):
    borttaget = "Uppgifterna om deltagaren är borttagna ur SUS."
    registers_out_because_of(da, "Selma Övningsdal", "Medgivande återtaget")
    da.hand.tryck("Ta bort uppgifterna")
    da.har_kvittot(f"Samtycket är återtaget. {borttaget}")
    da.granska("v14-kvitto")
    registers_out_because_of(da, "Karim Exempelgren", "Felregistrering")
    da.hand.fyll("Skriv ”ta bort” för att bekräfta", "ta bort")
    da.hand.enter()
    da.har_kvittot(borttaget)
    assert [rad[1] for rad in da.tabell("2 deltagare i Hjortmossen")] == ["Alma Testsson", "Hugo Exempelgren"]


def registers_out_because_of(da, namn, anledning):
    da.oppna("/deltagande/sok/")
    da.hand.tryck(f"Registrera ut {namn}")
    da.hand.valj("Avslutningsanledning", anledning)
    da.hand.tryck("Registrera ut")
    da.granska(f"v14-{anledning[:4].lower()}")
    assert "tas bort ur SUS och kan inte återskapas" in da.sida.inner_text("main")


def registers_anonyma(da):
    da.hand.tryck("Registrera anonyma")
    da.granska("v15-anonyma-tom")
    da.hand.tryck("Lägg till")
    da.granska_fel("v15-anonyma-fel", "Välj inregistreringsår.")
    da.hand.valj("Inregistreringsår", "2011")
    da.hand.fyll("Antal kvinnor", "2")
    da.hand.fyll("Antal män", "1")
    da.hand.enter()
    assert da.tabell("Anonyma deltagare i insatsen") == [["2011", "2", "1", "3"]]
    da.granska("v15-anonyma-ifylld")
