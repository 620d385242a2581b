from inspections.models.adoptions import Adoption, AdoptionStage, Way
from inspections.models.assessments import Answer, Assessment, Mark, Sheet, Source, Stage, Step
from inspections.models.cycles import Cycle, CycleKind, CycleState, Phase, PhaseKind
from inspections.models.elections import ElectionLetter
from inspections.models.findings import (
    CloseRule,
    Counter,
    Entry,
    Extension,
    Finding,
    FindingSource,
    FindingStage,
    Notification,
    Signoff,
)
from inspections.models.ledgers import Fired, Rung, SavedColumns
from inspections.models.visits import Member, Stop, StopState, Tap, Visit

__all__ = [
    "Adoption",
    "AdoptionStage",
    "Answer",
    "Assessment",
    "CloseRule",
    "Counter",
    "Cycle",
    "CycleKind",
    "CycleState",
    "ElectionLetter",
    "Entry",
    "Extension",
    "Finding",
    "FindingSource",
    "FindingStage",
    "Fired",
    "Mark",
    "Member",
    "Notification",
    "Phase",
    "PhaseKind",
    "Rung",
    "SavedColumns",
    "Sheet",
    "Signoff",
    "Source",
    "Stage",
    "Step",
    "Stop",
    "StopState",
    "Tap",
    "Visit",
    "Way",
]
