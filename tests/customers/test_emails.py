"""E-mail addresses of the bad-input catalogue: checked by form, nothing is looked up."""

import pytest

from goodword.customers.rules import read_email
from goodword.kit.refusals import BadInput


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ruth@Wend.Example", "ruth@wend.example"),
        ("  ruth@wend.example ", "ruth@wend.example"),
        ("ruth+boiler@wend.example", "ruth+boiler@wend.example"),
        ("info@wend.example", "info@wend.example"),
        ("o'brien@wend.example", "o'brien@wend.example"),
        ("ruth@müller.example", "ruth@xn--mller-kva.example"),
        ('"ruth wend"@wend.example', '"ruth wend"@wend.example'),
    ],
)
def test_an_address_is_kept_as_it_is_sent_to(typed, kept):
    assert read_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "ruth", "ruth@", "@wend.example", "ruth@wend", "ruth@wend.example.", ".ruth@wend.example",
        "r uth@wend.example",
        "ruth@@wend.example", "ruth@wend..example", "a@wend.example, b@wend.example", "Ruth <ruth@wend.example>",
        "ruth@wend.example\r\nBcc: all@wend.example", "ruth@wend.example\nBcc: x", "ruth\r@wend.example",
        "rυth@wend.example", "аdmin@wend.example", "ruth@localhost", "ruth@127.0.0.1", "javascript:alert(1)",
        "a" * 65 + "@wend.example", "ruth@" + "a." * 130 + "example", "x" * 5000 + "@wend.example", "\u202eruth@wend",
    ],
)  # fmt: skip
def test_what_cannot_be_written_to_is_refused_in_words(typed):
    with pytest.raises(BadInput) as refused:
        read_email(typed)

    assert len(refused.value.detail) > 20


@pytest.mark.parametrize("typed", ["ruth\x00@wend.example", "ruth\ud800@wend.example"])
def test_what_cannot_be_kept_is_refused_not_a_fault(typed):
    with pytest.raises(BadInput, match="cannot be kept"):
        read_email(typed)
