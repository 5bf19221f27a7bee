"""Attribution: speakers, cues and contents, and the lookup of the speaker of any word."""
