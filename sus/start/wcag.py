"""The 55 criteria of WCAG 2.2 on levels A and AA: how SUS stands to each, and how that was found out."""

from datetime import date

from sus.start.kriterium import Kriterium, Lage

SENAST_PROVAT = date(2026, 11, 22)
JA, OPROVAT, GALLER_INTE = Lage.UPPFYLLT, Lage.INTE_PROVAT, Lage.INTE_TILLAMPLIGT
INGET_LJUD = "SUS har varken ljud eller film."
AXE = "tests/e2e/test_utseende.py::test_open_pages_have_no_accessibility_errors"
ALLA_SIDOR = "tests/svep/test_sidform.py::test_every_page_has_headings_landmarks_and_labels_as_it_should"
TITLAR = "tests/svep/test_sidform.py::test_no_two_pages_have_the_same_title_and_the_title_says_what_a_heading_says"
HJALPEN = "tests/svep/test_sidform.py::test_help_stands_in_the_same_place_on_every_page"
VANDRING = "tests/e2e/test_tangentbordsvandring.py::"
ANPASSNING = "tests/e2e/test_anpassning.py::"
ZOOM = ANPASSNING + "test_nothing_is_lost_at_400_per_cent_zoom_or_with_wider_spacing"
TVINGADE = ANPASSNING + "test_everything_is_seen_in_forced_colours"
KANTER = ANPASSNING + "test_edges_are_seen_targets_are_large_and_nothing_moves"
FEM_FLODEN = tuple(
    VANDRING + namn
    for namn in (
        "test_a_person_is_registered_in",
        "test_a_person_is_registered_out",
        "test_a_budget_is_entered",
        "test_a_behorighet_is_ordered",
        "test_a_report_is_made",
    )
)
SESSION = "tests/e2e/test_sessioner.py::"
FORMULAR = "tests/e2e/test_formularet.py::"

MOJLIG_ATT_UPPFATTA = [
    Kriterium(
        "1.1.1",
        "Icke-textuellt innehåll",
        "A",
        JA,
        "Diagram har en beskrivning i ord och en tabell med samma siffror. Ikoner är prydnad.",
        (AXE,),
    ),
    Kriterium("1.2.1", "Enbart ljud och enbart video (förinspelat)", "A", GALLER_INTE, INGET_LJUD),
    Kriterium("1.2.2", "Undertexter (förinspelat)", "A", GALLER_INTE, INGET_LJUD),
    Kriterium("1.2.3", "Syntolkning eller mediealternativ (förinspelat)", "A", GALLER_INTE, INGET_LJUD),
    Kriterium("1.2.4", "Undertexter (direktsändning)", "AA", GALLER_INTE, INGET_LJUD),
    Kriterium("1.2.5", "Syntolkning (förinspelat)", "AA", GALLER_INTE, INGET_LJUD),
    Kriterium(
        "1.3.1",
        "Information och relationer",
        "A",
        JA,
        "Varje sidas rubriker, landmärken, etiketter och tabellrubriker kontrolleras.",
        (AXE, ALLA_SIDOR),
    ),
    Kriterium(
        "1.3.2",
        "Meningsfull ordning",
        "A",
        OPROVAT,
        "Ordningen i koden är den på skärmen. Inte lyssnat igenom med skärmläsare.",
        FEM_FLODEN,
    ),
    Kriterium(
        "1.3.3", "Sensoriska kännetecken", "A", JA, "Anvisningar hänvisar till namn och rubriker, aldrig till form, plats eller färg."
    ),
    Kriterium(
        "1.3.4",
        "Visningsorientering",
        "AA",
        JA,
        "Sidorna fungerar på höjden och på bredden.",
        (ZOOM,),
    ),
    Kriterium(
        "1.3.5",
        "Identifiera inmatningens syfte",
        "AA",
        JA,
        "Fälten för användarens eget användarnamn, lösenord och engångskod är märkta. Övriga fält gäller andra personer.",
        ("tests/svep/test_sidform.py::test_fields_about_oneself_say_what_they_are_for",),
    ),
    Kriterium(
        "1.4.1",
        "Användning av färg",
        "A",
        JA,
        "Fel, varningar och diagram har ord eller kontur utöver färgen.",
        (TVINGADE,),
    ),
    Kriterium("1.4.2", "Ljudkontroll", "A", GALLER_INTE, INGET_LJUD),
    Kriterium(
        "1.4.3",
        "Kontrast (minimum)",
        "AA",
        JA,
        "All text mäts i ljust och mörkt läge. Text i diagram är granskad för hand.",
        (AXE, "tests/e2e/test_lagen.py::test_the_most_used_pages_in_the_dark"),
    ),
    Kriterium(
        "1.4.4",
        "Ändra textstorlek",
        "AA",
        JA,
        "Text kan förstoras till 400 procent.",
        (ZOOM,),
    ),
    Kriterium("1.4.5", "Bilder av text", "AA", JA, "Text är text, också i diagrammen."),
    Kriterium(
        "1.4.10",
        "Dynamisk anpassning",
        "AA",
        JA,
        "Ingen sida rullar i sidled vid 320 bildpunkter. Breda tabeller rullar i sin egen ram.",
        (ZOOM,),
    ),
    Kriterium(
        "1.4.11",
        "Kontrast för icke-textuellt innehåll",
        "AA",
        JA,
        "Kanter på fält och rutor mäts i ljust och mörkt läge.",
        (KANTER,),
    ),
    Kriterium(
        "1.4.12",
        "Textavstånd",
        "AA",
        JA,
        "Ingen text försvinner eller läggs över annan när avstånden ökas.",
        (ZOOM,),
    ),
    Kriterium("1.4.13", "Innehåll vid hovring eller fokus", "AA", JA, "Inget innehåll visas bara när pekaren eller fokus är på något."),
]

