"""What each filter of a selection does, as the page explains it, and what the columns of whole years hold."""

PLANERAT_ANTAL = "det antal deltagare som insatsen har planerat för budgetåret."
UTAN_PERSONUPPGIFTER = (
    ("Anonyma", "deltagare utan personuppgifter, räknade per år. De ingår inte i Antal."),
    (
        "Återtagna samtycken",
        "deltagare som har tagit tillbaka samtycket, så att uppgifterna om dem är borttagna. De räknas per år och ingår inte i Antal.",
    ),
)
ANTAL_VOLYM = "personer eller tillfällen som har räknats i volyminsatser, per år. De ingår inte i Antal."
ESF = "Kostnader som betalas av ESF har egna kolumner."

FILTER = {
    "lan": "För nivån Län. Sätet avgör länet.",
    "organisation": "För nivån Samverkansorganisation eller Insats.",
    "insats": "För nivån Insats.",
    "samverkansform": "Finsam är förbund. Tvåpartsfinsam är Försäkringskassan och en region.",
    "inriktning": "Bara insatser med den inriktningen.",
    "preciserad_inriktning": "Bara insatser med den preciserade inriktningen.",
    "malgrupp": "Bara insatser för målgruppen. En insats kan ha flera.",
    "skydd": "Skyddade tal får delas ut till andra. Exakta tal är arbetsmaterial.",
    "kommun": "Bara deltagare som bodde i kommunen när de började.",
    "kon": "Bara kvinnor eller bara män.",
    "alder": "Bara deltagare i den åldern när de började.",
    "utbildning": "Bara deltagare med den utbildningen när de började.",
    "tid_forsorjning": "Bara de som hade haft försörjning så länge när de började.",
    "forsorjning_fore": "Bara deltagare som hade försörjningen när de började, ensam eller med andra.",
    "avslutningsanledning": "Bara deltagare som har slutat av den anledningen.",
    "status": "Bara de som är kvar, eller bara de som har slutat.",
    "mattillfalle": "Svar från början av insatsen, från slutet eller båda.",
    "kolumner": "Kryssa för de kolumner du vill ha. Utan kryss visas de vanliga.",
    "rapportniva": "Detaljerad visar varje insats.",
    "jamfor": "Visar andelar för en större del av landet bredvid.",
}
