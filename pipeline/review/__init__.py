"""An analyst's corrections: `review.csv` read, applied to extractions, and what became of every line.

Reading a file comes first (`table`, `decisions`); `plan` settles where each entity goes; `apply` corrects one document
(`mentions`, `claims`, `relations`); `outcome` says what was applied and what was not.
"""
