"""How the API writes JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer


class FastJSON(JSONRenderer):
    """The same JSON, written several times faster; what only Django's encoder knows (lazy words, decimals) goes through it."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if data is None:
            return b""
        try:
            return orjson.dumps(data, default=self._other, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
        except TypeError:  # a number beyond 64 bits
            return super().render(data, accepted_media_type, renderer_context)

    def _other(self, value: Any) -> Any:
        if type(value) is date:
            return value.isoformat()
        return self.encoder_class().default(value)
