"""Training of the name finder whose weights stand in `data/ner/`; not needed at run time."""
