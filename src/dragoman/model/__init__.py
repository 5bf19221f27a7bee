"""The frozen records that all packages share. Pure data: nothing here reads, parses or decides."""
