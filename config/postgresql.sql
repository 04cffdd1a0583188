-- SPDX-License-Identifier: EUPL-1.2
-- The role and the database of Kogge on PostgreSQL 15 or later:   sudo -u postgres psql -f postgresql.sql
-- Kogge makes and migrates its tables itself; it needs no extension and no superuser.
--
-- On the same machine, peer authentication needs no password: the service runs as the user "kogge".
--     [store] url = "postgresql:///kogge?host=/run/postgresql"
-- From another machine: \password kogge, a line in pg_hba.conf (hostssl kogge kogge 192.0.2.7/32 scram-sha-256), and
--     [store] url = "postgresql://kogge@db.example.org/kogge?sslmode=verify-full"

CREATE ROLE kogge LOGIN;
CREATE DATABASE kogge OWNER kogge ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE kogge FROM PUBLIC;

-- A statement or a lock that takes longer is a fault; say so instead of hanging.
ALTER ROLE kogge IN DATABASE kogge SET lock_timeout = '30s';
ALTER ROLE kogge IN DATABASE kogge SET idle_in_transaction_session_timeout = '60s';

-- Several daemons: max_connections must hold (workers + 2) for each. In front of a pgbouncer use pool_mode = session:
-- transaction mode breaks prepared statements.
