# Scans folders with Checkov, in one process, and asks nobody: prints what it found and what it was told to skip in each, as JSON.
import json
import os
import sys

os.environ["LOG_LEVEL"] = "ERROR"
os.environ["BC_SKIP_MAPPING"] = "TRUE"

from checkov.runner_filter import RunnerFilter  # noqa: E402
from checkov.terraform.runner import Runner  # noqa: E402
from checkov.terraform_json.runner import TerraformJsonRunner  # noqa: E402
from checkov.version import version  # noqa: E402


def rows(checks):
    return [
        {
            "check": check.check_id,
            "resource": check.resource,
            "file": check.file_path.lstrip("/"),
            "line": check.file_line_range[0],
            "says": check.check_name,
        }
        for check in checks
    ]


said = {}
for folder in sys.argv[1:]:
    json_here = os.path.exists(os.path.join(folder, "cdk.tf.json"))
    runner = TerraformJsonRunner() if json_here else Runner()
    report = runner.run(root_folder=folder, runner_filter=RunnerFilter(framework=[runner.check_type]))
    said[folder] = {
        "failed": rows(report.failed_checks),
        "skipped": rows(report.skipped_checks),
        "passed": len(report.passed_checks),
        "errors": report.parsing_errors,
    }
json.dump({"version": version, "said": said}, sys.stdout)
