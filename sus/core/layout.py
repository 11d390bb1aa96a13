"""What a form's layout is built of beside crispy's own parts. How it looks lies in templates/fkui/layout/."""

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, flatatt, render_field
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString


class Avsnitt(LayoutObject):
    """Fieldset with an h2 in its legend. The heading is plain text, unlike crispy's Fieldset, which runs it as a template.

    `css_id` is the address of the section in the page's own list of contents.
    """

    template = "fkui/layout/fieldset.html"

    def __init__(self, rubrik, *fields, css_id=None, css_class=None, **attrs):
        self.rubrik = rubrik
        self.fields = list(fields)
        self.css_id = css_id
        self.css_class = css_class
        self.flat_attrs = flatatt(attrs)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"fieldset": self, "legend": self.rubrik, "fields": fields})


class Fraga(LayoutObject):
    """A Ja/Nej question on one line. The fields after the first are its follow-up and show when Ja is chosen.

    The style sheet does the hiding, so without support for :has() the follow-up simply stands there. A follow-up is required
    or not by the answer, hence never marked "(frivilligt)"; the question is with `kan_lamnas`.
    """

    template = "fkui/layout/fraga.html"

    def __init__(self, fraga, *foljd, kan_lamnas=False):
        self.fields = [fraga, *foljd]
        self.kan_lamnas = kan_lamnas

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fraga, *foljd = (
            render_field(falt, form, context, template_pack=template_pack, extra_context=self._utseende(nummer))
            for nummer, falt in enumerate(self.fields)
        )
        return render_to_string(self.template, {"fraga": fraga, "foljd": SafeString("".join(foljd))})

    def _utseende(self, nummer):
        return {"liggande": not nummer, "utan_frivilligt": nummer or not self.kan_lamnas}


class Hjalp(LayoutObject):
    """Help that opens under the field before it.

    It is a template ("deltagare/hjalp_forsorjning.html") or plain text, which becomes one paragraph.
    """

    template = "fkui/layout/hjalp.html"

    def __init__(self, rubrik, innehall):
        self.fields = []
        self.rubrik = rubrik
        self.innehall = innehall

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_to_string(self.template, {"rubrik": self.rubrik, "innehall": self._html(context)})

    def _html(self, context):
        if hasattr(self.innehall, "__html__"):
            return conditional_escape(self.innehall)
        if self.innehall.endswith(".html"):
            return render_to_string(self.innehall, context.flatten())
        return format_html("<p>{}</p>", self.innehall)


class FaltMedKnapp(LayoutObject):
    """A text field with a button beside it that sends the form unvalidated (Hämta). The button's name tells the view which one it was."""

    def __init__(self, falt, *, name, text):
        self.fields = [falt]
        self.name = name
        self.text = text

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_field(
            self.fields[0], form, context, template_pack=template_pack, extra_context={"knapp": {"name": self.name, "text": self.text}}
        )
