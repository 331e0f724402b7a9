"""Who may come and fetch the child, and who must not."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from demandes.erreurs import NeTientPlus
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Tiers
from tests.demandes.bureau import adresse
from tests.demandes.outils import accepter_telle_quelle, deposer, saisir
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


def envoyer(dupont, lea, **champs: str):
    genre = GENRES.pour("personnes-autorisees")
    return genre(dupont.famille, lea, saisie(genre(dupont.famille, lea)) | champs)


def test_deux_lignes_de_la_meme_demande_ne_nomment_pas_la_meme_personne(dupont, lea):
    """Who accepted it met « Panne »: each row alone was new to the child's record."""
    zoe = {"n1-prenom": "Zoé", "n1-nom": "PETIT", "n2-prenom": "Zoé", "n2-nom": "PETIT"}
    deja = "Personne à ajouter 2\u00a0: Cette personne figure déjà sur la fiche de l’enfant."
    assert envoyer(dupont, lea, **zoe).non_field_errors() == [deja]
    assert envoyer(dupont, lea, **zoe | {"n2-prenom": "Ana"}).is_valid()


def test_une_personne_qui_prend_le_nom_d_une_autre_se_refuse(dupont, lea):
    odile, rene = lea.tiers.get(), TiersFactory(enfant=lea, nom="BERNARD", prenom="René")
    assert not envoyer(dupont, lea, **{f"{rene.pk}-prenom": odile.prenom}).is_valid()


def test_deux_personnes_echangent_leurs_noms(dupont, lea, accepter):
    """Each one's name is free by the time that both are written."""
    odile, rene = lea.tiers.get(), TiersFactory(enfant=lea, nom="PETIT", prenom="René")
    noms = {f"{odile.pk}-prenom": "René", f"{odile.pk}-nom": "PETIT"}
    noms |= {f"{rene.pk}-prenom": "Odile", f"{rene.pk}-nom": "BERNARD"}
    accepter(deposer(dupont, "personnes-autorisees", lea, **noms))
    assert dict(lea.tiers.values_list("pk", "prenom")) == {odile.pk: "René", rene.pk: "Odile"}


def test_l_echange_passe_par_la_page_et_par_le_bureau(client, dupont, lea, agent):
    odile, rene = lea.tiers.get(), TiersFactory(enfant=lea, nom="PETIT", prenom="René")
    noms = {f"{odile.pk}-prenom": "René", f"{odile.pk}-nom": "PETIT"}
    noms |= {f"{rene.pk}-prenom": "Odile", f"{rene.pk}-nom": "BERNARD"}
    client.force_login(dupont.compte)
    client.post(
        reverse("demandes:nouvelle_enfant", args=[lea.pk, "personnes-autorisees"]),
        saisir(dupont, "personnes-autorisees", lea, **noms),
    )
    demande = Demande.objects.get()
    client.force_login(agent)
    for _ in range(2):
        client.post(adresse("acceptation", demande), {"vu": demande.contenu().empreinte(demande.valeurs)})
    demande.refresh_from_db()
    assert demande.decision.est_favorable
    assert dict(lea.tiers.values_list("pk", "prenom")) == {odile.pk: "René", rene.pk: "Odile"}


def test_trois_personnes_prennent_chacune_le_nom_de_la_suivante(dupont, lea, accepter):
    odile = lea.tiers.get()
    rene, ana = (TiersFactory(enfant=lea, nom="BERNARD", prenom=prenom) for prenom in ("René", "Ana"))
    prenoms = {odile.pk: "René", rene.pk: "Ana", ana.pk: "Odile"}
    noms = {f"{pk}-prenom": prenom for pk, prenom in prenoms.items()}
    accepter(deposer(dupont, "personnes-autorisees", lea, **noms))
    assert dict(lea.tiers.values_list("pk", "prenom")) == prenoms


def test_qui_cede_son_nom_le_laisse_a_une_nouvelle_personne(dupont, lea, accepter):
    odile = lea.tiers.get()
    noms = {f"{odile.pk}-prenom": "Ana", "n1-prenom": "Odile", "n1-nom": "BERNARD"}
    accepter(deposer(dupont, "personnes-autorisees", lea, **noms))
    assert set(lea.tiers.values_list("prenom", flat=True)) == {"Ana", "Odile"}
    assert lea.tiers.get(pk=odile.pk).prenom == "Ana"


def test_hors_d_une_telle_demande_deux_personnes_de_meme_nom_se_refusent_aussitot(lea):
    with pytest.raises(IntegrityError), transaction.atomic():
        lea.tiers.create(nom="BERNARD", prenom="Odile")


def test_en_retirer_une_ne_permet_pas_d_en_ajouter_une_autre_deux_fois(dupont, lea):
    odile, rene = lea.tiers.get(), TiersFactory(enfant=lea, nom="BERNARD", prenom="René")
    interdit = TiersFactory(enfant=lea, nom="ROUX", prenom="Guy", statut=Tiers.Statut.INTERDIT)
    retrait = {f"{odile.pk}-retirer": "on"}
    assert not envoyer(dupont, lea, **retrait | {"n1-prenom": rene.prenom, "n1-nom": rene.nom}).is_valid()
    assert not envoyer(dupont, lea, **retrait | {"n1-prenom": interdit.prenom, "n1-nom": interdit.nom}).is_valid()
    assert envoyer(dupont, lea, **retrait | {"n1-prenom": odile.prenom, "n1-nom": odile.nom}).is_valid()


def test_une_demande_d_avant_qui_nomme_deux_fois_une_personne_se_refuse_a_l_acceptation(dupont, lea, agent):
    zoe = {"n1-prenom": "Zoé", "n1-nom": "PETIT", "n2-prenom": "Zoé", "n2-nom": "PETIT"}
    cles = {"type": "personnes-autorisees", "donnees": zoe, "deposee_par": dupont.compte}
    demande = Demande.objects.create(famille=dupont.famille, enfant=lea, **cles)
    with pytest.raises(NeTientPlus, match="figure déjà"):
        accepter_telle_quelle(demande, par=agent)
    assert lea.tiers.count() == 1


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
