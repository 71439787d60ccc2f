"""The ground: commands, events, refusals, clocks, links, files, money, calendars. It knows no field word."""
