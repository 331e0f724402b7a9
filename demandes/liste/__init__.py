"""« Liste des demandes ». A famille and the page's address go in; tabs, filters, columns and rows come out."""
