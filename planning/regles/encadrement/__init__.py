"""Who looks after how many children. In: counts of children, hours, the day; out: a rate, a number of animateurs."""
