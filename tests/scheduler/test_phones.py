import pytest

from scheduler.phones import PhoneRefused, mobile, readable


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("501502503", "+48501502503"),
        ("501 502 503", "+48501502503"),
        ("501-502-503", "+48501502503"),
        ("(501) 502 503", "+48501502503"),
        ("+48 501 502 503", "+48501502503"),
        ("48501502503", "+48501502503"),
        ("0048 501 502 503", "+48501502503"),
        ("501\u00a0502\u00a0503", "+48501502503"),
        ("\u202a+48 501 502 503\u202c", "+48501502503"),
        ("+380 67 123 45 67", "+380671234567"),
        ("380671234567", "+380671234567"),
        ("+49 151 23456789", "+4915123456789"),
    ],
)
def test_a_mobile_number_is_stored_as_e164_however_it_was_written(written: str, stored: str) -> None:
    assert mobile(written) == stored


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("77 483 77 23", "'77 483 77 23' is a landline and takes no SMS; give a mobile number or none"),
        (
            "77-4837723 wew. 103",
            "'77-4837723 wew. 103' has an extension, which takes no SMS; give a mobile number or none",
        ),
        (
            "501502503 ext 5",
            "'501502503 ext 5' has an extension, which takes no SMS; give a mobile number or none",
        ),
        (
            "501502503x5",
            "'501502503x5' has an extension, which takes no SMS; give a mobile number or none",
        ),
        (
            "501502503#5",
            "'501502503#5' has an extension, which takes no SMS; give a mobile number or none",
        ),
        (
            "800 100 200",
            "'800 100 200' is a toll-free line, not somebody's own mobile; give a mobile number or none",
        ),
        (
            "700 123 456",
            "'700 123 456' is a premium-rate line, not somebody's own mobile; give a mobile number or none",
        ),
        (
            "801 123 456",
            "'801 123 456' is a shared-cost line, not somebody's own mobile; give a mobile number or none",
        ),
        ("39 123 45 67", "'39 123 45 67' is not a mobile number; give a mobile number or none"),
        ("501502503 / 601602603", "'501502503 / 601602603' is more than one number; give one"),
        ("501502503 lub 601602603", "'501502503 lub 601602603' is more than one number; give one"),
        (
            "501 502 50",
            "'501 502 50' is not a telephone number; write it as 501 502 503 or +48 501 502 503",
        ),
        ("112", "'112' is not a telephone number; write it as 501 502 503 or +48 501 502 503"),
        ("brak", "'brak' is not a telephone number; write it as 501 502 503 or +48 501 502 503"),
        (
            "+999 501502503",
            "'+999 501502503' is not a telephone number; write it as 501 502 503 or +48 501 502 503",
        ),
        ("1" * 200, f"'{'1' * 200}' is not a telephone number; write it as 501 502 503 or +48 501 502 503"),
    ],
)
def test_what_takes_no_sms_is_refused_with_what_to_give_instead(written: str, sentence: str) -> None:
    with pytest.raises(PhoneRefused) as refused:
        mobile(written)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("phone", "read"), [("+48501502503", "501 502 503"), ("+380501234567", "+380 50 123 4567"), (None, "")]
)
def test_a_number_is_read_out_as_people_do(phone: str | None, read: str) -> None:
    assert readable(phone) == read
