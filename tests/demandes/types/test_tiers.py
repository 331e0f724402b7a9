"""Who may come and fetch the child, and who must not."""

import pytest

from demandes.erreurs import NeTientPlus
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Tiers
from tests.demandes.outils import accepter_telle_quelle, deposer
from tests.fabriques import TiersFactory

pytestmark = pytest.mark.django_db


def test_une_personne_s_ajoute_se_modifie_et_se_retire(dupont, lea, accepter):
    odile, rene = lea.tiers.get(), TiersFactory(enfant=lea, nom="BERNARD", prenom="René")
    champs = {
        f"{odile.pk}-telephone": "0611223344",
        f"{rene.pk}-retirer": "on",
        "n1-prenom": "Zoé",
        "n1-nom": "PETIT",
    }
    demande = deposer(dupont, "personnes-autorisees", lea, **champs)
    accepter(demande)
    assert list(lea.tiers.values_list("prenom", "nom", "telephone")) == [
        ("Odile", "BERNARD", "+33611223344"),
        ("Zoé", "PETIT", ""),
    ]
    libelles = [x.libelle for x in Demande.objects.get().contenu().difference(demande)]
    assert "René BERNARD\u00a0: Retirer de la liste" in libelles


def test_la_meme_personne_ne_s_ajoute_pas_deux_fois(dupont, lea):
    genre = GENRES.pour("personnes-autorisees")
    envoi = saisie(genre(dupont.famille, lea)) | {"n1-prenom": "Odile", "n1-nom": "BERNARD"}
    contenu = genre(dupont.famille, lea, envoi)
    assert "figure déjà" in str(contenu.non_field_errors())


def test_une_personne_retiree_entre_temps_ne_se_modifie_plus(dupont, lea, agent):
    odile = lea.tiers.get()
    demande = deposer(dupont, "personnes-autorisees", lea, **{f"{odile.pk}-lien": "Voisine"})
    odile.delete()
    with pytest.raises(NeTientPlus, match="ne figure plus"):
        accepter_telle_quelle(demande, par=agent)


def test_les_personnes_interdites_ne_se_melent_pas_aux_autorisees(dupont, lea, accepter):
    accepter(deposer(dupont, "personnes-interdites", lea, **{"n1-prenom": "Guy", "n1-nom": "ROUX"}))
    assert list(lea.tiers.values_list("nom", "statut")) == [
        ("BERNARD", Tiers.Statut.AUTORISE),
        ("ROUX", Tiers.Statut.INTERDIT),
    ]


def test_le_resume_dit_qui_s_ajoute_se_retire_ou_change(dupont, lea):
    odile = lea.tiers.get()
    paul = lea.tiers.create(nom="MARTIN", prenom="Paul")
    champs = {"n1-prenom": "Luc", "n1-nom": "PETIT", "n1-lien": "Oncle", "n1-telephone": "0601020304"}
    champs |= {f"{odile.pk}-retirer": "on", f"{paul.pk}-lien": "Voisin"}
    demande = deposer(dupont, "personnes-autorisees", lea, **champs)
    demande = Demande.objects.get(pk=demande.pk)
    assert demande.genre.resume(demande) == (
        "Retrait\u00a0: Odile BERNARD · Changement\u00a0: Paul MARTIN · "
        "Ajout\u00a0: Luc PETIT, Oncle, 06\u00a001\u00a002\u00a003\u00a004"
    )
