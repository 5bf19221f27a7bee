"""The frozen records that every part speaks in. Pure data: nothing here reads, parses or decides."""
