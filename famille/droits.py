"""What each group of agents may do with the familles. `manage.py droits` prints it; see socle.octroi.

A child's health: Animation reads, Direction writes, nobody else. A bank account: Régie and Direction.
"""

from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE, Table

DROITS: Table = {
    ACCUEIL: {
        "noteducentre": "voir ajouter",
        "certification": "voir ajouter",
        "datedecertification": "voir",
        "famille": "voir ajouter modifier",
        "responsable": "voir ajouter modifier ouvrir_acces",
        "enfant": "voir ajouter modifier",
        "rattachement": "voir ajouter modifier supprimer",
        "tiers": "voir ajouter modifier supprimer",
        "assurance": "voir ajouter modifier",
        "ecole": "voir ajouter modifier",
        "informationscaf": "voir ajouter modifier",
        "quotientfamilial": "voir ajouter modifier",
        "informationsfiscales": "voir ajouter modifier",
    },
    ANIMATION: {
        "noteducentre": "voir",
        "famille": "voir",
        "responsable": "voir",
        "enfant": "voir",
        "rattachement": "voir",
        "tiers": "voir",
        "assurance": "voir",
        "ecole": "voir",
        "fichesanitaire": "voir",
        "vaccination": "voir",
    },
    REGIE: {
        "noteducentre": "voir ajouter",
        "famille": "voir",
        "responsable": "voir",
        "enfant": "voir",
        "rattachement": "voir",
        "ecole": "voir",
        "informationscaf": "voir ajouter modifier",
        "quotientfamilial": "voir ajouter modifier",
        "informationsfiscales": "voir ajouter modifier",
        "informationsbancaires": "voir ajouter modifier",
    },
    DIRECTION: {
        "noteducentre": "voir ajouter supprimer",
        "certification": "voir ajouter",
        "datedecertification": "voir ajouter supprimer",
        "compte": "voir ajouter modifier",
        "famille": "voir ajouter modifier supprimer voir_comme",
        "responsable": "voir ajouter modifier supprimer ouvrir_acces",
        "enfant": "voir ajouter modifier supprimer fusionner_enfants",
        "rattachement": "voir ajouter modifier supprimer",
        "tiers": "voir ajouter modifier supprimer",
        "assurance": "voir ajouter modifier supprimer",
        "ecole": "voir ajouter modifier supprimer",
        "informationscaf": "voir ajouter modifier supprimer",
        "quotientfamilial": "voir ajouter modifier supprimer",
        "informationsfiscales": "voir ajouter modifier supprimer",
        "informationsbancaires": "voir ajouter modifier supprimer",
        "fichesanitaire": "voir ajouter modifier supprimer",
        "vaccination": "voir ajouter modifier supprimer",
        "lectureconfidentielle": "voir",
        "fichieraimporter": "importer_familles",
    },
}
