"""How agents look for a famille, a child, a responsable."""

import pytest
from django.urls import reverse

from famille.models import LectureConfidentielle
from tests import fabriques

pytestmark = pytest.mark.django_db


class TestRecherche:
    @pytest.mark.parametrize(
        "recherche", ["1001001818331", "818331", "dupont", "Jeanne", "lea", "LÉA", "jean dupont", "dupont lea", "dup"]
    )
    def test_une_famille_se_trouve_par_son_numero_un_nom_ou_un_enfant(self, client, agent, dupont, martin, recherche):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_famille_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == [dupont.famille]

    @pytest.mark.parametrize("recherche", ["1001001818331", "leA", "dupont", "Jeanne"])
    def test_un_enfant_se_trouve_de_meme(self, client, agent, dupont, martin, recherche):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == dupont.enfants

    @pytest.mark.parametrize("recherche", ["1001001818332", "sophie", "tom", "sophie.martin@example.org"])
    def test_un_responsable_se_trouve_de_meme(self, client, agent, dupont, martin, recherche):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_responsable_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == [martin.titulaire]

    @pytest.mark.parametrize("recherche", ["Élise-Anne", "elise", "anne", "D’AUVERGNE", "auvergne elise", "d'auvergne"])
    def test_ni_les_accents_ni_les_traits_d_union_ne_comptent(self, client, agent, dupont, recherche):
        elise = fabriques.EnfantFactory(nom="D’AUVERGNE", prenom="ÉLISE-Anne")
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == [elise]

    @pytest.mark.parametrize(
        ("recherche", "trouvee"),
        [
            ("laetitia", "Lætitia d’Arc"),
            ("LÆTITIA", "Lætitia d’Arc"),
            ("darc", "Lætitia d’Arc"),
            ("d'arc", "Lætitia d’Arc"),
            ("d’arc", "Lætitia d’Arc"),
            ("arc", "Lætitia d’Arc"),
            ("oedipe", "Œdipe LEROY-DE L’ISLE"),
            ("leroy de lisle", "Œdipe LEROY-DE L’ISLE"),
            ("leroydelisle", "Œdipe LEROY-DE L’ISLE"),
            ("saint-exupery", "Łukasz SAINT EXUPÉRY"),
            ("saintexupery", "Łukasz SAINT EXUPÉRY"),
            ("lukasz", "Łukasz SAINT EXUPÉRY"),
            ("strauss", "Bjørn STRAUẞ"),
            ("bjorn", "Bjørn STRAUẞ"),
        ],
    )
    def test_un_nom_se_tape_comme_le_permet_le_clavier(self, client, agent, recherche, trouvee):
        noms = ["Lætitia/d’Arc", "Œdipe/LEROY-DE L’ISLE", "Łukasz/SAINT EXUPÉRY", "Bjørn/STRAUẞ", "Laurent/LISLE"]
        for prenom, nom in (ecrit.split("/") for ecrit in noms):
            fabriques.EnfantFactory(nom=nom, prenom=prenom)
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": recherche})

        assert [str(enfant) for enfant in page.context["cl"].result_list] == [trouvee]

    def test_un_enfant_n_est_pas_son_frere(self, client, agent, dupont):
        fabriques.EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Hugo")
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": "léa"})

        assert list(page.context["cl"].result_list) == dupont.enfants

    @pytest.mark.parametrize("modele", ["informationsbancaires", "quotientfamilial", "informationscaf", "compte"])
    def test_le_reste_du_dossier_se_trouve_par_la_famille(self, client, directrice, dupont, martin, modele):
        fabriques.InformationsCafFactory(famille=martin.famille)
        client.force_login(directrice)

        page = client.get(reverse(f"admin:famille_{modele}_changelist"), {"q": "1001001818332"})

        trouve = page.context["cl"].result_list.get()
        assert martin.famille == (trouve.responsable.famille if modele == "compte" else trouve.famille)

    def test_une_ecole_et_le_journal_se_cherchent_sans_accents(self, client, directrice, dupont):
        LectureConfidentielle.objects.noter(dupont.enfants[0], par=directrice)
        fabriques.EcoleFactory(nom="École Jean-Zay")
        client.force_login(directrice)

        ecoles = client.get(reverse("admin:famille_ecole_changelist"), {"q": "ecole - moulin"})
        lectures = client.get(reverse("admin:famille_lectureconfidentielle_changelist"), {"q": "lea"})

        assert [str(ecole) for ecole in ecoles.context["cl"].result_list] == ["École Jean-Moulin"]
        assert len(lectures.context["cl"].result_list) == 1

    def test_un_pourcent_ne_trouve_pas_tout_le_monde(self, client, agent, dupont):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": "%"})

        assert list(page.context["cl"].result_list) == []
