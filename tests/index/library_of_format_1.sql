-- A library as the first version wrote it: one source, one file with a document of one passage,
-- one file in quarantine, one vector in use and one of a text that no passage has any more.
-- This file is what old homes look like. It is never changed.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    root TEXT NOT NULL UNIQUE,
    added TEXT NOT NULL
);
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    checked_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    recipe TEXT NOT NULL,
    UNIQUE (root, name)
);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    source TEXT NOT NULL,
    digest TEXT NOT NULL,
    document TEXT NOT NULL,
    records TEXT NOT NULL
);
CREATE INDEX documents_by_file ON documents (file);
CREATE INDEX documents_by_source ON documents (source);
CREATE TABLE passages (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX passages_by_text ON passages (text_sha256);
CREATE TABLE vectors (
    text_sha256 TEXT NOT NULL,
    encoder TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (text_sha256, encoder)
) WITHOUT ROWID;
CREATE TABLE quarantine (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX quarantine_by_file ON quarantine (file);
INSERT INTO meta VALUES ('format', '1');
INSERT INTO sources (root, added) VALUES ('/articles of before', '2026-01-01T00:00:00+00:00');
INSERT INTO files VALUES
    (1, '/articles of before', 'harbour.txt', 'harbour.txt', '/articles of before/harbour.txt',
     10, 1, 2, 'aa', 'an old recipe'),
    (2, '/articles of before', 'torn.pdf', 'torn.pdf', '/articles of before/torn.pdf',
     10, 1, 2, 'bb', 'an old recipe');
INSERT INTO documents VALUES (1, 1, 'harbour.txt', 'cc', '{}', '[]');
INSERT INTO passages VALUES (1, 0, 'in use', '{}');
INSERT INTO vectors VALUES ('in use', 'hashing@64', x'00'), ('of no passage', 'hashing@64', x'00');
INSERT INTO quarantine VALUES
    (2, 'torn.pdf', 'bb', 'parse', 'no pages', '2026-01-01T00:00:00+00:00');
