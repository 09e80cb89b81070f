"""Who may come in: passwords, sessions, one-time links and API tokens, and what is stored of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.database import open_for_writing
from storage.people import (
    Person,
    close_session,
    create_login_link,
    create_user,
    disable_user,
    find_person,
    list_people,
    open_session,
    person_in_session,
    set_password,
    set_role,
    stored_password,
    use_login_link,
)
from storage.secrets import hash_password, password_matches
from storage.tokens import create_token, find_token, list_tokens, note_token_use, revoke_token

MORNING = "2026-11-20T08:00:00+00:00"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_for_writing(tmp_path / "studio.db")
    yield database
    database.conn.close()


@pytest.fixture
def ana(db: Database) -> Person:
    return create_user(db, "ana", "reviewer", hash_password("a long enough one"))


def everything_stored(db: Database) -> str:
    return "\n".join(str(row) for table in db.tables for row in table.rows)


def test_a_role_may_do_all_that_lesser_roles_may(ana: Person) -> None:
    assert ana.may("viewer")
    assert ana.may("reviewer")
    assert not ana.may("admin")


@pytest.mark.parametrize("name", ["", "Ana", "a b", "a/b", "-ana", "x" * 33, "аna", "autopilot"])
def test_awkward_user_names_are_refused(db: Database, name: str) -> None:
    with pytest.raises(UsageError):
        create_user(db, name, "viewer")


def test_a_name_is_given_once_even_after_the_account_was_closed(db: Database, ana: Person) -> None:
    disable_user(db, "ana")
    with pytest.raises(UsageError, match="already a user"):
        create_user(db, "ana", "admin")


def test_unknown_names_say_who_is_known(db: Database, ana: Person) -> None:
    with pytest.raises(UnknownName, match="ana"):
        set_role(db, "bo", "admin")


class TestPasswords:
    def test_the_right_one_matches_and_no_other(self, db: Database, ana: Person) -> None:
        stored = stored_password(db, "ana")
        assert password_matches("a long enough one", stored)
        assert not password_matches("a long enough two", stored)

    def test_nobody_has_no_password(self, db: Database) -> None:
        create_user(db, "bo", "viewer")
        for name in ("bo", "nobody"):
            assert not password_matches("", stored_password(db, name))

    @pytest.mark.parametrize("password", ["", "short", "x" * 201])
    def test_unfit_ones_are_refused(self, password: str) -> None:
        with pytest.raises(UsageError):
            hash_password(password)

    def test_a_new_one_logs_out_everywhere_else(self, db: Database, ana: Person) -> None:
        here, elsewhere = open_session(db, "ana", 12), open_session(db, "ana", 12)
        set_password(db, "ana", hash_password("another long one"), keep_session=here)
        assert person_in_session(db, here) == ana
        assert person_in_session(db, elsewhere) is None


class TestSessions:
    def test_last_as_long_as_they_were_opened_for(self, db: Database, ana: Person) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            token = open_session(db, "ana", hours=12)
            clock.shift(12 * 3600 - 1)
            assert person_in_session(db, token) == ana
            clock.shift(2)
            assert person_in_session(db, token) is None

    def test_end_when_closed(self, db: Database, ana: Person) -> None:
        token = open_session(db, "ana", 12)
        close_session(db, token)
        assert person_in_session(db, token) is None

    def test_follow_the_account(self, db: Database, ana: Person) -> None:
        token = open_session(db, "ana", 12)
        set_role(db, "ana", "viewer")
        assert person_in_session(db, token) == Person(name="ana", role="viewer")
        disable_user(db, "ana")
        assert person_in_session(db, token) is None
        assert list_people(db) == []
        assert find_person(db, "ana") is None

    @pytest.mark.parametrize("token", ["", "x", "\udcff", "0" * 43])
    def test_a_made_up_token_is_nobody(self, db: Database, ana: Person, token: str) -> None:
        open_session(db, "ana", 12)
        assert person_in_session(db, token) is None


class TestLoginLinks:
    def test_work_once(self, db: Database, ana: Person) -> None:
        secret = create_login_link(db, "ana")
        assert use_login_link(db, secret) == "ana"
        with pytest.raises(Refused, match="used already"):
            use_login_link(db, secret)

    def test_grow_old_in_an_hour(self, db: Database, ana: Person) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            secret = create_login_link(db, "ana")
            clock.shift(3601)
            with pytest.raises(Refused):
                use_login_link(db, secret)

    def test_a_new_one_replaces_the_one_before(self, db: Database, ana: Person) -> None:
        first, second = create_login_link(db, "ana"), create_login_link(db, "ana")
        with pytest.raises(Refused):
            use_login_link(db, first)
        assert use_login_link(db, second) == "ana"

    def test_do_not_open_a_closed_account(self, db: Database, ana: Person) -> None:
        secret = create_login_link(db, "ana")
        disable_user(db, "ana")
        with pytest.raises(Refused):
            use_login_link(db, secret)


class TestTokens:
    def test_carry_their_scopes_until_revoked(self, db: Database, ana: Person) -> None:
        token, secret = create_token(db, "player", "ana", ["export", "read"])
        assert token.scopes == ("read", "export")
        assert find_token(db, secret) == token
        revoke_token(db, token.id)
        assert find_token(db, secret) is None
        assert list_tokens(db) == []

    def test_show_when_they_were_last_used(self, db: Database, ana: Person) -> None:
        token, _ = create_token(db, "player", "ana", ["read"])
        assert list_tokens(db)[0].last_used_at is None
        note_token_use(db, token.id)
        assert list_tokens(db)[0].last_used_at is not None

    def test_never_do_more_than_their_maker_may(self, db: Database, ana: Person) -> None:
        with pytest.raises(UsageError, match="cannot give"):
            create_token(db, "all", "ana", ["admin"])
        _, secret = create_token(db, "player", "ana", ["read", "export"])
        set_role(db, "ana", "viewer")
        found = find_token(db, secret)
        assert found is not None
        assert found.scopes == ("read",)
        disable_user(db, "ana")
        assert find_token(db, secret) is None

    @pytest.mark.parametrize(("name", "scopes"), [("", ["read"]), ("x", []), ("x", ["everything"])])
    def test_need_a_name_and_known_scopes(self, db: Database, ana: Person, name: str, scopes: list[str]) -> None:
        with pytest.raises(UsageError):
            create_token(db, name, "ana", scopes)  # type: ignore[arg-type]

    def test_revoking_an_unknown_one_says_so(self, db: Database) -> None:
        with pytest.raises(UnknownName):
            revoke_token(db, "no-such-id")


def test_no_secret_is_stored_in_plain(db: Database, ana: Person) -> None:
    secrets = [open_session(db, "ana", 12), create_login_link(db, "ana"), create_token(db, "t", "ana", ["read"])[1]]
    stored = everything_stored(db)
    for secret in (*secrets, "a long enough one"):
        assert secret not in stored
    assert "$argon2id$" in stored
