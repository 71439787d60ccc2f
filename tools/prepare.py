"""Make a clone ready: Python environment, front end, browser. Standard library only.

Each step leaves a stamp of what it was made from; a step whose stamp is right is skipped, so that the second time
nothing is read from the network. What was spent on fetching is written to ``var/setup.json`` and reported apart.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
PYTHON = VENV / "bin" / "python"
BUILT = HOUSE / "src" / "goodword" / "parts" / "static" / "built"
SETUP = HOUSE / "var" / "setup.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AGAIN = "Nothing else was changed; mend that and run the same command again."

type Words = Sequence[str | Path]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop(text: str) -> None:
    say(text)
    sys.exit(1)


def stamp_of(paths: Iterable[Path], *also: str) -> str:
    said = hashlib.sha256("\n".join(also).encode())
    for path in sorted(paths):
        said.update(str(path.relative_to(HOUSE)).encode() + b"\0" + path.read_bytes())
    return said.hexdigest()


def is_stamped(place: Path, *stamps: str) -> bool:
    return place.exists() and place.read_text() in stamps


def run(command: Words, environment: Mapping[str, str] | None = None) -> bool:
    """Whether it went well. Its words are shown only when it did not."""
    words = [str(w) for w in command]
    done = subprocess.run(
        words,
        cwd=HOUSE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"  {' '.join(words)} failed:\n{done.stdout[-3000:]}")
    return done.returncode == 0


def starts(program: Path) -> bool:
    return program.exists() and subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def timed(title: str, step: Callable[[], object]) -> float:
    say(title)
    started = time.monotonic()
    step()
    spent = round(time.monotonic() - started, 1)
    say(f"  done in {spent} s")
    return spent


# The Python environment


def environment(kind: str) -> float:
    """Packages as the lock names them, hash by hash; the test set contains the run set. Seconds spent on fetching."""
    locks = {"run": HOUSE / "requirements.lock", "test": HOUSE / "requirements-dev.lock"}
    stamps = {name: stamp_of([path], str(HOUSE)) for name, path in locks.items()}
    place = VENV / ".goodword-stamp"
    if is_stamped(place, stamps["test"], stamps[kind]):
        return 0.0
    place.unlink(missing_ok=True)
    spent = timed("Python packages: fetching and installing (0.6 GB once installed) …", lambda: install(locks[kind]))
    open_the_door()
    place.write_text(stamps[kind])
    return spent


def install(lock: Path) -> None:
    uv = found_uv()
    if not is_usable():
        shutil.rmtree(VENV, ignore_errors=True)
        made = run([sys.executable, "-m", "venv", VENV])
        if not made and not (uv and run([uv, "venv", "--python", sys.executable, VENV])):
            stop(f"{sys.executable} can make no environment. Install python3-venv (Debian, Ubuntu) or uv. {AGAIN}")
    if (uv := uv or fetched_uv()) and run([uv, "pip", "install", "--quiet", "--python", PYTHON, *locked(lock)]):
        return
    say("  uv could not; trying pip.")
    if not run([PYTHON, "-m", "pip", "install", "--quiet", "--no-input", *locked(lock)]):
        stop(f"The packages could not be installed. Is the network there? {AGAIN}")


def locked(lock: Path) -> Words:
    return ["--require-hashes", "--requirement", lock]


def is_usable() -> bool:
    """Whether the environment starts and was made where it lies now: its programs name their Python by full path."""
    door = VENV / "bin" / "goodword"
    moved = door.exists() and not door.read_text().startswith(f"#!{VENV}")
    return starts(PYTHON) and not moved


def found_uv() -> Path | None:
    there = shutil.which("uv")
    candidates = [VENV / "bin" / "uv", *([Path(there)] if there else []), Path.home() / ".local" / "bin" / "uv"]
    return next(filter(starts, candidates), None)


def fetched_uv() -> Path | None:
    uv = VENV / "bin" / "uv"
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    return uv if run([*pip, *locked(HOUSE / "tools" / "uv.lock")]) else None


def open_the_door() -> None:
    """Put the clone itself into the environment: its source and the command ``goodword``."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    (packages / "goodword-clone.pth").write_text(f"{HOUSE / 'src'}\n")
    script = VENV / "bin" / "goodword"
    script.write_text(f"#!{PYTHON}\nfrom goodword.faces.cli.main import main\n\nraise SystemExit(main())\n")
    script.chmod(0o755)


