"""The spine: access, inventory, scheduling, status, history, incidents, event stream."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ACCESS = """
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL CHECK (username = lower(username) AND length(username) BETWEEN 1 AND 64),
    display_name text NOT NULL DEFAULT '',
    role text NOT NULL CHECK (role IN ('viewer', 'operator', 'manager', 'admin')),
    password_hash text NOT NULL,
    disabled boolean NOT NULL DEFAULT false,
    language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'ka')),
    theme text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    time_zone text NOT NULL DEFAULT 'Asia/Tbilisi',
    created_at timestamptz NOT NULL DEFAULT now(),
    last_login_at timestamptz,
    CONSTRAINT users_username_key UNIQUE (username)
);
CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    address text NOT NULL DEFAULT '',
    user_agent text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE TABLE tokens (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    role text NOT NULL CHECK (role IN ('viewer', 'operator', 'manager', 'admin')),
    token_hash bytea NOT NULL,
    prefix text NOT NULL,
    created_by bigint REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT tokens_hash_key UNIQUE (token_hash)
);
CREATE INDEX tokens_created_by ON tokens (created_by);
CREATE TABLE setup_tokens (
    token_hash bytea PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
"""

# Devices and links draw from one sequence: a target id names one of them, never both.
INVENTORY = """
CREATE SEQUENCE target_id_seq;
CREATE TABLE sites (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,30}$'),
    description text NOT NULL DEFAULT '',
    CONSTRAINT sites_name_key UNIQUE (name)
);
INSERT INTO sites (name, description) VALUES ('main', 'The site of this server');
CREATE TABLE regions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    code text NOT NULL DEFAULT '',
    CONSTRAINT regions_name_key UNIQUE (name)
);
CREATE TABLE branches (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    region_id bigint NOT NULL REFERENCES regions,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    code text NOT NULL DEFAULT '',
    city text NOT NULL DEFAULT '',
    address text NOT NULL DEFAULT '',
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    contact text NOT NULL DEFAULT '',
    CONSTRAINT branches_name_key UNIQUE (region_id, name)
);
CREATE TABLE providers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    contact text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    CONSTRAINT providers_name_key UNIQUE (name)
);
CREATE TABLE profiles (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description text NOT NULL DEFAULT '',
    ping_cadence_ms integer NOT NULL CHECK (ping_cadence_ms BETWEEN 1000 AND 3600000),
    CONSTRAINT profiles_name_key UNIQUE (name)
);
CREATE FUNCTION words(text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT array_to_string($1, ' ') $$;
CREATE TABLE devices (
    id bigint PRIMARY KEY DEFAULT nextval('target_id_seq'),
    site_id bigint NOT NULL REFERENCES sites,
    branch_id bigint REFERENCES branches,
    parent_id bigint REFERENCES devices ON DELETE SET NULL,
    profile_id bigint REFERENCES profiles,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    ip inet NOT NULL CHECK (masklen(ip) = CASE family(ip) WHEN 4 THEN 32 ELSE 128 END),
    type text NOT NULL CHECK (type IN (
        'router', 'switch', 'core_router', 'access_point', 'atm', 'payment_terminal',
        'video_recorder', 'access_controller', 'ups', 'server', 'other')),
    vendor text NOT NULL DEFAULT '',
    model text NOT NULL DEFAULT '',
    serial text NOT NULL DEFAULT '',
    notes text NOT NULL DEFAULT '',
    enabled boolean NOT NULL DEFAULT true,
    tags text[] NOT NULL DEFAULT '{}',
    custom jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object'),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    search text NOT NULL GENERATED ALWAYS AS
        (lower(name || ' ' || host(ip) || ' ' || serial || ' ' || words(tags))) STORED,
    CONSTRAINT devices_address_key UNIQUE (site_id, ip),
    CHECK (parent_id <> id)
);
CREATE INDEX devices_branch ON devices (branch_id);
CREATE INDEX devices_parent ON devices (parent_id);
CREATE INDEX devices_profile ON devices (profile_id);
CREATE INDEX devices_enabled_vendor ON devices (enabled, vendor);
CREATE INDEX devices_name ON devices (name, id);
CREATE INDEX devices_tags ON devices USING gin (tags);
CREATE INDEX devices_custom ON devices USING gin (custom jsonb_path_ops);
CREATE TABLE links (
    id bigint PRIMARY KEY DEFAULT nextval('target_id_seq'),
    site_id bigint NOT NULL REFERENCES sites,
    branch_id bigint NOT NULL REFERENCES branches,
    provider_id bigint NOT NULL REFERENCES providers,
    profile_id bigint REFERENCES profiles,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    role text NOT NULL DEFAULT 'primary' CHECK (role IN ('primary', 'backup')),
    probe_address inet NOT NULL
        CHECK (masklen(probe_address) = CASE family(probe_address) WHEN 4 THEN 32 ELSE 128 END),
    source_address inet CHECK (family(source_address) = family(probe_address)),
    circuit_id text NOT NULL DEFAULT '',
    bandwidth_mbps integer CHECK (bandwidth_mbps > 0),
    enabled boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT links_name_key UNIQUE (branch_id, name),
    CONSTRAINT links_address_key UNIQUE (site_id, probe_address)
);
CREATE INDEX links_provider ON links (provider_id);
CREATE INDEX links_profile ON links (profile_id);
"""

# One row per target, rewritten each cycle: fillfactor keeps those updates inside their page.
# `enabled`, `type` and `branch_id` are the inventory's, copied by triggers, so that lists and
# counts by state need no join. `settled` is the state that is shown, and `urgency` its place in a
# list with the worst on top, as long as the target is checked in time; see shown_state. A trigger
# sets them: generated columns would cost every cycle's update five times its price.
STATUS = """
CREATE TABLE target_status (
    target_id bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('device', 'link')),
    enabled boolean NOT NULL,
    type text NOT NULL,
    branch_id bigint,
    state text NOT NULL DEFAULT 'unknown' CHECK (state IN ('up', 'down', 'unknown')),
    since timestamptz NOT NULL DEFAULT now(),
    down_since timestamptz,
    reason text NOT NULL DEFAULT 'never_checked',
    flapping boolean NOT NULL DEFAULT false,
    in_maintenance boolean NOT NULL DEFAULT false,
    suppressed_by bigint,
    last_slot bigint NOT NULL DEFAULT 0,
    observed_from timestamptz,
    last_checked_at timestamptz,
    stale_after timestamptz,
    rtt_ms real,
    loss_ratio real,
    settled text NOT NULL,
    urgency smallint NOT NULL,
    CHECK ((down_since IS NOT NULL) = (state = 'down'))
) WITH (
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.2
);
CREATE INDEX target_status_down ON target_status (target_id) WHERE state = 'down';
CREATE INDEX target_status_trouble ON target_status (settled) WHERE settled <> 'up';
CREATE INDEX target_status_flapping ON target_status (target_id) WHERE flapping;

