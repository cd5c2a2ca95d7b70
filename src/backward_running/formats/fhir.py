"""Observations as a FHIR R4 bundle: what has a LOINC code bears it, the rest says in words what it is.

References
----------
HL7 FHIR R4 (4.0.1), Observation and the vital signs profile, https://hl7.org/fhir/R4/observation-vitalsigns.html;
LOINC, https://loinc.org. Each code was read in a published profile or example.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
REASONS = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"


@dataclass(frozen=True, slots=True)
class Code:
    """What an observation is of: a LOINC code where there is one."""

    text: str
    loinc: str | None = None
    display: str = ""
    category: str = "activity"  #: of the observation categories: vital-signs, survey, activity, exam


@dataclass(frozen=True, slots=True)
class Observation:
    """One value on a day."""

    code: Code
    on: date | datetime
    value: float
    unit: str  #: as it is read
    ucum: str  #: its UCUM code
    body_site: str | None = None
    note: str | None = None


#: By kind of measurement; what is not here has no code that was read.
CODES = {
    "weight": Code("Body weight", "29463-7", "Body weight", "vital-signs"),
    "body_fat": Code("Body fat", "41982-0", "Percentage of body fat Measured", "exam"),
    "pain": Code("Pain, 0 to 10", "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "survey"),
    "run": Code("Duration of a run", "55411-3", "Exercise duration", "activity"),
}


def write_bundle(observations: Sequence[Observation], *, made_at: datetime, subject: str, is_simulated: bool) -> bytes:
    """Write a bundle of observations.

    Parameters
    ----------
    observations : sequence of Observation
        In order.
    made_at : datetime
        Aware.
    subject : str
        Who they are of, in words: no patient of any system is named.
    is_simulated : bool
        Then every observation is tagged as test data.

    Returns
    -------
    bytes
        JSON, a collection. The same observations give the same bytes.
    """
    tag = {
        "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
        "code": "HTEST",
        "display": "test health data",
    }
    meta = {"tag": [tag]} if is_simulated else {}
    entries = []
    for number, told in enumerate(observations):
        made = _observation(told, subject)
        address = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{number} {json.dumps(made, sort_keys=True)}')}"
        entries.append({"fullUrl": address, "resource": made | ({"meta": meta} if meta else {})})
    bundle: dict[str, object] = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": made_at.isoformat(timespec="seconds"),
    }
    if entries:
        bundle["entry"] = entries
    return json.dumps(bundle | ({"meta": meta} if meta else {}), ensure_ascii=False, indent=1).encode()


def _observation(told: Observation, subject: str) -> dict[str, object]:
    code: dict[str, object] = {"text": told.code.text}
    if told.code.loinc:
        code["coding"] = [{"system": LOINC, "code": told.code.loinc, "display": told.code.display}]
    on = told.on.isoformat(timespec="seconds") if isinstance(told.on, datetime) else told.on.isoformat()
    quantity: dict[str, object] = {"value": told.value, "system": UCUM, "code": told.ucum}
    made: dict[str, object] = {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": told.code.category}]}],
        "code": code,
        "subject": {"display": subject},
        "effectiveDateTime": on,
        "valueQuantity": quantity | ({"unit": told.unit} if told.unit else {}),
    }
    if told.body_site:
        made["bodySite"] = {"text": told.body_site}
    if told.note:
        made["note"] = [{"text": told.note}]
    return made
