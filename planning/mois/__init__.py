"""A month: of a child, for its parents, or of a prestation, for agents. Inscriptions and days come in; a grid, an
agenda, the detail of a day, a choice of days go out. What a cell shows is decided by `planning.regles.affichage`.
"""
