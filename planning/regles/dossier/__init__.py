"""What a famille owes the centre before it books. What is missing comes in; the refusal, or nothing, goes out. Pure."""
