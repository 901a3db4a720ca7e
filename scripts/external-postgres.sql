-- 外部 Postgres 的三个登录角色与数据库，由 DBA 以超级用户执行一次：psql -d postgres -f scripts/external-postgres.sql
-- The three logins and the database on an external Postgres 15 or newer, run once by the DBA as superuser. Then, in
-- psql, so that no password stands in a file or a log:  \password hub_owner  \password hub_app  \password hub_audit
-- The names of the last two are fixed: row security and grants are made out to them.

-- 表的所有者，仅用于迁移与参考数据 owns the tables: migrations and reference data only
create role hub_owner login nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
-- 弱登录，受行级安全约束 the weak login that answers requests, bound by row security
create role hub_app login noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
-- 只写登录，写访问日志 the insert-only login that writes the log of accesses
create role hub_audit login noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
-- 作业队列的所有者，不登录，由 hub_owner 代行 owns the queue, logs in nowhere; hub_owner steps down to it
create role hub_jobs nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
grant hub_jobs to hub_owner;

-- 弱登录在每个事务内所代的角色，行级安全按其授权；任何人不得以其登录
-- The roles that the weak login takes on, one in each transaction; row security is made out to them, and nobody logs in by one
create role hub_public nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_subject nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_service_hall nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_department nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_credit_office nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_court nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_association nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_organisation_department nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_cadre_officer nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_government_office nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_analyst nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_agency nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_exchange nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_system_admin nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_security_admin nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
create role hub_auditor nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
grant hub_public, hub_subject, hub_service_hall, hub_department, hub_credit_office, hub_court, hub_association, hub_organisation_department, hub_cadre_officer, hub_government_office, hub_analyst, hub_agency, hub_exchange, hub_system_admin, hub_security_admin, hub_auditor to hub_app;

create database hub owner hub_owner template template0 encoding 'UTF8' locale 'C.UTF-8';
revoke all on database hub from public;
grant connect on database hub to hub_app, hub_audit;

\connect hub
-- 仅所有者可建对象 nobody but the owner makes anything here
alter schema public owner to hub_owner;
revoke all on schema public from public;
