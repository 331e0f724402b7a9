"""Who may come and fetch the child, and who must not."""

from django.db.models import QuerySet

from demandes.genre.onglet import MES_ENFANTS
from demandes.genre.type_liste import TypeListe
from famille.models import Tiers


class PersonnesAutorisees(TypeListe[Tiers]):
    """The people authorised to fetch the child: add, change, remove."""

    code, titre, court = "personnes-autorisees", "Modifier les personnes autorisées", "Personnes autorisées"
    onglet = MES_ENFANTS
    permission = "famille.change_tiers"
    aide = "Une pièce d’identité sera demandée à ces personnes quand elles viendront chercher l’enfant."
    modele, champs, essentiels = Tiers, ("prenom", "nom", "lien", "telephone"), ("prenom", "nom")
    nouvelle = "Personne à ajouter"
    statut = Tiers.Statut.AUTORISE

    def lignes(self) -> QuerySet[Tiers]:
        return self.enfant_concerne.tiers.filter(statut=self.statut)

    def creer(self) -> Tiers:
        return Tiers(enfant=self.enfant, statut=self.statut)


class PersonnesInterdites(PersonnesAutorisees):
    """The people who must not fetch the child."""

    code, titre, court = "personnes-interdites", "Modifier les personnes interdites", "Personnes interdites"
    aide = "Une interdiction visant un parent suppose une décision de justice."
    pieces_attendues = "Joignez la décision de justice."
    statut = Tiers.Statut.INTERDIT
