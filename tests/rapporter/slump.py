"""A made-up country for the oracle: random deltaganden in three insatser of two samverkansorganisationer in two län."""

import random
from datetime import date, timedelta

from deltagare.models import Deltagande, Mattillfalle, Person
from insatser.models import Inriktning, PreciseradInriktning
from organisations.models import Stadsdel
from tests.factories import InsatsFactory, PersonFactory, SamverkansorganisationFactory
from tests.rapporter.oracle import Lage, Post

BORJAN = date(2018, 1, 1)
KANTER = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]  # of the period
KOMMUNER = ("1488", "1462", "0180")
STADSDELAR = ("", "Bromma", "Skarpnäck")  # of those who live in 0180
SLAG = (  # of the three insatser
    {},
    {"preciserad_inriktning": PreciseradInriktning.REHABILITERING, "malgrupper": ["unga", "langtidssjukskrivna"]},
    {
        "inriktning": Inriktning.STRUKTUROVERGRIPANDE,
        "preciserad_inriktning": PreciseradInriktning.UTBILDNING,
        "malgrupper": ["myndighetspersonal"],
    },
)


def lagg_upp(fro, antal=240):
    """The rows in the database, and the same as posts for the oracle."""
    slump = random.Random(fro)
    organisationer = [SamverkansorganisationFactory(lan_id="14"), SamverkansorganisationFactory(lan_id="12", samverkansform="tvaparts")]
    insatser = [InsatsFactory(samverkansorganisation=organisationer[nr // 2], startdatum=BORJAN, **slag) for nr, slag in enumerate(SLAG)]
    personer = Person.objects.bulk_create(PersonFactory.build_batch(antal * 2 // 3))
    tagna, poster = set(), []
    while len(poster) < antal:
        post = _post(slump, slump.choice(insatser), slump.randrange(len(personer)))
        if (post.insats, post.person) not in tagna:
            tagna.add((post.insats, post.person))
            poster.append(post)
    spara(poster, personer)
    _bosatt(random.Random(f"stadsdelar {fro}"), [post for post in poster if post.kommun == "0180"])
    return poster, insatser


def _bosatt(slump, poster):
    """A stadsdel to most of those who live where there are such."""
    for post in poster:
        post.stadsdel = slump.choice(STADSDELAR)
    for namn in filter(None, STADSDELAR):
        i_stadsdelen = [post.deltagande for post in poster if post.stadsdel == namn]
        Deltagande.objects.filter(pk__in=i_stadsdelen).update(stadsdel=Stadsdel.objects.get(kommun="0180", namn=namn))


def spara(poster, personer):
    """The posts as rows, of the persons whose place they hold."""
    deltaganden = Deltagande.objects.bulk_create(_deltagande(post, personer) for post in poster)
    for post, deltagande in zip(poster, deltaganden, strict=True):
        post.deltagande = deltagande.pk
    Mattillfalle.objects.bulk_create(
        _mattillfalle(deltagande, typ, lage)
        for deltagande, post in zip(deltaganden, poster, strict=True)
        for typ, lage in (("in", post.fore), ("ut", post.efter))
        if lage
    )


def _post(slump, insats, person):
    start = slump.choice(KANTER) if slump.random() < 0.1 else BORJAN + timedelta(days=slump.randrange(1200))
    # Ends at the edges of the bands too: the same day of a later month.
    dagar = slump.choice([None, slump.randrange(900), slump.choice([0, 90, 91, 92, 181, 182, 184, 365, 366, 548, 730, 731])])
    slut = None if dagar is None else start + timedelta(days=dagar)
    if slut and slump.random() < 0.1:
        slut = max(start, slump.choice(KANTER))
    anledning = slump.choice([1, 1, 2, 3, 4, 5, 7, 9]) if slut else None
    return Post(
        insats=insats.pk,
        organisation=insats.samverkansorganisation_id,
        lan=insats.samverkansorganisation.lan_id,
        person=person,
        kommun=slump.choice(KOMMUNER),
        start=start,
        slut=slut,
        anledning=anledning,
        kon=slump.choice(["kvinna", "man"]),
        alder=slump.choice([16, 25, 26, 29, 30, 45, 46, 64]),
        utbildning=slump.randint(1, 7),
        tid=slump.randint(1, 11),
        fore=_lage(slump),
        efter=_lage(slump) if slut and anledning != 7 else None,
    )


def _lage(slump):
    arbete = slump.choice([None, None, None, None, 10, 25, 50, 100])
    return Lage(
        forsorjning=slump.choice([{8}, {slump.randrange(8)}, set(slump.sample(range(8), 2))]),
        soker=slump.random() < 0.4,
        arbete=arbete,
        arbetstyp=slump.randint(1, 3) if arbete else None,
        studier=slump.choice([None, None, None, 20, 50, 100]),
    )


def _deltagande(post, personer):
    return Deltagande(
        insats_id=post.insats,
        person=personer[post.person],
        kommun_id=post.kommun,
        startdatum=post.start,
        slutdatum=post.slut,
        avslutningsanledning=post.anledning,
        kon={"kvinna": 1, "man": 2}[post.kon],
        alder_vid_start=post.alder,
        utbildning=post.utbildning,
        tid_forsorjning=post.tid,
    )


def _mattillfalle(deltagande, typ, lage):
    return Mattillfalle(
        deltagande=deltagande,
        insats=deltagande.insats,
        typ=typ,
        forsorjning=sum(2**nr for nr in lage.forsorjning),
        arbetssokande=lage.soker,
        arbete_procent=lage.arbete,
        arbetstyp=lage.arbetstyp,
        studier_procent=lage.studier,
    )
