"""The agents' pages of each table, and the groups that open them: what the tables of rights say."""

from dataclasses import dataclass

from socle.octroi import table as groupes
from socle.octroi.table import Droit, droits_prevus


@dataclass(frozen=True)
class Modele:
    """The pages of a model in the admin: the groups that may open them, as « CN » (see INITIALES)."""

    nom: str
    voir: str
    ajouter: str
    changer: str
    supprimer: str
    # Who opens the list, if more than those who open the row of the test.
    lister: str = ""


INITIALES = {groupes.ACCUEIL: "C", groupes.ANIMATION: "N", groupes.REGIE: "R", groupes.DIRECTION: "D"}
DROITS = droits_prevus()


def _selon_la_table(nom: str, **sauf: str) -> Modele:
    """What the tables of rights give on that model; `sauf` where its admin says otherwise."""
    app, modele = nom.split(".")
    ouverts = {
        page: "".join(
            initiale
            for groupe, initiale in INITIALES.items()
            if Droit(groupe, app, modele, f"{verbe}_{modele}") in DROITS
        )
        for page, verbe in {"voir": "view", "ajouter": "add", "changer": "change", "supprimer": "delete"}.items()
    }
    return Modele(nom, **ouverts | sauf)


MODELES = [
    _selon_la_table("famille.famille"),
    _selon_la_table("famille.responsable"),
    _selon_la_table("famille.enfant"),
    _selon_la_table("famille.ecole"),
    _selon_la_table("famille.piecedemandee"),
    _selon_la_table("famille.compte"),
    _selon_la_table("famille.fichesanitaire"),
    _selon_la_table("famille.lectureconfidentielle"),
    _selon_la_table("famille.informationscaf"),
    _selon_la_table("famille.informationsfiscales"),
    _selon_la_table("famille.quotientfamilial"),
    _selon_la_table("famille.informationsbancaires"),
    # The row is about a responsable: it takes the right to change one. The queue is everybody's, each with their kinds.
    _selon_la_table("demandes.demande", voir="CD", changer="CD", lister="CNRD"),
    _selon_la_table("demandes.motifusuel"),
    _selon_la_table("facturation.regie"),
    _selon_la_table("facturation.tarif"),
    # In preparation, it may be given up by whoever may prepare one.
    _selon_la_table("facturation.campagnedefacturation", supprimer="RD"),
    _selon_la_table("facturation.facture"),
    _selon_la_table("facturation.notificationtipi"),
    _selon_la_table("facturation.paiementenligne"),
    _selon_la_table("facturation.reglement"),
    # Established from the page of the invoice that it corrects.
    _selon_la_table("facturation.avoir", ajouter=""),
    _selon_la_table("messagerie.fil"),
    _selon_la_table("messagerie.envoi"),
    _selon_la_table("messagerie.information"),
    _selon_la_table("messagerie.document"),
    _selon_la_table("courriels.courriel"),
    _selon_la_table("planning.structure"),
    _selon_la_table("planning.prestation"),
    _selon_la_table("planning.vacances"),
    # Deleted, the import would bring it back.
    _selon_la_table("planning.jourferie", supprimer=""),
    _selon_la_table("planning.fermeture"),
    _selon_la_table("planning.inscription"),
    # Changed by its verbs only.
    _selon_la_table("planning.reservation", changer=""),
    # In no table: for superusers.
    _selon_la_table("auth.group"),
    _selon_la_table("django_tasks_database.dbtaskresult"),
]
