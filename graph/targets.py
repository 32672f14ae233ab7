"""What a link may lead to: asked where links are checked, in the index and on a server's own graph.

A link to a thing of another kind, like one to a thing that nobody knows, leads nowhere.
"""

from collections.abc import Mapping

from ontology.records import (
    RECORD_TYPES,
    Assessment,
    Assignment,
    Competency,
    Credential,
    Framework,
    Level,
    Provider,
    Record,
    Requirement,
    Role,
    Scale,
)

TARGETS: Mapping[str, tuple[type[Record], ...]] = {
    "scale": (Scale,),
    "framework": (Framework,),
    "replaces": (Framework,),
    "broader": (Competency,),
    "competency": (Competency,),
    "level": (Level,),
    "general_level": (Level,),
    "ladder": (Framework,),
    "subject": (Role, Credential, Assignment, Provider, Assessment),
    "requirement": (Requirement,),
    "credential": (Credential,),
    "provider": (Provider,),
    "assessment": (Assessment,),
    "part": (Credential,),
    "whole": (Credential,),
    "held": (Credential,),
    "into": (Credential,),
    "one": (Competency, Role, Level),
    "other": (Competency, Role, Level),
    "from_role": (Role,),
    "to_role": (Role,),
    "to": RECORD_TYPES,
}
"""The kinds that each link field may lead to."""
