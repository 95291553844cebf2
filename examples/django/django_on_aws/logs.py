"""One line of JSON for each record, with its level in capitals: the platform's alarms count lines with ERROR and CRITICAL."""

import json
import logging
from datetime import datetime, timezone


class JsonFormatter(logging.Formatter):
    """A traceback stays in its line."""

    def format(self, record):
        entry = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if status := getattr(record, "status_code", None):
            entry["status"] = status
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
