"""« Mes enfants »: a new child, and what changes on the record of one."""

from datetime import date

import pytest

from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from tests.demandes.outils import deposer
from tests.fabriques import EcoleFactory, EnfantFactory

pytestmark = pytest.mark.django_db


def test_un_enfant_s_ajoute_a_la_famille_meme_accepte_apres_la_date_souhaitee(dupont, accepter, time_machine):
    time_machine.move_to("2015-04-08 12:00 +0200")
    demande = deposer(
        dupont,
        "ajouter-enfant",
        prenom="Hugo",
        nom="DUPONT",
        date_naissance="2012-02-29",
        ecole=str(EcoleFactory().pk),
        arrivee_souhaitee="2015-09-01",
        activites="Mercredis",
    )
    assert demande.donnees["arrivee_souhaitee"] == "2015-09-01"
    time_machine.move_to("2015-09-03 12:00 +0200")
    accepter(demande)
    assert list(dupont.famille.enfants.values_list("prenom", flat=True)) == ["Hugo", "Léa"]


def test_un_enfant_a_naitre_ne_s_ajoute_pas(dupont, time_machine):
    time_machine.move_to("2015-04-08 12:00 +0200")
    genre = GENRES.pour("ajouter-enfant")
    contenu = genre(dupont.famille, None, {"prenom": "Hugo", "nom": "DUPONT", "date_naissance": "2015-04-09"})
    assert contenu.errors == {"date_naissance": ["Cette date de naissance est à venir."]}


def test_l_agent_est_averti_qu_un_enfant_est_deja_connu(dupont, martin):
    demande = deposer(dupont, "ajouter-enfant", prenom="tom", nom="Martin", date_naissance="2009-01-20")
    (alerte,) = demande.contenu().mises_en_garde(demande)
    assert "Tom MARTIN" in alerte


def test_la_classe_et_l_ecole_changent(dupont, lea, accepter):
    ecole = EcoleFactory(nom="École Marie-Curie")
    demande = deposer(dupont, "identite", lea, classe="CE2", ecole=str(ecole.pk))
    assert [(x.libelle, x.avant, x.demande) for x in demande.contenu().difference(demande)] == [
        ("École", "École Jean-Moulin", "École Marie-Curie"),
        ("Classe", "CE1", "CE2"),
    ]
    accepter(demande)
    lea.refresh_from_db()
    assert (lea.classe, lea.ecole) == ("CE2", ecole)


def test_une_autorisation_se_donne_et_se_reprend(dupont, lea, accepter):
    accepter(deposer(dupont, "autorisations", lea, autorise_image="on"))
    lea.refresh_from_db()
    assert lea.autorise_image
    genre = GENRES.pour("autorisations")
    envoi = saisie(genre(dupont.famille, lea))
    del envoi["autorise_image"]
    contenu = genre(dupont.famille, lea, envoi)
    assert contenu.is_valid()
    accepter(Demande.deposer(contenu, par=dupont.compte))
    lea.refresh_from_db()
    assert not lea.autorise_image


def test_l_assurance_se_renouvelle(dupont, lea, accepter, jeudi_2_avril):
    accepter(deposer(dupont, "assurance", lea, expire_le="2016-08-31"))
    lea.assurance.refresh_from_db()
    assert lea.assurance.expire_le == date(2016, 8, 31)


def test_chaque_champ_d_un_nouvel_enfant_est_avec_ceux_qui_lui_ressemblent(dupont):
    genre = GENRES.pour("ajouter-enfant")
    groupes = {un.legende: [champ.name for champ in un.champs] for un in genre(dupont.famille, None).en_groupes()}
    assert groupes == {
        "L’enfant": ["prenom", "nom", "sexe", "date_naissance"],
        "Sa scolarité": ["ecole", "classe"],
        "Ce que vous souhaitez": ["arrivee_souhaitee", "activites"],
    }
    assert not genre.porte_sur_un_enfant()


def test_une_arrivee_passee_ne_se_demande_pas(dupont, time_machine):
    time_machine.move_to("2015-04-08 12:00 +0200")
    genre = GENRES.pour("ajouter-enfant")
    envoi = {"prenom": "Hugo", "nom": "DUPONT", "date_naissance": "2012-02-29", "arrivee_souhaitee": "2015-04-01"}
    assert list(genre(dupont.famille, None, envoi).errors) == ["arrivee_souhaitee"]


def test_un_homonyme_ne_un_autre_jour_n_est_pas_le_meme_enfant(dupont, martin):
    demande = deposer(dupont, "ajouter-enfant", prenom="Tom", nom="MARTIN", date_naissance="2010-01-20")
    assert demande.contenu().mises_en_garde(demande) == []
    assert demande.genre.concerne(demande, {}) == "Tom"


def test_la_fiche_de_l_enfant_est_la_sienne_telle_qu_elle_est_maintenant(dupont, lea):
    """Another child comes first in the list; Léa's class has changed since she was read."""
    EnfantFactory(famille=dupont.famille, nom="AAA", prenom="Aaron", classe="CP")
    type(lea).objects.filter(pk=lea.pk).update(classe="CM2")
    assert GENRES.pour("identite")(dupont.famille, lea)["classe"].value() == "CM2"


def test_un_enfant_sans_assurance_n_a_pas_celle_d_un_autre(dupont, lea, jeudi_2_avril):
    tom = EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Tom")
    genre = GENRES.pour("assurance")
    sienne = genre(dupont.famille, tom)
    assert (sienne["compagnie"].value() or "", sienne.instance.enfant) == ("", tom)
    assert genre(dupont.famille, lea)["compagnie"].value() == lea.assurance.compagnie


def test_une_assurance_finie_ne_se_transmet_pas(dupont, lea, jeudi_2_avril):
    genre = GENRES.pour("assurance")
    envoi = saisie(genre(dupont.famille, lea)) | {"expire_le": "2015-04-01"}
    assert list(genre(dupont.famille, lea, envoi).errors) == ["expire_le"]
