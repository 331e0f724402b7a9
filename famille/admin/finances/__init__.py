"""The pieces of a dossier that money needs: caisse, quotients, tax notices, bank account."""
