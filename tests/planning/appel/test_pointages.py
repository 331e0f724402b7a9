"""Taps sent one by one as they are made, late or twice; and the roll of a whole structure."""

import json
from datetime import datetime, time
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from famille.models import Enfant, LectureConfidentielle
from planning.models import Inscription, Prestation, Reservation
from planning.regles.etats import Presence
from planning.regles.jours import Jours
from tests.planning.appel.outils import MERCREDI, RENTREE, accueillir_en_nombre, adresse, ligne

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def pointer(client: Client, ou: str, envoi: dict, *, cle: str = "") -> tuple[int, dict]:
    entetes = {"Accept": "application/json", **({"Idempotency-Key": cle} if cle else {})}
    reponse = client.post(ou, envoi, headers=entetes)
    return reponse.status_code, json.loads(reponse.content)


def structure(prestation: Prestation, page: str = "") -> str:
    return reverse(f"admin:planning_prestation_appel_structure{page}", args=[prestation.structure_id, 2015, 4, 1])


class TestUnGeste:
    def test_la_reponse_dit_ou_en_est_chaque_enfant(self, porte, mercredi, lea, tom, animateur):
        tom.journee(MERCREDI).pointer(Presence.ABSENT, par=animateur)
        statut, dit = pointer(porte, adresse(mercredi), ligne(lea, "present", "08:30"))

        assert statut == 200
        assert {cle: une["avant"] for cle, une in dit["lignes"].items()} == {
            str(lea.pk): "present|08:30|",
            str(tom.pk): "absent||",
        }
        assert (dit["presents"], dit["absents"]) == ("1\u00a0présent", "1\u00a0absent")
        assert dit["lignes"][str(lea.pk)]["par_qui"] == "Ali MAIRIE, 8\u00a0h"

    def test_ce_qui_ne_va_pas_d_un_enfant_n_empeche_pas_les_autres(self, porte, mercredi, lea, tom):
        _, dit = pointer(porte, adresse(mercredi), ligne(lea, "present", "17:00", "08:00") | ligne(tom, "present"))

        assert dit["lignes"][str(lea.pk)]["dit"] == "Le départ doit suivre l’arrivée."
        assert list(Reservation.objects.presentes().values_list("inscription", flat=True)) == [tom.pk]

    def test_un_conflit_se_dit_sur_la_ligne(self, porte, mercredi, lea, directrice):
        lea.journee(MERCREDI).pointer(Presence.ABSENT, par=directrice)
        _, dit = pointer(porte, adresse(mercredi), ligne(lea, "present"))

        assert dit["lignes"][str(lea.pk)]["avant"] == "absent||"
        assert dit["lignes"][str(lea.pk)]["dit"].startswith("Pendant que vous notiez")

    def test_envoye_deux_fois_il_n_agit_qu_une_et_dit_la_meme_chose(self, porte, mercredi, lea, directrice):
        """The answer was lost; meanwhile another agent took the tap back."""
        premiere = pointer(porte, adresse(mercredi), ligne(lea, "present"), cle="a1")
        lea.journee(MERCREDI).pointer(Presence.NON_POINTEE, par=directrice)

        assert pointer(porte, adresse(mercredi), ligne(lea, "present"), cle="a1") == premiere
        assert lea.journee(MERCREDI).presence == Presence.NON_POINTEE

    @pytest.mark.parametrize(
        ("le", "note"),
        [("2015-04-02T07:51:00+02:00", time(7, 51)), ("2015-04-02T09:00:00+02:00", time(8)), ("", time(8))],
    )
    def test_un_geste_parti_tard_garde_son_heure(self, porte, mercredi, lea, le, note):
        instant = str(int(datetime.fromisoformat(le).timestamp())) if le else ""
        pointer(porte, adresse(mercredi), {**ligne(lea, "present"), f"le-{lea.pk}": instant})

        assert timezone.localtime(lea.journee(MERCREDI).pointee_le).time().replace(second=0, microsecond=0) == note

    def test_les_gestes_d_un_autre_compte_ne_passent_pas_sous_ce_nom(self, porte, mercredi, lea, directrice):
        envoi = {**ligne(lea, "present"), "compte": str(directrice.pk)}

        assert pointer(porte, adresse(mercredi), envoi)[0] == 409
        assert not Reservation.objects.presentes().exists()

    def test_le_journal_ne_garde_que_ce_qui_corrige(self, porte, mercredi, lea):
        pointer(porte, adresse(mercredi), ligne(lea, "present"))
        assert not LogEntry.objects.exists()
        pointer(porte, adresse(mercredi), ligne(lea, "absent", avant="present||"))
        assert "corrigés\u00a0: Léa DUPONT" in LogEntry.objects.get().change_message


