from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal


class StepDone(Refusal):
    code = "step-done"
    says = _("Somebody has done this already.")


class StepWaits(Refusal):
    code = "step-waits"
    says = _("This still waits to be done.")


class NobodyOwnsIt(Refusal):
    code = "step-without-owner"
    says = _("Say who does this: a person, or a role at a branch.")
    status = 422
