"""Which prestations want which documents. A kind and a prestation come in; a link goes out."""
