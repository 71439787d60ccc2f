"""Phone numbers of the bad-input catalogue: one number in one form, or words that say what to do."""

import pytest

from goodword.customers.rules import read_phone
from goodword.kit.refusals import BadInput


@pytest.mark.parametrize(
    ("typed", "region", "value", "line"),
    [
        ("01632 960111", "GB", "+441632960111", "unknown"),  # reserved for stories: no such line exists
        ("020 7946 0018", "GB", "+442079460018", "landline"),
        ("07400 123456", "GB", "+447400123456", "mobile"),
        ("+44 (0)20 7946 0018", "GB", "+442079460018", "landline"),
        ("0044 20 7946 0018", "GB", "+442079460018", "landline"),
        ("0044 20 7946 0018", "US", "+442079460018", "landline"),
        ("00 44 20 7946 0018", "US", "+442079460018", "landline"),
        ("+1 (555) 010-9999", "GB", "+15550109999", "unknown"),
        ("(212) 555-2368", "US", "+12125552368", "either"),
        ("020 7946 0018 x12", "GB", "+442079460018;ext=12", "landline"),
        ("020 7946 0018 ext. 12", "GB", "+442079460018;ext=12", "landline"),
        ("+442079460018;ext=12", "GB", "+442079460018;ext=12", "landline"),
        ("1-800-FLOWERS", "US", "+18003569377", "unknown"),
        ("٠٢٠ ٧٩٤٦ ٠٠١٨", "GB", "+442079460018", "landline"),
        ("०२० ७९४६ ००१८", "GB", "+442079460018", "landline"),
        ("０２０ ７９４６ ００１８", "GB", "+442079460018", "landline"),
        ("\u202a+44 20 7946 0018\u202c", "GB", "+442079460018", "landline"),
        ("\u200e020\u00a07946\u00a00018\ufeff", "GB", "+442079460018", "landline"),
        ("+1 876 555 0123", "US", "+18765550123", "mobile"),
        ("876 555 0123", "US", "+18765550123", "mobile"),
        ("011 15 2345-6789", "AR", "+5491123456789", "mobile"),
        ("+54 9 11 2345 6789", "GB", "+5491123456789", "mobile"),
        ("06 698 12345", "IT", "+390669812345", "landline"),
        ("+39 06 698 12345", "GB", "+390669812345", "landline"),
        ("030/123456", "DE", "+4930123456", "landline"),
        ("tel: 020 7946 0018", "GB", "+442079460018", "landline"),
        ("0906 123 4567", "GB", "+449061234567", "premium"),
    ],
)
def test_a_number_has_one_form_however_it_is_written(typed, region, value, line):
    phone = read_phone(typed, region)

    assert (phone.value, phone.line) == (value, line)


@pytest.mark.parametrize(
    "typed",
    [
        "020 7946 0018 / 07400 123456", "020 7946 0018, 07400 123456", "020 7946 0018; 07400 123456",
        "01632 960111 or 01632 960112", "0207 946 0018 and 07400123456", "020 7946 0018 07400 123456",
        "020 7946 0018 | 07400 123456", "020 7946 0018 & 07400 123456",
    ],
)  # fmt: skip
def test_two_numbers_in_one_field_are_to_be_entered_apart(typed):
    with pytest.raises(BadInput, match="Enter each of them by itself"):
        read_phone(typed, "GB")


@pytest.mark.parametrize("typed", ["999", "112", "12345", "+44 999", "118118"])
def test_a_short_code_is_refused_because_nobody_can_be_called_back_on_it(typed):
    with pytest.raises(BadInput, match=r"short code|too long or too short"):
        read_phone(typed, "GB")


@pytest.mark.parametrize(
    "typed",
    ["", " ", "none", "n/a", "-", "call me", "+", "00", "0" * 40, "9" * 300, "020 7946 0018 00 00 00 00", "½", "🙂",
     "+999 123 456 789", "ruth@wend.example", "1e10", "'--", "{{7*7}}", "x12"],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(BadInput) as refused:
        read_phone(typed, "GB")

    assert refused.value.status == 422
    assert len(refused.value.detail) > 20


@pytest.mark.parametrize("typed", ["020 7946\x000018", "020 7946 \ud8000018"])
def test_what_cannot_be_kept_is_refused_not_a_fault(typed):
    with pytest.raises(BadInput, match="cannot be kept"):
        read_phone(typed, "GB")
