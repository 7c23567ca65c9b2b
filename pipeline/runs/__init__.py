"""One run over many documents: processes, journal, resumption, files that appear whole."""
