"""Who reacts to an event, who may object to an action, who applies a command. One job per event and room."""

from typing import Final

_JUDGE = "goodword.promises.reactions.judge_again"
_FORECAST = "goodword.dispatch.reactions.day_changed"

reactions: Final[dict[str, list[str]]] = {
    "visit.planned": [_FORECAST],
    "visit.assigned": [_FORECAST],
    "visit.moved": [_JUDGE, _FORECAST],
    "visit.cancelled": [_JUDGE, _FORECAST],
    "visit.on_the_way": ["goodword.dispatch.reactions.set_out"],
    "visit.turned_back": ["goodword.dispatch.reactions.turned_back"],
    "visit.parts_checked": ["goodword.promises.reactions.part_missing"],
    "visit.scope_confirmed": ["goodword.promises.reactions.finish_told"],
    "visit.change_agreed": ["goodword.promises.reactions.finish_told"],
    "visit.obstacle_met": ["goodword.promises.reactions.longer_than_told"],
    "visit.obstacle_told": ["goodword.promises.reactions.longer_than_told"],
    "visit.observed_working": [_JUDGE],
    "visit.work_resumed": [_JUDGE],
    "order.changed": ["goodword.visits.reactions.read_again"],
    "visit.arrived": [_JUDGE, _FORECAST],
    "visit.work_started": [_FORECAST],
    "visit.running_late": [_FORECAST],
    "visit.completed": [_JUDGE, _FORECAST],
    "handover.accepted": [_FORECAST],
    "customer.erased": [
        "goodword.assets.reactions.customer_erased",
        "goodword.visits.reactions.customer_erased",
        "goodword.promises.reactions.customer_erased",
    ],
    "absence.reported": ["goodword.dispatch.reactions.person_away"],
    "road.closed": ["goodword.territory.reactions.closures_changed"],
    "road.opened": ["goodword.territory.reactions.closures_changed"],
    "roads.changed": ["goodword.dispatch.reactions.roads_changed"],
}

objections: Final[dict[str, list[str]]] = {
    "visit.depart": ["goodword.visits.objections.before_departure"],
    "visit.start_work": ["goodword.visits.objections.before_work"],
    "visit.complete": [
        "goodword.visits.objections.before_completion",
        "goodword.visits.objections.not_satisfied_without_a_next_step",
        "goodword.visits.objections.return_without_a_date",
    ],
}

_STAGES, _WORK = "goodword.faces.api.commands.stages", "goodword.faces.api.commands.work"
commands: Final[dict[str, str]] = {
    "visit.review": f"{_STAGES}.review",
    "visit.on_the_way": f"{_STAGES}.depart",
    "visit.turn_back": f"{_STAGES}.turn_back",
    "visit.arrive": f"{_STAGES}.arrive",
    "visit.check_parts": f"{_WORK}.check_parts",
    "visit.confirm_site": f"{_WORK}.confirm_site",
    "visit.meet_obstacle": f"{_WORK}.meet_obstacle",
    "visit.tell_obstacle": f"{_WORK}.tell_obstacle",
    "visit.agree_change": f"{_WORK}.agree_change",
    "visit.finish_line": f"{_WORK}.finish_line",
    "visit.take_back_line": f"{_WORK}.take_back_line",
    "visit.take_reading": f"{_WORK}.take_reading",
    "visit.clean_up": f"{_WORK}.clean_up",
    "visit.pay": f"{_WORK}.pay",
    "visit.meet": f"{_STAGES}.meet",
    "visit.confirm_scope": f"{_STAGES}.confirm_scope",
    "visit.start_work": f"{_STAGES}.start_work",
    "visit.observe_working": f"{_STAGES}.observe_working",
    "visit.resume_work": f"{_STAGES}.resume_work",
    "visit.walk_through": f"{_STAGES}.walk_through",
    "visit.satisfied": f"{_STAGES}.satisfied",
    "visit.sign": f"{_STAGES}.sign",
    "visit.complete": f"{_STAGES}.complete",
    "visit.running_late": f"{_STAGES}.running_late",
    "handover.offer": f"{_STAGES}.offer_handover",
    "handover.accept": f"{_STAGES}.accept_handover",
    "file.attach": f"{_WORK}.attach_file",
    "note.add": f"{_STAGES}.add_note",
}

# What is done every so often, whatever happens: (name, function, seconds).
periodic: Final[list[tuple[str, str, float]]] = [
    ("territory.closures", "goodword.territory.actions.follow_closures", 2),
    ("dispatch.lapse_offers", "goodword.dispatch.actions.lapse_offers", 5),
    ("promises.overdue", "goodword.promises.reactions.judge_what_fell_due", 5),
    ("dispatch.watch", "goodword.dispatch.actions.reforecast_all", 60),
    ("dispatch.learning", "goodword.dispatch.actions.learn_all", 600),
    ("dispatch.evenings", "goodword.dispatch.actions.evenings.ask_for_tomorrow", 60),
    ("dispatch.remind", "goodword.dispatch.actions.reminding.remind_all", 300),
]
