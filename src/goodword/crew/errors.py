from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import NotFound, Refusal


class NoCompany(Refusal):
    code = "no-company"
    says = _("This house has no company yet. Run “goodword init”, or “make demo” to look around first.")


class CompanyFounded(Refusal):
    code = "company-founded"
    says = _("This house has its company already: {name}. Change it in the settings.")


class BranchNameTaken(Refusal):
    code = "branch-name-taken"
    says = _("There is a branch called {name} already. Give this one another name.")


class EmailTaken(Refusal):
    code = "email-taken"
    says = _("Somebody signs in with {email} already. Use another address, or change that person instead.")


class NoSuchPerson(NotFound):
    code = "no-such-person"


class NoSuchBranch(NotFound):
    code = "no-such-branch"


class PersonDisabled(Refusal):
    code = "person-disabled"
    says = _("{who} no longer works here. Choose somebody else.")


class DoubleBooked(Refusal):
    """``about`` is what stands there, ``by`` is who planned it (empty: a customer or the system)."""

    code = "double-booked"
    says = _("{who} is taken until {until}: {faster} has planned that. Choose another time or another person.")


class PersonAbsent(Refusal):
    code = "person-absent"
    says = _("{who} is away until {until}. Choose another time or another person.")


class AbsenceOver(Refusal):
    code = "absence-over"
    says = _("This absence has ended already.")


class LastOwner(Refusal):
    code = "last-owner"
    says = _("{who} is the only owner. Make somebody else owner first.")
