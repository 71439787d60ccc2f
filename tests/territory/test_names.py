"""However a street or a town is written, it is the same one."""

import pytest

from goodword.territory.rules.names import fold, key, lexemes, tsquery, vector, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Osyth", "Saint Osyth"),
        ("St Osyth", "St. Osyth's"),
        ("Tanner's Row", "Tanners Row"),
        ("Tanner’s Row", "TANNER`S ROW"),
        ("Kiln Lane", "Kiln Ln"),
        ("Ferry Road", "ferry rd."),
        ("High Street", "High St"),
        ("Bahnhofstraße", "Bahnhofstr."),
        ("Bahnhofstraße", "bahnhofstrasse"),
        ("Peter-Kaiser-Strasse", "Peter Kaiser Str."),
        ("Äulestrasse", "Aeulestrasse"),
        ("Äulestrasse", "Aulestrasse"),
        ("Im Bühl", "im buehl"),
        ("Café Lane", "Cafe Lane"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Mill Row", "Mill Road"), ("Kiln Lane", "Kiln Close"), ("Weir Lane", "Weir Lane North")]
)
def test_two_streets_keep_two_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("name", ["Tanner's Row", "Äulestrasse", "St. Osyth's", "Landstrasse", "Neuer Weg", "Moss"])
def test_whatever_is_typed_of_a_name_begins_a_word_under_which_it_is_found(name):
    found = lexemes(name)

    for end in range(1, len(name) + 1):
        for word in words(name[:end]):
            assert any(lexeme.startswith(word) for lexeme in found), name[:end]


def test_a_compound_street_is_found_in_two_words_and_two_words_as_a_compound():
    assert "strasse" in lexemes("Bahnhofstrasse")
    assert "feldkircherstrasse" in lexemes("Feldkircher Strasse")


def test_signs_that_mean_something_to_the_database_never_reach_it():
    nasty = "O'Neill's \\ :* & | ! ( ) <-> \" Road"

    assert all(sign not in vector([(nasty, "A")]).replace("':1A", "").replace("'", "") for sign in '\\*&|!()<>"')
    assert tsquery(words(nasty)) == "'oneill':* & 'road':*"


def test_letters_of_other_scripts_stay():
    assert fold("Улица Мира") == "улица мира"
    assert words("Łódź Ørsted") == ("lodz", "orsted")
