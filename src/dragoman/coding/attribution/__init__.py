"""Who says what: speakers, cues and contents, and the speakers of any word."""
