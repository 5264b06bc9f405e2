"""The catalogue as a whole: it fits, it is complete, and it speaks in the club's voice."""

import re
from functools import cache
from string import Formatter

import pytest

from tests.words.builders import CHAT, SMS, the_catalogue, the_centre
from tests.words.longest import longest_texts
from words.catalogue import LANGUAGES
from words.sms import is_gsm, parts

PIECES = re.compile(
    "extension|room|floor_.|place_(room|phone|remote|signed)|service_unnamed|mine_line|mine_shared_line|mine_waits|changed_day"
    "|option_.*|check_line(_brief)?|which_visit_option(_named)?|which_person_option|copy_.*|slip_.*|advice|works_rate|works_unit|voice_.*|digest_.*|announcing_.*_line"
)
CHAT_ONLY = re.compile(
    "btn_.*|cmd_.*|ics_.*|days|start|share_contact|private_only|clause|data_copy|door_.*|desk_.*|announcing_.*"
)
STAFF_ONLY = re.compile("todo_.*")
DIGEST = re.compile("digest(:buttons)?|announcing_second")  # to staff: names in a chat alone
TO_STAFF = re.compile("staff_.*")  # on their own phones, which others may read too
UNASKED = re.compile(
    "club_(offer|called_off|new_place|booked|moved|undone|given_back).*|reminder.*|welcome.*|goodbye.*|number_changed.*|waiting_(offer|move).*|session_(off|on|moved|new).*"
)
ANNOUNCED = re.compile("announcement(_in_polish)?(_ask)?(:buttons)?")  # the words are the staff's own
CHECKS = re.compile("check_(visit|early|day|staff).*")  # the morning's health prompt
ABOUT_STOPPING = (
    "stop_done",
    "start_done",
    "no_announcements_done",
    "welcome",
    "welcome_named",
    "who_writes",
    "dont_write",
)
TWO_PARTS = {"data_short"}  # asked for, and the law says what must be in it

PROVIDERS_WORDS = {"CANCEL", "END", "QUIT", "YES", "INFO", "HELP", "STOP", "START"}
COMMANDS = {
    "pl": {"TERMIN", "MOJE", "ZMIEN", "ODWOLAJ", "TAK", "NIE", "COFNIJ", "ODDZWON", "POMOC", "DANE"},
    "uk": {
        "ЗАПИС",
        "МОЇ",
        "ЗМІНИТИ",
        "СКАСУВАТИ",
        "ТАК",
        "НІ",
        "ПОВЕРНУТИ",
        "ПЕРЕДЗВОНІТЬ",
        "ДОПОМОГА",
        "ДАНІ",
    },
    "en": {"BOOK", "MY VISITS", "CHANGE", "UNBOOK", "OK", "NO", "UNDO", "CALL ME", "MENU", "MY DATA"},
}
COMMANDS["pl"] |= {"CZEKAM"}
COMMANDS["uk"] |= {"НЕ", "ЧЕКАЮ"}
COMMANDS["en"] |= {"WAIT", "NOT", "WAITING"}
COMMANDS["pl"] |= {"RZADZIEJ", "PORADY", "RECE", "MASECZKA", "ZASADY", "PRACE", "KLUB", "BEZ", "OGLOSZEN"}
COMMANDS["uk"] |= {"РІДШЕ", "ПОРАДИ", "РУКИ", "МАСКА", "ПРАВИЛА", "РОБОТИ", "КЛУБ", "БЕЗ", "ОГОЛОШЕНЬ"}
COMMANDS["en"] |= {"LESS", "ADVICE", "HANDS", "MASK", "RULES", "WORKS", "CLUB", "NO ANNOUNCEMENTS"}
ALWAYS_SAID = {
    "office",
    "phone",
    "address",
    "office_room",
    "hours",
    "club",
    "description",
    "controller",
    "inspector",
    "emergency",
    "crisis_lines",
}
SHORTENED = {"ul.", "tel.", "godz.", "wew.", "np.", "дод.", "ext."}
DEAD_ENDS = re.compile(
    "times_none|earlier_none|waiting_(none|ended|lost|over)|slot_taken_none|no_more_times|not_understood|not_understood_again|closed_signup|too_many_visits|too_soon"
    "|too_far|in_past|slot_gone_none|out_of_hours|stranger|contact_unknown|code_wrong|code_used|stale_button|out_of_date|failed_once"
    "|too_long|only_text|nothing_to_answer|nothing_to_undo|nothing_changed|digit_without_list|mine_none|stop_done|help|lost|ask_office"
)
# Ukrainian has no room for the places of several visits, nor for a time beside three others.
LACKING = {"mine_line": {"uk": {"place"}}, "times_none_at": {"uk": {"asked_at"}}}