HANTERBAR = [
    Kriterium("2.1.1", "Tangentbord", "A", JA, "Fem huvudflöden går att göra med enbart tangentbord.", FEM_FLODEN),
    Kriterium("2.1.2", "Ingen tangentbordsfälla", "A", JA, "Tabb går runt varje sida och ut igen.", FEM_FLODEN),
    Kriterium("2.1.4", "Kortkommandon med enstaka tecken", "A", GALLER_INTE, "Alla kortkommandon har Ctrl eller en annan styrtangent."),
    Kriterium(
        "2.2.1",
        "Justerbar tidsgräns",
        "A",
        JA,
        "Två minuter innan du loggas ut kan du fortsätta med en enda tangent. Det du har skrivit finns kvar efter ny inloggning.",
        (
            SESSION + "test_two_minutes_before_the_end_the_page_warns_and_the_user_stays",
            SESSION + "test_when_the_login_has_ended_the_page_says_so_and_what_was_typed_is_saved_after_a_new_login",
        ),
    ),
    Kriterium(
        "2.2.2",
        "Paus, stopp, dölj",
        "A",
        GALLER_INTE,
        "Inget rör sig eller uppdateras av sig självt, utom nedräkningen före utloggning, som behövs.",
    ),
    Kriterium(
        "2.3.1",
        "Högst tre blinkningar",
        "A",
        JA,
        "Inget blinkar. Den som vill ha mindre rörelse får ingen alls.",
        (KANTER,),
    ),
    Kriterium(
        "2.4.1",
        "Hoppa över grupperat innehåll",
        "A",
        JA,
        "Första länken på varje sida leder till innehållet.",
        (ANPASSNING + "test_the_first_link_leads_past_the_menu",),
    ),
    Kriterium(
        "2.4.2", "Sidtitlar", "A", JA, "Varje sida har en egen titel som säger vad den gäller. Vid fel börjar den med Fel.", (TITLAR,)
    ),
    Kriterium("2.4.3", "Fokusordning", "A", JA, "Tabb följer ordningen på skärmen.", FEM_FLODEN),
    Kriterium(
        "2.4.4",
        "Syftet med en länk (i sammanhanget)",
        "A",
        JA,
        "Länkar i tabeller säger vilken rad de gäller, även för den som inte ser den.",
        (AXE,),
    ),
    Kriterium("2.4.5", "Olika sätt", "AA", JA, "Menyn, sökningen, startsidans listor och länkstigen leder till samma sidor."),
    Kriterium(
        "2.4.6",
        "Rubriker och etiketter",
        "AA",
        JA,
        "Rubriker och etiketter är lästa sida för sida, och stavningen kontrolleras.",
        (ALLA_SIDOR, "tests/test_stavning.py::test_every_word_that_is_read_is_spelt_right"),
    ),
    Kriterium(
        "2.4.7",
        "Synligt fokus",
        "AA",
        JA,
        "Allt som kan få fokus ser annorlunda ut när det har det, också i höga kontraster.",
        (*FEM_FLODEN, TVINGADE),
    ),
    Kriterium("2.4.11", "Fokus inte skymt (minimum)", "AA", JA, "Det som har fokus syns, också vid 400 procents förstoring.", FEM_FLODEN),
    Kriterium("2.5.1", "Pekargester", "A", GALLER_INTE, "Inget kräver gester med flera fingrar eller en viss bana."),
    Kriterium("2.5.2", "Pekarinmatning som kan avbrytas", "A", JA, "Inget sker när pekaren trycks ned, bara när den släpps."),
    Kriterium("2.5.3", "Etikett i namn", "A", JA, "Det som syns på knappar och fält ingår i deras namn.", (AXE,)),
    Kriterium("2.5.4", "Rörelsestyrning", "A", GALLER_INTE, "Inget styrs genom att enheten rörs."),
    Kriterium("2.5.7", "Dragrörelser", "AA", GALLER_INTE, "Inget behöver dras."),
    Kriterium(
        "2.5.8",
        "Målstorlek (minimum)",
        "AA",
        JA,
        "Det som går att trycka på är minst 24 bildpunkter eller har så mycket luft omkring sig.",
        (AXE, KANTER),
    ),
]

