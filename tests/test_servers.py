"""The servers that the tests start themselves: pinned, private, emptied on demand, gone with whoever started them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import yaml
from neo4j import GraphDatabase

from servers import fetch as fetching
from servers.problems import MissingTool, WrongJars
from servers.running import Server, find_process
from tests import needs
from tests.servers import emptied_neo4j, emptied_sparql

ROOT = Path(__file__).parent.parent
STARTED_AND_ABANDONED = """
import time
from servers.fuseki_server import FusekiServer
from servers.private import start_private
server = start_private(FusekiServer())
print(server.home, flush=True)
time.sleep(600)
"""


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock of two jars, `a` and `b`, and the folder that should hold them."""
    (tmp_path / "servers" / "toy").mkdir(parents=True)
    hashes = {
        "a": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "b": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
    }
    lines = "".join(f"{hash_}  {name}.jar\n" for name, hash_ in hashes.items())
    (tmp_path / "servers" / "toy" / "jars.sha256").write_text(lines)
    monkeypatch.setattr(fetching, "ROOT", tmp_path)
    monkeypatch.setattr(fetching, "BUILD", tmp_path / "build")
    library = tmp_path / "build" / "toy" / "lib"
    library.mkdir(parents=True)
    for name in hashes:
        (library / f"{name}.jar").write_text(name)
    return library


def test_jars_as_the_lock_says_are_taken_without_maven(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert fetching.fetch("toy") == lock


@pytest.mark.parametrize(
    ("name", "words", "wrong"), [("a.jar", "changed", ["a.jar"]), ("extra.jar", "more", ["extra.jar"])]
)
def test_a_changed_or_an_extra_jar_is_refused(lock: Path, name: str, words: str, wrong: list[str]) -> None:
    (lock / name).write_text(words)
    assert fetching.wrong_jars("toy", lock) == wrong


def test_a_jar_that_lacks_is_wrong(lock: Path) -> None:
    (lock / "b.jar").unlink()
    assert fetching.wrong_jars("toy", lock) == ["b.jar"]


def test_what_maven_brings_is_checked_as_well(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (lock / "b.jar").unlink()
    maven = lock.parent / "mvn"
    maven.write_text('#!/bin/sh\nfor last; do :; done\nmkdir -p "${last#*=}" && echo strange > "${last#*=}/a.jar"\n')
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{maven.parent}:{os.environ['PATH']}")
    with pytest.raises(WrongJars) as caught:
        fetching.fetch("toy")
    assert caught.value.wrong == ("a.jar", "b.jar")
    assert fetching.wrong_jars("toy", lock) == ["b.jar"]


def test_without_maven_or_java_the_package_to_install_is_named(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (lock / "b.jar").unlink()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingTool, match="sudo apt-get install maven"):
        fetching.fetch("toy")
    with pytest.raises(MissingTool, match="sudo apt-get install default-jre-headless"):
        fetching.find_java()


def test_an_old_java_is_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.20\" 2023-07-18' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="java 17 or newer"):
        fetching.find_java()


def test_containers_listen_on_this_machine_only_and_take_their_password_from_the_environment() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert sorted(services) == ["fuseki", "neo4j"]
    for service in services.values():
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        assert "${CREDPATH_STORE_PASSWORD:?" in json.dumps(service["environment"])
        assert service["healthcheck"]["test"]


def test_containers_and_tests_run_the_same_version_of_neo4j() -> None:
    image = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["neo4j"]["image"]
    assert image == "neo4j:5.26-community"
    assert "neo4j-5.26.30.jar" in fetching.read_lock("neo4j")


@pytest.mark.slow
def test_an_emptied_neo4j_holds_nothing() -> None:
    url = emptied_neo4j(needs.neo4j())
    user, _, rest = url.removeprefix("neo4j://").partition(":")
    password, _, host = rest.partition("@")
    with GraphDatabase.driver(f"neo4j://{host}", auth=(user, password)) as driver:
        driver.execute_query("UNWIND range(1, 12000) AS n CREATE (:Thing {n: n})-[:NEXT]->(:Thing)")
        driver.execute_query("CREATE CONSTRAINT of_a_test FOR (t:Thing) REQUIRE t.n IS UNIQUE")
        assert emptied_neo4j(url, schema=True) == url
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0
        assert driver.execute_query("SHOW CONSTRAINTS").records == []


@pytest.mark.slow
def test_an_emptied_sparql_server_holds_nothing() -> None:
    url = emptied_sparql(needs.sparql())
    base = url.removeprefix("sparql+")
    insert = "INSERT DATA { <urn:a> <urn:b> 1 . GRAPH <urn:g> { <urn:a> <urn:b> 2 } }"
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    with httpx.Client(trust_env=False) as client:
        assert client.post(f"{base}/update", data={"update": insert}).is_success
        counts = []
        for _ in range(2):
            answer = client.post(f"{base}/query", data={"query": count}, headers={"Accept": "text/csv"})
            counts.append(answer.text.split()[1])
            assert emptied_sparql(url) == url
    assert counts == ["2", "0"]


@pytest.mark.slow
def test_a_killed_server_starts_again_in_its_home_under_its_url() -> None:
    server = needs.own_server(needs.FUSEKI)
    url = server.url
    server.kill()
    assert not server.is_running()
    assert server.restart() == url
    assert Server(needs.FUSEKI, server.home).is_running()
    server.remove()
    assert not server.home.exists()


@pytest.mark.slow
def test_a_server_is_gone_with_a_process_that_was_killed() -> None:
    needs.sparql()
    with subprocess.Popen([sys.executable, "-c", STARTED_AND_ABANDONED], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        home = Path(process.stdout.readline().decode().strip())
        pid = find_process(home)
        assert pid is not None
        process.send_signal(signal.SIGKILL)
    for _ in range(200):
        if not home.exists():
            break
        time.sleep(0.1)
    assert not home.exists()
    assert not Path(f"/proc/{pid}").exists() or Path(f"/proc/{pid}/cmdline").read_bytes() == b""
