"""The list of reports, and one view for every report and format."""

from django.http import Http404, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from behorigheter.bekrafta import begar_bekraftelse, nyligen_bekraftad
from behorigheter.mixins import RattighetMixin
from behorigheter.roller import Rattighet
from rapporter.nivabyte import Nivabyte, nivabyte
from rapporter.rapport import skapa_rapport
from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from rapporter.renderare.to_html import to_html
from rapporter.renderare.to_pdf import ForLang
from rapporter.skydd import SKYDDAD, handlar_om_egenskaper
from sus.core.regelbrott import Regelbrott
from sus.core.smulor import STARTSIDA


class RapportList(RattighetMixin, TemplateView):
    rattighet = Rattighet.RAPPORT_SE
    template_name = "rapporter/rapport_list.html"

    def get_context_data(self, **kwargs):
        rapporter = [definition for definition in RAPPORTER.values() if definition.ar_oppen_for(self.request.user)]
        return super().get_context_data(rapporter=rapporter, smulor=[STARTSIDA, ("Rapporter", None)], **kwargs)


class RapportView(RattighetMixin, TemplateView):
    """The query string is the selection: empty shows the form with a suggestion, else the report in the format asked for. With `osand`
    it is what is chosen so far in the form, which then comes back with the lists that follow from it.
    """

    rattighet = Rattighet.RAPPORT_SE
    template_name = "rapporter/rapport.html"

    @cached_property
    def definition(self):
        return RAPPORTER.get(self.kwargs["nyckel"])

    def ar_oppen(self):
        return super().ar_oppen() and (self.definition is None or self.definition.ar_oppen_for(self.request.user))

    def get(self, request, *args, **kwargs):
        if self.definition is None:
            raise Http404
        if self._filformat() in FORMAT and not nyligen_bekraftad(request):
            return begar_bekraftelse(request)
        form_class = self.definition.form_class
        if "osand" in request.GET:
            return self._urvalssida(form_class(anvandare=request.user, initial=form_class.ifyllt(request.GET)))
        if not self._fragar():
            form = form_class(anvandare=request.user, initial=form_class.forslag(request.user))
            return self._urvalssida(form, utan_urval=bool(self._filformat()))
        form = form_class(request.GET, anvandare=request.user)
        if not form.is_valid():
            return self._urvalssida(form)
        try:
            return self._svar(form)
        except Regelbrott as brott:
            form.visa_brott(brott)
            return self._urvalssida(form, excel=form.adress() if isinstance(brott, ForLang) else "")

    def _svar(self, form):
        onskat = self._filformat()
        if onskat and onskat not in FORMAT:
            raise Regelbrott(f"Formatet finns inte. Välj {', '.join(FORMAT)} eller html.")
        rapport = skapa_rapport(definition=self.definition, form=form, by=self.request.user, filformat=onskat)
        if not onskat:
            sida = {**to_html(rapport, form.adress()), **_lankar(form), "nivabyte": _nivabyte(form, rapport)}
            return self.render_to_response(self.get_context_data(form=form, **sida))
        if onskat == "svg" and "diagram" in self.request.GET:
            rapport = rapport.med_diagram(self.request.GET["diagram"])
        format_ = FORMAT[onskat]
        svar = HttpResponse(format_.rendera(rapport), content_type=format_.innehallstyp)
        visas = format_.visas_i_lasaren or "visa" in self.request.GET
        svar["Content-Disposition"] = f'{"inline" if visas else "attachment"}; filename="{rapport.filnamn}.{format_.andelse}"'
        return svar

    def _fragar(self) -> bool:
        return any(namn in self.definition.form_class.base_fields or namn == "ar" for namn in self.request.GET)

    def _filformat(self) -> str:
        """The format of the file that is asked for, empty for a page."""
        format_ = self.request.GET.get("format", "")
        return "" if format_ == "html" else format_

    def _urvalssida(self, form, **innehall):
        """The form without a report. A program that asked for a file must not take it for one."""
        return self.render_to_response(self.get_context_data(form=form, **innehall), status=400 if self._filformat() else 200)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("smulor", [STARTSIDA, ("Rapporter", ".."), (self.definition.meny, None)])
        return super().get_context_data(definition=self.definition, **kwargs)


def _nivabyte(form, rapport) -> Nivabyte:
    return nivabyte(form, om_egenskaper=any(map(handlar_om_egenskaper, rapport.tabeller)))


def _lankar(form) -> dict[str, str]:
    """Query strings of the same report: in other formats, protected, and for the periods beside it."""
    skyddad = QueryDict(form.adress(), mutable=True)
    skyddad["skydd"] = SKYDDAD
    return {"adress": form.adress(), "skyddad": skyddad.urlencode(), "fore": form.flyttad(-1), "efter": form.flyttad(1)}