BEGRIPLIG = [
    Kriterium("3.1.1", "Sidans språk", "A", JA, "Varje sida säger att den är på svenska.", (ALLA_SIDOR,)),
    Kriterium("3.1.2", "Språk för delar", "AA", JA, "Information om samtycke på andra språk är märkt med språk och läsriktning."),
    Kriterium("3.2.1", "Vid fokus", "A", JA, "Inget händer av att något får fokus.", FEM_FLODEN),
    Kriterium(
        "3.2.2",
        "Vid inmatning",
        "A",
        JA,
        "Inget skickas förrän användaren väljer det. Följdfrågor visas efter den fråga de hör till.",
        FEM_FLODEN,
    ),
    Kriterium("3.2.3", "Konsekvent navigering", "AA", JA, "Menyn, länkstigen och sidfoten står på samma plats på alla sidor.", (HJALPEN,)),
    Kriterium(
        "3.2.4",
        "Konsekvent identifiering",
        "AA",
        JA,
        "Samma sak heter lika och ser lika ut överallt; sidorna byggs av gemensamma delar.",
        ("tests/test_mallar.py::test_pages_leave_the_markup_of_fields_to_the_form_templates",),
    ),
    Kriterium("3.2.6", "Konsekvent hjälp", "A", JA, "Hjälp och kontakt står först i sidfoten på alla sidor.", (HJALPEN,)),
    Kriterium(
        "3.3.1",
        "Identifiering av fel",
        "A",
        JA,
        "Felen står överst och vid fälten, med samma ord.",
        (VANDRING + "test_a_person_is_registered_in", FORMULAR + "test_focus_is_on_the_first_field_and_on_the_summary_after_errors"),
    ),
    Kriterium(
        "3.3.2", "Etiketter eller instruktioner", "A", JA, "Varje fält har en etikett, och format som krävs står vid fältet.", (ALLA_SIDOR,)
    ),
    Kriterium("3.3.3", "Förslag vid fel", "AA", JA, "Felmeddelanden säger vad som är fel och hur det rättas. De är lästa ett för ett."),
    Kriterium(
        "3.3.4",
        "Förebygga fel",
        "AA",
        JA,
        "Det som inte går att ångra bekräftas först. Ändringar med två versioner ställs mot varandra.",
        (
            "tests/e2e/test_borttagning.py::test_a_felregistrering_is_confirmed_with_words",
            "tests/e2e/test_organisations.py::test_two_who_change_the_budget_lose_nothing",
        ),
    ),
    Kriterium(
        "3.3.7",
        "Redundant inmatning",
        "A",
        JA,
        "Det som redan är registrerat hämtas. Vid fel och avbrott finns det skrivna kvar.",
        ("tests/e2e/test_utkast.py::test_a_draft_is_kept_while_one_writes_and_taken_up_the_next_time",),
    ),
    Kriterium(
        "3.3.8",
        "Tillgänglig autentisering (minimum)",
        "AA",
        JA,
        "Inloggning kräver inget minnesprov: e-legitimation, säkerhetsnyckel eller lösenord som kan klistras in.",
        (SESSION + "test_a_security_key_is_added_and_logs_in",),
    ),
]

ROBUST = [
    Kriterium(
        "4.1.2", "Namn, roll, värde", "A", OPROVAT, "Vanliga HTML-element med namn. Inte lyssnat igenom med skärmläsare.", (AXE, ALLA_SIDOR)
    ),
    Kriterium(
        "4.1.3",
        "Statusmeddelanden",
        "AA",
        OPROVAT,
        "Kvitton, fel och nedräkning är märkta så att de läses upp. Inte lyssnat igenom med skärmläsare.",
        (AXE,),
    ),
]

PRINCIPER = {
    "Möjlig att uppfatta": MOJLIG_ATT_UPPFATTA,
    "Hanterbar": HANTERBAR,
    "Begriplig": BEGRIPLIG,
    "Robust": ROBUST,
}
KRITERIER = [ett for kriterier in PRINCIPER.values() for ett in kriterier]
