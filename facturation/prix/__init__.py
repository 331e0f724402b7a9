"""What a day costs. A prestation's prices, a QF and a town go in; a price and why come out."""
