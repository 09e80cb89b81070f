"""What is remembered: documents, the SQLite truth and its one writer, read-only queries, artifacts, the event stream."""
