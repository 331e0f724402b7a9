"""A child’s health: encrypted in the request as on the record."""

from datetime import date

import pytest

from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Enfant, FicheSanitaire
from tests.demandes.outils import deposer, en_base

pytestmark = pytest.mark.django_db


def test_la_sante_demandee_est_chiffree_puis_appliquee(dupont, lea, accepter):
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette", lunettes="Pour lire")
    for mot in ("Noisette", "Arachide", "lunettes", "allergies"):
        assert mot not in en_base(demande)
    accepter(Demande.objects.get(pk=demande.pk))
    fiche = FicheSanitaire.objects.get(enfant=lea)
    assert (fiche.allergies, fiche.lunettes, fiche.medecin_nom) == ("Noisette", "Pour lire", "Dr PETIT")


def test_une_premiere_fiche_sanitaire_nait_de_la_demande(dupont, accepter):
    hugo = Enfant.objects.create(nom="DUPONT", prenom="Hugo", date_naissance=date(2012, 2, 29))
    dupont.famille.enfants.add(hugo)
    accepter(deposer(dupont, "medecin", hugo, medecin_nom="Dr GRAND"))
    accepter(deposer(dupont, "vaccins", hugo, **{"n1-vaccin": "ROR", "n1-date": "2013-05-01"}))
    fiche = FicheSanitaire.objects.get(enfant=hugo)
    assert fiche.medecin_nom == "Dr GRAND"
    assert [(v.vaccin, v.date) for v in fiche.vaccinations.all()] == [("ROR", date(2013, 5, 1))]


def test_un_vaccin_se_corrige_sans_rien_dire_en_clair(dupont, lea, accepter):
    dtp = lea.fiche_sanitaire.vaccinations.get()
    demande = deposer(dupont, "vaccins", lea, **{f"{dtp.pk}-date": "2015-03-12"})
    assert "2015-03-12" not in en_base(demande).replace(str(demande.deposee_le), "")
    accepter(demande)
    dtp.refresh_from_db()
    assert dtp.date == date(2015, 3, 12)


@pytest.mark.parametrize(("jour", "refusee"), [("2007-06-02", True), ("2007-06-03", False)])
def test_un_vaccin_ne_precede_pas_la_naissance(dupont, lea, jour, refusee):
    dtp = lea.fiche_sanitaire.vaccinations.get()
    genre = GENRES.pour("vaccins")
    contenu = genre(dupont.famille, lea, saisie(genre(dupont.famille, lea)) | {f"{dtp.pk}-date": jour})
    assert contenu.errors == ({f"{dtp.pk}-date": ["Cette date précède la naissance de l’enfant."]} if refusee else {})
