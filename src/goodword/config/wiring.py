"""Who reacts to an event, who may object to an action, who applies a command. One job per event and room."""

reactions: dict[str, list[str]] = {}

objections: dict[str, list[str]] = {}

commands: dict[str, str] = {}
