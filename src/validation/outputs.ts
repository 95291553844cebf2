// Where outputs are published, against what else is in Parameter Store.
import { writtenPassword } from "../model/names/data-stores";
import { outputsPath } from "../model/names/parameters";
import { type Check, problem } from "./check";

/** What stands beside that parameter counts as that parameter: the password would be made anew. */
export const checkOutputs: Check = ({ name, outputs }) =>
  name !== undefined && outputs && outputsPath(outputs.parameterPrefix, name) === writtenPassword(name).path
    ? [
        problem(
          "outputs.parameterPrefix",
          outputs.parameterPrefix,
          "Choose another prefix: there is what says that the database's password was written.",
        ),
      ]
    : [];
