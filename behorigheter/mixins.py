"""How a view asks for its rattighet."""

from django.core.exceptions import PermissionDenied

from behorigheter.roller import Rattighet


class RattighetMixin:
    """Requires `rattighet` and limits the view's rows to those it holds on.

    403 when none of the user's roles gives the rattighet. 404 when the row exists but lies
    outside the user's uppdrag, so that its existence is not revealed.
    """

    rattighet: Rattighet | None = None

    def dispatch(self, request, *args, **kwargs):
        if not self.ar_oppen():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def ar_oppen(self) -> bool:
        """Whether the view answers the user at all."""
        return self.request.user.har_roll_med(self.rattighet)


class TillatnaMixin(RattighetMixin):
    def get_queryset(self):
        return super().get_queryset().tillatna_for(self.request.user, self.rattighet)
