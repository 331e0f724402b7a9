"""Several carriers at once, and one that dies."""

import threading
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone

from courriels.facteur import Facteur
from courriels.models import Courriel

from .fabriques import avis, ecrire_hors_file

pytestmark = pytest.mark.django_db(transaction=True)


def test_quatre_facteurs_a_la_fois_n_envoient_rien_deux_fois(smtp):
    with transaction.atomic():
        Courriel.objects.bulk_create(Courriel.a(f"p{n:03}@example.org", avis("lot")) for n in range(120))
    comptes = []

    def travailler() -> None:
        try:
            comptes.append(Facteur().tournee())
        finally:
            connection.close()

    facteurs = [threading.Thread(target=travailler) for _ in range(4)]
    for facteur in facteurs:
        facteur.start()
    for facteur in facteurs:
        facteur.join()
    assert smtp.adresses == [f"p{n:03}@example.org" for n in range(120)]
    assert sum(comptes) == 120


def test_un_facteur_qui_meurt_rend_son_courriel(smtp, monkeypatch):
    ecrire_hors_file()
    monkeypatch.setattr(EmailMultiAlternatives, "send", _mourir)
    with pytest.raises(SystemExit):
        Facteur().tournee()
    monkeypatch.undo()
    assert Courriel.objects.a_envoyer().count() == 1


def test_le_meme_courriel_porte_toujours_le_meme_identifiant(smtp):
    ecrire_hors_file()
    Facteur().tournee()
    Courriel.objects.update(envoye_le=None, prochain_essai=timezone.now() - timedelta(seconds=1))
    Facteur().tournee()
    assert len({message["Message-ID"] for message in smtp.recus}) == 1


def test_un_courriel_remis_par_une_horloge_folle_part_quand_elle_revient(smtp):
    """The clock was in 2027 when the server did not answer; it has been put back since."""
    ecrire_hors_file()
    Courriel.objects.update(prochain_essai=timezone.now() + timedelta(days=365), essais=1)
    assert Facteur().tournee() == 1


def _mourir(message) -> None:
    raise SystemExit(1)
