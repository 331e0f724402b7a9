"""The columns of « Liste des demandes »: each reads its cell, and none is named in vain."""

import pytest

from demandes.liste import colonnes
from demandes.liste.groupes import DU_MOIS, TOUTES
from demandes.models import Decision, Demande
from demandes.types import GENRES, AjouterEnfant, Conjoint, Sanitaires, Titulaire
from famille.models import Responsable
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer

pytestmark = pytest.mark.django_db


def lire(demande: Demande, *voulues) -> dict[str, str]:
    return {colonne.libelle: colonne.lire(demande) for colonne in voulues}


def test_une_demande_en_attente_n_a_ni_date_de_decision_ni_motif(dupont, time_machine):
    time_machine.move_to("2015-04-08 09:00 +0200")
    demande = changer_de_mobile(dupont)
    assert lire(demande, *TOUTES.fin) == {
        "État": "En attente",
        "Déposée le": "08/04/2015",
        "Décidée le": "",
        "Motif": "",
    }


def test_une_demande_refusee_dit_quand_et_pourquoi(dupont, agent, time_machine):
    time_machine.move_to("2015-04-08 09:00 +0200")
    changer_de_mobile(dupont).refuser(par=agent, motif="Numéro incomplet.")
    demande = Demande.objects.get()
    assert lire(demande, colonnes.ETAT, colonnes.REFUSEE_LE, colonnes.MOTIF_DU_REFUS) == {
        "État": "Refusée",
        "Refusée le": "08/04/2015",
        "Motif du refus": "Numéro incomplet.",
    }


@pytest.mark.parametrize("genre", GENRES.tous(), ids=lambda genre: genre.code)
def test_chaque_colonne_d_un_genre_lit_une_demande_de_ce_genre(genre):
    """A heading whose fields do not exist would fail here, not on the parent's page."""
    vide = Demande(type=genre.code, donnees={"jours": [], "prestations": {}})
    cellules = [colonne.lire(vide) for colonne in genre.colonnes_de_liste()]
    assert cellules == [""] * len(cellules)


def test_une_colonne_assemble_ses_champs(dupont):
    demande = deposer(dupont, "responsable", adresse="3 place du Marché", ville="Balma")
    adresse = next(c for c in Titulaire.colonnes_de_liste() if c.libelle == "Adresse")
    assert adresse.lire(demande) == "3 place du Marché Balma"


def test_un_genre_confidentiel_n_a_que_son_resume(dupont, lea):
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    (seule,) = colonnes.contenu(Sanitaires)
    assert (seule, seule.lire(demande)) == (colonnes.RESUME, "Contenu confidentiel")


def test_la_liste_dit_de_qui_il_s_agit(dupont, lea):
    responsables = {r.role: r for r in Responsable.objects.filter(famille=dupont.famille)}
    du_compte, des_enfants = (
        colonnes.personne(onglet, responsables) for onglet in (Conjoint.onglet, AjouterEnfant.onglet)
    )
    assert (du_compte.libelle, des_enfants.libelle) == ("Responsable", "Enfant")
    assert du_compte.lire(deposer(dupont, "conjoint", profession="Infirmière")) == "Jeanne DUPONT"
    assert du_compte.lire(changer_de_mobile(dupont)) == "Jean DUPONT"
    assert des_enfants.lire(deposer(dupont, "identite", lea, classe="CE2")) == str(lea)
    hugo = deposer(dupont, "ajouter-enfant", prenom="Hugo", nom="DUPONT", date_naissance="2012-02-29")
    assert des_enfants.lire(hugo) == "Hugo"


def test_une_demande_est_dans_un_groupe_et_un_seul(dupont, agent):
    changer_de_mobile(dupont)
    accepter_telle_quelle(changer_de_mobile(dupont, "0601020305"), par=agent)
    changer_de_mobile(dupont, "0601020306").refuser(par=agent, motif="Non.")
    changer_de_mobile(dupont, "0601020307").retirer(par=dupont.compte)
    demandes = list(Demande.objects.select_related("decision"))
    assert [len(sorte.de(demandes, []).lignes) for sorte in DU_MOIS] == [1, 1, 1, 1, 0]


def test_chaque_groupe_dit_ce_qui_compte_de_ses_demandes(dupont, time_machine):
    time_machine.move_to("2015-04-08 09:00 +0200")
    _, *decidees = (Demande.objects.create(famille=dupont.famille, type="caf") for _ in range(5))
    time_machine.move_to("2015-04-10 09:00 +0200")
    motifs = {"REFUSEE": "Numéro incomplet.", "ACCEPTEE": "", "RETIREE": "", "EXPIREE": "Sans réponse."}
    for demande, (verdict, motif) in zip(decidees, motifs.items(), strict=True):
        Decision.objects.create(demande=demande, verdict=Decision.Verdict[verdict], motif=motif)
    demandes = list(Demande.objects.select_related("decision"))
    groupes = [sorte.de(demandes, []) for sorte in DU_MOIS]
    dits = {g.titre: {cellule.libelle: cellule.valeur for cellule in g.lignes[0].cellules} for g in groupes}
    deposee = {"Déposée le": "08/04/2015"}
    assert dits == {
        "Demandes en attente": {"État": "En attente", **deposee},
        "Demandes refusées": {**deposee, "Refusée le": "10/04/2015", "Motif du refus": "Numéro incomplet."},
        "Demandes acceptées": {"État": "Acceptée", **deposee, "Acceptée le": "10/04/2015", "Remarque": ""},
        "Demandes retirées": {**deposee, "Retirée le": "10/04/2015"},
        "Demandes restées sans réponse": {**deposee, "Expirée le": "10/04/2015", "Motif": "Sans réponse."},
    }
