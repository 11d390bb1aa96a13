"""What the deltaganden can be grouped by: each dimension once, as SQL over the columns of vagg.faktum."""

from deltagare.koder import Utbildning
from rapporter.urval import Aldersband, Tidsband

UTBILDNINGSGRUPP = (
    f"CASE WHEN utbildning = {Utbildning.GRUNDSKOLA.value} THEN 'grundskola'"
    f" WHEN utbildning = {Utbildning.GYMNASIUM.value} THEN 'gymnasium'"
    f" WHEN utbildning = {Utbildning.OKAND.value} THEN 'okand' ELSE 'eftergymnasial' END"
)
ALDERSBAND = "CASE " + " ".join(f"WHEN alder_vid_start <= {band.granser[1]} THEN '{band}'" for band in Aldersband) + " END"
TIDSGRUPP = (
    "CASE WHEN tid_forsorjning = 1 THEN '1' WHEN tid_forsorjning BETWEEN 2 AND 5 THEN '1-5' WHEN tid_forsorjning BETWEEN 6 AND 9 THEN '6-9'"
    " WHEN tid_forsorjning = 10 THEN '10-' ELSE 'ej' END"
)
TIDSBAND = (
    "CASE WHEN slutdatum IS NULL THEN NULL "
    + " ".join(f"WHEN slutdatum < startdatum + interval '{band.till} months' THEN '{band}'" for band in Tidsband if band.till)
    + f" ELSE '{Tidsband.FRAN_24}' END"
)
DIMENSIONER = {
    "lan": "lan_id",
    "samverkansorganisation": "samverkansorganisation_id",
    "insats": "insats_id",
    "kon": "kon",
    "avslutningsanledning": "avslutningsanledning",
    "utbildning": UTBILDNINGSGRUPP,
    "alder": ALDERSBAND,
    "tid_forsorjning": TIDSGRUPP,
    "kommun": "kommun_id",
    "stadsdel": "stadsdel_id",
    "in_manad": "to_char(startdatum, 'YYYY-MM')",
    "ut_manad": "to_char(slutdatum, 'YYYY-MM')",
    "tid": TIDSBAND,
}