CREATE FUNCTION settle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.settled := CASE
        WHEN NOT NEW.enabled THEN 'paused'
        WHEN NEW.in_maintenance THEN 'maintenance'
        WHEN NEW.state = 'down' AND NEW.suppressed_by IS NOT NULL THEN 'unreachable'
        WHEN NEW.state = 'down' THEN 'down'
        WHEN NEW.flapping THEN 'flapping'
        ELSE NEW.state
    END;
    NEW.urgency := CASE NEW.settled
        WHEN 'down' THEN 1 WHEN 'unreachable' THEN 2 WHEN 'flapping' THEN 3
        WHEN 'unknown' THEN 5 WHEN 'maintenance' THEN 6 WHEN 'paused' THEN 7 ELSE 8
    END;
    RETURN NEW;
END $$;
CREATE TRIGGER target_status_settle
    BEFORE INSERT OR UPDATE OF enabled, in_maintenance, state, suppressed_by, flapping
    ON target_status FOR EACH ROW EXECUTE FUNCTION settle();
CREATE FUNCTION shown_state(s target_status) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN s.stale_after < now() AND s.settled NOT IN ('paused', 'maintenance') THEN 'stale'
        ELSE s.settled
    END
$$;
CREATE FUNCTION shown_urgency(s target_status) RETURNS smallint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN s.stale_after < now() AND s.urgency NOT IN (6, 7) THEN 4 ELSE s.urgency END
$$;
CREATE TABLE status_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_id bigint NOT NULL,
    at timestamptz NOT NULL,
    slot bigint NOT NULL,
    old_state text NOT NULL,
    new_state text NOT NULL,
    reason text NOT NULL,
    evidence jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT status_events_once UNIQUE (target_id, slot)
);
CREATE INDEX status_events_target ON status_events (target_id, at DESC);
CREATE INDEX status_events_time ON status_events (at DESC);
CREATE TABLE status_intervals (
    target_id bigint NOT NULL,
    from_at timestamptz NOT NULL,
    to_at timestamptz,
    state text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (target_id, from_at),
    CHECK (to_at >= from_at)
);
CREATE UNIQUE INDEX status_intervals_open ON status_intervals (target_id) WHERE to_at IS NULL;
CREATE INDEX status_intervals_end ON status_intervals (to_at);
CREATE INDEX status_intervals_faults ON status_intervals (coalesce(to_at, 'infinity'))
    WHERE state <> 'up';
