CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE revision (
	id INTEGER NOT NULL, 
	number BIGINT NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (id)
);
CREATE TABLE shows (
	guid VARCHAR(255) NOT NULL, 
	position INTEGER NOT NULL, 
	slug VARCHAR(255) NOT NULL, 
	path TEXT NOT NULL, 
	changed_at VARCHAR(32) NOT NULL, 
	version VARCHAR(64) NOT NULL, 
	document TEXT NOT NULL, 
	ledger TEXT NOT NULL, revision BIGINT DEFAULT '0' NOT NULL, device VARCHAR(64), 
	CONSTRAINT pk_shows PRIMARY KEY (guid), 
	CONSTRAINT uq_shows_slug UNIQUE (slug)
);
CREATE TABLE episodes (
	show_guid VARCHAR(255) NOT NULL, 
	guid VARCHAR(1024) NOT NULL, 
	slug VARCHAR(255) NOT NULL, 
	path TEXT NOT NULL, 
	published_at VARCHAR(32), 
	version VARCHAR(64) NOT NULL, 
	document TEXT, 
	ledger TEXT NOT NULL, revision BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_episodes PRIMARY KEY (show_guid, guid)
);
CREATE UNIQUE INDEX ix_episodes_slug ON episodes (show_guid, slug);
CREATE TABLE files (
	path VARCHAR(4096) NOT NULL, 
	version VARCHAR(96) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	document TEXT, 
	error TEXT, 
	CONSTRAINT pk_files PRIMARY KEY (path)
);
CREATE TABLE problems (
	id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_problems PRIMARY KEY (id)
);
CREATE TABLE leases (
	name VARCHAR(255) NOT NULL, 
	owner VARCHAR(255) NOT NULL, 
	taken_at VARCHAR(32) NOT NULL, 
	heartbeat_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (name)
);
CREATE TABLE wanted (
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	asked_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_wanted PRIMARY KEY (id)
);
CREATE TABLE fragments (
	show_guid VARCHAR(255) NOT NULL, 
	guid VARCHAR(1024) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_fragments PRIMARY KEY (show_guid, guid)
);
CREATE TABLE last_run (
	id INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	ended_at TEXT NOT NULL, 
	holds_until TEXT, 
	CONSTRAINT pk_last_run PRIMARY KEY (id)
);
CREATE TABLE jobs (
	id INTEGER NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	asked_at BIGINT NOT NULL, 
	due_at BIGINT NOT NULL, 
	tries INTEGER NOT NULL, 
	tried_at BIGINT, 
	owner TEXT, 
	leased_until BIGINT, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_jobs PRIMARY KEY (id)
);
CREATE INDEX ix_jobs_due ON jobs (state, due_at);
CREATE UNIQUE INDEX ix_jobs_key ON jobs (show_guid, guid, kind);
CREATE INDEX ix_episodes_revision ON episodes (revision);
CREATE TABLE search_reader (
	reader TEXT NOT NULL, 
	CONSTRAINT pk_search_reader PRIMARY KEY (reader)
);
CREATE TABLE search_shows (
	show_guid TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_search_shows PRIMARY KEY (show_guid)
);
CREATE TABLE search_items (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	CONSTRAINT pk_search_items PRIMARY KEY (id), 
	CONSTRAINT uq_search_items_name UNIQUE (name)
);
CREATE TABLE search_documents (
	id INTEGER NOT NULL, 
	item INTEGER NOT NULL, 
	public_at BIGINT NOT NULL, 
	year INTEGER NOT NULL, 
	tongue TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	language TEXT NOT NULL, 
	title TEXT NOT NULL, 
	CONSTRAINT pk_search_documents PRIMARY KEY (id)
);
CREATE INDEX ix_search_documents_item ON search_documents (item);
CREATE INDEX ix_search_documents_tongue ON search_documents (tongue);
CREATE TABLE search_texts (
	id INTEGER NOT NULL, 
	text BLOB NOT NULL, 
	marks BLOB NOT NULL, 
	CONSTRAINT pk_search_texts PRIMARY KEY (id)
);
CREATE TABLE search_names (
	id INTEGER NOT NULL, 
	facet TEXT NOT NULL, 
	value TEXT NOT NULL, 
	label TEXT NOT NULL, 
	CONSTRAINT pk_search_names PRIMARY KEY (id, facet, value)
);
CREATE INDEX ix_search_names_value ON search_names (facet, value);
CREATE TABLE search_vocabulary (
	word TEXT NOT NULL, 
	initial TEXT NOT NULL, 
	length INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	shown TEXT NOT NULL, 
	CONSTRAINT pk_search_vocabulary PRIMARY KEY (word)
);
CREATE INDEX ix_search_vocabulary_initial ON search_vocabulary (initial, length);
CREATE INDEX ix_search_documents_further ON search_documents (id) WHERE id % 64 > 0;
CREATE INDEX ix_search_items_show_guid ON search_items (show_guid, kind);
CREATE VIRTUAL TABLE search_words USING fts5(stems, content='', columnsize=0, tokenize='ascii');
CREATE TABLE producers (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	shown_name TEXT NOT NULL, 
	password TEXT NOT NULL, 
	language TEXT NOT NULL, 
	second_step BIGINT, 
	proposed_step BIGINT, 
	last_step BIGINT NOT NULL, 
	created_at BIGINT NOT NULL, 
	disabled_at BIGINT, 
	CONSTRAINT pk_producers PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_producers_name ON producers (name);
CREATE TABLE grants (
	id INTEGER NOT NULL, 
	producer_id INTEGER NOT NULL, 
	show_guid TEXT NOT NULL, 
	role TEXT NOT NULL, 
	CONSTRAINT pk_grants PRIMARY KEY (id)
);
CREATE INDEX ix_grants_producer_id ON grants (producer_id);
CREATE TABLE sessions (
	id INTEGER NOT NULL, 
	token_hash TEXT NOT NULL, 
	producer_id INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	device TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	seen_at BIGINT NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_sessions_token_hash ON sessions (token_hash);
CREATE INDEX ix_sessions_producer_id ON sessions (producer_id);
CREATE TABLE one_time_links (
	id INTEGER NOT NULL, 
	token_hash TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	producer_id INTEGER, 
	show_guid TEXT, 
	role TEXT, 
	made_by INTEGER, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_one_time_links PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_one_time_links_token_hash ON one_time_links (token_hash);
CREATE TABLE recovery_codes (
	id INTEGER NOT NULL, 
	producer_id INTEGER NOT NULL, 
	code_hash TEXT NOT NULL, 
	CONSTRAINT pk_recovery_codes PRIMARY KEY (id)
);
CREATE INDEX ix_recovery_codes_producer_id ON recovery_codes (producer_id);
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (id)
);
CREATE INDEX ix_attempts_key ON attempts ("key", at);
CREATE INDEX ix_attempts_at ON attempts (at);
CREATE TABLE log_entries (
	id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	show_guid TEXT NOT NULL, 
	which TEXT NOT NULL, 
	CONSTRAINT pk_log_entries PRIMARY KEY (id)
);
CREATE INDEX ix_log_entries_at ON log_entries (at);
CREATE TABLE authors (
	"key" TEXT NOT NULL, 
	producer_id INTEGER NOT NULL, 
	CONSTRAINT pk_authors PRIMARY KEY ("key")
);
CREATE TABLE members (
	id INTEGER NOT NULL, 
	show_guid TEXT NOT NULL, 
	name TEXT NOT NULL, 
	token_hash TEXT NOT NULL, 
	added_at BIGINT NOT NULL, 
	revoked_at BIGINT, 
	CONSTRAINT pk_members PRIMARY KEY (id), 
	CONSTRAINT uq_members_token_hash UNIQUE (token_hash)
);
CREATE TABLE errands (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	asked_by TEXT NOT NULL, 
	parameters TEXT NOT NULL, 
	state TEXT NOT NULL, 
	said TEXT NOT NULL, 
	done BIGINT NOT NULL, 
	total BIGINT NOT NULL, 
	outcome TEXT NOT NULL, 
	asked_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	owner TEXT, 
	leased_until BIGINT, 
	tries INTEGER NOT NULL, 
	CONSTRAINT pk_errands PRIMARY KEY (id)
);
CREATE INDEX ix_errands_state ON errands (state, kind);
CREATE TABLE api_tokens (
	id INTEGER NOT NULL, 
	token_hash TEXT NOT NULL, 
	producer_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	scopes TEXT NOT NULL, 
	show_guids TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	used_on TEXT, 
	revoked_at BIGINT, 
	CONSTRAINT pk_api_tokens PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_api_tokens_token_hash ON api_tokens (token_hash);
CREATE INDEX ix_api_tokens_producer_id ON api_tokens (producer_id);
CREATE TABLE kept_answers (
	id INTEGER NOT NULL, 
	token_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	asked TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	status INTEGER, 
	headers TEXT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_kept_answers PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_kept_answers_key ON kept_answers (token_id, "key");
CREATE INDEX ix_kept_answers_at ON kept_answers (at);
CREATE TABLE previews (
	id INTEGER NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	token_hash TEXT NOT NULL, 
	CONSTRAINT pk_previews PRIMARY KEY (id), 
	CONSTRAINT uq_previews_token_hash UNIQUE (token_hash)
);
CREATE TABLE note_versions (
	id INTEGER NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	path TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	content BLOB NOT NULL, 
	saved_at BIGINT NOT NULL, 
	hand TEXT NOT NULL, 
	who TEXT NOT NULL, 
	CONSTRAINT pk_note_versions PRIMARY KEY (id)
);
CREATE INDEX ix_note_versions_guid ON note_versions (show_guid, guid);
CREATE TABLE loudness (
	sha256 TEXT NOT NULL, 
	recipe INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	measured_at BIGINT NOT NULL, 
	CONSTRAINT pk_loudness PRIMARY KEY (sha256, recipe)
);
CREATE TABLE handovers (
	id INTEGER NOT NULL, 
	show_guid TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	step TEXT NOT NULL, 
	who TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	note TEXT NOT NULL, 
	is_over INTEGER NOT NULL, 
	CONSTRAINT pk_handovers PRIMARY KEY (id)
);
INSERT INTO alembic_version VALUES ('0015');
