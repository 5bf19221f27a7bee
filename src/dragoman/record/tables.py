"""The tables of the record file: one SQLite schema with a version.

Events are in a narrow table and their whole content in `event_bodies`, so that filters and counts read
little; `background` is 1 for undated background. `event_keys` lists the parties, pairs, places and contexts
of an event, by day; `places` describes the places of those keys; `daily` counts the events that count
(`Event.is_counted`), so that no count scans all events, and `sums` adds `daily` up by year and over all days.
Keys, counts and full text are derived from the bodies and can be rebuilt at any time (`rebuild`).
"""

from __future__ import annotations

VERSION = 8

# Parts of `event_keys` and `daily`: the kind of key.
ACTOR, RECIPIENT, SPEAKER, PARTY, DYAD, CONTEXT = "a", "r", "s", "p", "d", "c"
# Two parties regardless of direction, so that a mutual act counts once; and the place of an event.
BETWEEN, PLACE = "b", "l"
# Parts of counts only: all events, and events by type, by factuality and by publisher.
ALL, TYPE, FACTUALITY, PUBLISHER = "", "t", "f", "u"
# Separator of the two parties in a dyad's key; ids do not contain it.
ARROW = ">"
# The same for an undirected pair.
TIE = "="
# In `sums`: the row of all days, including events without a day; other rows are of a year ("2024").
ALL_DAYS = ""
# The day of an event without one: before all others, so that paging needs no special case.
NO_DAY = ""

SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, published_on TEXT, publisher TEXT,
    url TEXT, language TEXT, content_hash TEXT NOT NULL, input_hash TEXT,
    run_id INTEGER NOT NULL REFERENCES runs (id), text TEXT NOT NULL
);
CREATE TABLE events (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    day TEXT NOT NULL, starts_on TEXT, ends_on TEXT, event_type TEXT NOT NULL, event_mode TEXT,
    quad_class TEXT NOT NULL, factuality TEXT NOT NULL, polarity TEXT NOT NULL, firm INTEGER NOT NULL,
    intensity REAL NOT NULL, confidence REAL NOT NULL, publisher TEXT, start INTEGER NOT NULL,
    signature INTEGER NOT NULL,
    told_as TEXT NOT NULL DEFAULT 'current', background INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE event_bodies (
    number INTEGER PRIMARY KEY REFERENCES events (number) ON DELETE CASCADE, body TEXT NOT NULL
);
CREATE TABLE event_parties (
    event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    part TEXT NOT NULL, actor_id TEXT NOT NULL, country TEXT, sector TEXT, name TEXT NOT NULL,
    PRIMARY KEY (event, part, actor_id)
) WITHOUT ROWID;
CREATE TABLE event_keys (
    part TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, event INTEGER NOT NULL,
    PRIMARY KEY (part, key, day, event)
) WITHOUT ROWID;
CREATE TABLE readings (
    id INTEGER PRIMARY KEY, document_id TEXT NOT NULL, reader TEXT NOT NULL, kind TEXT NOT NULL,
    made_at TEXT NOT NULL, verdict TEXT NOT NULL, event_id TEXT, event_type TEXT NOT NULL,
    trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL, body TEXT, changed TEXT NOT NULL,
    note TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE places (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT, latitude REAL, longitude REAL,
    precision TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE daily (
    part TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, quad_class TEXT NOT NULL,
    firm INTEGER NOT NULL, events INTEGER NOT NULL, intensity INTEGER NOT NULL,
    PRIMARY KEY (part, key, day, quad_class, firm)
) WITHOUT ROWID;
CREATE TABLE sums (
    part TEXT NOT NULL, span TEXT NOT NULL, key TEXT NOT NULL, quad_class TEXT NOT NULL,
    firm INTEGER NOT NULL, events INTEGER NOT NULL, intensity INTEGER NOT NULL,
    PRIMARY KEY (part, span, key, quad_class, firm)
) WITHOUT ROWID;
CREATE TABLE attributions (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    position INTEGER NOT NULL, speaker_id TEXT, speaker_country TEXT, body TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE failures (
    file TEXT NOT NULL, member TEXT NOT NULL, position INTEGER NOT NULL, document_id TEXT NOT NULL,
    error TEXT NOT NULL, message TEXT NOT NULL, run_id INTEGER NOT NULL,
    PRIMARY KEY (file, member, position, document_id, message)
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, version TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
    documents INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE story_documents (
    document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
    story_id TEXT NOT NULL, independent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE stories (
    id TEXT PRIMARY KEY, title TEXT, first_day TEXT, last_day TEXT, documents INTEGER NOT NULL,
    publishers INTEGER NOT NULL, independent INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_index (
    id INTEGER PRIMARY KEY CHECK (id = 1), last_document INTEGER NOT NULL, state BLOB NOT NULL
);
CREATE TABLE entries (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, event_type TEXT NOT NULL, event_mode TEXT,
    quad_class TEXT NOT NULL, polarity TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
    lead INTEGER NOT NULL, events INTEGER NOT NULL, documents INTEGER NOT NULL,
    corroboration INTEGER NOT NULL, contradictions TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE entry_events (
    event INTEGER PRIMARY KEY REFERENCES events (number) ON DELETE CASCADE, entry_id TEXT NOT NULL,
    bucket TEXT NOT NULL, day TEXT NOT NULL
);
CREATE VIEW event_words AS
    SELECT number, json_extract(body, '$.evidence.text') AS evidence,
        json_extract(body, '$.issue.text') AS issue FROM event_bodies;
CREATE VIRTUAL TABLE document_text USING fts5 (
    title, text, content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE event_text USING fts5 (
    evidence, issue, content = 'event_words', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""

# Triggers keep the full text in step with the rows.
TRIGGERS = """
CREATE TRIGGER document_text_in AFTER INSERT ON documents BEGIN
    INSERT INTO document_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER document_text_out AFTER DELETE ON documents BEGIN
    INSERT INTO document_text (document_text, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER event_text_in AFTER INSERT ON event_bodies BEGIN
    INSERT INTO event_text (rowid, evidence, issue) VALUES (new.number,
        json_extract(new.body, '$.evidence.text'), json_extract(new.body, '$.issue.text'));
END;
CREATE TRIGGER event_text_out AFTER DELETE ON event_bodies BEGIN
    INSERT INTO event_text (event_text, rowid, evidence, issue) VALUES ('delete', old.number,
        json_extract(old.body, '$.evidence.text'), json_extract(old.body, '$.issue.text'));
END;
"""

# Created after the tables; import and migration fill the tables first, which is faster.
INDEXES = """
CREATE INDEX documents_by_day ON documents (coalesce(published_on, ''), number);
CREATE INDEX failures_by_name ON failures (document_id);
CREATE INDEX documents_by_publisher ON documents (publisher);
CREATE INDEX events_in_background ON events (number) WHERE background;
CREATE INDEX events_by_document ON events (document, start);
CREATE INDEX events_by_day ON events (day, number);
CREATE INDEX events_by_type ON events (event_type, day, number);
CREATE INDEX events_by_quad ON events (quad_class, day, number);
CREATE INDEX events_by_publisher ON events (publisher, day, number);
CREATE INDEX readings_by_event ON readings (event_id);
CREATE INDEX readings_by_document ON readings (document_id);
CREATE INDEX daily_by_day ON daily (part, day, key, quad_class, firm, events, intensity);
CREATE INDEX story_members ON story_documents (story_id);
CREATE INDEX stories_by_day ON stories (coalesce(last_day, ''), id);
CREATE INDEX entry_members ON entry_events (entry_id);
CREATE INDEX entries_near ON entry_events (bucket, day);
CREATE INDEX entries_by_day ON entries (last_day, id);
"""
