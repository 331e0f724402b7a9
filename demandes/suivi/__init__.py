"""Where a request stands. A request goes in; its label, its timeline and what became of its parts come out."""
