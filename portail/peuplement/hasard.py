"""What the town is drawn from: names, streets, and a seeded chance."""

import random

PRENOMS_ADULTES = {
    "M": ["Thomas", "Nicolas", "Karim", "Julien", "Mathieu", "Olivier", "Mehdi", "Antoine", "David", "Yann", "Paulo"],
    "MME": ["Sophie", "Aïcha", "Claire", "Émilie", "Nathalie", "Fatou", "Hélène", "Inès", "Marie", "Céline", "Lucia"],
}
PRENOMS_ENFANTS = {
    "F": ["Louise", "Emma", "Jade", "Alice", "Lina", "Rose", "Anna", "Mila", "Chloé", "Inaya", "Zoé", "Nina", "Agathe"],
    "G": ["Gabriel", "Léo", "Raphaël", "Adam", "Jules", "Noah", "Liam", "Sacha", "Tiago", "Aaron", "Eliott", "Malo"],
}
NOMS = [
    "BERNARD", "PETIT", "DURAND", "LEROY", "MOREAU", "SIMON", "LAURENT", "LEFEBVRE", "MICHEL", "GARCIA", "DAVID",
    "BERTRAND", "ROUX", "VINCENT", "FOURNIER", "MOREL", "GIRARD", "ANDRÉ", "MERCIER", "DUPUIS", "LAMBERT", "BONNET",
    "FRANÇOIS", "MARTINEZ", "LEGRAND", "GARNIER", "FAURE", "ROUSSEAU", "BLANC", "GUÉRIN", "MULLER", "HENRY", "ROUSSEL",
    "NICOLAS", "PERRIN", "MORIN", "MATHIEU", "CLÉMENT", "GAUTHIER", "DUMONT", "LOPEZ", "FONTAINE", "CHEVALIER",
    "DIALLO", "BENALI", "NGUYEN", "DA SILVA", "KOWALSKI", "ROSSI", "TRAORÉ",
]  # fmt: skip
RUES = [
    "rue des Tilleuls", "avenue de la République", "rue du Lavoir", "impasse des Acacias", "rue Jean-Jaurès",
    "chemin du Moulin", "place de l’Église", "rue des Écoles", "allée des Mésanges", "route de Toulouse",
]  # fmt: skip
ECOLES = ["École maternelle Les Lilas", "École élémentaire Jean-Moulin", "École Simone-Veil"]
METIERS = ["Infirmière", "Enseignant", "Technicien", "Comptable", "Vendeuse", "Artisan", "Ingénieure", "Jardinier"]
ALLERGIES = ["Arachide", "Lait de vache", "Pollen de graminées", "Œuf", "Pénicilline"]


def hasard(graine: str) -> random.Random:
    """A source of chance that gives the same town on every machine."""
    return random.Random(graine)
