"""Step Functions: ValidateStateMachineDefinition and ListStateMachineVersions.

The provider has AWS check a definition with each plan, and asks for a machine's versions whenever it reads it; moto has
neither call. Its own parser of Amazon States Language checks here, so that a wrong definition fails as it does with AWS.
"""

from moto.core.responses import ActionResult
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.responses import StepFunctionResponse


def validate_state_machine_definition(self):
    try:
        AmazonStateLanguageParser.parse(self._get_param("definition"))
        problems = []
    except Exception as problem:
        problems = [{"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": str(problem)}]
    return ActionResult({"result": "FAIL" if problems else "OK", "diagnostics": problems})


def list_state_machine_versions(self):
    # None is ever published here.
    return ActionResult({"stateMachineVersions": []})


def close():
    StepFunctionResponse.validate_state_machine_definition = validate_state_machine_definition
    StepFunctionResponse.list_state_machine_versions = list_state_machine_versions
