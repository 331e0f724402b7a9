"""What money needs of a dossier: its caisse, its quotients, its tax notices, its bank account, encrypted."""
