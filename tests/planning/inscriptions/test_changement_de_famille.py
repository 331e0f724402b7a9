"""A child leaves a famille, or goes to another one: what holds it is said, and what moves is counted first."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from famille.models import Famille, Rattachement
from messagerie.models import Fil, Message
from planning import erreurs
from planning.appel.imprevus import accueillir, annuler
from planning.models import Inscription
from planning.portee.changement_de_famille import REFUSE_AVANT, ChangementDeFamille
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests import fabriques
from tests.planning.admin.outils import confirmer, phrases, question

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
RENTREE, AUJOURD_HUI = date(2014, 9, 1), date(2015, 4, 2)
PASSE, MERCREDI, SUIVANT = date(2015, 4, 1), date(2015, 4, 8), date(2015, 4, 29)


@pytest.fixture
def lea(dupont):
    return dupont.enfants[0]


@pytest.fixture
def inscription(dupont, lea, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent)


@pytest.fixture
def direction(client, directrice):
    client.force_login(directrice)
    return client


def pointer_present(inscription: Inscription, par) -> None:
    inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=par)


def page_famille(famille: Famille) -> str:
    return reverse("admin:famille_famille_change", args=[famille.pk])


def retirer(client, rattachement: Rattachement, *, sur: str):
    """The box « Supprimer » of that tie, on the page of the famille or of the child."""
    contexte = client.get(sur).context
    groupes = [groupe.formset for groupe in contexte["inline_admin_formsets"]]
    formulaires = [contexte["adminform"].form, *(f for g in groupes for f in [g.management_form, *g.forms])]
    champs = {champ.html_name: champ.value() for form in formulaires for champ in form}
    envoi = {nom: "" if valeur is None else valeur for nom, valeur in champs.items() if valeur is not False}
    [prefixe] = [f.prefix for g in groupes for f in g.forms if f.instance == rattachement]
    return client.post(sur, envoi | {f"{prefixe}-DELETE": "on"})


class TestQuitterUneFamille:
    @pytest.mark.parametrize("cote", ["famille", "enfant"])
    def test_inscrit_l_enfant_y_reste_et_c_est_dit(self, direction, inscription, dupont, lea, cote):
        sur = (
            page_famille(dupont.famille) if cote == "famille" else reverse("admin:famille_enfant_change", args=[lea.pk])
        )
        reponse = retirer(direction, Rattachement.objects.get(enfant=lea), sur=sur)

        assert reponse.status_code == 200
        dites = [phrase.replace("\u00a0", " ") for phrase in reponse.context["errors"]]
        assert dites == [
            "Léa a encore une inscription payée par cette famille : « ALSH Mercredi journée ». Terminez d’abord ce qui "
            "est en cours (page « Inscriptions »), ou déplacez l’enfant vers une autre famille, depuis sa fiche."
        ]
        assert Rattachement.objects.filter(enfant=lea).exists()

    def test_une_fois_l_inscription_terminee_il_la_quitte_et_son_passe_reste(
        self, direction, inscription, dupont, lea, agent
    ):
        inscription.terminer(PASSE, par=agent)

        reponse = retirer(direction, Rattachement.objects.get(enfant=lea), sur=page_famille(dupont.famille))

        assert reponse.status_code == 302
        connection.check_constraints()
        assert not Rattachement.objects.filter(enfant=lea).exists()
        assert Inscription.objects.get().journee(PASSE).etat == Etat.REGULIERE

    def test_postgresql_le_tient_aussi(self, inscription, lea):
        connection.check_constraints()
        with transaction.atomic():
            Rattachement.objects.filter(enfant=lea).delete()
            with pytest.raises(IntegrityError, match="rattachement_sans_avenir"):
                connection.check_constraints()
            transaction.set_rollback(True)

    def test_qui_n_est_plus_dans_la_famille_n_y_change_plus_de_rythme(self, inscription, lea, agent):
        inscription.terminer(PASSE, par=agent)
        Rattachement.objects.filter(enfant=lea).delete()
        with pytest.raises(erreurs.InscriptionImpossible, match="pas rattaché"):
            inscription.changer_rythme(Jours.LUNDI, a_compter_du=date(2015, 3, 2), par=agent)


class TestDeplacer:
    def deplacer(self, lea, dupont, martin, du=AUJOURD_HUI, **options) -> ChangementDeFamille:
        return ChangementDeFamille(lea, dupont.famille, martin.famille, du, **options)

    def test_les_jours_a_venir_passent_et_les_places_ne_bougent_pas(
        self, lea, dupont, martin, inscription, mercredi, agent
    ):
        inscription.journee(SUIVANT).annuler(par=agent)
        avant = mercredi.places_restantes([PASSE, MERCREDI, SUIVANT])

        [suite] = self.deplacer(lea, dupont, martin).faire(par=agent)

        connection.check_constraints()
        ancienne = Inscription.objects.get(famille=dupont.famille)
        assert (ancienne.au, suite.du, suite.au, suite.famille) == (PASSE, AUJOURD_HUI, None, martin.famille)
        assert [j.etat for j in suite.journees([MERCREDI, SUIVANT])] == [Etat.REGULIERE, Etat.ANNULEE]
        assert ancienne.journee(PASSE).etat == Etat.REGULIERE
        assert mercredi.places_restantes([PASSE, MERCREDI, SUIVANT]) == avant
        assert list(lea.familles.all()) == [martin.famille]

    def test_une_inscription_a_venir_passe_entiere(self, lea, dupont, martin, garderie, agent):
        Inscription.objects.inscrire(lea, garderie, dupont.famille, du=date(2015, 5, 4), par=agent)
        self.deplacer(lea, dupont, martin).faire(par=agent)
        assert [(i.famille, i.du) for i in Inscription.objects.all()] == [(martin.famille, date(2015, 5, 4))]

    def test_plus_tard_ou_en_garde_alternee_les_deux_familles_ont_l_enfant(
        self, lea, dupont, martin, inscription, agent
    ):
        self.deplacer(lea, dupont, martin, du=date(2015, 5, 1)).faire(par=agent)
        assert set(lea.familles.all()) == {dupont.famille, martin.famille}
        connection.check_constraints()

    def test_ce_que_l_ancienne_famille_avait_dit_ne_passe_pas(self, lea, dupont, martin, inscription, agent):
        inscription.journee(MERCREDI).excuser("Chez le psychologue", par=agent)
        inscription.journee(SUIVANT).excuser(par=agent)
        inscription.demander([SUIVANT], par=dupont.compte)
        inscription.journee(SUIVANT).refuser("Facture impayée", par=agent)

        [suite] = self.deplacer(lea, dupont, martin).faire(par=agent)

        assert [j.motif for j in suite.journees([MERCREDI, SUIVANT])] == ["", REFUSE_AVANT]

    @pytest.mark.parametrize(
        ("preparer", "dit"),
        [
            (lambda d: d | {"vers": d["de"]}, "déjà"),
            (lambda d: d | {"du": PASSE}, "Le passé ne change pas de famille"),
        ],
    )
    def test_ce_qui_ne_se_peut_pas_est_dit(self, lea, dupont, martin, inscription, agent, preparer, dit):
        cles = preparer({"enfant": lea, "de": dupont.famille, "vers": martin.famille, "du": AUJOURD_HUI})
        with pytest.raises(erreurs.InscriptionImpossible, match=dit):
            ChangementDeFamille(**cles).faire(par=agent)
        assert Inscription.objects.get().famille == dupont.famille

    def test_une_demande_en_attente_se_decide_d_abord(self, lea, dupont, martin, mercredi, agent):
        inscription = Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=RENTREE, par=agent)
        inscription.demander([MERCREDI], par=dupont.compte)
        with pytest.raises(erreurs.InscriptionImpossible, match="jour demandé attend encore une réponse"):
            self.deplacer(lea, dupont, martin).faire(par=agent)

    def test_deux_inscriptions_a_la_meme_prestation_ne_se_rejoignent_pas(self, lea, dupont, martin, mercredi, agent):
        fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
        for foyer in (dupont, martin):
            Inscription.objects.inscrire(lea, mercredi, foyer.famille, du=RENTREE, par=agent)
        with pytest.raises(erreurs.InscriptionImpossible, match="déjà inscrit"):
            self.deplacer(lea, dupont, martin).faire(par=agent)

    def test_une_presence_sans_inscription_passe_comme_elle_est(
        self, lea, dupont, martin, mercredi, agent, jeudi_2_avril
    ):
        jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
        pointer_present(accueillir(lea, mercredi, dupont.famille, MERCREDI, par=agent), agent)
        [passee] = self.deplacer(lea, dupont, martin, MERCREDI).faire(par=agent)
        assert (passee.famille, passee.a_regulariser) == (martin.famille, True)
        assert passee.journee(MERCREDI).est_presente

    @pytest.mark.parametrize("inscrite", [True, False])
    def test_le_meme_jour_note_pour_chacune_des_deux_familles_est_dit(
        self, lea, dupont, martin, mercredi, agent, jeudi_2_avril, inscrite
    ):
        jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
        fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
        if inscrite:
            Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=RENTREE, par=agent)
        ici, la = (accueillir(lea, mercredi, f.famille, MERCREDI, par=agent) for f in (dupont, martin))
        pointer_present(ici, agent)
        pointer_present(la, agent)

        with pytest.raises(erreurs.InscriptionImpossible) as refus:
            self.deplacer(lea, dupont, martin, MERCREDI).faire(par=agent)

        assert str(refus.value).replace("\u00a0", " ") == (
            "Le 08/04/2015, l’enfant est aussi à « ALSH Mercredi journée » pour l’autre famille, sans y être inscrit : "
            "effacez d’abord cette présence, à l’appel de ce jour."
        )
        annuler(la, par=agent)
        [passee] = self.deplacer(lea, dupont, martin, MERCREDI).faire(par=agent)
        assert passee.journee(MERCREDI).est_presente

    def test_un_parent_ne_deplace_personne(self, lea, dupont, martin, inscription):
        with pytest.raises(erreurs.ReserveAuCentre):
            self.deplacer(lea, dupont, martin).faire(par=dupont.compte)


class TestLaPage:
    def envoyer(self, client, lea, dupont, vers: str, du: str = "2015-04-02"):
        chemin = reverse("admin:planning_inscription_deplacer", args=[lea.pk])
        return client.post(chemin, {"de": dupont.famille.pk, "vers": vers, "du": du})

    def test_rien_ne_change_avant_d_avoir_lu_ce_qui_change(self, direction, lea, dupont, martin, inscription, agent):
        inscription.journee(SUIVANT).facturer_absence(par=agent)
        page = self.envoyer(direction, lea, dupont, martin.famille.numero)

        assert question(page) == [
            "Léa DUPONT, de DUPONT (1001001818331) à MARTIN (1001001818332), à partir du 02/04/2015.",
            "1 inscription passe à la seconde, jours réguliers compris : ALSH Mercredi journée.",
            "1 jour réservé passe avec l’enfant. Ce qui précède reste à la première, et lui est facturé.",
            "2 familles seront prévenues par un message.",
            "L’enfant quitte la première famille aussitôt : elle ne verra plus sa fiche ni son planning.",
        ]
        assert list(lea.familles.all()) == [dupont.famille]
        assert not Fil.objects.exists()

        reponse = confirmer(direction, page)

        assert reponse.status_code == 302
        assert "est maintenant avec MARTIN" in phrases(reponse)[0]
        assert list(lea.familles.all()) == [martin.famille]
        textes = {m.fil.famille: m.texte for m in Message.objects.select_related("fil__famille")}
        assert "ne sont plus réservées ni payées par votre famille" in textes[dupont.famille]
        assert "sont réservées et payées par votre famille" in textes[martin.famille]
        assert "DUPONT" not in textes[martin.famille]

    def test_sans_jour_reserve_il_ne_passe_que_l_inscription(self, direction, lea, dupont, martin, mercredi, agent):
        Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=RENTREE, par=agent)
        page = self.envoyer(direction, lea, dupont, martin.famille.numero)
        assert question(page)[2].startswith("Aucun jour n’est encore réservé. Ce qui précède reste")

    def test_un_numero_inconnu_est_dit(self, direction, lea, dupont, inscription):
        page = self.envoyer(direction, lea, dupont, "0000000000000")
        assert "Aucune famille n’a ce numéro." in page.content.decode()

    def test_la_fiche_de_l_enfant_y_mene(self, direction, lea):
        fiche = direction.get(reverse("admin:famille_enfant_change", args=[lea.pk])).content.decode()
        assert reverse("admin:planning_inscription_deplacer", args=[lea.pk]) in fiche

    def test_l_animateur_ne_deplace_personne(self, client, animateur, lea):
        client.force_login(animateur)
        assert client.get(reverse("admin:planning_inscription_deplacer", args=[lea.pk])).status_code == 403
