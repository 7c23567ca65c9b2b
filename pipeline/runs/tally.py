"""What is added up over a run, one document at a time."""

from __future__ import annotations

from pipeline.records import Extraction
from pipeline.tables import EntityTally
from pipeline.transfers import TransferLedger


class RunTally:
    """The entities of a run, its transfers, and how many rows the other tables have; no document is kept."""

    def __init__(self) -> None:
        self.entities, self.ledger = EntityTally(), TransferLedger()
        self.counts = {"mentions": 0, "claims": 0, "relations": 0}

    def add(self, extraction: Extraction) -> None:
        """Count one document."""
        self.entities.add(extraction)
        self.ledger.add(extraction)
        for table in self.counts:
            self.counts[table] += len(getattr(extraction, table))
