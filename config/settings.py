"""The settings of one running Termin, checked before anything starts."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from config.environment import PREFIX, SettingsError, read_variables
from config.urls import checked_api_url, checked_bind, checked_database_url, checked_public_url

__all__ = ["Settings", "SettingsError", "load_settings"]

FIRST_CLUB = Path(__file__).parent / "centres" / "kedzierzyn-kozle.toml"
SHAPES = {
    "telegram_token": (
        r"\d+:[A-Za-z0-9_-]+",
        "must be the bot's token as BotFather gave it (digits:letters)",
    ),
    "telegram_webhook_secret": (r"[A-Za-z0-9_-]{1,256}", "must be 1 to 256 letters, digits, _ or -"),
    "twilio_account_sid": (r"AC[0-9A-Za-z]+", "must be the account's SID, which begins with AC"),
    "twilio_sender": (
        r"\+48\d{9}|MG[0-9A-Za-z]+",
        "must be a number such as +48732123456, or a service MG...",
    ),
}
OTHERWISE = {
    "telegram_mode": "must be polling or webhook",
    "sms_per_second": "must be a number above 0, for instance 1",
}


class Settings(BaseModel):
    """Named as in the environment, without the prefix and in small letters."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: Annotated[str, AfterValidator(checked_database_url)] = Field(
        "sqlite:///var/termin.db", repr=False
    )
    centre: Path = FIRST_CLUB
    bind: Annotated[str, AfterValidator(checked_bind)] = "127.0.0.1:8000"
    public_url: Annotated[str, AfterValidator(checked_public_url)] | None = None
    secret_key: SecretStr | None = None
    telegram_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(checked_api_url)] = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr | None = None
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_sender: str | None = None
    twilio_api_url: Annotated[str, AfterValidator(checked_api_url)] = "https://api.twilio.com"
    sms_per_second: float = Field(1.0, gt=0, allow_inf_nan=False)

    @property
    def host(self) -> str:
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.bind.rpartition(":")[2])

    @property
    def has_telegram(self) -> bool:
        return self.telegram_token is not None

    @property
    def has_twilio(self) -> bool:
        return self.twilio_account_sid is not None

    @property
    def secrets(self) -> list[str]:
        """What a log line must never show."""
        given = (self.secret_key, self.telegram_token, self.telegram_webhook_secret, self.twilio_auth_token)
        return [value.get_secret_value() for value in given if value]

    @field_validator("centre")
    @classmethod
    def _a_file(cls, path: Path) -> Path:
        if not path.is_file():
            raise ValueError(f"names no file: {path}")
        return path

    @field_validator(*SHAPES)
    @classmethod
    def _in_shape(cls, value: SecretStr | str, info: ValidationInfo) -> SecretStr | str:
        pattern, otherwise = SHAPES[info.field_name or ""]
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(otherwise)
        return value

    @model_validator(mode="after")
    def _telegram_whole(self) -> Self:
        if self.telegram_mode == "webhook":
            _need(self, "telegram_webhook_secret", "public_url", because="TERMIN_TELEGRAM_MODE is webhook")
        return self

    @model_validator(mode="after")
    def _twilio_whole(self) -> Self:
        given = ("twilio_account_sid", "twilio_auth_token", "twilio_sender")
        for name in given:
            if getattr(self, name) is not None:
                _need(self, *given, "public_url", because=f"{PREFIX}{name.upper()} is set")
        return self


def load_settings(
    environ: Mapping[str, str] | None = None, *, demo: bool = False, env_file: Path | None = Path(".env")
) -> Settings:
    """Read and check the settings; the demo does without a secret key.

    Raises:
        SettingsError: one line that names what is wrong, and never shows a value.
    """
    values = read_variables(os.environ if environ is None else environ, env_file, Settings.model_fields)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    if settings.secret_key is None and not demo:
        raise SettingsError("TERMIN_SECRET_KEY is not set; give it a long random text that stays secret")
    return settings


def _need(settings: Settings, *names: str, because: str) -> None:
    for name in names:
        if getattr(settings, name) is None:
            raise ValueError(f"{PREFIX}{name.upper()} is not set, and {because}")


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    text = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return text
    name = str(first["loc"][0])
    return f"{PREFIX}{name.upper()} {OTHERWISE.get(name, text)}"
