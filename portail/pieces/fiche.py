"""On the page of a child: the documents that the centre wants of it, and where each stands."""

from datetime import date

from famille.fiches.ajouts import SectionAjoutee
from famille.fiches.section import Section
from famille.models import Enfant, Famille
from portail.pieces.dossier import PiecesDuDossier
from socle.adresses.formes import adresse_de


class PiecesDeLEnfant(SectionAjoutee):
    def section(self, famille: Famille, enfant: Enfant, au: date) -> Section | None:
        """Asks nothing where the centre asks for nothing."""
        if not getattr(enfant, "pieces_demandees", False):
            return None
        groupes = PiecesDuDossier(famille, le=au).groupes()
        siennes = next((groupe.pieces for groupe in groupes if groupe.enfant == enfant.pk), [])
        if not siennes:
            return None
        manque = any(piece.manque for piece in siennes)
        return Section(
            "pieces",
            "Documents à fournir",
            colonnes=["Document", "Où il en est"],
            lignes=[[piece.attendue.nom, piece.dit] for piece in siennes],
            alerte="Il manque un document, ou il est à renouveler." if manque else "",
            adresse=adresse_de("pieces"),
        )
