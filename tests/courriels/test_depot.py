"""Writing to somebody: in the transaction of what is told, once, to whom it may concern."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courriels.facteur import Facteur
from courriels.models import Courriel

from .fabriques import ecrire, seul

pytestmark = pytest.mark.django_db


def test_un_depot_part_apres_la_transaction(smtp, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ecrire()
        assert smtp.recus == []
    assert smtp.adresses == ["jean@example.org"]
    assert seul().envoye_le is not None


def test_la_meme_cle_ne_part_qu_une_fois(smtp, django_capture_on_commit_callbacks):
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            ecrire()
    assert smtp.adresses == ["jean@example.org"]


def test_une_transaction_annulee_n_ecrit_a_personne(smtp):
    with transaction.atomic():
        ecrire()
        transaction.set_rollback(True)
    Facteur().tournee()
    assert smtp.recus == []


def test_envoye_et_a_envoyer_s_excluent():
    ecrire()
    with pytest.raises(IntegrityError), transaction.atomic():
        Courriel.objects.update(envoye_le=timezone.now())
