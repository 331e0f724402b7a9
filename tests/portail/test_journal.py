"""The logs name nobody, whatever an exception says."""

import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from famille.models import Compte
from portail.journal import SansPersonne, masquer


@pytest.mark.parametrize(
    ("dit", "ecrit"),
    [
        ("550 jean.dupont@wanadoo.fr unknown", "550 …@… unknown"),
        ("tel 06 11 22 33 44, +33611223344", "tel tél…, tél…"),
        ("Dossier 1001001818331 deleted", "Dossier n°… deleted"),
        ("FR76 3000 6000 0112 3456 7890 189", "IBAN…"),
        ("FR7630006000011234567890189", "IBAN…"),
        ('New login failure by {username: "dupont", ip_address: "192.0.2.1"}', None),
        ("Key (identifiant)=(dupont) already exists.", "Key (identifiant)=(…) already exists."),
        ("Failing row contains (12, DUPONT, Jean).", "Failing row contains (…)."),
        ("Invoice 12 cannot be drawn in 3.5 s, 2026-11-27 10:04:05", None),
    ],
)
def test_une_ligne_ne_nomme_personne(dit, ecrit):
    masque = masquer(dit)
    assert masque == ecrit if ecrit else True
    for nom in ("dupont", "DUPONT", "192.0.2.1", "1001001818331"):
        assert nom not in masque
    if "Invoice" in dit:
        assert masque == dit


@pytest.mark.django_db
def test_une_erreur_de_la_base_est_masquee_avec_sa_trace(dupont):
    try:
        with transaction.atomic():
            Compte.objects.create(identifiant="dupont")
    except IntegrityError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), __import__("sys").exc_info())
    ligne = SansPersonne().format(record)
    assert "IntegrityError" in ligne
    assert "(dupont)" not in ligne


def test_la_console_passe_par_lui():
    assert settings.LOGGING["formatters"]["sans_personne"]["()"] == "portail.journal.SansPersonne"
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "sans_personne"