CREATE TABLE ping_results (
    at timestamptz NOT NULL,
    target_id bigint NOT NULL,
    sent smallint NOT NULL,
    lost smallint NOT NULL,
    rtt_min real,
    rtt_avg real,
    rtt_max real,
    jitter real,
    CONSTRAINT ping_results_once PRIMARY KEY (target_id, at)
) PARTITION BY RANGE (at);
"""

# The triggers keep three promises in the writer's own transaction, whoever writes: every target
# has its status row, a target that is gone leaves none, and the plan version rises.
PLAN = """
CREATE TABLE versions (name text PRIMARY KEY, version bigint NOT NULL);
INSERT INTO versions VALUES ('plan', 1), ('places', 1);
CREATE FUNCTION plan_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE versions SET version = version + 1 WHERE name = 'plan';
    RETURN NULL;
END $$;
CREATE FUNCTION places_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE versions SET version = version + 1 WHERE name = 'places';
    RETURN NULL;
END $$;
CREATE TRIGGER regions_places AFTER INSERT OR UPDATE OR DELETE ON regions
    FOR EACH STATEMENT EXECUTE FUNCTION places_changed();
CREATE TRIGGER branches_places AFTER INSERT OR UPDATE OR DELETE ON branches
    FOR EACH STATEMENT EXECUTE FUNCTION places_changed();
CREATE TRIGGER providers_places AFTER INSERT OR UPDATE OR DELETE ON providers
    FOR EACH STATEMENT EXECUTE FUNCTION places_changed();
CREATE FUNCTION targets_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'links' THEN
        INSERT INTO target_status (target_id, kind, enabled, type, branch_id)
            SELECT id, 'link', enabled, 'link', branch_id FROM added ORDER BY id;
    ELSE
        INSERT INTO target_status (target_id, kind, enabled, type, branch_id)
            SELECT id, 'device', enabled, type, branch_id FROM added ORDER BY id;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION targets_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'links' THEN
        UPDATE target_status s SET enabled = c.enabled, branch_id = c.branch_id
            FROM changed c WHERE s.target_id = c.id
            AND (s.enabled, s.branch_id) IS DISTINCT FROM (c.enabled, c.branch_id);
    ELSE
        UPDATE target_status s SET enabled = c.enabled, type = c.type, branch_id = c.branch_id
            FROM changed c WHERE s.target_id = c.id
            AND (s.enabled, s.type, s.branch_id)
                IS DISTINCT FROM (c.enabled, c.type, c.branch_id);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION targets_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM target_status s USING removed r WHERE s.target_id = r.id;
    UPDATE status_intervals i SET to_at = greatest(now(), i.from_at)
        FROM removed r WHERE i.target_id = r.id AND i.to_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER devices_added AFTER INSERT ON devices REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION targets_added();
CREATE TRIGGER devices_changed AFTER UPDATE ON devices REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION targets_changed();
CREATE TRIGGER devices_removed AFTER DELETE ON devices REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION targets_removed();
CREATE TRIGGER links_added AFTER INSERT ON links REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION targets_added();
CREATE TRIGGER links_changed AFTER UPDATE ON links REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION targets_changed();
CREATE TRIGGER links_removed AFTER DELETE ON links REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION targets_removed();
CREATE TRIGGER devices_plan AFTER INSERT OR UPDATE OR DELETE ON devices
    FOR EACH STATEMENT EXECUTE FUNCTION plan_changed();
CREATE TRIGGER links_plan AFTER INSERT OR UPDATE OR DELETE ON links
    FOR EACH STATEMENT EXECUTE FUNCTION plan_changed();
