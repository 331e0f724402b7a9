"""The link to choose a password. Asked for in the queue, it leaves by the outbox, like every other e-mail.

What waits there names an account and opens nothing: the token is made by `preparer` once the mail server answers. So it
never lies in a table, a backup or a log, and its hour begins as it leaves, however long the server was away.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from courriels.avis import Avis
from courriels.depot import deposer, hater
from courriels.echecs import SansObjet
from courriels.models import Courriel, CourrielQuerySet
from famille.models import Compte

GABARIT = "mot_de_passe"
# Nobody's mailbox is filled by somebody else's clicks.
DELAI_ENTRE_DEUX_LIENS = timedelta(minutes=5)


def envoyer_liens(email: str) -> int:
    """Write to each account of this address; returns how many e-mails were deposited."""
    au_dossier = Q(responsable__email__iexact=email, is_staff=False)  # as Compte.courriel
    comptes = Compte.objects.filter(au_dossier | Q(email__iexact=email), is_active=True)
    return sum(_envoyer(pk) for pk in comptes.values_list("pk", flat=True))


def envoyer_un_lien(compte: Compte) -> bool:
    """To that account alone; whether an e-mail was deposited."""
    return _envoyer(compte.pk)


def preparer(courriel: Courriel) -> dict:
    """What the e-mail says, as it leaves. Raises SansObjet if that account must not get it any more."""
    compte = Compte.objects.select_related("responsable").filter(pk=courriel.contexte["compte"], is_active=True).first()
    if compte is None or compte.courriel.lower() != courriel.destinataire.lower():
        raise SansObjet("Ce compte est fermé, ou son adresse a changé depuis.")
    if not compte.adresse_est_sure:
        raise SansObjet("Cette adresse n’est pas encore confirmée.")
    cle = urlsafe_base64_encode(force_bytes(compte.pk))
    return {
        "identifiant": compte.identifiant,
        "chemin": reverse("famille:mot_de_passe_nouveau", args=[cle, default_token_generator.make_token(compte)]),
        "duree_minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
    }


@transaction.atomic
def _envoyer(pk: int) -> bool:
    # `of`: the responsable may be missing, and PostgreSQL locks no missing row.
    compte = Compte.objects.select_for_update(of=("self",)).select_related("responsable").get(pk=pk)
    maintenant = timezone.now()
    # A clock that was put back leaves a link sent tomorrow: that one holds no other.
    if compte.lien_envoye_le and abs(maintenant - compte.lien_envoye_le) < DELAI_ENTRE_DEUX_LIENS:
        return False
    compte.lien_envoye_le = maintenant
    compte.save(update_fields=["lien_envoye_le"])
    # One that the mail server still keeps waiting is as good as a new one.
    if hater(_en_attente(compte)):
        return False
    if not compte.adresse_est_sure:
        compte.porteur_de_l_adresse.demander_confirmation()
        return False
    deposer([Courriel.a(compte.courriel, _avis(compte), dossier=compte.dossier)])
    return True


def _avis(compte: Compte) -> Avis:
    return Avis(
        sujet="Portail famille\u00a0: choisir un nouveau mot de passe",
        gabarit=GABARIT,
        contexte={"compte": compte.pk},
        cle=f"mot_de_passe:{compte.pk}:{compte.lien_envoye_le:%Y%m%d%H%M%S%f}",
        urgent=True,
    )


def _en_attente(compte: Compte) -> CourrielQuerySet:
    return Courriel.objects.en_attente().filter(
        gabarit=GABARIT, destinataire=compte.courriel, contexte__compte=compte.pk
    )
