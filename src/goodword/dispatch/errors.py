from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal


class OfferGone(Refusal):
    code = "offer-gone"
    says = _("This offer is no longer held. Ask for windows again: {why}")


class NoLongerFits(Refusal):
    code = "no-longer-fits"
    says = _("This window can no longer be kept: {why} Ask for windows again.")


class Infeasible(Refusal):
    """S0-5: a plan that cannot be kept is never confirmed silently."""

    code = "plan-infeasible"
    says = _("This plan cannot be kept as it is: {why} Confirm it with a reason, or choose another.")


class RepairGone(Refusal):
    code = "repair-gone"
    says = _("The day has changed since this was worked out. Look at what is proposed now.")


class PlanGone(Refusal):
    code = "plan-gone"
    says = _("This plan is no longer open: it is {status}. Look at the day again.")


class PlanMovedOn(Refusal):
    code = "plan-moved-on"
    says = _("The day has changed since this was worked out. {why} Plan the day again.")


class DayHasBegun(Refusal):
    code = "day-has-begun"
    says = _("That day has begun. What can still be done about it stands on Today.")


class NobodyWorks(Refusal):
    code = "nobody-works"
    says = _("Nobody has a shift on that day. Add shifts first.")


class NothingToMove(Refusal):
    code = "nothing-to-move"
    says = _("This visit has no open promise to move.")


class TooLateByLink(Refusal):
    code = "too-late-by-link"
    says = _("The technician may be on the way already. Call us, and we find a way: {phone}")


class TooLateToUndo(Refusal):
    code = "too-late-to-undo"
    says = _("This can no longer be taken back here. Call us, and we find a way: {phone}")


class NotOnTheMap(Refusal):
    code = "not-on-the-map"
    says = _("{address} has no place on the map yet. Choose the address from the list, or set its place by hand.")
    status = 422


class NoDayDone(Refusal):
    code = "no-day-done"
    says = _("The branch has not finished any work yet, so there is no day to look at.")
