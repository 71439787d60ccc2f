"""How this room says no. Each refusal tells a person what to do."""

from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal


class TerritoryError(Refusal):
    """Anything that keeps a territory from being used."""

    code = "territory-error"
    says = _("The territory cannot be used.")
    status = 422


class NoTerritory(TerritoryError):
    code = "no-territory"
    says = _("There are no roads yet. Run: goodword territory add FILE.osm.pbf")
    status = 409


class TerritoryOutOfDate(TerritoryError):
    """The road engine was upgraded since; the old data must not be read."""

    code = "territory-out-of-date"
    says = _("The roads were prepared for {was}, and this is {now}. Run: goodword territory add {file}")
    status = 409


class TerritoryFilesGone(TerritoryError):
    code = "territory-files-gone"
    says = _("The prepared roads are not in {folder} any more. Run: goodword territory add {file}")
    status = 409


class BadRoadFile(TerritoryError):
    code = "bad-road-file"
    says = _("{file} cannot be used: {why} Nothing was changed.")


class BadAddressFile(TerritoryError):
    code = "bad-address-file"
    says = _("{file} cannot be used: {why} Nothing was changed.")


class BuildFailed(TerritoryError):
    code = "territory-build-failed"
    says = _("Preparing the roads stopped at “{step}”: {why} Nothing was changed.")


class BuildBusy(TerritoryError):
    code = "territory-build-busy"
    says = _("Another territory is being prepared right now. Wait for it, then try again. Nothing was changed.")
    status = 409


class DiskNearlyFull(TerritoryError):
    code = "disk-nearly-full"
    says = _("These roads need about {needed_mb} MB and {free_mb} MB are free. Make room. Nothing was changed.")
    status = 409


class MixedSources(TerritoryError):
    """Two sources of travel times met in one plan: a mistake in the caller, never to be papered over."""

    code = "mixed-travel-sources"
    says = _("Travel times of two sources cannot be used together: {one}, and {other}.")
    status = 409


class TooFarFromRoad(TerritoryError):
    code = "too-far-from-road"
    says = _("This place lies {snap_m} m from the nearest road; at most {limit_m} m can be planned. Check the address.")


class NotAPlace(TerritoryError):
    code = "not-a-place"
    says = _("{lat}, {lon} is not a place on the ground ({why}). Check the coordinates.")


class ClosedOutside(TerritoryError):
    code = "closure-outside"
    says = _("{lat}, {lon} lies outside the roads of {territory}. Check the numbers: latitude first, then longitude.")


class NoRoadThere(TerritoryError):
    code = "closure-on-no-road"
    says = _("No road lies within {radius_m} m; the nearest is {snap_m} m away. Move the point or widen the radius.")


class NotThatRoad(TerritoryError):
    code = "closure-on-another-road"
    says = _("No road within {radius_m} m is called {road}. There are: {roads}. Choose one, or leave the road empty.")


class RoadIsOpen(TerritoryError):
    code = "road-is-open"
    says = _("{name} is open again since {at}. Nothing is left to do.")
    status = 409


_WHY = {
    "no-file": _("there is no such file. Check the path."),
    "empty": _("it is empty. Fetch it again."),
    "not-pbf": _("it is not an OpenStreetMap PBF file. Its name should end in .osm.pbf; convert other forms first."),
    "cut-off": _("it ends in the middle or is damaged ({detail}). Fetch it again."),
    "no-roads": _("it holds no road that a car may use. Take a larger area."),
    "engine": _("the road engine says: {detail}"),
    "killed": _("it was stopped from outside (signal {detail}), perhaps for want of memory. Take a smaller area."),
    "no-tool": _("the program {detail} is missing. Install Goodword again."),
    "not-utf-8": _("line {line} is not UTF-8. Save it as “CSV UTF-8” and try again."),
    "csv-columns": _("it needs the columns {needed}, and {missing} is missing. Its first line is: {found}"),
    "csv-no-rows": _("it has no rows below its first line."),
    "csv-swapped": _("latitude and longitude are swapped: exchange the columns lat and lon."),
    "csv-nothing-near": _(
        "none of its {rows} rows lies in the area of the roads ({example}). Is it for another region?"
    ),
    "csv-nothing-usable": _("none of its {rows} rows can be used ({example})."),
    "csv-broken": _("line {line} cannot be read: {detail}"),
}


def because(code: str, **facts: object) -> str:
    """The second half of a refusal's sentence: what is wrong, and what to do."""
    return str(_WHY[code]).format(**facts)
