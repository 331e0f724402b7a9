"""Who receives a mailing. An agent's criteria go in, familles come out; apps above add criteria of their own."""
