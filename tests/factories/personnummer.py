"""Made-up personnummer."""

from datetime import date


def provpersonnummer(nr: int) -> str:
    """The nr:th made-up personnummer: birth numbers 980–999 and a right check digit. Even numbers are women."""
    fodelsenummer = 980 + nr % 20
    dag = date(1970, 1, 1).toordinal() + nr // 20
    siffror = f"{date.fromordinal(dag):%Y%m%d}{fodelsenummer}"
    summa = sum(sum(divmod(int(siffra) * (2 - plats % 2), 10)) for plats, siffra in enumerate(siffror[2:]))
    return f"{siffror}{-summa % 10}"