# The front end


def front_end(kind: str) -> tuple[float, float]:
    """Seconds spent on fetching and on building."""
    locks = [HOUSE / "package.json", HOUSE / "package-lock.json"]
    if not locks[0].exists():
        return 0.0, 0.0
    place, built_place = HOUSE / "node_modules" / ".goodword-stamp", BUILT / ".goodword-stamp"
    stamp, built_stamp = stamp_of(locks), stamp_of([*locks, *front_end_sources()])
    is_built = is_stamped(built_place, built_stamp)
    fetched = built = 0.0
    if not is_stamped(place, stamp) and (kind == "test" or not is_built):
        fetched = timed("Front end: fetching its packages …", lambda: npm("ci", "--no-audit", "--no-fund"))
        place.write_text(stamp)
    if not is_built:
        built = timed("Front end: building …", lambda: npm("run", "build"))
        built_place.write_text(built_stamp)
    return fetched, built


def front_end_sources() -> list[Path]:
    kinds = {".ts", ".tsx", ".css", ".js", ".mjs", ".svg", ".json", ".woff2"}
    top = [p for p in HOUSE.iterdir() if p.name.startswith(("vite.config", "tsconfig", "postcss.config"))]
    within = (p for p in (HOUSE / "src" / "goodword").rglob("*") if p.suffix in kinds and p.is_file())
    return [*top, *(p for p in within if BUILT not in p.parents)]


def npm(*words: str) -> None:
    """With the environment's own Node; whatever else the caller's environment says (certificates too) is kept."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    if not run([VENV / "bin" / "npm", *words], {**os.environ, "PATH": path}):
        stop(f"The front end could not be built; the lines above say why. {AGAIN}")


# The compiled part of the engine


def kernels(wanted: str) -> None:
    """Compiled here once, so that nobody's first question waits for it; what only the evening asks is for tests."""
    room = HOUSE / "src" / "goodword" / "engine" / "kernel"
    place = HOUSE / "var" / f"kernels-{wanted}-stamp"
    stamp = stamp_of([HOUSE / "requirements.lock", *room.glob("*.py")], str(HOUSE))
    if is_stamped(place, stamp):
        return
    warm = [PYTHON, "-m", "goodword.engine.kernel.warm", *(["--today"] if wanted == "run" else [])]
    timed("Engine: compiling …", lambda: run(warm, {**os.environ, "PYTHONPATH": str(HOUSE / "src")}))
    place.parent.mkdir(exist_ok=True)
    place.write_text(stamp)


# The browser that tests drive


def browser() -> float:
    if any(shutil.which(name) for name in BROWSERS):
        return 0.0
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (become_root and not shutil.which("sudo")):
        stop(f"The browser journeys need Chromium. Install it (Debian, Ubuntu: apt-get install chromium). {AGAIN}")
    return timed("Chromium is missing; installing it with apt-get (125 MB) …", lambda: install_browser(become_root))


def install_browser(become_root: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*become_root, "apt-get", "-qq", "-y"]
    run([*apt, "update"], quiet)
    if not run([*apt, "install", "--no-install-recommends", "chromium"], quiet):
        stop(f"Chromium could not be installed. {AGAIN}")


def main(kind: str) -> None:
    fetched = environment(kind)
    packages, built = front_end(kind)
    kernels(kind)
    fetched += packages + (browser() if kind == "test" else 0.0)
    SETUP.parent.mkdir(exist_ok=True)
    SETUP.write_text(json.dumps({"fetched_s": round(fetched, 1), "built_s": built}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
