from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings, SettingsError, load_settings

SECRET = "s3cr3t-that-nobody-sees"
TELEGRAM: dict[str, Any] = {"TERMIN_TELEGRAM_TOKEN": f"123456:{SECRET}"}
TWILIO: dict[str, Any] = {
    "TERMIN_TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "TERMIN_TWILIO_AUTH_TOKEN": SECRET,
    "TERMIN_TWILIO_SENDER": "+48732123456",
    "TERMIN_PUBLIC_URL": "https://termin.example.org",
}


def load(env_file: Path | None = None, **variables: str) -> Settings:
    """Settings of an environment with nothing else in it."""
    return load_settings({"TERMIN_SECRET_KEY": SECRET, "PATH": "/bin", **variables}, env_file=env_file)


def refusal(env_file: Path | None = None, **variables: str) -> str:
    with pytest.raises(SettingsError) as refused:
        load(env_file, **variables)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert SECRET not in sentence
    return sentence


def without(variables: dict[str, Any], name: str) -> dict[str, Any]:
    return {other: value for other, value in variables.items() if other != name}


def test_with_nothing_set_the_channels_are_off_and_the_rest_has_its_defaults() -> None:
    settings = load()

    assert settings.database_url == "sqlite:///var/termin.db"
    assert settings.centre.name == "kedzierzyn-kozle.toml"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.telegram_mode == "polling"
    assert settings.twilio_api_url == "https://api.twilio.com"
    assert settings.sms_per_second == 1.0
    assert (settings.has_telegram, settings.has_twilio, settings.public_url) == (False, False, None)


def test_everything_set_is_taken() -> None:
    settings = load(
        **TELEGRAM,
        **TWILIO,
        TERMIN_DATABASE_URL="postgresql://u:p@db/termin",
        TERMIN_BIND="[::1]:9000",
        TERMIN_TELEGRAM_API_URL="http://127.0.0.1:8081/",
        TERMIN_TELEGRAM_MODE="webhook",
        TERMIN_TELEGRAM_WEBHOOK_SECRET="Aa_-9",
        TERMIN_SMS_PER_SECOND="0.5",
    )

    assert (settings.host, settings.port) == ("::1", 9000)
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == f"123456:{SECRET}"
    assert (settings.has_telegram, settings.has_twilio, settings.sms_per_second) == (True, True, 0.5)


def test_the_demo_needs_no_secret_key_and_everything_else_does() -> None:
    assert load_settings({}, demo=True, env_file=None).secret_key is None
    with pytest.raises(
        SettingsError, match=r"^TERMIN_SECRET_KEY is not set; give it a long random text that stays secret$"
    ):
        load_settings({"TERMIN_SECRET_KEY": ""}, env_file=None)


