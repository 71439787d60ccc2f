"""What stands at a site: parts within equipment, retired never deleted, found by its serial number."""

from datetime import date

import pytest
from tests.cast import door, queries, site_of

from goodword.assets import actions as assets
from goodword.assets.errors import AssetRetired, NoSuchAsset, WrongParent
from goodword.assets.models import Asset
from goodword.assets.queries import asset, assets_at, assets_of, same_serial, visible_to, with_parts
from goodword.customers import actions as customers
from goodword.customers.errors import CustomerErased
from goodword.customers.queries import search
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput


def boiler(customer, serial="WB-77/1042-X", **fields):
    return assets.add_asset(
        site_of(customer).id, "boiler", "Worthing", "B 24", serial, date(2019, 5, 4), **fields, **door()
    )


def test_equipment_is_kept_as_it_was_written_and_its_event_holds_no_words(cast):
    made = boiler(cast.adeyemi)

    event = Event.objects.get(about_id=made.id)
    assert (made.make, made.model, made.serial, made.installed_on) == (
        "Worthing",
        "B 24",
        "WB-77/1042-X",
        date(2019, 5, 4),
    )
    assert event.name == "asset.added"
    assert event.scope == cast.aldermere.id
    assert event.facts == {"site": str(made.site_id), "parent": None}


def test_a_serial_number_leads_to_the_equipment_before_and_after_it_is_retired(cast):
    made = boiler(cast.adeyemi)
    assets.retire_asset(made.id, **door())

    for typed in ("wb771042x", "WB-77", "1042-X"):
        assert [hit.about_id for hit in search(cast.viewer("priya"), typed)] == [made.id]
    assert search(cast.viewer("tom"), "wb771042x") == []


def test_a_corrected_serial_number_is_found_and_the_wrong_one_no_longer(cast):
    made = boiler(cast.adeyemi)

    assets.change_asset(made.id, serial="QX 5", **door())

    see = cast.viewer("priya")
    assert [hit.about_id for hit in search(see, "qx5")] == [made.id]
    assert search(see, "wb771042x") == []
    assert Asset.objects.get(id=made.id).make == "Worthing"


def test_a_part_goes_with_what_it_is_part_of(cast):
    made = boiler(cast.adeyemi)
    part = assets.add_asset(made.site_id, "pump", parent_id=made.id, **door())

    assets.retire_asset(made.id, **door())

    assert asset(part.id).retired_at is not None
    assert assets_of(cast.adeyemi.id) == []
    assert [a.id for a in with_parts(made.id)] == [made.id, part.id]
    with pytest.raises(AssetRetired):
        assets.retire_asset(part.id, **door())


def test_a_part_is_never_elsewhere_nor_part_of_its_own_part(cast):
    made = boiler(cast.adeyemi)
    part = assets.add_asset(made.site_id, "pump", parent_id=made.id, **door())
    elsewhere = boiler(cast.finch, "other")

    for parent in (elsewhere.id, part.id, made.id):
        with pytest.raises(WrongParent):
            assets.change_asset(made.id, parent_id=parent, **door())


@pytest.mark.parametrize("installed", [date(2027, 1, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_date_that_cannot_be_true_is_refused(cast, installed):
    with pytest.raises(BadInput, match="installed in the past"):
        assets.add_asset(site_of(cast.finch).id, "boiler", installed_on=installed, **door())


def test_something_without_a_kind_is_refused(cast):
    with pytest.raises(BadInput):
        assets.add_asset(site_of(cast.finch).id, "  ", **door())


def test_what_is_not_there_is_said_to_be_not_there(cast):
    with pytest.raises(NoSuchAsset):
        asset(cast.finch.id)


def test_an_erased_customer_gets_no_new_equipment(cast):
    site = site_of(cast.finch)
    customers.erase_customer(cast.finch.id, **door())

    with pytest.raises(CustomerErased):
        assets.add_asset(site.id, "boiler", **door())


def test_the_family_sees_the_equipment_of_all_its_members(cast):
    made = boiler(cast.adeyemi)
    customers.merge(cast.adeyemi.id, cast.finch.id, **door())

    assert [a.id for a in assets_of(cast.finch.id)] == [made.id]


def test_only_the_branch_and_whom_ones_visits_name_are_seen(cast):
    made = boiler(cast.adeyemi)

    def seen(name, named=None):
        return [a.id for a in visible_to(cast.viewer(name), named)]

    assert seen("priya") == seen("ruth") == seen("june") == [made.id]
    assert seen("tom") == seen("nobody") == seen("sam") == []
    assert seen("sam", [cast.adeyemi.id]) == [made.id]
    assert seen("sam", [cast.finch.id]) == []


def test_the_hint_about_a_serial_number_stays_within_the_branch(cast):
    made = boiler(cast.adeyemi)

    assert list(same_serial(cast.viewer("priya"), " wb-77/1042-x ")) == [made]
    assert list(same_serial(cast.viewer("tom"), "WB-77/1042-X")) == []
    assert list(same_serial(cast.viewer("priya"), "")) == []


def test_lists_take_as_many_queries_for_many_as_for_one(cast):
    for n in range(5):
        boiler(cast.adeyemi, f"S{n}")
    see, where = cast.viewer("priya"), site_of(cast.adeyemi).id

    with queries(at_most=1):
        assert {a.site.customer.name for a in visible_to(see)} == {"Folake Adeyemi"}
    with queries(at_most=1):
        assert len(assets_at([where])) == 5
    with queries(at_most=2):
        assert {a.site.city for a in assets_of(cast.adeyemi.id)} == {"Aldermere"}
