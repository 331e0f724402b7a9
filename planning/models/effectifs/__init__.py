"""What headcounts are judged by, and what the kitchen was told: rates of staff since a day, and sheets printed."""
