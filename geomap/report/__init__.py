"""A neighbourhood on two printed pages, made of the views: what the screens say of a place, gathered, fitted to the paper and written as one file."""
