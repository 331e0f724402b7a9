"""The notes of the centre, and what changed in a dossier, from what to what, by whom."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import LectureConfidentielle, NoteDuCentre
from portail.copie import CopieDuDossier
from tests.demandes.outils import changer_de_mobile
from tests.portail.guichet.famille.outils import HIER, MERCREDI, faire, page

NOTES, HISTORIQUE = "guichet_famille_notes", "guichet_famille_historique"


def ecrire(client, famille, texte="Préfère qu’on appelle le père."):
    return client.post(page(famille, NOTES), {"texte": texte})


class TestNotes:
    def test_une_note_se_lit_entre_agents(self, accueil, dupont, agent):
        ecrire(accueil, dupont.famille)
        texte = accueil.get(page(dupont.famille, NOTES)).text
        assert "Préfère qu’on appelle le père." in texte
        le = timezone.localtime(NoteDuCentre.objects.get().le)
        assert f"Alice MAIRIE, le {francais.date_et_heure(le)}" in texte
        [lecture] = LectureConfidentielle.objects.all()
        assert (lecture.par, lecture.objet) == (agent, "Notes du centre")

    def test_vide_elle_revient(self, accueil, dupont):
        assert (ecrire(accueil, dupont.famille, " ").status_code, NoteDuCentre.objects.exists()) == (422, False)

    def test_aucune_page_de_parent_ne_la_montre_mais_leur_copie_la_donne(self, accueil, dupont):
        ecrire(accueil, dupont.famille)
        parent = Client()
        parent.force_login(dupont.compte)
        for nom in ("accueil", "famille:mon_compte", "famille:enfants", "messagerie:messages", "demandes:liste"):
            assert "appelle le père" not in parent.get(reverse(nom)).text
        [note] = CopieDuDossier(dupont.famille, pour=dupont.titulaire).donnees["notes du centre"]
        assert note["texte"] == "Préfère qu’on appelle le père."
        assert "écrite par" not in note

    def test_elle_est_illisible_dans_la_base(self, accueil, dupont):
        ecrire(accueil, dupont.famille)
        with connection.cursor() as curseur:
            curseur.execute("SELECT texte FROM famille_noteducentre")
            assert "père" not in curseur.fetchone()[0]

    @pytest.mark.parametrize(
        ("qui", "lit", "ecrit", "efface"),
        [
            ("agent", 200, 302, 403),
            ("animateur", 200, 403, 403),
            ("regisseur", 200, 302, 403),
            ("directrice", 200, 302, 302),
        ],
    )
    def test_selon_son_groupe(self, request, client, dupont, agent, qui, lit, ecrit, efface):
        note = NoteDuCentre.objects.ecrire(dupont.famille, "Note", par=agent)
        client.force_login(request.getfixturevalue(qui))
        adresse = page(dupont.famille, NOTES)
        assert client.get(adresse).status_code == lit
        assert ecrire(client, dupont.famille).status_code == ecrit
        assert client.post(adresse, {"effacer": note.pk}).status_code == efface

    def test_celle_d_une_autre_famille_ne_s_efface_pas_d_ici(self, client, directrice, dupont, martin, agent):
        note = NoteDuCentre.objects.ecrire(martin.famille, "Note", par=agent)
        client.force_login(directrice)
        assert client.post(page(dupont.famille, NOTES), {"effacer": note.pk}).status_code == 404

    def test_elle_part_apres_deux_ans(self, dupont, agent):
        NoteDuCentre.objects.ecrire(dupont.famille, "Vieille", par=agent)
        NoteDuCentre.objects.update(le=timezone.now() - timedelta(days=740))
        NoteDuCentre.objects.ecrire(dupont.famille, "Récente", par=agent)
        call_command("purger", appliquer=True, verbosity=0)
        assert [note.texte for note in NoteDuCentre.objects.all()] == ["Récente"]


def lignes(client, famille, **requete) -> list[tuple[str, str, str]]:
    faits = client.get(page(famille, HISTORIQUE, **requete)).context["faits"]
    return [tuple(x.replace("\u00a0", " ") for x in (fait.qui, fait.quoi, fait.detail)) for fait in faits]


class TestHistorique:
    def corriger(self, client, responsable, **champs):
        adresse = reverse("admin:famille_responsable_change", args=[responsable.pk])
        form = client.get(adresse).context["adminform"].form
        envoi = {nom: valeur for nom, valeur in form.initial.items() if valeur not in (None, False)}
        envoi = {nom: str(valeur) for nom, valeur in envoi.items()} | champs
        assert client.post(adresse, envoi).status_code == 302

    def test_un_champ_dit_de_quoi_a_quoi_et_par_qui(self, accueil, dupont):
        self.corriger(accueil, dupont.titulaire, employeur="Mairie")
        self.corriger(accueil, dupont.titulaire, employeur="Hôpital")
        [recent, ancien] = lignes(accueil, dupont.famille)
        assert recent[:2] == ("Alice MAIRIE", "Jean DUPONT")
        assert "(« Mairie » → « Hôpital »)" in recent[2]
        assert "(« vide » → « Mairie »)" in ancien[2]

    def test_la_sante_et_la_banque_n_y_sont_pas(self, client, directrice, dupont):
        client.force_login(directrice)
        fiche = dupont.enfants[0].fiche_sanitaire
        adresse = reverse("admin:famille_fichesanitaire_change", args=[fiche.pk])
        form = client.get(adresse).context["adminform"].form
        envoi = {nom: valeur for nom, valeur in form.initial.items() if valeur} | {"allergies": "Kiwi"}
        tableau = {"vaccinations-TOTAL_FORMS": 0, "vaccinations-INITIAL_FORMS": 0}
        assert client.post(adresse, envoi | tableau).status_code == 302
        [(_, quoi, detail)] = lignes(client, dupont.famille)
        assert (quoi, detail) == ("Fiche sanitaire de Léa DUPONT", "Modification de Allergies.")
        assert not LogEntry.objects.filter(change_message__contains="Kiwi").exists()
        assert not LogEntry.objects.filter(change_message__contains="Arachide").exists()

    @pytest.mark.usefixtures("jeudi_2_avril")
    def test_tout_est_dans_une_seule_liste_le_dernier_d_abord(self, accueil, dupont, martin, lea, agent):
        demande = changer_de_mobile(dupont)
        changer_de_mobile(martin)
        demande.refuser(par=agent, motif="Déjà fait")
        faire(accueil, lea, "reserver", MERCREDI)
        dits = lignes(accueil, dupont.famille)
        assert {quoi.split(" : ")[0] for _, quoi, _ in dits} >= {
            f"Demande n° {demande.numero} déposée",
            f"Demande n° {demande.numero} refusée",
        }
        deposee = next(ligne for ligne in dits if "déposée" in ligne[1])
        assert deposee[0] == "La famille"
        assert "→ « 06 01 02 03 04 »" in deposee[2]
        assert any(detail == "Réservé." for _, _, detail in dits)
        assert not any("MARTIN" in quoi for _, quoi, _ in dits)

    @pytest.mark.usefixtures("jeudi_2_avril")
    def test_la_raison_d_une_derogation_se_lit_sur_la_fiche_du_jour_et_c_est_note(self, accueil, lea, agent):
        [journee] = lea.reserver([HIER], par=agent, derogation="Mère hospitalisée")
        dits = lignes(accueil, lea.famille)
        assert any(quoi.startswith("Hors délai : Léa DUPONT") for _, quoi, _ in dits)
        assert not any("hospitalisée" in detail for _, _, detail in dits)
        fiche = accueil.get(reverse("admin:planning_reservation_change", args=[journee.pk])).text
        assert "Alice MAIRIE\u00a0: Mère hospitalisée" in fiche
        assert [lecture.objet for lecture in LectureConfidentielle.objects.all()] == ["Motif du 01/04/2015"]

    def test_par_pages_et_sans_plus_de_requetes(self, client, directrice, dupont, agent):
        client.force_login(directrice)

        def requetes() -> int:
            with CaptureQueriesContext(connection) as captees:
                client.get(page(dupont.famille, HISTORIQUE))
            return len(captees)

        requetes()
        peu = requetes()
        for n in range(45):
            LogEntry.objects.log_actions(agent.pk, [dupont.titulaire], CHANGE, f"Fait {n}.", single_object=True)
        assert requetes() <= max(peu, 14) <= 15
        assert [detail for _, _, detail in lignes(client, dupont.famille)][:1] == ["Fait 44."]
        assert [detail for _, _, detail in lignes(client, dupont.famille, page="2")] == [
            f"Fait {n}." for n in range(4, -1, -1)
        ]

    def test_l_animation_n_y_lit_ni_l_argent_ni_les_messages(self, client, animateur, accueil, dupont):
        from messagerie.models import Fil

        fil = Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Est-il fourni ?")
        accueil.post(reverse("admin:messagerie_fil_classement", args=[fil.pk]))
        assert any(quoi == "Goûter" for _, quoi, _ in lignes(accueil, dupont.famille))
        client.force_login(animateur)
        assert not any(quoi == "Goûter" for _, quoi, _ in lignes(client, dupont.famille))
