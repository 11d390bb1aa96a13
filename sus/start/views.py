"""The start page."""

from django.core.exceptions import PermissionDenied
from django.views.generic import TemplateView


class Start(TemplateView):
    """Open to everybody who has any valid behörighet; what it shows follows from the roles."""

    template_name = "start/start.html"

    def get(self, request, *args, **kwargs):
        if not request.user.gallande_roller:
            raise PermissionDenied
        return super().get(request, *args, **kwargs)
