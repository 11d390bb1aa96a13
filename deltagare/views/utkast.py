"""Drafts on a form page: kept by a button or by static/sus/utkast.js, offered when the page is opened again, gone when it is saved."""

import uuid
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse, QueryDict

from deltagare import utkast
from deltagare.models import Utkast
from sus.core.formatering import datumtid
from sus.core.regelbrott import Regelbrott

# What the page sends beside the form's own fields, and måttillfälle: a draft is of what is new.
INTE_FALT = {
    *("csrfmiddlewaretoken", "nyckel", "avsandare", "version", "utkast", "bekraftade"),
    *("spara", "spara_utkast", "nasta", "hamta", "visa", "mattillfalle"),
}


class Utkastformular:
    """Mixin of a Formularvy about a deltagande, whose unfinished form is kept for a day.

    Its form says by `fokusera(falt)` where to go on, and the view by `knappar` that it has these buttons.
    """

    utkast_sida: Utkast.Sida
    fel_ur_utkast: tuple[str, ...] = ()  # fields whose errors are shown when the draft is taken up; the others are only not finished
    utkastknappar: ClassVar = {
        "spara_utkast": "spara_utkast",
        "fortsatt_utkast": "fortsatt_utkast",
        "ta_bort_utkast": "ta_bort_utkast",
    }
    utkastknapp = (("spara_utkast", "Spara utkast", "Sparar …"),)
    fortsatter: uuid.UUID | None = None  # the draft that is taken up in this answer
    ur_utkast: QueryDict | None = None  # and its fields, read as if they had been sent

    def utkastets_plats(self) -> dict[str, Any]:
        return {"insats": self.object.insats, "deltagande": self.object, "sida": self.utkast_sida, "by": self.request.user}

    def utkastets_innehall(self) -> tuple[dict[str, list[str]], bytes | None]:
        """The fields to keep, and the uppslag of the person that they tell of. Raises Regelbrott when nothing may be kept."""
        return {namn: varden for namn, varden in self.request.POST.lists() if namn not in INTE_FALT}, None

    def spara_utkast(self):
        """The button, and "auto" from the script."""
        automatiskt = self.request.POST["spara_utkast"] == "auto"
        try:
            falt, uppslag = self.utkastets_innehall()
            falt["version"] = [str(self.inskickad_version())]
            sparat = utkast.spara(
                **self.utkastets_plats(), falt=falt, uppslag=uppslag, fortsatter=self.utkast_pa_sidan(), nyckel=self.nyckel()
            )
        except Regelbrott as brott:
            return JsonResponse({"fel": brott.text}) if automatiskt else self.utkastet_nekas(brott)
        if automatiskt:
            return JsonResponse({"utkast": str(sparat.pk), "tid": klockslag(sparat)} if sparat else {"fel": ""})
        messages.success(self.request, "Utkastet är sparat. Det finns kvar i ett dygn, och bara du kommer åt det.")
        return HttpResponseRedirect(self.request.get_full_path())

    def utkastet_nekas(self, brott):
        form = self.get_form()
        form.full_clean()
        form.behall_fel()
        form.add_error(brott.falt if brott.falt in form.fields else None, brott.text)
        return self.render_to_response(self.get_context_data(form=form, varningar=[]))

    def fortsatt_utkast(self):
        """What the draft held stands in the fields again. The version is the draft's: has the row changed since, both texts are shown."""
        sparat = utkast.hamta(**self.utkastets_plats())
        if sparat is None:
            messages.info(self.request, "Utkastet finns inte längre.")
            return HttpResponseRedirect(self.request.get_full_path())
        falt = utkast.las(sparat)
        [version] = falt.pop("version")
        self.ur_utkast, self.fortsatter = QueryDict(mutable=True), sparat.pk
        for namn, varden in falt.items():
            self.ur_utkast.setlist(namn, varden)
        form = self.get_form()
        form.full_clean()
        aterstar = [namn for namn in form.fields if namn in form.errors]
        form.behall_fel(*(namn for namn in self.fel_ur_utkast if namn in falt))
        if aterstar and not form.errors:
            form.fokusera(aterstar[0])
        return self.render_to_response(self.get_context_data(form=form, varningar=[], version=version))

    def ta_bort_utkast(self):
        utkast.ta_bort(**self.utkastets_plats())
        messages.success(self.request, "Utkastet är borttaget.")
        return HttpResponseRedirect(self.request.get_full_path())

    def form_valid(self, form):
        svar = super().form_valid(form)
        if self.kvitto.lank:
            self.slang_utkastet(form)
        return svar

    def slang_utkastet(self, form=None):
        """Throw away the draft that the page goes on with, or that is about what has just been saved."""
        sparat = utkast.hamta(**self.utkastets_plats())
        if sparat and (sparat.pk == self.utkast_pa_sidan() or (form and self.handlar_om(sparat, form))):
            utkast.ta_bort(**self.utkastets_plats())

    def handlar_om(self, sparat, form) -> bool:
        return True

    def utkast_pa_sidan(self) -> uuid.UUID:
        """The draft that the page goes on with; the one that it began itself has the page's key as its id."""
        try:
            return self.fortsatter or uuid.UUID(self.request.POST.get("utkast", ""))
        except ValueError:
            return self.nyckel()

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs if self.ur_utkast is None else kwargs | {"data": self.ur_utkast}

    def get_context_data(self, **kwargs):
        sparat, pa_sidan = utkast.hamta(**self.utkastets_plats()), self.utkast_pa_sidan()
        fortsatter = sparat is not None and sparat.pk == pa_sidan
        context = {
            "fler_knappar": self.utkastknapp,
            "utkast": sparat.pk if fortsatter else "",
            "erbjud_utkast": None if fortsatter else sparat,
            "utkast_sparat": klockslag(sparat) if fortsatter else "",
        }
        return super().get_context_data(**context | kwargs)


def klockslag(sparat) -> str:
    return datumtid(sparat.sparat)[-5:]
