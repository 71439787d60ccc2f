from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.crew.models import Branch, Person
from goodword.kit.ids import uuid7
from goodword.visits import errors
from goodword.visits.models.locking import Visits
from goodword.visits.models.orders import WorkOrder
from goodword.visits.rules import AT_THE_DOOR, ENDS_IN, FOUR, NOBODY_TO_ASK, Outcome, Stage, stage_of


class Visit(models.Model):
    """One trip by one technician to one site. Its stage is derived from what has been recorded, in four steps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="visits")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="visits")
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="visits")
    planned_start = models.DateTimeField(null=True)
    planned_end = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField(null=True)

    reviewed_at = models.DateTimeField(null=True)
    reviewed_version = models.PositiveIntegerField(null=True)
    parts_checked_at = models.DateTimeField(null=True)
    on_the_way_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_claimed = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    met_who = models.CharField(max_length=20, blank=True)
    guardian_at = models.DateTimeField(null=True)
    site_confirmed_at = models.DateTimeField(null=True)
    scope_confirmed_at = models.DateTimeField(null=True)
    scope_confirmed_how = models.CharField(max_length=20, blank=True)
    finish_told_at = models.DateTimeField(null=True)
    work_started_at = models.DateTimeField(null=True)
    observed_working_at = models.DateTimeField(null=True)
    cleaned_at = models.DateTimeField(null=True)
    cleaned_how = models.CharField(max_length=10, blank=True)
    walked_through_at = models.DateTimeField(null=True)
    walked_through_how = models.CharField(max_length=10, blank=True)
    satisfied = models.BooleanField(null=True)
    satisfied_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices(), blank=True)
    steps_missed: Any = models.JSONField(default=list)
    late_by_s = models.PositiveIntegerField(default=0)

    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=10, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    moved_to = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="moved_from")
    moved_at = models.DateTimeField(null=True)
    return_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="returns")

    objects: ClassVar[Visits] = Visits()

    class Meta:
        indexes = [
            models.Index(fields=["branch", "planned_start"]),
            models.Index(fields=["technician", "planned_start"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_start=None, planned_end=None)
                | models.Q(planned_end__gt=models.F("planned_start")),
                name="visit_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(on_the_way_at=None) | models.Q(technician__isnull=False),
                name="nobody_drives_without_a_technician",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at=None) | models.Q(on_the_way_at__isnull=False),
                name="on_the_way_before_arrived",
            ),
            models.CheckConstraint(
                condition=models.Q(work_started_at=None) | models.Q(arrived_at__isnull=False),
                name="arrived_before_work",
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at=None, outcome="")
                | (models.Q(completed_at__isnull=False) & ~models.Q(outcome="")),
                name="completed_with_an_outcome",
            ),
        ]

    @property
    def stage(self) -> Stage:
        return stage_of(self)

    @property
    def is_over(self) -> bool:
        return bool(self.completed_at or self.cancelled_at or self.moved_at)

    @property
    def last_step_at(self) -> datetime | None:
        """When the newest stage began, as the technician said."""
        return self.observed_working_at or self.work_started_at or self.arrived_at or self.on_the_way_at

    def _require(self, *stages: Stage, ended: datetime | None = None, at: datetime | None = None) -> None:
        """In one of these stages; or told late: it happened before what ``ended`` them, and that was told first."""
        if at is not None and ended is not None and at <= ended and not (self.cancelled_at or self.moved_at):
            return
        if self.is_over:
            raise errors.VisitIsOver(how=self.ended_how, scope=self.branch_id)
        if self.stage not in stages:
            raise errors.WrongStage(stage=self.stage.label, needed=stages[0].label, scope=self.branch_id)

    def _in_order(self, at: datetime) -> None:
        if self.last_step_at is not None and at < self.last_step_at:
            raise errors.EarlierThanBefore(
                at=at.isoformat(), before=self.last_step_at.isoformat(), scope=self.branch_id
            )

    def _newest(self, field: str, at: datetime) -> bool:
        """Of a step that may be told again, the latest counts, in whatever order they are told."""
        return (before := getattr(self, field)) is None or at >= before

    def _once(self, field: str, at: datetime) -> None:
        if (before := getattr(self, field)) is not None:
            raise errors.AlreadyRecorded(before=before.isoformat(), scope=self.branch_id)
        setattr(self, field, at)

    @property
    def ended_how(self) -> str:
        if self.cancelled_at:
            return str(_("cancelled"))
        return str(_("moved to another time")) if self.moved_at else str(_("complete"))

    @property
    def is_read(self) -> bool:
        """Whether the order was read as it stands now; a later change clears the stamp (S0-4)."""
        return self.reviewed_version is not None and self.reviewed_version >= self.order.version

    @property
    def read_at(self) -> datetime | None:
        return self.reviewed_at if self.is_read else None

    @property
    def nobody_may_work(self) -> bool:
        """Nobody there who may let us work: a child alone, nobody, somebody else (S0-7), unless a guardian said yes."""
        return self.met_who in NOBODY_TO_ASK and self.guardian_at is None

    def require_unstarted(self) -> None:
        """Only before "on my way" may the office re-plan freely; afterwards it is a hand-over."""
        if self.is_over:
            raise errors.VisitIsOver(how=self.ended_how, scope=self.branch_id)
        if self.on_the_way_at is not None:
            raise errors.UnderWay(scope=self.branch_id)

    def review(self, version: int, *, at: datetime) -> None:
        self._require(Stage.PREPARE, ended=self.on_the_way_at, at=at)
        if self._newest("reviewed_at", at):
            self.reviewed_at, self.reviewed_version = at, version

    def check_parts(self, *, at: datetime) -> bool:
        """Whether this is the newest look at the parts; on the way and at the door one may look again."""
        self._require(*FOUR[:3], ended=self.observed_working_at or self.completed_at, at=at)
        if newest := self._newest("parts_checked_at", at):
            self.parts_checked_at = at
        return newest

    def depart(self, *, at: datetime) -> None:
        self._require(Stage.PREPARE)
        if self.technician_id is None:
            raise errors.NobodyAssigned(scope=self.branch_id)
        self.on_the_way_at = at

    def turn_back(self, *, at: datetime) -> None:
        """On the way, but not yet at the door: back in Prepare, as if never set out; the journal keeps both."""
        if self.arrived_at is not None and not self.is_over:
            raise errors.AtTheDoor(scope=self.branch_id)
        self._require(Stage.ARRIVE)
        self._in_order(at)
        self.on_the_way_at = None

    def arrive(self, *, at: datetime, claimed: bool = False) -> None:
        self._require(Stage.ARRIVE)
        self._in_order(at)
        self._once("arrived_at", at)
        self.arrived_claimed = claimed

    def meet(self, who: str, *, at: datetime, allowed: bool = False) -> bool:
        """``allowed``: a parent or guardian said yes by phone (E-13). Whether this is the newest word on it."""
        self._at_the_door(at)
        if newest := self._newest("met_at", at):
            self.met_at, self.met_who, self.guardian_at = at, who, at if allowed else None
        return newest

    def confirm_site(self, *, at: datetime) -> bool:
        self._at_the_door(at)
        if newest := self._newest("site_confirmed_at", at):
            self.site_confirmed_at = at
        return newest

    def confirm_scope(self, how: str, finish_at: datetime | None = None, *, at: datetime) -> bool:
        self._at_the_door(at)
        if newest := self._newest("scope_confirmed_at", at):
            self.scope_confirmed_at, self.scope_confirmed_how = at, how
            self.finish_told_at = finish_at or self.finish_told_at
        return newest

    def tell_finish(self, finish_at: datetime | None, *, at: datetime) -> None:
        """A later word on when it is done; none leaves the earlier one."""
        if finish_at is not None and at >= (self.scope_confirmed_at or at):
            self.finish_told_at = finish_at

    def require_at_work(self, *, at: datetime) -> None:
        self._at_the_door(at)  # what is found, agreed, done, measured; told late it may be told after the end

    def _at_the_door(self, at: datetime) -> None:
        self._require(Stage.ARRIVE, Stage.WORK, ended=self.observed_working_at or self.completed_at, at=at)
        if self.arrived_at is None:
            raise errors.WrongStage(stage=str(_("on the way")), needed=str(_("at the door")), scope=self.branch_id)
        if at < self.arrived_at:
            raise errors.EarlierThanBefore(at=at.isoformat(), before=self.arrived_at.isoformat(), scope=self.branch_id)

    def start_work(self, *, at: datetime) -> None:
        self._require(Stage.ARRIVE)
        self._at_the_door(at)
        self._once("work_started_at", at)

    def observe_working(self, *, at: datetime) -> None:
        self._require(Stage.WORK)
        self._in_order(at)
        self._once("observed_working_at", at)

    def resume_work(self, *, at: datetime) -> None:
        """Back to Work: what was shown, answered and signed was about work not yet over; what was paid is paid."""
        self._require(Stage.COMPLETE)
        self._in_order(at)
        self.observed_working_at = self.cleaned_at = self.walked_through_at = self.satisfied_at = self.signed_at = None
        self.cleaned_how, self.walked_through_how, self.satisfied = "", "", None

    @property
    def _worked_until(self) -> datetime | None:
        """When a visit ended that had been through Work; an end at the door knows no walk-through."""
        return self.completed_at if self.observed_working_at else None

    def clean_up(self, how: str, *, at: datetime) -> bool:
        if newest := self._leaving("cleaned_at", at):
            self.cleaned_at, self.cleaned_how = at, how
        return newest

    def walk_through(self, how: str, *, at: datetime) -> bool:
        if newest := self._leaving("walked_through_at", at):
            self.walked_through_at, self.walked_through_how = at, how
        return newest

    def pay(self, *, at: datetime) -> bool:
        if newest := self._leaving("paid_at", at):
            self.paid_at = at
        return newest

    def _leaving(self, field: str, at: datetime) -> bool:
        self._require(Stage.COMPLETE, ended=self._worked_until, at=at)
        self._in_order(at)
        return self._newest(field, at)

    def answer_satisfied(self, satisfied: bool, *, at: datetime) -> bool:
        if self.completed_at is None:
            self._require(Stage.COMPLETE)
        if newest := self._newest("satisfied_at", at):
            self.satisfied, self.satisfied_at = satisfied, at
        return newest

    def sign(self, *, at: datetime) -> None:
        self._require(Stage.COMPLETE, ended=self._worked_until, at=at)
        self._in_order(at)
        self._once("signed_at", at)

    def run_late(self, minutes: int, *, at: datetime, newest: bool = True) -> None:
        self._require(*FOUR, ended=self.completed_at, at=at)
        if newest:
            self.late_by_s = minutes * 60

    def complete(self, outcome: Outcome, *, at: datetime, missed: list[str]) -> None:
        self._require(*ENDS_IN.get(outcome, (Stage.COMPLETE,)))
        if outcome in AT_THE_DOOR:
            self._at_the_door(at)
        self._in_order(at)
        self.completed_at, self.outcome, self.steps_missed = at, outcome, missed

    def cancel(self, by_whom: str, reason: str, *, at: datetime) -> None:
        if self.is_over:
            raise errors.VisitIsOver(how=self.ended_how, scope=self.branch_id)
        if self.arrived_at is not None:
            raise errors.UnderWay(scope=self.branch_id)
        self.cancelled_at, self.cancelled_by, self.cancel_reason = at, by_whom, reason
