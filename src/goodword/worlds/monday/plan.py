"""The Monday as it was booked: who goes to whom, in which promised window, planned from when to when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from goodword.kit.calendar import local_instant
from goodword.worlds.cast import ZONE

MONDAY: Final = date(2026, 11, 2)
THURSDAY, FRIDAY, SATURDAY, TUESDAY = date(2026, 10, 29), date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 3)


def on(day: date, clock: str) -> datetime:
    """An instant as the wall in the office shows it."""
    return local_instant(day, time.fromisoformat(clock.zfill(5)), ZONE)


@dataclass(frozen=True)
class Booked:
    """One visit of a technician: "9:00-11:00" was promised, "9:45-10:45" is planned."""

    technician: str
    customer: str
    work: str
    window: str
    plan: str
    words: str

    def span(self, text: str, day: date = MONDAY) -> tuple[datetime, datetime]:
        opens, closes = (on(day, clock) for clock in text.split("-"))
        return opens, closes

    @property
    def opens_at(self) -> datetime:
        return self.span(self.window)[0]

    @property
    def closes_at(self) -> datetime:
        return self.span(self.window)[1]

    @property
    def starts_at(self) -> datetime:
        return self.span(self.plan)[0]

    @property
    def ends_at(self) -> datetime:
        return self.span(self.plan)[1]


def _b(technician: str, customer: str, work: str, window: str, plan: str, words: str) -> Booked:
    return Booked(technician, customer, work, window, plan, words)


ALDERMERE_DAY: Final = (
    _b("sam", "lowe", "safety_inspection", "7:30-8:30", "7:40-8:15", "The landlord needs the paper by Friday."),
    _b("sam", "whitlock", "boiler_service", "8:00-10:00", "8:25-9:25", "It is a year again, same as always."),
    _b("sam", "adeyemi", "boiler_service", "9:00-11:00", "9:45-10:45",
       "It is the yearly one. Please knock, do not ring, the baby sleeps."),
    _b("sam", "gale", "boiler_service", "11:00-13:00", "11:00-12:00", "It hums at night. While you are at it, look."),
    _b("sam", "osei", "leak", "12:30-14:30", "12:55-14:10", "There is a stain on the ceiling, and it grows."),
    _b("sam", "st_osyth_hall", "boiler_service", "14:00-16:00", "14:40-15:40", "Before the choir comes on Wednesday."),
    _b("ade", "reed", "safety_inspection", "7:30-8:30", "7:35-8:10", "The tenant changes on the first."),
    _b("ade", "tomlin", "boiler_service", "8:00-10:00", "8:20-9:20", "The pilot goes out now and then."),
    _b("ade", "finch", "boiler_service", "11:30-14:00", "11:40-12:40", "The yearly service, I am in all day but two."),
    _b("ade", "idris", "boiler_service", "13:30-15:30", "13:30-14:30", "Radiators are cold upstairs."),
    _b("lucy", "barton", "return_plumbing", "7:30-8:30", "7:40-8:25", "The new tap drips, you fitted it last week."),
    _b("lucy", "kaye", "return_plumbing", "8:30-10:30", "8:45-9:20", "The cistern you mended fills too slowly."),
    _b("lucy", "harbour_cafe", "tap_or_toilet", "9:00-11:00", "9:25-10:35", "The hand basin does not close any more."),
    _b("lucy", "prosser", "tap_or_toilet", "10:30-12:30", "11:00-12:00", "The handle came off in my hand."),
    _b("lucy", "nwosu", "leak", "13:00-15:00", "13:05-14:20", "It drips behind the washing machine."),
    _b("omar", "cold_lane_dairy", "cooling_service", "7:30-8:30", "7:40-8:30", "Before the milk comes at nine."),
    _b("omar", "penhale", "cooling_service", "8:00-10:00", "8:40-9:20", "It was loud all summer."),
    _b("omar", "rowan_house", "cooling_repair", "9:00-11:00", "9:30-11:10", "The medicine room is at eleven degrees."),
    _b("omar", "library", "cooling_service", "11:30-13:30", "11:50-12:50", "The reading room, quietly if it can be."),
    _b("omar", "sato", "cooling_service", "13:00-15:00", "13:40-14:40", "It smells when it starts."),
    _b("nell", "mill_row", "blocked_drain", "7:30-8:30", "7:35-8:20", "The yard drain is full of leaves again."),
    _b("nell", "ainsley", "return_plumbing", "8:30-10:30", "8:35-9:15", "The seal you put in, it weeps a little."),
    _b("nell", "the_swan", "blocked_drain", "9:00-11:00", "9:25-10:20", "The cellar smells and we open at twelve."),
    _b("nell", "doyle", "blocked_drain", "10:30-12:30", "10:45-11:45", "The shower stands ankle-deep."),
    _b("nell", "birch", "tap_or_toilet", "12:00-14:00", "12:40-13:40", "It runs all night, I hear it."),
    _b("joe", "cole", "safety_inspection", "7:30-8:30", "7:45-8:20", "The yearly paper for the flat."),
    _b("joe", "hart", "safety_inspection", "8:00-9:00", "8:40-9:25", "The flue: my neighbour says it is wrong."),
    _b("joe", "beaumont", "boiler_service", "9:30-10:30", "9:40-10:40", "I have a train at noon, so early, please."),
    _b("joe", "ferris", "boiler_service", "11:00-13:00", "11:10-12:10", "It clicks twice before it lights."),
    _b("joe", "okonjo", "boiler_service", "13:00-15:00", "13:15-14:15", "The surgery is free after one."),
    _b("kit", "aldermere_courts", "commercial_maintenance", "7:30-8:30", "7:30-10:00", "Plant room B, quarterly."),
    _b("kit", "tannery_lofts", "commercial_maintenance", "10:00-12:30", "10:30-13:00", "The quarterly round."),
    _b("kit", "mill_print", "safety_inspection", "13:30-15:30", "13:45-14:20", "The burner of the drying line."),
)  # fmt: skip

KILNSEA_DAY: Final = (
    _b("beth", "petrov", "boiler_service", "7:30-8:30", "7:45-8:45", "The yearly one, before I go to work."),
    _b("beth", "bell", "safety_inspection", "8:30-10:30", "9:00-9:35", "The flat upstairs is let again."),
    _b("beth", "marlow", "boiler_service", "9:30-11:30", "9:50-10:50", "The display shows F2."),
    _b("beth", "quill", "boiler_service", "11:00-13:00", "11:10-12:10", "The yearly one."),
    _b("beth", "rudd", "tap_or_toilet", "13:00-15:00", "13:10-14:10", "The garden tap froze last winter."),
    _b("yusuf", "kilnsea_fish", "cooling_repair", "7:30-8:30", "7:40-9:20", "The counter does not hold its cold."),
    _b("yusuf", "haddow", "cooling_service", "9:00-12:00", "9:45-10:45", "It is loud on the terrace."),
    _b("yusuf", "lifeboat", "cooling_service", "11:00-13:30", "11:15-12:15", "The crew room, any hour but shouts."),
    _b("yusuf", "verma", "cooling_service", "13:00-15:00", "13:15-14:15", "The vaccine room, yearly."),
    _b("ana", "crowe", "return_plumbing", "7:30-8:30", "7:40-8:25", "It drips again since Tuesday."),
    _b("ana", "teague", "return_plumbing", "8:30-10:30", "8:55-9:40", "The pipe you changed knocks."),
    _b("ana", "salt", "tap_or_toilet", "9:30-12:00", "9:50-10:50", "The bath does not fill."),
    _b("ana", "ives", "tap_or_toilet", "11:30-13:30", "11:40-12:40", "Low pressure at the far end."),
    _b("ana", "bannister", "tap_or_toilet", "13:30-15:30", "13:40-14:40", "The outside toilet, before the frost."),
    _b("will", "harbour_school", "commercial_maintenance", "7:30-8:30", "7:30-10:00", "Before the bell at nine."),
    _b("will", "kilnsea_laundry", "cooling_service", "10:00-12:30", "10:20-11:20", "Pump two as well, please."),
    _b("will", "staithe_stores", "cooling_service", "12:00-14:00", "12:10-13:10", "The cold wall, row three."),
    _b("will", "ropewalk_gym", "return_cooling", "13:00-15:00", "13:25-14:10", "It is better, but not good."),
    _b("freya", "nolan", "boiler_service", "8:00-10:00", "8:00-9:00", "The yearly one."),
    _b("freya", "achterberg", "boiler_service", "9:00-11:00", "9:15-10:15", "It starts only the second time."),
    _b("freya", "pike", "boiler_service", "11:00-13:00", "11:10-12:10", "The yearly one, mind the cat."),
    _b("freya", "lund", "boiler_service", "13:00-15:00", "13:10-14:10", "The valve under the boiler is wet."),
)  # fmt: skip

CALLED_IN: Final = _b(
    "ade", "halloran", "no_heat", "9:30-10:30", "9:50-11:25", "The boiler is dead since last night and I am cold."
)
"""The emergency that came in by telephone this morning."""

MOVED: Final = _b("nell", "orme", "tap_or_toilet", "14:00-16:00", "14:15-15:15", "The kitchen tap, not urgent.")
"""A visit that its customer moved to Tuesday this morning."""

HALLAM: Final = _b("joe", "hallam", "boiler_service", "14:00-16:00", "14:10-15:10", "It goes out by itself at night.")
"""Friday's visit that waits for a part."""

SHARMA_WORDS: Final = "There is water under the sink again and the bucket is full by noon."
