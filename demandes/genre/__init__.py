"""What a kind of request is. A class that says its fields and verbs goes in; its form, difference and words come out.

`demandes.types` holds the kinds that there are. A request is known here by what a kind needs of it: `DemandeDeposee`.
"""
