"""What copying, comparing, backing up, restoring and diagnosing found and did."""

from api.diagnosis import Diagnosis
from api.present.changes import moved, source
from api.shapes.keeping import (
    BackupShape,
    ComparedShape,
    CompareShape,
    CopyShape,
    DifferenceShape,
    DoctorShape,
    FindingShape,
    KeptShape,
    RestoreShape,
)
from graph.archive import Manifest
from graph.backup import Restored
from graph.comparing import Comparison
from graph.copying import Copied


def copy(origin: str, target: str, copied: Copied) -> CopyShape:
    """What `credpath copy` did."""
    return CopyShape(
        origin=origin,
        target=target,
        sources=tuple(moved(*each) for each in copied.changes),
        kept=tuple(map(source, copied.kept)),
        removed=tuple(map(source, copied.removed)),
        revision_from=copied.revision_from,
        revision_before=copied.before,
        revision_to=copied.revision_to,
        equal=copied.equal,
    )


def compare(one: str, other: str, found: Comparison) -> CompareShape:
    """What `credpath compare` found."""
    return CompareShape(
        one=one,
        other=other,
        equal=found.equal,
        sources=tuple(
            ComparedShape(
                source=each.source,
                title=each.title,
                described_alike=each.described_alike,
                equal=each.equal,
                only_one=each.only_one,
                only_other=each.only_other,
                differing=each.differing,
            )
            for each in found.sources
        ),
        differences=tuple(
            DifferenceShape(
                source=each.source,
                kind=each.kind,
                id=each.id,
                place=each.place,
                field=each.field,
                one=each.one,
                other=each.other,
            )
            for each in found.differences
        ),
        difference_count=found.count,
    )


def backup(store: str, file: str, size: int, manifest: Manifest) -> BackupShape:
    """What `credpath backup` wrote."""
    return BackupShape(
        store=store,
        file=file,
        bytes=size,
        written=manifest.written,
        sources=tuple(
            KeptShape(
                source=kept.info.id, title=kept.info.title, part=kept.part, records=kept.records, digest=kept.digest
            )
            for kept in manifest.sources
        ),
        revision=manifest.revision,
    )


def restore(store: str, file: str, manifest: Manifest, restored: Restored) -> RestoreShape:
    """What `credpath restore` did."""
    return RestoreShape(
        store=store,
        file=file,
        written=manifest.written,
        sources=tuple(moved(*each) for each in restored.changes),
        removed=tuple(map(source, restored.removed)),
        revision_before=restored.before,
        revision=restored.revision,
    )


def doctor(found: Diagnosis) -> DoctorShape:
    """What `credpath doctor` found."""
    states = [finding.state for finding in found.findings]
    return DoctorShape(
        store=found.store,
        version=found.version,
        findings=tuple(
            FindingShape(check=each.check, state=each.state, says=each.says, do=each.do) for each in found.findings
        ),
        problems=states.count("problem"),
        warnings=states.count("warning"),
    )
