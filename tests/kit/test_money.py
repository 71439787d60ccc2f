"""Money is a whole number of minor units; what is no money is refused."""

from decimal import Decimal

import pytest

from goodword.kit.money import Money, parse_money
from goodword.kit.refusals import BadInput


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("96.00", "GBP", 9600),
        ("96", "GBP", 9600),
        (" 96.5 ", "EUR", 9650),
        ("0", "GBP", 0),
        ("-0.00", "GBP", 0),
        ("-1.10", "GBP", -110),
        ("007.10", "GBP", 710),
        ("1.1000000", "GBP", 110),
        ("1200", "JPY", 1200),
        ("1200.0", "JPY", 1200),
        ("1.234", "KWD", 1234),
        ("1.2", "KWD", 1200),
        ("999999999999.99", "GBP", 99_999_999_999_999),
        ("0000000000000000000000001", "GBP", 100),
    ],
)
def test_an_amount_is_read_exactly(text, currency, minor):
    assert parse_money(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("currency", ["GBP", "JPY", "KWD"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "1.",
        ".5",
        "1e-9",
        "1e5",
        "NaN",
        "Infinity",
        "-inf",
        "1,234.56",
        "1.234,56",
        "£5",
        "+5",
        "--5",
        "٣",
        "１２",
        "0x10",
        "1_000",
        "9999999999999999999",
        "1" * 5_000,
        "0.0001",
        "\x00",
        "None",
        "True",
    ],
)
def test_what_is_no_amount_is_refused(text, currency):
    with pytest.raises(BadInput) as caught:
        parse_money(text, currency)
    assert caught.value.facts["field"] == "amount"


@pytest.mark.parametrize(("text", "currency"), [("1.5", "JPY"), ("1.001", "GBP"), ("1.2345", "KWD")])
def test_finer_than_the_currency_is_refused_and_says_so(text, currency):
    with pytest.raises(BadInput, match="decimals"):
        parse_money(text, currency)


def test_two_currencies_are_never_added():
    with pytest.raises(BadInput):
        Money(1, "GBP") + Money(1, "EUR")
    with pytest.raises(BadInput):
        Money(1, "GBP") - Money(1, "EUR")


@pytest.mark.parametrize(
    ("minor", "rate", "tax"),
    [
        (250, "0.2", 50),
        (252, "0.2", 50),
        (253, "0.2", 51),
        (25, "0.1", 3),
        (-25, "0.1", -3),
        (10**15, "0.2", 2 * 10**14),
    ],
)
def test_a_share_is_rounded_half_up_to_a_whole_minor_unit(minor, rate, tax):
    assert Money(minor, "GBP").share(Decimal(rate)).minor == tax


@pytest.mark.parametrize(("currency", "shown"), [("GBP", "12.34"), ("JPY", "1234"), ("KWD", "1.234")])
def test_it_is_shown_with_its_currencys_decimals(currency, shown):
    assert str(Money(1234, currency).decimal) == shown


def test_a_refund_takes_back_what_was_paid():
    paid = Money(9600, "GBP")

    assert paid + -paid == Money(0, "GBP")
