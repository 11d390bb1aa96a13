"""Where the breadcrumbs of every page begin."""

STARTSIDA = ("Startsida", "/")
