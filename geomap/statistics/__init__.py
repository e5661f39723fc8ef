"""Statistics over whole columns at once, each routine held to numbers that another author computed."""
