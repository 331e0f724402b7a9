"""One form sent once acts once. A POST comes in; what its first sending led to goes out, however many times it comes.

`unique` is the middleware, `saisie` what was typed, ready to be sent again; the row is `socle.models.FormulaireEnvoye`.
"""
