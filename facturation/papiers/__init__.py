"""What is printed. An operation or a campaign goes in, a PDF comes out; those of invoices are drawn once and kept."""