class TestSuggestions:
    def suggerer(self, client: Client, ou: str, texte: str) -> list[tuple[str, str]]:
        lus = json.loads(client.get(ou, {"q": texte}, headers={"Accept": "application/json"}).content)
        return [(un["nom"], un["droit"].replace("\u00a0", " ")) for un in lus["suggestions"]]

    def test_un_nom_tape_dit_qui_et_son_droit_d_etre_la(self, porte, mercredi, lea, martin):
        assert self.suggerer(porte, adresse(mercredi), "léa") == [("Léa DUPONT", "Inscrit ici")]
        assert self.suggerer(porte, adresse(mercredi), "tom") == [
            ("Tom MARTIN", "Pas inscrit ici : sa présence sera à régulariser")
        ]
        Prestation.objects.create(structure=mercredi.structure, nom="Atelier", heure_debut=time(18), heure_fin=time(19))
        assert self.suggerer(porte, structure(mercredi), "léa") == [("Léa DUPONT", f"Inscrit : {mercredi}")]

    def test_elles_sont_a_qui_fait_l_appel(self, client, agent, mercredi, lea):
        client.force_login(agent)
        reponse = client.get(adresse(mercredi), {"q": "léa"}, headers={"Accept": "application/json"})
        assert reponse.status_code == 403


class TestUneStructure:
    @pytest.fixture
    def repas(self, mercredi, lea, agent) -> Inscription:
        """Léa has lunch there too."""
        repas = Prestation.objects.create(
            structure=mercredi.structure,
            nom="Repas du mercredi",
            heure_debut=time(17),
            heure_fin=time(18),
            ordre=9,
            jours_scolaires=mercredi.jours_scolaires,
        )
        cles = {"du": RENTREE, "jours": Jours.MERCREDI, "par": agent}
        return Inscription.objects.inscrire(lea.enfant, repas, lea.famille, **cles)

    def test_chaque_ligne_dit_sa_prestation_et_tout_se_pointe_la(self, porte, mercredi, lea, tom, repas):
        page = porte.get(structure(mercredi))
        lues = [(une.nom, str(une.inscription.prestation)) for une in page.context["lignes"]]
        assert lues == [
            ("DUPONT Léa", str(mercredi)),
            ("DUPONT Léa", "Repas du mercredi"),
            ("MARTIN Tom", str(mercredi)),
        ]
        assert "Repas du mercredi</strong>" in page.text
        porte.post(structure(mercredi), ligne(repas, "present") | ligne(tom, "absent"))
        assert repas.journee(MERCREDI).est_presente
        assert tom.journee(MERCREDI).presence == Presence.ABSENT

    def test_un_groupe_est_une_classe_ou_un_age(self, porte, mercredi, lea, tom):
        Enfant.objects.filter(pk=lea.enfant_id).update(classe="CE1", date_naissance="2007-06-03")
        Enfant.objects.filter(pk=tom.enfant_id).update(classe="PS", date_naissance="2011-06-03")
        page = porte.get(f"{structure(mercredi)}?groupe=PS")
        assert [une.nom for une in page.context["lignes"]] == ["MARTIN Tom"]
        assert [code for code, _ in page.context["appel"].groupes] == ["petits", "grands", "PS", "CE1"]
        assert [une.nom for une in porte.get(f"{structure(mercredi)}?groupe=grands").context["lignes"]] == [
            "DUPONT Léa"
        ]

    def test_l_enfant_imprevu_vient_a_la_prestation_choisie(self, porte, mercredi, lea, repas, martin):
        tom, famille = martin.enfants[0], martin.famille
        ajout = {"ajout": f"{tom.pk}-{famille.pk}", "ajout_a": str(repas.prestation_id)}
        porte.post(structure(mercredi), ajout)
        assert Reservation.objects.presentes().get().prestation_id == repas.prestation_id

    def test_sans_date_c_est_aujourd_hui(self, porte, mercredi):
        page = reverse("admin:planning_prestation_appel_structure_du_jour", args=[mercredi.structure_id])
        assert str(porte.get(page).context["jour"]) == "2015-04-02"

    def test_elle_s_imprime_avec_la_prestation_de_chacun(self, porte, mercredi, repas):
        [page] = PdfReader(BytesIO(porte.get(structure(mercredi, "_papier")).content)).pages
        assert "Repas du mercredi" in page.extract_text()

    def test_soixante_et_onze_enfants_et_dix_prestations_en_quinze_requetes(
        self, porte, mercredi, agent, django_assert_max_num_queries
    ):
        accueillir_en_nombre(mercredi, agent, 71)
        for n in range(9):
            Prestation.objects.create(
                structure=mercredi.structure, nom=f"Atelier {n}", heure_debut=time(18), heure_fin=time(19)
            )
        porte.get(structure(mercredi))
        with django_assert_max_num_queries(15):
            assert len(porte.get(structure(mercredi)).context["lignes"]) == 71
        with django_assert_max_num_queries(15):
            porte.get(structure(mercredi, "_papier"))

    @pytest.mark.parametrize(
        ("qui", "lire", "pointe"), [("animateur", 200, True), ("agent", 200, False), ("agent_sans_droit", 403, False)]
    )
    def test_elle_est_a_qui_fait_l_appel(self, request, client, mercredi, lea, qui, lire, pointe):
        client.force_login(request.getfixturevalue(qui))
        assert client.get(structure(mercredi)).status_code == lire
        client.post(structure(mercredi), ligne(lea, "present"))
        assert lea.journee(MERCREDI).est_presente is pointe
        assert LectureConfidentielle.objects.exists() is pointe
