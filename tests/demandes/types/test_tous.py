"""All the kinds of request: what is true of each of them."""

from datetime import date

import pytest

from demandes.genre.onglet import MES_ENFANTS, MON_COMPTE
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES, AjouterEnfant, Assurance
from famille.fiches.enfant import sections_enfant
from famille.fiches.famille import FicheFamille
from tests.demandes.outils import deposer, remplir

pytestmark = pytest.mark.django_db


def test_chaque_section_du_dossier_a_sa_demande(dupont, lea):
    du_dossier = [s.code for s in FicheFamille(dupont.famille, dupont.titulaire).sections()]
    de_l_enfant = [s.code for s in sections_enfant(lea, au=date(2015, 4, 8))]
    assert set(du_dossier) <= {genre.code for genre in GENRES.tous(MON_COMPTE)}
    assert set(de_l_enfant) <= {g.code for g in GENRES.tous(MES_ENFANTS) if g.porte_sur_un_enfant()}


def test_rien_n_est_demande_par_un_formulaire_qu_on_renvoie_tel_quel(dupont, lea):
    for genre in GENRES.tous():
        if genre is AjouterEnfant or not genre.montre_la_fiche:
            continue
        enfant = lea if genre.porte_sur_un_enfant() else None
        contenu = genre(dupont.famille, enfant, saisie(genre(dupont.famille, enfant)))
        assert contenu.is_valid(), (genre, contenu.errors)
        assert contenu.changements == {}, genre


def test_seules_les_reservations_prennent_des_places():
    assert [genre.code for genre in GENRES.tous() if genre.prend_des_places] == ["reservation"]


def test_un_genre_confidentiel_ne_se_resume_pas(dupont, lea):
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    assert demande.genre.resume(demande) == "Contenu confidentiel"


def test_le_resume_dit_ce_qui_change(dupont):
    demande = remplir_et_deposer(dupont)
    assert (
        demande.genre.resume(demande)
        == "Mobile\u00a0: 06\u00a001\u00a002\u00a003\u00a004 · Autorisation SMS\u00a0: Oui"
    )


def test_le_resume_et_la_difference_suivent_le_formulaire_pas_la_longueur_des_noms(dupont):
    demande = deposer(dupont, "responsable", employeur="Mairie", ville="Toulouse", mobile="0601020304", csp="5")
    demande = Demande.objects.get(pk=demande.pk)  # as PostgreSQL keeps it
    noms = ["Ville", "Mobile", "CSP", "Employeur"]
    assert [partie.split("\u00a0:")[0] for partie in demande.genre.resume(demande).split(" · ")] == noms
    assert [ecart.libelle for ecart in demande.contenu().difference(demande)] == noms


def remplir_et_deposer(foyer) -> Demande:
    contenu = remplir(foyer, "responsable", mobile="0601020304", autorisation_sms="on")
    return Demande.deposer(contenu, par=foyer.compte)


def test_un_genre_reconnait_ses_demandes_et_dit_ou_s_ouvre_son_formulaire(dupont, lea, jeudi_2_avril):
    assurance, regime = deposer(dupont, "assurance", lea, expire_le="2016-08-31"), changer_de_regime(dupont, lea)
    assert Assurance.parmi([assurance, regime]) == [assurance]
    assert Assurance.adresse(lea) == f"/enfants/{lea.pk}/demandes/assurance/"
    assert AjouterEnfant.adresse() == "/demandes/nouvelle/ajouter-enfant/"


def changer_de_regime(foyer, enfant) -> Demande:
    return deposer(foyer, "regime", enfant, regime="vegetarien")


def test_les_demandes_de_sante_sont_celles_de_la_fiche_sanitaire_et_du_regime():
    assert {genre.code for genre in GENRES.tous() if genre.est_de_sante()} == {
        "medecin",
        "sanitaires",
        "vaccins",
        "regime",
    }
