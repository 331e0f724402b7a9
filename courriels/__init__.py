"""The outbox: everything that leaves by e-mail leaves by it. An `Avis` and an address go in, one e-mail comes out.

It is below all that has something to tell, and knows nobody: whoever writes gives an address, and the number of the
dossier that the e-mail belongs to. `depot` writes rows, `taches` has them carried by the `Facteur`, `redaction` makes
their text at departure, `echecs` says when one that failed leaves again.
"""
