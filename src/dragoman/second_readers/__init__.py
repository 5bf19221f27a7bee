"""Second readers: language models that propose events, each grounded in words of the report or dropped."""
