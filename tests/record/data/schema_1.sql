CREATE TABLE documents (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, title TEXT, published_on TEXT, publisher TEXT, url TEXT,
    language TEXT, content_hash TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs (id)
) WITHOUT ROWID;
CREATE TABLE events (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    event_type TEXT NOT NULL, event_mode TEXT, quad_class TEXT NOT NULL, factuality TEXT NOT NULL,
    starts_on TEXT, ends_on TEXT, start INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE TABLE event_parties (
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    part TEXT NOT NULL, actor_id TEXT NOT NULL, country TEXT, sector TEXT, name TEXT NOT NULL,
    PRIMARY KEY (event_id, part, actor_id)
) WITHOUT ROWID;
CREATE TABLE attributions (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, speaker_id TEXT, speaker_country TEXT, body BLOB NOT NULL,
    PRIMARY KEY (document_id, position)
) WITHOUT ROWID;
CREATE TABLE failures (
    document_id TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL, run_id INTEGER NOT NULL,
    PRIMARY KEY (document_id, message)
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, version TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
    documents INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_by_document ON events (document_id, start);
CREATE INDEX events_by_type ON events (event_type, starts_on);
CREATE INDEX events_by_day ON events (starts_on);
CREATE INDEX parties_by_actor ON event_parties (part, actor_id);
CREATE INDEX parties_by_country ON event_parties (part, country);
