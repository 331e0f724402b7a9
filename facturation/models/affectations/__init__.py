"""What payments put on invoices: the rows that say so, the credit that waits, and what is left to pay."""
