"""What each group of agents may do with money. `manage.py droits` prints it; see socle.octroi.

Régie keeps the till, Direction too and opens régies; Accueil reads what a parent may ask about at the desk.
What is issued is never changed, whatever a right says.
"""

from socle.octroi.table import ACCUEIL, DIRECTION, REGIE, Table

DROITS: Table = {
    ACCUEIL: {
        "tarif": "voir",
        "facture": "voir",
        "avoir": "voir",
        "reglement": "voir",
        "paiementenligne": "voir",
    },
    REGIE: {
        "regie": "voir modifier",
        "compteur": "voir",
        "structureenregie": "voir ajouter modifier supprimer",
        "tarif": "voir ajouter modifier",
        "tranchedetarif": "voir ajouter modifier supprimer",
        "campagnedefacturation": "voir ajouter emettre_campagne",
        "facture": "voir",
        "ligne": "voir",
        "avoir": "voir ajouter",
        "reglement": "voir ajouter annuler_reglement",
        "affectation": "voir",
        "paiementenligne": "voir confirmer_paiementenligne",
        "notificationtipi": "voir modifier",
    },
    DIRECTION: {
        "regie": "voir ajouter modifier",
        "compteur": "voir",
        "structureenregie": "voir ajouter modifier supprimer",
        "tarif": "voir ajouter modifier",
        "tranchedetarif": "voir ajouter modifier supprimer",
        "campagnedefacturation": "voir ajouter emettre_campagne",
        "facture": "voir",
        "ligne": "voir",
        "avoir": "voir ajouter",
        "reglement": "voir ajouter annuler_reglement",
        "affectation": "voir",
        "paiementenligne": "voir confirmer_paiementenligne",
        "notificationtipi": "voir modifier",
    },
}
