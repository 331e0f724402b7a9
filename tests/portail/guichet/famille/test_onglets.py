"""The other tabs of a famille: requests and messages, money, access; each for the agents who may read it."""

from datetime import date

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messagerie.models import Fil
from tests.demandes.outils import changer_de_mobile
from tests.facturation.fabriques import RegieFactory, facture, operations
from tests.portail.guichet.famille.outils import page, phrases

TABLE = {
    "guichet_famille": {"agent": 200, "animateur": 200, "regisseur": 200, "directrice": 200},
    "guichet_famille_echanges": {"agent": 200, "animateur": 200, "regisseur": 200, "directrice": 200},
    "guichet_famille_comptes": {"agent": 200, "animateur": 403, "regisseur": 200, "directrice": 200},
    "guichet_famille_comptes_csv": {"agent": 200, "animateur": 403, "regisseur": 200, "directrice": 200},
    "guichet_famille_comptes_pdf": {"agent": 200, "animateur": 403, "regisseur": 200, "directrice": 200},
    "guichet_famille_acces": {"agent": 200, "animateur": 403, "regisseur": 403, "directrice": 200},
}


def entre(client, compte):
    client.force_login(compte)
    return client


@pytest.mark.parametrize(("nom", "qui"), [(nom, qui) for nom, groupes in TABLE.items() for qui in groupes])
def test_un_onglet_est_pour_qui_peut_le_lire(request, client, dupont, nom, qui):
    compte = request.getfixturevalue(qui)
    assert entre(client, compte).get(page(dupont.famille, nom)).status_code == TABLE[nom][qui]
    onglets = client.get(page(dupont.famille)).text
    if nom in {"guichet_famille_comptes", "guichet_famille_acces"}:
        assert (page(dupont.famille, nom) in onglets) is (TABLE[nom][qui] == 200)


class TestEchanges:
    def test_les_demandes_qui_attendent_d_abord_et_les_conversations(self, accueil, dupont, martin, agent):
        decidee = changer_de_mobile(dupont)
        decidee.refuser(par=agent, motif="Déjà fait")
        attend = changer_de_mobile(dupont)
        changer_de_mobile(martin)
        Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Est-il fourni ?")
        Fil.ecrire_au_centre(martin.titulaire, "Autre chose", "Bonjour")

        reponse = accueil.get(page(dupont.famille, "guichet_famille_echanges"))

        assert [une.demande for une in reponse.context["demandes"]] == [attend, decidee]
        assert next(un.fil.sujet for un in reponse.context["fils"]) == "Goûter"
        assert "Autre chose" not in reponse.text
        assert "Attend une réponse" in reponse.text
        assert f"/admin/messagerie/fil/add/?famille={dupont.famille.pk}" in reponse.text

    def test_l_animation_ne_lit_pas_les_conversations(self, client, animateur, dupont):
        Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Est-il fourni ?")
        assert "Goûter" not in entre(client, animateur).get(page(dupont.famille, "guichet_famille_echanges")).text


class TestComptes:
    def test_le_solde_de_chaque_regie_et_ce_qui_reste_a_payer(self, client, regisseur, dupont, martin):
        al, ca = RegieFactory(code="AL", nom="Régie garderie"), RegieFactory(code="CA", nom="Régie cantine")
        for regie, foyer, montant in ((al, dupont, "120.60"), (ca, dupont, "40.00"), (ca, martin, "99.00")):
            facture(regie, foyer.famille, montant, date(2015, 4, 1), date(2015, 4, 30))
        texte = entre(client, regisseur).get(page(dupont.famille, "guichet_famille_comptes")).text
        texte = texte.replace("\u202f", " ").replace("\u00a0", " ")
        assert "<dt>Régie garderie</dt><dd>doit 120,60 €</dd>" in texte
        assert "<dt>Régie cantine</dt><dd>doit 40,00 €</dd>" in texte
        assert "99,00" not in texte

    def test_chaque_operation_mene_a_sa_fiche(self, client, regisseur, dupont):
        due, regle, avoir = operations(dupont.famille)
        adresse = page(dupont.famille, "guichet_famille_comptes", annee="2014-2015")
        texte = entre(client, regisseur).get(adresse).text
        for operation in (due, regle, avoir):
            assert f"/admin/facturation/{operation._meta.model_name}/{operation.pk}/change/" in texte

    def test_une_annee_qui_n_en_est_pas_une(self, client, regisseur, dupont):
        adresse = page(dupont.famille, "guichet_famille_comptes", annee="2014")
        assert entre(client, regisseur).get(adresse).status_code == 404

    def test_le_tableur_et_le_pdf_disent_la_famille(self, client, regisseur, dupont):
        operations(dupont.famille)
        csv = entre(client, regisseur).get(page(dupont.famille, "guichet_famille_comptes_csv", annee="2014-2015"))
        assert csv["Content-Disposition"] == 'attachment; filename="releve-1001001818331-2014-2015.csv"'
        assert "120,60" in csv.text


