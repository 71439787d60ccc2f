"""Two roles and a database: one owns the tables and migrates, the other works and owns nothing."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from goodword.kit.postgres.cluster import Server

OWNER, APP = "goodword_owner", "goodword_app"


@dataclass(frozen=True)
class Addresses:
    """Where each role finds the database."""

    app: str
    owner: str

    def at_port(self, port: int) -> "Addresses":
        return Addresses(_at_port(self.app, port), _at_port(self.owner, port))


def make_database(
    server: Server, name: str, *, known: Addresses | None = None, template: str = "template0"
) -> Addresses:
    """Make what is missing of roles and database; `known` keeps the passwords of an earlier time."""
    passwords = {
        OWNER: (urlsplit(known.owner).password if known else None) or secrets.token_urlsafe(24),
        APP: (urlsplit(known.app).password if known else None) or secrets.token_urlsafe(24),
    }
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('goodword roles and database'))")  # two may start at once
        for role, password in passwords.items():
            make_role(connection, role, password)
        if not exists(connection, name):
            query = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            connection.execute(query.format(sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(APP))
        )
    return Addresses(
        server.url(name, user=APP, password=passwords[APP]), server.url(name, user=OWNER, password=passwords[OWNER])
    )


def make_role(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str) -> None:
    """A role that may log in and nothing else; an existing one gets exactly these rights again."""
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}"
    verb = "ALTER" if found else "CREATE"
    connection.execute(sql.SQL(f"{verb} ROLE {{}} {rights}").format(sql.Identifier(role), sql.Literal(password)))


def exists(connection: "psycopg.Connection[tuple[object, ...]]", database: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def _at_port(address: str, port: int) -> str:
    parts = urlsplit(address)
    head, _, _ = parts.netloc.rpartition(":")
    return parts._replace(netloc=f"{head}:{port}").geturl()
