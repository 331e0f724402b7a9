"""The parents' pages of money: the statement and its papers, and paying online."""
