from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import NotFound, Refusal


class NoSuchVisit(NotFound):
    pass


class WrongStage(Refusal):
    code = "visit-wrong-stage"
    says = _("This visit is {stage}; it must be {needed} first.")
    waits = True


class AlreadyRecorded(Refusal):
    code = "visit-already-recorded"
    says = _("This was recorded before, at {before}. The first record stands.")


class EarlierThanBefore(Refusal):
    code = "visit-time-order"
    says = _("This says {at}, but the step before it happened at {before}. Check the time.")


class VisitIsOver(Refusal):
    code = "visit-over"
    says = _("This visit is {how}. Write a note if something is missing.")


class NotCancelled(Refusal):
    code = "visit-not-cancelled"
    says = _("This visit is not cancelled, so there is nothing to take up again.")


class UnderWay(Refusal):
    code = "visit-under-way"
    says = _("The technician is on the way or there already. Offer a hand-over, or call the technician.")


class AtTheDoor(Refusal):
    code = "visit-at-the-door"
    says = _("The technician is at the door already. End the visit there, with what came in between.")


class NobodyMayAgree(Refusal):
    code = "nobody-may-agree"
    says = _("Nobody is there who may agree to it. Call a parent or the customer, and say who was met then.")


class NoteReplaced(Refusal):
    code = "note-replaced"
    says = _("This note was corrected or withdrawn already. Look at it as it stands now.")


class NobodyAssigned(Refusal):
    code = "visit-unassigned"
    says = _("Nobody is assigned to this visit yet. Assign a technician first.")


class NotAccountable(Refusal):
    code = "visit-reassigned"
    says = _("{who} is accountable for this visit now.")
    waits = True  # the hand-over may have been accepted by a command that is still on its way


class TemplateIncomplete(Refusal):
    code = "template-incomplete"
    says = _("This template cannot be used: {faults}")
    status = 422


class NoSuchStage(Refusal):
    code = "no-such-stage"
    says = _("There is no stage “{stage}”: there are prepare, arrive, work and complete.")
    status = 422


class ScriptNotPlain(Refusal):
    code = "script-not-plain"
    says = _("This card is not plain yet. {faults}")
    status = 422


class OverTheLimit(Refusal):
    code = "over-the-limit"
    says = _("The limit agreed beforehand leaves {left} in the smallest unit. Ask whoever pays.")
    status = 422


class ProofMissing(Refusal):
    code = "proof-missing"
    says = _("Say how you know: how long you waited, how often you called, and a photo if you can.")
    status = 422


class NotYourHandover(Refusal):
    code = "handover-not-yours"
    says = _("This hand-over was offered to {who}.")
