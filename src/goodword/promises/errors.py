from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal


class WindowPast(Refusal):
    code = "window-past"
    says = _("This window ends at {closes_at}, which is past. Offer another one.")
    status = 422


class NotOpen(Refusal):
    code = "promise-not-open"
    says = _("This promise has ended already: {state}.")


class NeedsSecondPerson(Refusal):
    code = "void-needs-second-person"
    says = _("Whoever made a promise cannot declare it void. Ask a colleague.")


class TooLateToVoid(Refusal):
    code = "void-too-late"
    says = _("A promise cannot be declared void once its time has come.")
