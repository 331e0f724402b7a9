"""Background tasks of the accounts."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from famille.models import Compte

# Nobody's mailbox is filled by somebody else's clicks.
DELAI_ENTRE_DEUX_LIENS = timedelta(minutes=5)


@task()
def envoyer_liens_de_mot_de_passe(email: str) -> int:
    """Write to each account of this address; returns how many letters left.

    Runs in the queue whatever the address: how long the page takes says nothing of who has an account.
    """
    au_dossier = Q(responsable__email__iexact=email, is_staff=False)  # as Compte.courriel
    comptes = Compte.objects.filter(au_dossier | Q(email__iexact=email), is_active=True)
    return sum(_envoyer_lien(compte.pk) for compte in comptes)


@transaction.atomic
def _envoyer_lien(pk: int) -> bool:
    # `of`: the responsable may be missing, and PostgreSQL locks no missing row.
    compte = Compte.objects.select_for_update(of=("self",)).select_related("responsable").get(pk=pk)
    maintenant = timezone.now()
    if compte.lien_envoye_le and maintenant - compte.lien_envoye_le < DELAI_ENTRE_DEUX_LIENS:
        return False
    compte.lien_envoye_le = maintenant
    compte.save(update_fields=["lien_envoye_le"])
    _courriel(compte).send()
    return True


def _courriel(compte: Compte) -> EmailMultiAlternatives:
    chemin = reverse(
        "famille:mot_de_passe_nouveau",
        args=[urlsafe_base64_encode(force_bytes(compte.pk)), default_token_generator.make_token(compte)],
    )
    contexte = {
        "compte": compte,
        "lien": settings.PORTAIL_ADRESSE.rstrip("/") + chemin,
        "duree_minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
        "centre_nom": settings.CENTRE_NOM,
        "centre_telephone": settings.CENTRE_TELEPHONE,
    }
    courriel = EmailMultiAlternatives(
        subject="Portail famille\u00a0: choisir un nouveau mot de passe",
        body=render_to_string("courriels/mot_de_passe.txt", contexte),
        to=[compte.courriel],
    )
    courriel.attach_alternative(render_to_string("courriels/mot_de_passe.html", contexte), "text/html")
    return courriel
