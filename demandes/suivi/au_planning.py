"""On the planning's pages, the request that a day comes from: where it stands is one click away."""

from django.db.models import Q
from django.utils.html import format_html

from demandes.models import Demande
from demandes.suivi.avancement import avancement
from demandes.types.planning.code_de_jour import ecrire_jour
from planning.mois.complements import Complement, Fait
from planning.mois.jour import JourEnfant
from planning.regles.etats import ABSENCES, EN_ATTENTE, Etat

DEMANDABLES = EN_ATTENTE | ABSENCES | {Etat.REFUSEE}


class DemandeDuJour(Complement):
    """« Demande : n° 12, en attente », as a link."""

    def faits(self, jour: JourEnfant) -> dict[int, list[Fait]]:
        """At most one query, and none of a day that nobody has asked for."""
        codes = {
            ecrire_jour(ligne.dossier(jour.jour).inscription, jour.jour): ligne.cle
            for ligne in jour.grille.lignes
            if ligne.case(jour.jour).etat in DEMANDABLES
        }
        if not codes:
            return {}
        de_ces_jours = Q(*(("donnees__jours__contains", [code]) for code in codes), _connector=Q.OR)
        demandes = Demande.objects.filter(de_ces_jours, famille=jour.famille, enfant=jour.enfant)
        # The latest is told last, and stays.
        trouvees = {
            codes[code]: demande
            for demande in demandes.select_related("decision").order_by("deposee_le", "pk")
            for code in demande.donnees["jours"]
            if code in codes
        }
        return {cle: [("Demande", _lien(demande))] for cle, demande in trouvees.items()}


def _lien(demande: Demande) -> str:
    texte = avancement(demande).texte
    adresse = demande.get_absolute_url()
    return format_html('<a href="{}">n°\u00a0{}, {}</a>', adresse, demande.numero, texte[0].lower() + texte[1:])
