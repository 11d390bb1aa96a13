"""The demo: its users, what `demodata` makes for them to work with, and the walks that the page Prova SUS proposes. All made up."""
