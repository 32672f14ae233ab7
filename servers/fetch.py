"""Jars are code that we run, so they are those we looked at: a lock names each file and its hash, checked every time.

Maven brings them (its own checksums guard the way only). A jar that differs, lacks or is too many is refused: the class
path is the whole folder, so an extra file would be run too.
"""

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.problems import FetchFailed, MissingTool, WrongJars

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "servers"
OLDEST_JAVA = 17
MINUTES = 10


def fetch(server: str) -> Path:
    """The folder with the jars of a server, brought by Maven where it is not there yet.

    Raises `MissingTool` without Maven, `FetchFailed` where it fails, `WrongJars` where what it brought is not ours.
    """
    library = BUILD / server / "lib"
    with _alone(server):
        if wrong_jars(server, library):
            print(f"bringing {server} with Maven, which may take a minute ...", file=sys.stderr)
            fresh = library.with_name("lib.new")
            shutil.rmtree(fresh, ignore_errors=True)
            _run_maven(server, fresh)
            if wrong := wrong_jars(server, fresh):
                raise WrongJars(server, wrong)
            shutil.rmtree(library, ignore_errors=True)
            fresh.rename(library)
    return library


def find_java() -> str:
    """The path of a Java that can run the servers. Raises `MissingTool`."""
    java = shutil.which("java")
    if java is None:
        raise MissingTool("java", "default-jre-headless")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise MissingTool(f"java {OLDEST_JAVA} or newer", "default-jre-headless")
    return java


def wrong_jars(server: str, folder: Path) -> list[str]:
    """The names of the files that keep this folder from being what the lock says."""
    expected = read_lock(server)
    found = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    wrong = expected.keys() ^ found.keys()
    return sorted(wrong | {name for name in expected.keys() & found.keys() if _hash(found[name]) != expected[name]})


def read_lock(server: str) -> dict[str, str]:
    """The SHA-256 of each jar by its name."""
    lines = (ROOT / "servers" / server / "jars.sha256").read_text("utf-8").splitlines()
    return {name: hash_ for hash_, name in (line.split("  ", 1) for line in lines)}


@contextmanager
def _alone(server: str) -> Iterator[None]:
    (BUILD / server).mkdir(parents=True, exist_ok=True)
    with (BUILD / server / "fetch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run_maven(server: str, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingTool("mvn", "maven")
    command = [maven, "-B", "-q", "-C", "-f", str(ROOT / "servers" / server / "pom.xml"),
               "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]  # fmt: skip
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=MINUTES * 60
        )
    except subprocess.TimeoutExpired:
        raise FetchFailed(server, f"it took more than {MINUTES} minutes") from None
    if done.returncode != 0:
        raise FetchFailed(server, (done.stdout + done.stderr)[-2000:])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
