"""A « ? » of the planning leads to its request, and the request back to its month."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from demandes.models import Demande
from demandes.suivi.au_planning import DemandeDuJour
from famille.models import Enfant
from planning.regles.etats import Etat
from tests.demandes.jours import demander
from tests.demandes.outils import accepter_telle_quelle, lire, requetes
from tests.fabriques import EnfantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jeudi_2_avril")]
JOUR = date(2015, 4, 29)


def page_du_jour(enfant) -> str:
    return reverse("planning:jour", args=[enfant.pk, 2015, 4, 29])


def test_un_jour_demande_mene_a_sa_demande(parent, dupont, lea, mercredis, directrice):
    assert "/demandes/1" not in lire(parent, page_du_jour(lea))
    demande = demander(dupont, mercredis, [JOUR])
    lien = f'<a href="{demande.get_absolute_url()}">n°\u00a0{demande.pk}, '
    assert f"{lien}en attente</a>" in lire(parent, page_du_jour(lea))
    demande.refuser(par=directrice, motif="Complet.")
    assert f"{lien}refusée</a>" in lire(parent, page_du_jour(lea))
    # On its day: on a phone, the month is long.
    assert reverse("planning:mois", args=[lea.pk, 2015, "04"]) + "#j29" in lire(parent, demande.get_absolute_url())


def test_la_derniere_demande_du_jour_est_dite_celle_des_voisins_jamais(
    parent, voisine, dupont, lea, mercredis, directrice
):
    demander(dupont, mercredis, [JOUR]).refuser(par=directrice, motif="Complet.")
    seconde = demander(dupont, mercredis, [JOUR])
    html = lire(parent, page_du_jour(lea))
    assert f"n°\u00a0{seconde.pk}, en attente" in html
    assert html.count(">n°\u00a0") == 1
    assert voisine.get(page_du_jour(lea)).status_code == 404


def test_une_requete_de_plus_au_plus(parent, dupont, lea, mercredis, directrice):
    requetes(parent, page_du_jour(lea))
    sans = requetes(parent, page_du_jour(lea))
    accepter_telle_quelle(demander(dupont, mercredis, [date(2015, 5, 6)]), par=directrice)
    assert requetes(parent, page_du_jour(lea)) == sans
    demander(dupont, mercredis, [JOUR])
    assert requetes(parent, page_du_jour(lea)) <= sans + 2


MERCREDI, GARDERIE = "ALSH Mercredi journée", "Garderie matin"


def rangee(cle: int, titre: str, *inscriptions: int, etat: Etat = Etat.DEMANDEE) -> SimpleNamespace:
    """A row of the month: a prestation, the child's inscriptions to it."""
    dossiers = [SimpleNamespace(inscription=inscription) for inscription in inscriptions]
    return SimpleNamespace(cle=cle, titre=titre, dossiers=dossiers, case=lambda jour: SimpleNamespace(etat=etat))


def demande_de(dupont, jours: dict[str, str], **champs: object) -> Demande:
    """Of those days, « 7:2015-04-29 », each with the name of its prestation."""
    noms = {jour.split(":")[0]: nom for jour, nom in jours.items()}
    donnees = {"jours": list(jours), "prestations": noms}
    siens = {"famille": dupont.famille, "enfant": dupont.enfants[0]}
    return Demande.objects.create(type="reservation", donnees=donnees, **siens | champs)


def dites(dupont, *rangees: SimpleNamespace) -> dict[int, str]:
    """The number that each row of Léa's day tells."""
    jour = SimpleNamespace(
        grille=SimpleNamespace(lignes=rangees), jour=JOUR, famille=dupont.famille, enfant=dupont.enfants[0]
    )
    return {cle: lien.split("\u00a0")[1].split(",")[0] for cle, [(_, lien)] in DemandeDuJour().faits(jour).items()}


class TestQuelleDemande:
    def test_chaque_rangee_dit_la_sienne(self, dupont):
        garderie = demande_de(dupont, {"8:2015-04-29": GARDERIE})
        # Asked later, it is also about the garderie, on another day.
        mercredi = demande_de(dupont, {"7:2015-04-29": MERCREDI, "8:2015-05-06": GARDERIE})
        rangees = rangee(1, MERCREDI, 7), rangee(2, GARDERIE, 8)
        assert dites(dupont, *rangees) == {1: str(mercredi.pk), 2: str(garderie.pk)}

    def test_un_jour_accorde_n_en_dit_plus(self, dupont):
        demande = demande_de(dupont, {"7:2015-04-29": MERCREDI, "8:2015-04-29": GARDERIE})
        rangees = rangee(1, MERCREDI, 7, etat=Etat.RESERVEE), rangee(2, GARDERIE, 8)
        assert dites(dupont, *rangees) == {2: str(demande.pk)}

    def test_une_inscription_refaite_depuis_garde_celle_de_sa_prestation(self, dupont):
        demande = demande_de(dupont, {"7:2015-04-29": MERCREDI})
        assert dites(dupont, rangee(1, MERCREDI, 9), rangee(2, GARDERIE, 8)) == {1: str(demande.pk)}

    def test_une_prestation_qui_a_change_de_nom_garde_celle_de_son_inscription(self, dupont):
        demande = demande_de(dupont, {"7:2015-04-29": "Mercredis"})
        assert dites(dupont, rangee(1, MERCREDI, 7)) == {1: str(demande.pk)}

    def test_ni_celle_du_frere_ni_celle_de_l_autre_foyer(self, dupont, martin):
        demande = demande_de(dupont, {"7:2015-04-29": MERCREDI})
        tom: Enfant = EnfantFactory(famille=dupont.famille, prenom="Tom", nom="DUPONT")
        plus_tard = demande.deposee_le + timedelta(hours=1)
        for autre in ({"enfant": tom}, {"famille": martin.famille}):
            demande_de(dupont, {"9:2015-04-29": MERCREDI}, deposee_le=plus_tard, **autre)
        assert dites(dupont, rangee(1, MERCREDI, 7)) == {1: str(demande.pk)}
