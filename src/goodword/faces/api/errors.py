from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal


class NotSignedIn(Refusal):
    code = "not-signed-in"
    says = _("Sign in, or send the secret of a paired device as “Authorization: Bearer …”.")
    status = 401


class CsrfFailed(Refusal):
    code = "csrf-failed"
    says = _("A change by cookie needs the header X-CSRFToken of the same sign-in. Load the page again.")
    status = 403


class OutOfScope(Refusal):
    code = "out-of-scope"
    says = _("This token has no “{scope}” in its scopes. Pair another one that has it.")
    status = 403


class MethodUnknown(Refusal):
    code = "method-not-allowed"
    says = _("This address answers {allowed} only.")
    status = 405


class TooLarge(Refusal):
    code = "too-large"
    says = _("That is too much at once: at most {most} fit here. Send it in smaller parts, or fewer files at a time.")
    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit, most=f"{limit / 1_000_000:g} MB")


class NotJson(Refusal):
    code = "not-json"
    says = _("Send the body as application/json in UTF-8.")
    status = 415


class Unreadable(Refusal):
    code = "unreadable"
    says = _("The body cannot be read: {why}")
    status = 422


class Busy(Refusal):
    code = "busy"
    says = _(
        "Others are changing the same thing right now. Nothing was changed; send it again under the same command id."
    )
    status = 503


class SenderDisabled(Refusal):
    """Held: what a phone recorded before its person left is kept for somebody who works here."""

    code = "sender-disabled"
    says = _("{who} no longer works here. A person must look at this.")
