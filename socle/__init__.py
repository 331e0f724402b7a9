"""What every app stands on, and which knows no famille: encryption, files received, printing, rights, common admin."""
