"""Where settings come from: the environment, under it a `.env` file, and files that hold one value each."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from config.suggest import did_you_mean

PREFIX = "TERMIN_"
FOR_TESTS = "TERMIN_TEST_"
FROM_FILE = "_FILE"


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one line that names it and says what to do."""


def read_variables(
    environ: Mapping[str, str], env_file: Path | None, settings: Iterable[str]
) -> dict[str, str]:
    """The values given, by setting name without prefix; an empty value counts as not given."""
    known = {PREFIX + name.upper(): name for name in settings}
    from_file = _resolved(_env_file(env_file), known) if env_file and env_file.is_file() else {}
    return from_file | _resolved(environ, known)


def _resolved(variables: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for variable, value in variables.items():
        if not variable.startswith(PREFIX) or variable.startswith(FOR_TESTS):
            continue
        plain = variable.removesuffix(FROM_FILE)
        name = known.get(variable) or known.get(plain)
        if name is None:
            raise SettingsError(f"{variable} is not a setting{did_you_mean(variable, known)}")
        if variable not in known and variables.get(plain):
            raise SettingsError(f"{plain} and {variable} are both set; leave one of them out")
        if value:
            values[name] = value if variable in known else _file_value(variable, Path(value))
    return values


def _file_value(variable: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{variable}: the file {path} can't be read ({reason})") from None


def _env_file(path: Path) -> dict[str, str]:
    """Read literally: a `$` in a secret stays a `$`."""
    variables = {}
    with path.open(encoding="utf-8-sig") as lines:
        for binding in parse_stream(lines):
            if binding.error or (binding.key and binding.value is None):
                line = binding.original.line
                raise SettingsError(f"{path}: line {line} can't be read; write NAME=value")
            if binding.key and binding.value is not None:
                variables[binding.key] = binding.value
    return variables
