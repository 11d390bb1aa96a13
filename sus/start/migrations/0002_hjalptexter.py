"""The help that comes with SUS, so that the page is never empty. Försäkringskassan goes on from here."""

from datetime import date

from django.db import migrations

DAG = date(2009, 1, 1)
DA, IA, SA = "deltagaransvarig", "insatsansvarig", "samverkansadministrator"
I_GANG = [
    (
        "Vem som gör vad, och i vilken ordning",
        """1. **Försäkringskassan** skapar samverkansorganisationen och utser dess första samverkansadministratör.
2. **Samverkansadministratören** fyller i adress, område och ingående organisationer, registrerar finansiering och administrativa kostnader för varje år och utser insatsansvariga.
3. **Insatsansvarig** registrerar insatsen, kategoriserar den, anger budget och planerat antal för varje år och utser deltagaransvariga.
4. **Deltagaransvarig** registrerar deltagare in när de börjar och ut när de slutar, och anger hur många som är anonyma.
5. **Alla** kan ta fram rapporter. De visar aldrig vem en deltagare är.""",
    ),
    (
        "Behörighet och uppdrag",
        """Du behöver två saker för att registrera:

- en **behörighet**, som säger vilken roll du har. Din arbetsgivares beställare beställer den, och den gäller i högst två år
- ett **uppdrag**, som säger i vilken samverkansorganisation eller insats du har rollen

Utan uppdrag kan du läsa och ta fram rapporter, men inte registrera något.""",
    ),
]
FRAGOR = [
    (
        "Deltagaren vill inte skriva under samtycket. Vad gör jag?",
        "Registrera deltagaren som anonym. Då sparas bara ett antal för året, uppdelat på kvinnor och män, och inga personuppgifter. Gör likadant när deltagaren har skyddade personuppgifter.",
        [DA],
    ),
    (
        "Jag har registrerat fel person eller fel insats. Hur tar jag bort det?",
        "Välj **Ta bort en felregistrering** på deltagarens sida, eller registrera ut med avslutningsanledningen Felregistrering. Då tas registreringen bort. Den kan inte återskapas.",
        [DA],
    ),
    (
        "Deltagaren tar tillbaka sitt samtycke. Vad händer med uppgifterna?",
        "Välj **Deltagaren återtar samtycket** på deltagarens sida, eller registrera ut med avslutningsanledningen Medgivande återtaget. Uppgifterna om deltagaren i insatsen tas bort. Kvar blir bara ett antal för året, så att statistiken stämmer.",
        [DA],
    ),
    (
        "Jag skrev fel i en registrering. Kan jag ändra?",
        "Ja. Sök fram deltagaren, öppna registreringen och välj **Rätta**. Det syns efteråt vad som är rättat, när och av vem.",
        [DA],
    ),
    (
        "Deltagaren slutade, men kommer tillbaka. Vad gör jag?",
        "Registrera in deltagaren på nytt med ett nytt samtycke. Det nya deltagandet får en egen startdag, och det gamla ligger kvar som det var.",
        [DA],
    ),
    (
        "Insatsen fortsätter nästa år. Ska jag registrera en ny?",
        "Nej. Låt insatsen vara kvar och registrera budget och planerat antal för det nya året.",
        [IA],
    ),
    (
        "Insatsen är både för enskilda personer och för en hel verksamhet. Hur kategoriserar jag den?",
        "Registrera två insatser med olika namn, en för varje inriktning. Kryssa för att verksamheten har båda slagen av innehåll när du registrerar den första, så får du fylla i den andra direkt efter.",
        [IA],
    ),
    (
        "Utfallet är inte klart. Vad skriver jag?",
        "Lämna fältet tomt tills du vet. Tomt betyder att utfallet är okänt. Noll betyder att ingenting har kostat något, och då blir summorna fel.",
        [IA, SA],
    ),
    (
        "Varför kan samma person inte vara samverkansadministratör och deltagaransvarig?",
        "Den som följer upp förbundets pengar ska inte också se uppgifter om deltagarna. Därför kan rollerna inte förenas, inte heller i två olika förbund. Den som är anställd av ett samordningsförbund eller är beställare kan inte vara deltagaransvarig.",
        [SA, "bestallare", "utfardare"],
    ),
    (
        "Varför står det 0–4 eller ett streck i rapporten?",
        "Små antal visas inte för den som saknar uppdrag i insatsen, så att ingen deltagare kan kännas igen.",
        [],
    ),
    (
        "Någon annan ändrade samtidigt som jag. Är mina uppgifter borta?",
        "Nej. SUS visar båda texterna bredvid varandra med din kvar i fälten, och du väljer vad som ska sparas.",
        [],
    ),
    (
        "Min behörighet har gått ut. Vad gör jag?",
        "En behörighet gäller i högst två år. Beställ en ny åt dig själv, så signerar din organisations beställare, eller be beställaren att beställa den. Dina uppdrag ligger kvar och gäller igen när du har fått en ny behörighet.",
        [],
    ),
]
KONTAKTER = [
    (
        "Kundcenter för partner",
        "Du som arbetar i en kommun, en region, på Arbetsförmedlingen eller i ett samordningsförbund vänder dig till Försäkringskassans Kundcenter för partner.",
        ["kommun", "region", "samordningsforbund", "af"],
    ),
    (
        "Arbetsförmedlingens egen support",
        "Du som arbetar på Arbetsförmedlingen kan också vända dig till Arbetsförmedlingens Helpdesk och söka på intranätet Vis.",
        ["af"],
    ),
    (
        "Helpdesk på Försäkringskassan",
        "Du som arbetar på Försäkringskassan vänder dig till Helpdesk när något inte fungerar, och till Försäkringsprocesser när du undrar över vad som ska registreras.",
        ["fk"],
    ),
    (
        "Det här behöver supporten veta",
        """- Vilken sida det gäller.
- Vad du gjorde och vad som hände.
- Referensen, om det står en på sidan.

Skriv aldrig ett personnummer i ett mejl.""",
        [],
    ),
]


def las_in(apps, schema_editor):
    for slag, texter in (("i_gang", I_GANG), ("fraga", FRAGOR), ("kontakt", KONTAKTER)):
        for plats, (rubrik, text, *for_vem) in enumerate(texter, start=1):
            riktat = {"arbetsgivartyper" if slag == "kontakt" else "roller": for_vem[0]} if for_vem else {}
            innehall = {"rubrik": rubrik, "text": text, "ordning": 10 * plats, "dag": DAG, "publicerad": True} | riktat
            hjalptext = apps.get_model("start", "Hjalptext").objects.create(slag=slag, **innehall)
            apps.get_model("start", "Hjalptextutgava").objects.create(hjalptext=hjalptext, nummer=1, **innehall)


class Migration(migrations.Migration):
    dependencies = [("start", "0001_initial")]
    operations = [migrations.RunPython(las_in, migrations.RunPython.noop)]
