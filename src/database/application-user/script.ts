// What the one-off task runs: psql, as the master user, makes the application's own user and hands over to it what the master
// owns in the database. It can run again at any time, and with PostgreSQL 13 to 18.

/** The variables in which the task finds the application user's log-in; those of the master are libpq's own. */
export const APPLICATION_VARIABLES = { user: "APPLICATION_USER", password: "APPLICATION_PASSWORD" } as const;

/** By this comment, the roles that were made here are known again: one that was renamed in the file hands over, too. */
const COMMENT = "Application user";

/**
 * RDS's master is no superuser. To hand something over, it has to be a member of the role that it makes, and stays one: so it
 * can still do whatever it could with what it no longer owns. All or nothing: locks are held for a moment, and where another
 * transaction holds one for longer, nothing has changed.
 */
const SQL = `
SET client_min_messages = warning;
SET lock_timeout = '5s';
SET password_encryption = 'scram-sha-256';
BEGIN;
SELECT set_config('platform.application_user', :'user', true) AS known \\gset
DO $do$
DECLARE
  app CONSTANT text := current_setting('platform.application_user');
  owners oid[];
  change text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = app) THEN
    EXECUTE format('CREATE ROLE %I NOINHERIT', app);
  END IF;
  IF EXISTS (
    SELECT FROM pg_roles
    WHERE rolname = app AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
  ) OR EXISTS (SELECT FROM pg_auth_members WHERE member = to_regrole(quote_ident(app))) THEN
    RAISE EXCEPTION 'The role % has more rights than an application needs. Take them away, or choose another name.', app;
  END IF;
  EXECUTE format('ALTER ROLE %I LOGIN', app);
  EXECUTE format('COMMENT ON ROLE %I IS %L', app, '${COMMENT}');
  EXECUTE format('GRANT %I TO CURRENT_USER', app);
  SELECT array_agg(oid) INTO owners FROM pg_roles
  WHERE rolname = current_user OR (rolname <> app AND shobj_description(oid, 'pg_authid') = '${COMMENT}');

  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), app);
  FOR change IN
    SELECT format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', nspname, app) FROM pg_namespace
    WHERE nspname = 'public' OR (nspowner = ANY (owners) AND nspname !~ '^pg_')
  LOOP
    EXECUTE change;
  END LOOP;

  FOR change IN
    WITH own AS (
      SELECT 'pg_class'::regclass AS catalog, oid, relnamespace AS schema,
        format('ALTER TABLE %s OWNER TO %I', oid::regclass, app) AS change
      FROM pg_class
      WHERE relowner = ANY (owners) AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      UNION ALL
      SELECT 'pg_proc'::regclass, oid, pronamespace,
        format('ALTER ROUTINE %s OWNER TO %I', oid::regprocedure, app)
      FROM pg_proc
      WHERE proowner = ANY (owners)
      UNION ALL
      SELECT 'pg_type'::regclass, oid, typnamespace, format('ALTER TYPE %s OWNER TO %I', oid::regtype, app)
      FROM pg_type
      WHERE typowner = ANY (owners)
        -- What follows a table, a type or a range does so here, too.
        AND (typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c')))
    )
    SELECT own.change FROM own JOIN pg_namespace ON pg_namespace.oid = own.schema
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      -- Extensions keep what is theirs; the sequence of a column goes with its table.
      AND NOT EXISTS (
        SELECT FROM pg_depend
        WHERE classid = own.catalog AND objid = own.oid AND (
          deptype = 'e' OR (deptype IN ('a', 'i') AND refclassid = 'pg_class'::regclass AND own.catalog = 'pg_class'::regclass
            AND own.oid IN (SELECT oid FROM pg_class WHERE relkind = 'S'))
        )
      )
  LOOP
    EXECUTE change;
  END LOOP;

  -- What the master makes from now on, until it is handed over by the next run.
  EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO %I', app);
  EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO %I', app);
END
$do$;
\\password :user
COMMIT;
`;

/**
 * The command of the task. psql's \`\\password\` sends a SCRAM verifier, so that the password itself stands in no statement, and
 * thus in no log of PostgreSQL's; it asks twice, and is answered on standard input. The statements come by a descriptor of their
 * own. At the end the new user logs in.
 */
export const APPLICATION_USER_COMMAND: readonly string[] = [
  "sh",
  "-c",
  `printf '%s\\n%s\\n' "$${APPLICATION_VARIABLES.password}" "$${APPLICATION_VARIABLES.password}" |
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=user="$${APPLICATION_VARIABLES.user}" --file=/dev/fd/3 3<<'SQL' || exit
${SQL.trim()}
SQL
PGUSER="$${APPLICATION_VARIABLES.user}" PGPASSWORD="$${APPLICATION_VARIABLES.password}" \\
  psql --no-psqlrc --quiet --tuples-only --no-align --command="SELECT 'Logged in as ' || current_user"
`,
];
