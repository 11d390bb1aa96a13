"""Which parties must take part by law, and which of them are missing (docs/regler.md 2)."""

from collections.abc import Iterable

from organisations.models import IngaendeOrganisation, Organisation, Samverkansorganisation

GOTLAND = "09"  # län whose region also has the tasks of a kommun, and stands in the register once
TYP = Organisation.Typ
I_ORD = {TYP.FK: "Försäkringskassan", TYP.AF: "Arbetsförmedlingen", TYP.REGION: "minst en region", TYP.KOMMUN: "minst en kommun"}
KRAVS: dict[str, tuple[Organisation.Typ, ...]] = {
    Samverkansorganisation.Form.FINSAM: (TYP.FK, TYP.AF, TYP.REGION, TYP.KOMMUN),
    Samverkansorganisation.Form.TVAPARTS: (TYP.FK, TYP.REGION),
}


def saknade_parter(samverkansorganisation: Samverkansorganisation, parter: Iterable[IngaendeOrganisation]) -> list[str]:
    """Those missing among the members, in words. `parter` with their organisation."""
    medlemmar = [part.organisation for part in parter if part.medlem]
    typer = {medlem.typ for medlem in medlemmar}
    if any(medlem.typ == TYP.REGION and medlem.lan_id == GOTLAND for medlem in medlemmar):
        typer.add(TYP.KOMMUN)
    return [I_ORD[typ] for typ in KRAVS[samverkansorganisation.samverkansform] if typ not in typer]
