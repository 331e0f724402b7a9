"""On the planning's pages, the request that a day comes from: where it stands is one click away."""

from datetime import date

from django.utils.html import format_html

from demandes.models import Demande
from demandes.suivi.avancement import avancement
from planning.mois.complements import Complement, Fait
from planning.mois.grille import LigneDeGrille
from planning.mois.jour import JourEnfant
from planning.regles.etats import ABSENCES, EN_ATTENTE, Etat

DEMANDABLES = EN_ATTENTE | ABSENCES | {Etat.REFUSEE}


class DemandeDuJour(Complement):
    """« Demande : n° 12, en attente », as a link."""

    def faits(self, jour: JourEnfant) -> dict[int, list[Fait]]:
        """At most one query, and none of a day that nobody has asked for."""
        lignes = [ligne for ligne in jour.grille.lignes if ligne.case(jour.jour).etat in DEMANDABLES]
        if not lignes:
            return {}
        demandes = Demande.objects.filter(famille=jour.famille, enfant=jour.enfant)
        du_jour = demandes.filter(donnees__jours__icontains=f":{jour.jour.isoformat()}")
        # The latest is told last, and stays.
        trouvees = {
            ligne.cle: demande
            for demande in du_jour.select_related("decision").order_by("deposee_le", "pk")
            for ligne in lignes
            if _porte_sur(demande, ligne, jour.jour)
        }
        return {cle: [("Demande", _lien(demande))] for cle, demande in trouvees.items()}


def _porte_sur(demande: Demande, ligne: LigneDeGrille, jour: date) -> bool:
    """By the inscription; by the name of the prestation, where another inscription has taken over since."""
    connues = {dossier.inscription for dossier in ligne.dossiers}
    demandees = {cle for cle, demande_pour in demande.genre.jours_concernes(demande) if demande_pour == jour}
    noms = {demande.donnees["prestations"].get(str(cle)) for cle in demandees - connues}
    return bool(demandees & connues) or ligne.titre in noms


def _lien(demande: Demande) -> str:
    texte = avancement(demande).texte
    adresse = demande.get_absolute_url()
    return format_html('<a href="{}">n°\u00a0{}, {}</a>', adresse, demande.numero, texte[0].lower() + texte[1:])
