"""The parents' pages of the account and the record: signing in, passwords, « Mon compte », « Mes enfants »."""
