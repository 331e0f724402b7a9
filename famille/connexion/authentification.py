"""How an account is loaded on each page."""

from django.contrib.auth.backends import ModelBackend

from famille.models import Compte


class CompteDuPortail(ModelBackend):
    """Loads the account with its responsable and its famille: one query a page."""

    def get_user(self, user_id: int) -> Compte | None:
        compte = Compte.objects.select_related("responsable__famille").filter(pk=user_id).first()
        return compte if compte is not None and self.user_can_authenticate(compte) else None
