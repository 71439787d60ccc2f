"""What every message to a customer has: their name, as they like to be called (S3-16)."""

from django.utils.translation import gettext as _

from goodword.kit.refusals import BadInput


def lint(body: str, name: str) -> str:
    """The body, when it speaks to its reader by name.

    Parameters
    ----------
    body
        The whole text as it will be read.
    name
        How the reader likes to be called.

    Raises
    ------
    BadInput
        There is no name, or the text does not hold it.
    """
    if not name.strip() or name not in body:
        raise BadInput("body", _("A message to a customer speaks to them by name. Add the name."))
    return body
