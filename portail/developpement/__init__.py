"""For those who change the portal: the gallery of components, and the drawing of the tables."""
