"""Writing to many. A mailing whose familles an agent has seen goes in; a thread and its e-mails come out for each."""
