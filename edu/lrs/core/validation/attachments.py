"""What a statement says of its attachments (Data 2.4.11, IEEE 9274.1.1 4.2.2.6)."""

from edu.lrs.core.validation.shapes import array, record
from edu.lrs.core.values import count, iri, language_map, media_type, sha2

attachments = array(
    "Data 2.4.11",
    record(
        "Data 2.4.11",
        {
            "usageType": iri,
            "display": language_map,
            "description": language_map,
            "contentType": media_type,
            "length": count,
            "sha2": sha2,
            "fileUrl": iri,
        },
        required=("usageType", "display", "contentType", "length", "sha2"),
    ),
)
