"""Script cards for one kind of work each, where they differ from the general ones. Ours."""

from collections.abc import Mapping
from typing import Final

Lines = tuple[tuple[str, str], ...]


def card(text: str) -> Lines:
    """Lines like ``say: About an hour.`` as pairs."""
    pairs = (line.strip().partition(": ") for line in text.strip().splitlines())
    return tuple((kind, words) for kind, _colon, words in pairs)


SERVICE = card("""
    say: {customer}? I'm {technician}, for your boiler.
    do: Shoe covers on before the mat.
    say: Is anything else on your mind?
    say: Has it been noisy, or slow to warm?
    say: It is done by {time}. I'll show you all of it.
""")

BY_WORK: Final[Mapping[str, Mapping[str, Lines]]] = {
    "boiler_service": {
        "prepare": card("""
            do: Read last year's readings.
            do: Take seals, filter and cleaning brush.
            do: Check the gas tester is charged.
            do: Read who lives there: pets, children.
        """),
        "arrive": SERVICE,
        "work": card("""
            do: Take the first readings before you open it.
            do: Clean, check, put new seals in.
            do: Take the readings again and write both down.
            say: It burns clean now. Shall I show you?
            do: Stay, and see it run.
        """),
        "complete": card("""
            do: Wipe the casing and sweep the floor.
            say: Here is what I cleaned and checked.
            say: This is how you top the pressure up.
            say: When it drops under one, do that or call us.
            say: Are you happy with all of it?
        """),
    },
    "no_heat": {
        "prepare": card("""
            do: Read who is cold: small children, old, ill.
            do: Take two heaters along.
            do: Take the parts that fail most on this boiler.
            do: Call when you leave.
        """),
        "arrive": card("""
            say: {customer}? I'm {technician}. Let's get you warm.
            say: Is everybody all right?
            do: Smell gas? Turn it off, windows open, all out.
            do: Put the heaters where they sit.
            say: By {time} you know what it is.
        """),
        "work": card("""
            do: Make it safe first.
            do: Find the cause, not only the part.
            say: It is this. It costs so much, and takes so long.
            do: Their yes first, then the work.
            do: Stay until the rooms warm up.
        """),
        "complete": card("""
            do: Fetch the heaters, or leave them and write it down.
            say: Here is what had failed, and why.
            say: Watch for this. Then call us at once.
            say: Are you happy with all of it?
        """),
    },
    "leak": {
        "prepare": card("""
            do: Call first: is the water off?
            do: Take the wet vacuum, sheets and buckets.
            do: Take pipe and joints in both sizes.
        """),
        "arrive": card("""
            say: {customer}? I'm {technician}. Show me the water.
            do: Turn it off first, then talk.
            do: Anything electric wet? Mains off.
            do: Move what can get wet, with them.
            say: I look for it now. By {time} it is dry or you know more.
        """),
        "work": card("""
            do: Take a photo before you open anything.
            say: I must open here. Is that all right?
            do: Repair, then test under pressure.
            do: Wait ten minutes and feel every joint.
        """),
        "complete": card("""
            do: Dry the floor. Take the wet things out.
            say: Here it leaked, and here it is closed.
            say: This wall needs a week to dry.
            say: This is the tap that stops all the water.
            say: Are you happy with all of it?
        """),
    },
    "tap_or_toilet": {
        "prepare": card("""
            do: Look for the make, on the photo or the order.
            do: Take washers, hose and a spare filling valve.
        """),
        "work": card("""
            do: Water off. Catch what is left.
            do: New parts in, old ones in the bag.
            do: Run it ten times and feel for drops.
            say: Try it yourself, please.
        """),
    },
    "blocked_drain": {
        "prepare": card("""
            do: Ask which room, and whether more are slow.
            do: Take the long spring, camera and gloves.
            do: Take covers for the floor on the way through.
        """),
        "arrive": card("""
            say: {customer}? I'm {technician}, for the drain.
            do: Cover the floor on the whole way.
            say: Since when? What went down last?
            do: Agree where the dirty tools may stand.
            say: It runs by {time}, or I show you why not.
        """),
        "work": card("""
            do: Clear it, then look with the camera.
            say: Here you see it. This is what it was.
            do: Run all the water for five minutes.
        """),
        "complete": card("""
            do: Wash down all you touched. Air the room.
            say: Here is the picture from inside.
            say: Please keep fat and wipes out of it.
            say: Are you happy with all of it?
        """),
    },
    "water_heater": {
        "prepare": card("""
            do: Measure door, stairs and place against the new heater.
            do: Check that your helper knows the time.
            do: Take the trolley and the long hose.
            do: Call: the water is off for three hours.
        """),
        "arrive": card("""
            say: {customer}? I'm {technician}, and this is my helper.
            say: The water is off until {time}. Fill a few jugs?
            do: Agree the way in, and cover it.
            do: Agree where the old one waits.
        """),
        "work": card("""
            do: Empty the old one into the drain, not the yard.
            do: Fill the new one before you switch it on.
            do: Feel every joint when it is hot.
            do: Stay until the water is warm.
        """),
        "complete": card("""
            do: Take the old heater and all the packing away.
            say: Here you set how warm it gets.
            say: Once a year, press this. I'll show you.
            say: Are you happy with all of it?
        """),
    },
    "cooling_service": {
        "prepare": card("""
            do: Read last year's readings.
            do: Take filters of the right size.
            do: Ask who lets you on the roof.
        """),
        "work": card("""
            do: Take the readings before you clean.
            do: New filters in. Wash inside and outside.
            do: Pour water in the drain. Does it run?
            do: Take the readings again.
        """),
    },
    "cooling_repair": {
        "prepare": card("""
            do: Read what stands still because of it.
            do: Take gauges, gas and the usual parts.
            do: Ask who lets you in.
        """),
        "arrive": card("""
            say: {customer}? I'm {technician}. What is warm that should be cold?
            say: What must be saved first?
            do: Agree the work, and where.
            say: By {time} you know what it is.
        """),
        "work": card("""
            do: Find the cause before you fill anything.
            say: It is this. It costs so much, and takes so long.
            do: Their yes first, then the work.
            do: Stay until it is cold.
        """),
    },
    "commercial_maintenance": {
        "prepare": card("""
            do: Read the agreement: what is in, what is not.
            do: Look what we told them last time.
            do: Ask whose yes you need for more.
        """),
        "arrive": card("""
            do: Sign in. Find your contact, not only the desk.
            say: {customer}? I'm {technician}. This is today's list.
            say: What has troubled you since last time?
            do: Agree what may stop, and when.
            say: I'm done by {time}, and then I come to you.
        """),
        "work": card("""
            do: Go by the list. Tick each as you do it.
            do: Take the readings and write them down.
            do: Found something? Photo, and tell them today.
        """),
        "complete": card("""
            do: Put every cover back. Count your tools.
            say: This is done. This I found.
            say: This can wait; this should not.
            say: Whom else should I tell?
            do: Sign out.
        """),
    },
    "safety_inspection": {
        "prepare": card("""
            do: Check the gas tester is charged.
            do: Read what was marked last time.
        """),
        "arrive": card("""
            say: {customer}? I'm {technician}, for the safety check.
            say: I look at every gas fire in the house.
            say: Have you had headaches, or seen soot?
            say: It takes until {time}.
        """),
        "work": card("""
            do: Test every one. Write each number down.
            do: Not safe? Turn it off and label it.
            say: I must turn this off. I'll show you why.
        """),
        "complete": card("""
            say: These are safe. This one is not.
            say: Do not use it until we have been.
            say: You get the paper by mail today.
            say: Are you happy with all of it?
        """),
    },
}
