// Systems Manager: the parameter that says that the database and its secret have the same password, the published outputs, and what
// services are given of other people's parameters.
import { writtenPassword } from "../../model/names/data-stores";
import { outputParameter, outputsPath, parameterResource } from "../../model/names/parameters";
import { existingParameters } from "../../model/secrets";
import { actions, type Grant, type PermissionsOf, type Scope, type ServicePermissions } from "../grant";

export const ssm: PermissionsOf = (scope) => {
  const parts = [passwordWritten(scope), publishedOutputs(scope)].filter((part) => part !== undefined);
  const given = givenParameters(scope);
  return parts.length + given.length === 0
    ? undefined
    : {
        grants: [...(parts.length > 0 ? [FIND] : []), ...parts.flatMap(({ grants }) => grants), ...given],
        own: parts.flatMap(({ own = [] }) => own),
      };
};

/** IAM knows no resource for it. */
const FIND: Grant = {
  sid: "FindParameters",
  access: "read",
  actions: ["ssm:DescribeParameters"],
  resources: ["*"],
};

const READ = ["GetParameter", "GetParameters", "ListTagsForResource"];
const WRITE = ["AddTagsToResource", "DeleteParameter", "PutParameter", "RemoveTagsFromResource"];

function passwordWritten({ environment, arn }: Scope): ServicePermissions | undefined {
  if (environment.database?.credentials !== "secrets-manager") {
    return undefined;
  }
  const { path, name } = writtenPassword(environment.name);
  const own = arn("ssm", `parameter${name}`);
  return {
    grants: [
      {
        sid: "ReadWrittenPassword",
        access: "read",
        actions: actions("ssm", [...READ, "GetParametersByPath"]),
        // The last of them is asked of the folder.
        resources: [own, arn("ssm", `parameter${path}`)],
      },
      { sid: "OwnWrittenPassword", access: "write", actions: actions("ssm", WRITE), resources: [own] },
    ],
    own: [arn("ssm", `parameter${path}*`)],
  };
}

function publishedOutputs({ environment, arn }: Scope): ServicePermissions | undefined {
  const { name, outputs } = environment;
  if (!outputs) {
    return undefined;
  }
  const own = [arn("ssm", `parameter${outputParameter(outputsPath(outputs.parameterPrefix, name), "*")}`)];
  const grant = (sid: string, access: Grant["access"], names: readonly string[]): Grant => ({
    sid,
    access,
    actions: actions("ssm", names),
    resources: own,
  });
  return {
    grants: [grant("ReadOutputParameters", "read", READ), grant("OwnOutputParameters", "write", WRITE)],
    own,
  };
}

/** `preflight` looks whether the parameters that people have put there are there, before they are deployed. */
function givenParameters(scope: Scope): Grant[] {
  const existing = existingParameterArns(scope);
  return existing.length === 0
    ? []
    : [{ sid: "CheckGivenParameters", access: "write", actions: ["ssm:GetParameter"], resources: existing }];
}

/**
 * The ARNs of the parameters that an environment names and does not make, once each; of several in one folder, such as a stage's, that
 * of all in it: a policy takes 6,144 characters. The roles of services may read their own parameters alone.
 */
export function existingParameterArns({ environment, arn }: Pick<Scope, "environment" | "arn">): string[] {
  const existing = existingParameters(environment).map((parameter) =>
    parameter.startsWith("arn:") ? parameter : arn("ssm", parameterResource(parameter)),
  );
  const folderOf = (parameter: string) => parameter.slice(0, parameter.lastIndexOf("/"));
  const isShared = (folder: string) =>
    !folder.endsWith(":parameter") && existing.filter((one) => folderOf(one) === folder).length > 1;
  return [...new Set(existing.map((one) => (isShared(folderOf(one)) ? `${folderOf(one)}/*` : one)))];
}
