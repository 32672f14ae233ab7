"""What a Neo4j server says in its codes is told in our errors, with the address and without the password."""

import pytest
from neo4j.exceptions import Neo4jError, ServiceUnavailable

from graph.stores.neo4j.failures import told, translated
from ontology.errors import (
    AccessRefused,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreRefuses,
    StoreUnreachable,
    UnsuitableServer,
)

URL = "neo4j://localhost:7687"

CODES: dict[str, type[StoreError]] = {
    "Neo.ClientError.Security.Unauthorized": AccessRefused,
    "Neo.ClientError.Security.AuthenticationRateLimit": AccessRefused,
    "Neo.ClientError.Security.Forbidden": AccessRefused,
    "Neo.ClientError.Cluster.NotALeader": StoreReadOnly,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": StoreReadOnly,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": StoreReadOnly,
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": StoreFull,
    "Neo.TransientError.General.OutOfMemoryError": StoreFull,
    "Neo.ClientError.Database.DatabaseNotFound": UnsuitableServer,
    "Neo.TransientError.Database.DatabaseUnavailable": StoreUnreachable,
    "Neo.ClientError.Transaction.TransactionTimedOut": StoreRefuses,
    "Neo.ClientError.Schema.ConstraintValidationFailed": StoreRefuses,
}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_of_the_server_is_one_of_our_errors(code: str) -> None:
    error = told(URL, Neo4jError._hydrate_neo4j(code=code, message="What the server says."))
    assert type(error) is CODES[code]
    assert URL in str(error)
    assert "What the server says" in str(error)


def test_who_names_no_user_is_told_that_one_is_asked_for() -> None:
    words = "Unsupported authentication token, missing key `scheme`"
    error = told(URL, Neo4jError._hydrate_neo4j(code="Neo.ClientError.Security.Unauthorized", message=words))
    assert str(error).startswith(f"{URL} lets nobody in like that: it asks for a user and a password; set")


def test_a_disk_without_room_is_full_whatever_the_code() -> None:
    words = "Could not append: No space left on device"
    code = "Neo.DatabaseError.Transaction.TransactionCommitFailed"
    assert type(told(URL, Neo4jError._hydrate_neo4j(code=code, message=words))) is StoreFull


def test_a_connection_that_breaks_is_nobody_answering() -> None:
    with pytest.raises(StoreUnreachable, match="broken pipe"), translated(URL):
        raise ServiceUnavailable("broken pipe\nand more")


def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(AccessRefused), translated(URL):
        raise AccessRefused(URL, "no")