def test_no_secret_shows_when_settings_are_printed() -> None:
    settings = load(**TELEGRAM, **TWILIO, TERMIN_DATABASE_URL=f"postgresql://u:{SECRET}@db/termin")

    assert SECRET not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "DATABASE_URL",
            "mysql://u:s3cr3t-that-nobody-sees@h/d",
            "must begin with sqlite:/// or postgresql://",
        ),
        (
            "DATABASE_URL",
            "postgres://u:s3cr3t-that-nobody-sees@h/d",
            "must begin with sqlite:/// or postgresql://",
        ),
        ("DATABASE_URL", "termin.db", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file, for instance sqlite:///var/termin.db"),
        ("DATABASE_URL", "sqlite://", "must name a file, for instance sqlite:///var/termin.db"),
        ("DATABASE_URL", "sqlite://termin.db", "must name a file, for instance sqlite:///var/termin.db"),
        (
            "DATABASE_URL",
            "postgresql://u:s3cr3t-that-nobody-sees@h",
            "names no database; write postgresql://user:password@host/database (in a password: / as %2F, # as %23)",
        ),
        (
            "DATABASE_URL",
            "postgresql://u:s3cr3t-that-nobody-sees/x@h/d",
            "is not an address that can be read; check its port, and write / # ? [ ] in a password as %2F %23 %3F %5B %5D",
        ),
        ("CENTRE", "/nowhere/club.toml", "names no file: /nowhere/club.toml"),
        ("BIND", "8000", "must be host:port, for instance 127.0.0.1:8000"),
        ("BIND", ":8000", "must be host:port, for instance 127.0.0.1:8000"),
        ("BIND", "::1:8000", "must be host:port, for instance 127.0.0.1:8000"),
        ("BIND", "127.0.0.1:http", "must end with a port from 0 to 65535, for instance 127.0.0.1:8000"),
        ("BIND", "127.0.0.1:70000", "must end with a port from 0 to 65535, for instance 127.0.0.1:8000"),
        ("BIND", "127.0.0.1", "must be host:port, for instance 127.0.0.1:8000"),
        (
            "PUBLIC_URL",
            "http://termin.example.org",
            "must begin with https:// (http is for 127.0.0.1 and localhost only)",
        ),
        (
            "PUBLIC_URL",
            "termin.example.org",
            "must be a whole address, for instance https://termin.example.org",
        ),
        (
            "PUBLIC_URL",
            "ftp://termin.example.org",
            "must be a whole address, for instance https://termin.example.org",
        ),
        ("PUBLIC_URL", "https://u:p@example.org", "must be an address alone, without user, spaces, ? and #"),
        (
            "PUBLIC_URL",
            "https://example.org/?a=b",
            "must be an address alone, without user, spaces, ? and #",
        ),
        (
            "PUBLIC_URL",
            "https://example.org/#rc=3",
            "must be an address alone, without user, spaces, ? and #",
        ),
        (
            "TELEGRAM_TOKEN",
            "s3cr3t-that-nobody-sees",
            "must be the bot's token as BotFather gave it (digits:letters)",
        ),
        (
            "TELEGRAM_API_URL",
            "api.telegram.org",
            "must be a whole address, for instance https://termin.example.org",
        ),
        ("TELEGRAM_MODE", "pooling", "must be polling or webhook"),
        ("TELEGRAM_WEBHOOK_SECRET", "s3cr3t-that-nobody-sees!", "must be 1 to 256 letters, digits, _ or -"),
        ("TELEGRAM_WEBHOOK_SECRET", "a" * 257, "must be 1 to 256 letters, digits, _ or -"),
        ("TWILIO_ACCOUNT_SID", "SK0123", "must be the account's SID, which begins with AC"),
        ("TWILIO_SENDER", "+49301234567", "must be a number such as +48732123456, or a service MG..."),
        ("TWILIO_SENDER", "732123456", "must be a number such as +48732123456, or a service MG..."),
        ("TWILIO_SENDER", "Klub", "must be a number such as +48732123456, or a service MG..."),
        ("SMS_PER_SECOND", "0", "must be a number above 0, for instance 1"),
        ("SMS_PER_SECOND", "-1", "must be a number above 0, for instance 1"),
        ("SMS_PER_SECOND", "fast", "must be a number above 0, for instance 1"),
        ("SMS_PER_SECOND", "inf", "must be a number above 0, for instance 1"),
        ("SMS_PER_SECOND", "nan", "must be a number above 0, for instance 1"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str, expected: str) -> None:
    variables: dict[str, Any] = {f"TERMIN_{name}": value}

    assert refusal(**variables) == f"TERMIN_{name} {expected}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://termin.example.org", "https://termin.example.org"),
        ("https://termin.example.org/", "https://termin.example.org"),
        ("https://Example.org:8443/kis/", "https://Example.org:8443/kis"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_address_is_kept_as_written_but_for_its_last_slash(given: str, kept: str) -> None:
    assert load(TERMIN_PUBLIC_URL=given).public_url == kept


@pytest.mark.parametrize("missing", ["TERMIN_TELEGRAM_WEBHOOK_SECRET", "TERMIN_PUBLIC_URL"])
def test_webhook_mode_needs_its_secret_and_the_public_address(missing: str) -> None:
    whole: dict[str, Any] = {
        **TELEGRAM,
        "TERMIN_TELEGRAM_MODE": "webhook",
        "TERMIN_TELEGRAM_WEBHOOK_SECRET": "a",
        "TERMIN_PUBLIC_URL": "https://example.org",
    }

    assert load(**whole).telegram_mode == "webhook"
    assert refusal(**without(whole, missing)) == f"{missing} is not set, and TERMIN_TELEGRAM_MODE is webhook"


@pytest.mark.parametrize("missing", list(TWILIO))
def test_twilio_is_set_whole_or_not_at_all(missing: str) -> None:
    first = next(name for name in TWILIO if name != missing)

    assert refusal(**without(TWILIO, missing)) == f"{missing} is not set, and {first} is set"


def test_a_messaging_service_can_be_the_sender() -> None:
    assert load(**{**TWILIO, "TERMIN_TWILIO_SENDER": "MG0123abc"}).twilio_sender == "MG0123abc"


def test_a_misspelt_setting_is_named_with_the_nearest() -> None:
    assert (
        refusal(TERMIN_TELEGRAM_TOKN="1")
        == "TERMIN_TELEGRAM_TOKN is not a setting; did you mean 'TERMIN_TELEGRAM_TOKEN'?"
    )
    assert refusal(TERMIN_XYZZY="1") == "TERMIN_XYZZY is not a setting"


def test_variables_of_the_tests_are_left_alone() -> None:
    assert load(TERMIN_TEST_POSTGRES_URL="postgresql:///x").database_url.startswith("sqlite")


def test_an_empty_value_counts_as_not_set() -> None:
    assert load(TERMIN_TELEGRAM_TOKEN="", TERMIN_BIND="").bind == "127.0.0.1:8000"


def test_a_value_is_read_from_a_file_without_its_last_line_break(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"123456:abc\r\n")

    settings = load(TERMIN_TELEGRAM_TOKEN_FILE=str(file))

    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "123456:abc"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing", tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")

    assert refusal(TERMIN_TELEGRAM_TOKEN_FILE=str(missing)) == (
        f"TERMIN_TELEGRAM_TOKEN_FILE: the file {missing} can't be read (No such file or directory)"
    )
    assert refusal(TERMIN_TELEGRAM_TOKEN_FILE=str(binary)) == (
        f"TERMIN_TELEGRAM_TOKEN_FILE: the file {binary} can't be read (it is not UTF-8 text)"
    )


