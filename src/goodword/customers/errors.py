from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import NotFound, Refusal


class NoSuchCustomer(NotFound):
    code = "no-such-customer"


class NoSuchContact(NotFound):
    code = "no-such-contact"


class NoSuchChannel(NotFound):
    code = "no-such-channel"


class NoSuchSite(NotFound):
    code = "no-such-site"


class CustomerErased(Refusal):
    code = "customer-erased"
    says = _("This customer’s data was erased. Add them anew if they have asked for work again.")


class AlreadyMerged(Refusal):
    code = "already-merged"
    says = _("{name} is merged into another customer already. Undo that first, or choose the other one.")


class NotMerged(Refusal):
    code = "not-merged"
    says = _("{name} is not merged into anybody.")


class MergedWithItself(Refusal):
    code = "merged-with-itself"
    says = _("These two are the same customer already.")


class ChannelKnown(Refusal):
    code = "channel-known"
    says = _("{name} has {value} already.")


class PayerCircle(Refusal):
    code = "payer-circle"
    says = _("{name} cannot pay for themselves in a circle. Choose who really pays.")
