"""Opening an access to the portal. Responsables go in; logins, and the letters that tell their passwords, come out."""