def sms_keys() -> list[str]:
    plain = [key for key in the_catalogue().keys("pl") if not key.endswith(":buttons")]
    never = (PIECES, CHAT_ONLY, STAFF_ONLY)
    return [key for key in plain if not any(keys.fullmatch(key) for keys in never)]


def whole_keys(language: str) -> list[str]:
    keys = [
        key for key in the_catalogue().keys(language) if not PIECES.fullmatch(key.removesuffix(":buttons"))
    ]
    return [key for key in keys if not key.startswith(("btn_", "cmd_", "share_contact"))]


def values_of(language: str, key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(the_catalogue().template(language, key)) if name}


@cache
def worst_sms(language: str, key: str) -> str:
    return max(longest_texts(language, key, SMS), key=lambda text: (parts(text), len(text)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sms_keys())
def test_every_sms_fits_with_the_longest_names_places_and_dates(language: str, key: str) -> None:
    is_list = {"options", "visits"} & values_of("pl", key) or key in TWO_PARTS
    text = worst_sms(language, key)

    assert parts(text) <= (2 if language == "uk" or is_list else 1), text
    assert is_gsm(text) or language == "uk", text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chat_message_can_be_said(language: str) -> None:
    for key in whole_keys(language):
        assert (
            0
            < len(next(longest_texts(language, key, CHAT)))
            <= (4000 if key in ("clause", "works", "works:buttons") else 1000)
        ), key


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_language_says_everything(language: str) -> None:
    assert set(the_catalogue().keys(language)) == set(the_catalogue().keys("pl"))


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_text_names_the_same_values_in_every_language(language: str) -> None:
    for key in the_catalogue().keys("pl"):
        may_lack = LACKING.get(key, {}).get(language, set())
        ours, polish = values_of(language, key) - ALWAYS_SAID, values_of("pl", key) - ALWAYS_SAID

        assert ours == polish - may_lack, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_asked_for_says_who_writes_and_nothing_of_why(language: str) -> None:
    unasked = [key for key in the_catalogue().keys(language) if UNASKED.fullmatch(key)]

    assert len(unasked) == 58
    for key in unasked:
        assert the_catalogue().template(language, key).startswith("Klub: ")
        assert values_of(language, key) - ALWAYS_SAID <= {
            "starts_at",
            "offered_at",
            "until_time",
            "was_at",
            "first_day",
            "last_day",
            "visits",
            "place_signed",
            "first_name",
        }
        for style in (SMS, CHAT):
            for text in longest_texts(language, key, style):
                assert "Reja 2a" in text or "77 483 77 23" in text
                assert not any(name in text.casefold() for name in names_of_services())


def names_of_services() -> set[str]:
    words = [
        word for service in the_centre().services for listed in service.words.values() for word in listed
    ]
    return {word.casefold() for word in words}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_begins_as_an_unasked_message_does(language: str) -> None:
    for key in whole_keys(language):
        if not any(keys.fullmatch(key) for keys in (UNASKED, TO_STAFF, DIGEST, CHECKS, ANNOUNCED)):
            assert not the_catalogue().template(language, key).startswith("Klub:"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_staff_get_unasked_says_who_writes_and_names_nobody(language: str) -> None:
    for key in filter(TO_STAFF.fullmatch, the_catalogue().keys(language)):
        assert the_catalogue().template(language, key).startswith("Klub: "), key
        assert values_of(language, key) <= {"room", "channel", "from_at", "until_at"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_health_prompt_says_who_writes_and_names_no_service_and_nothing_of_the_persons_own(
    language: str,
) -> None:
    checks = [key for key in the_catalogue().keys(language) if CHECKS.fullmatch(key)]

    assert len(checks) == 16
    for key in checks:
        assert the_catalogue().template(language, key).startswith("Klub: ")
        assert values_of(language, key) - ALWAYS_SAID <= {"starts_time", "first_name", "visits"}
    for key in (key for key in checks if not key.endswith(":buttons")):
        for text in longest_texts(language, key, SMS):
            assert not any(name in text.casefold() for name in names_of_services())
            assert language == "uk" or parts(text) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_has_a_link(language: str) -> None:
    for key in the_catalogue().keys(language):
        assert not re.search(
            r"https?:|www\.|\.(pl|com|org)\b|t\.me", the_catalogue().template(language, key)
        ), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_words_that_are_commands_are_offered_and_none_that_the_provider_takes(language: str) -> None:
    for key in whole_keys(language):
        text = the_catalogue().template(language, key)
        if STAFF_ONLY.fullmatch(key):
            continue
        offered = set(
            re.findall(r"\b(?:MY VISITS|MY DATA|CALL ME|NO ANNOUNCEMENTS|[A-ZĄĆĘŁŃÓŚŹŻА-ЯҐЄІЇ]{2,})\b", text)
        )
        allowed = PROVIDERS_WORDS & {"START", "STOP"} if key in ABOUT_STOPPING else set()
        if key.startswith("announcement_in_polish"):  # Cyrillic would make two parts of what is Polish anyway
            allowed |= COMMANDS["pl"]

        assert offered <= COMMANDS[language] | allowed | {"MOPS", "SMS"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_at_most_fifteen_words(language: str) -> None:
    texts = {key: the_catalogue().template(language, key) for key in whole_keys(language)}
    texts["description"] = the_centre().description.in_language(language)
    for key, text in texts.items():
        for sentence in re.split(r"[.!?:]\s|\n", without_shortenings(text)):
            assert len([word for word in sentence.split() if re.search(r"[^\W\d]", word)]) <= 15, (
                key,
                sentence,
            )


def without_shortenings(text: str) -> str:
    for shortened in SHORTENED:
        text = text.replace(shortened, shortened[:-1])
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_shortened_but_what_everybody_knows(language: str) -> None:
    for key in whole_keys(language):
        text = without_shortenings(the_catalogue().template(language, key))
        assert not re.search(r"\b[^\W\d]+\.(?= [^\W\d_A-ZĄĆĘŁŃÓŚŹŻА-ЯҐЄІЇ{])", text), (
            key
        )  # a dot, then a small letter


@pytest.mark.parametrize(
    ("language", "never"),
    [
        (
            "pl",
            r"\b(Pan[ia]?|Państw\w+|ty|ci|cię|ciebie|tob\w+|tw[oó]j\w*|masz|możesz|napisz|kliknij|wybierz)\b",
        ),
        ("uk", r"\b(ти|тебе|тобі|тобою|твій|твоя|твої|напиши|натисни|обери|маєш|можеш|пан|пані)\b"),
        ("en", r"\b(sir|madam|mr|mrs|dear|must not|failed to)\b"),
    ],
)
def test_it_speaks_to_everybody_alike(language: str, never: str) -> None:
    for key in whole_keys(language):
        assert not re.search(never, the_catalogue().template(language, key), re.IGNORECASE), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dead_end_has_a_door(language: str) -> None:
    dead_ends = [key for key in sms_keys() if DEAD_ENDS.fullmatch(key)]

    assert len(dead_ends) == 35
    for key in dead_ends:
        assert "{office}" in the_catalogue().template(language, key), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_a_narrow_button(language: str) -> None:
    for key in the_catalogue().keys(language):
        if key.startswith("btn_") or key == "share_contact":
            assert len(the_catalogue().template(language, key)) <= 22, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_announced_says_who_writes_and_then_the_staffs_own_words(language: str) -> None:
    keys = [key for key in the_catalogue().keys(language) if ANNOUNCED.fullmatch(key)]

    assert len(keys) == 7
    for key in keys:
        assert the_catalogue().template(language, key).startswith("Klub: ")
        assert values_of(language, key) == {"words"}
    assert is_gsm(worst_sms(language, "announcement_in_polish_ask"))