class TestAcces:
    def demander(self, client, foyer, geste, responsable=None):
        envoi = {"geste": geste, "responsable": (responsable or foyer.titulaire).pk}
        return client.post(page(foyer.famille, "guichet_famille_acces"), envoi)

    def test_l_etat_de_chacun(self, accueil, dupont):
        texte = accueil.get(page(dupont.famille, "guichet_famille_acces")).text
        assert "Identifiant dupont" in texte
        assert "Ouvert, jamais utilisé" in texte
        assert "Aucun identifiant" in texte
        assert "Fermer l’accès" not in texte

    def test_le_lien_part_par_e_mail_une_fois(self, accueil, dupont):
        assert phrases(self.demander(accueil, dupont, "lien")) == ["Lien de mot de passe envoyé par e-mail."]
        assert "vient déjà de partir" in phrases(self.demander(accueil, dupont, "lien"))[-1]
        [entree] = LogEntry.objects.all()
        assert entree.change_message == "Lien de mot de passe envoyé par e-mail."

    def test_ce_que_cinq_mots_de_passe_ont_bloque_se_debloque(self, accueil, dupont):
        AccessAttempt.objects.create(
            username="dupont", ip_address="127.0.0.1", failures_since_start=5, attempt_time=timezone.now()
        )
        assert "Bloqué" in accueil.get(page(dupont.famille, "guichet_famille_acces")).text
        self.demander(accueil, dupont, "deverrouiller")
        assert not AccessAttempt.objects.exists()

    def test_la_direction_ferme_et_rouvre(self, client, directrice, dupont):
        entre(client, directrice)
        self.demander(client, dupont, "fermer")
        dupont.compte.refresh_from_db()
        assert not dupont.compte.is_active
        self.demander(client, dupont, "rouvrir")
        dupont.compte.refresh_from_db()
        assert dupont.compte.is_active

    def test_l_accueil_ne_ferme_rien(self, accueil, dupont):
        assert self.demander(accueil, dupont, "fermer").status_code == 403

    def test_ni_celui_d_une_autre_famille_ni_celui_d_un_agent(self, accueil, dupont, martin):
        assert self.demander(accueil, dupont, "lien", martin.titulaire).status_code == 404
        dupont.compte.is_staff = True
        dupont.compte.save()
        assert self.demander(accueil, dupont, "deverrouiller").status_code == 403


@pytest.mark.parametrize("nom", ["guichet_famille_echanges", "guichet_famille_comptes", "guichet_famille_acces"])
def test_une_page_ne_coute_pas_plus_quand_la_famille_a_beaucoup(client, directrice, dupont, nom, agent):
    entre(client, directrice).get(page(dupont.famille, nom))

    def requetes() -> int:
        with CaptureQueriesContext(connection) as captees:
            client.get(page(dupont.famille, nom, annee="2014-2015"))
        return len(captees)

    changer_de_mobile(dupont)
    peu = requetes()
    operations(dupont.famille)
    for sujet in ("Goûter", "Sieste", "Car"):
        Fil.ecrire_au_centre(dupont.titulaire, sujet, "Bonjour")
    for _ in range(3):
        demande = dupont.famille.demandes.filter(decidee_le=None).first()
        demande.refuser(par=agent, motif="Non")
        changer_de_mobile(dupont)
    assert requetes() <= max(peu, 12) <= 15
