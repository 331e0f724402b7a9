"""PostgreSQL without an installation: the server comes in a wheel and starts on the first connection."""
