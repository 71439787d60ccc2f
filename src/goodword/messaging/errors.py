from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal


class LeaseLost(Refusal):
    """The fencing token is an old one: somebody else has decided about this message meanwhile."""

    code = "lease-lost"
    says = _("This message is no longer yours to finish.")


class NothingToSettle(Refusal):
    code = "message-settled"
    says = _("Nothing needs to be decided about this message any more.")
