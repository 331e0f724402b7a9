"""Papers that are kept: the PDF of each invoice, and those of a campaign bound for the printer."""
