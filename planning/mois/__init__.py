"""A month, of a child or of a prestation. Inscriptions and days go in; grids, agendas and details come out."""
