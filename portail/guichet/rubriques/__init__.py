"""The lists that an agent may open, beside every page. In: the site and its reader. Out: them, and their HTML."""
