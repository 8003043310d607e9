"""A password or token in a body: hidden from the moment it is parsed, never trimmed or echoed."""

from __future__ import annotations

from typing import Annotated

from pydantic import GetPydanticSchema
from pydantic_core import core_schema

from wardops.core.secrets import Secret

MAX_LENGTH = 1000

_SCHEMA = core_schema.no_info_after_validator_function(
    Secret,
    core_schema.str_schema(max_length=MAX_LENGTH, strip_whitespace=False),
    metadata={"pydantic_js_updates": {"format": "password"}},
)

SecretIn = Annotated[Secret, GetPydanticSchema(lambda _source, _handler: _SCHEMA)]