CREATE TRIGGER profiles_plan AFTER UPDATE ON profiles
    FOR EACH STATEMENT EXECUTE FUNCTION plan_changed();
CREATE TRIGGER sites_plan AFTER UPDATE ON sites
    FOR EACH STATEMENT EXECUTE FUNCTION plan_changed();
CREATE TABLE shard_runs (
    site text NOT NULL,
    cadence_ms integer NOT NULL,
    shard integer NOT NULL,
    last_slot bigint NOT NULL DEFAULT 0,
    finished_at timestamptz NOT NULL DEFAULT now(),
    lag_ms integer NOT NULL DEFAULT 0,
    duration_ms integer NOT NULL DEFAULT 0,
    targets integer NOT NULL DEFAULT 0,
    silent integer NOT NULL DEFAULT 0,
    slots_done bigint NOT NULL DEFAULT 0,
    slots_missed bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (site, cadence_ms, shard)
) WITH (fillfactor = 50);
CREATE TABLE dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task text NOT NULL,
    error text NOT NULL,
    arguments jsonb NOT NULL DEFAULT '{}',
    detail text NOT NULL DEFAULT '',
    failures integer NOT NULL DEFAULT 1,
    first_at timestamptz NOT NULL DEFAULT now(),
    last_at timestamptz NOT NULL DEFAULT now(),
    handled_at timestamptz
);
CREATE UNIQUE INDEX dead_letters_open ON dead_letters (task, error) WHERE handled_at IS NULL;
"""

ALERTING = """
CREATE TABLE incidents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause_key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('device_down', 'branch_down', 'link_down', 'system')),
    severity text NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info')),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'resolved')),
    title text NOT NULL,
    branch_id bigint REFERENCES branches ON DELETE SET NULL,
    cause_kind text NOT NULL DEFAULT '',
    cause_id bigint,
    cause_name text NOT NULL DEFAULT '',
    opened_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by bigint REFERENCES users ON DELETE SET NULL,
    resolved_at timestamptz,
    last_change_at timestamptz NOT NULL,
    CHECK ((resolved_at IS NOT NULL) = (state = 'resolved'))
);
CREATE UNIQUE INDEX incidents_open_cause ON incidents (cause_key) WHERE state <> 'resolved';
CREATE INDEX incidents_opened ON incidents (opened_at DESC, id DESC);
CREATE INDEX incidents_branch ON incidents (branch_id, opened_at DESC);
CREATE INDEX incidents_acknowledged_by ON incidents (acknowledged_by);
CREATE TABLE incident_subjects (
    incident_id bigint NOT NULL REFERENCES incidents ON DELETE CASCADE,
    target_id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('device', 'link')),
    name text NOT NULL,
    down_at timestamptz NOT NULL,
    recovered_at timestamptz,
    PRIMARY KEY (incident_id, target_id)
);
CREATE INDEX incident_subjects_target ON incident_subjects (target_id, incident_id);
CREATE UNIQUE INDEX incident_subjects_open ON incident_subjects (target_id)
    WHERE recovered_at IS NULL;
CREATE TABLE incident_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident_id bigint NOT NULL REFERENCES incidents ON DELETE CASCADE,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    actor_id bigint REFERENCES users ON DELETE SET NULL,
    actor text,
    text text,
    data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX incident_events_incident ON incident_events (incident_id, at, id);
CREATE INDEX incident_events_actor ON incident_events (actor_id);
CREATE TABLE stream_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    payload jsonb NOT NULL
);
CREATE INDEX stream_events_order ON stream_events (xid, id);
CREATE INDEX stream_events_time ON stream_events (at);
"""


def upgrade() -> None:
    """Make everything."""
    for part in (ACCESS, INVENTORY, STATUS, PLAN, ALERTING):
        op.execute(part)


def downgrade() -> None:
    """Remove everything."""
    op.execute(
        """
        DROP TABLE stream_events, incident_events, incident_subjects, incidents, dead_letters,
            shard_runs, versions, ping_results, status_intervals, status_events CASCADE;
        DROP FUNCTION shown_state, shown_urgency;
        DROP TABLE links, devices, target_status, profiles, providers, branches, regions, sites;
        DROP FUNCTION plan_changed, places_changed, settle, words;
        DROP FUNCTION targets_added, targets_changed, targets_removed;
        DROP SEQUENCE target_id_seq;
        DROP TABLE setup_tokens, tokens, sessions, users;
        """
    )
