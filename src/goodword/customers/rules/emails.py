"""E-mail addresses: checked by form only, nothing is looked up."""

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from goodword.kit.refusals import BadInput
from goodword.kit.text import clean


def read_email(typed: str, field: str = "email") -> str:
    """The address as it is sent to: ASCII, lower case; a domain in another script becomes its ASCII form.

    Parameters
    ----------
    typed
        As it was typed. Line breaks become spaces, so a header can not be smuggled in.

    Raises
    ------
    BadInput
        It is no address, is longer than 254 characters, or its part before the @ needs letters that mail servers do
        not all carry (which also stops look-alike letters).
    """
    text = clean(typed, field, limit=320) if "\n" not in typed and "\r" not in typed else ""
    if len(text) > 254:
        raise BadInput(field, _("This address is longer than the 254 characters that mail allows."))
    try:
        found = validate_email(
            text, check_deliverability=False, strict=True, allow_smtputf8=False, allow_quoted_local=True
        )
    except EmailNotValidError as error:
        raise BadInput(
            field, _("This is no e-mail address we can write to. Write it like ruth@example.com.")
        ) from error
    return (found.ascii_email or found.normalized).lower()