def test_a_value_and_a_file_for_it_are_one_too_many() -> None:
    assert refusal(**TELEGRAM, TERMIN_TELEGRAM_TOKEN_FILE="/x") == (
        "TERMIN_TELEGRAM_TOKEN and TERMIN_TELEGRAM_TOKEN_FILE are both set; leave one of them out"
    )


def test_the_env_file_is_read_literally_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        "\ufeff# the club\nTERMIN_BIND=0.0.0.0:80\nexport TERMIN_SECRET_KEY='a$HOME b'\nOTHER=1\n"
        "TERMIN_TELEGRAM_TOKEN=1:from-file\n",
        "utf-8",
    )

    settings = load_settings({"TERMIN_TELEGRAM_TOKEN": "2:from-environment"}, env_file=env_file)

    assert settings.bind == "0.0.0.0:80"
    assert settings.secret_key is not None
    assert settings.secret_key.get_secret_value() == "a$HOME b"
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "2:from-environment"


def test_a_line_of_the_env_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("TERMIN_BIND=127.0.0.1:80\nTERMIN_SECRET_KEY\n", "utf-8")

    assert refusal(env_file) == f"{env_file}: line 2 can't be read; write NAME=value"


def test_an_env_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert load(tmp_path / ".env").bind == "127.0.0.1:8000"


def test_the_environment_itself_is_read_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMIN_SECRET_KEY", SECRET)
    monkeypatch.setenv("TERMIN_BIND", "127.0.0.1:8123")

    assert load_settings(env_file=None).port == 8123
