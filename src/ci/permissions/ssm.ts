// Systems Manager: the parameter that says that the database and its secret have the same password, and the published outputs.
import { writtenPassword } from "../../model/names/data-stores";
import { outputParameter, outputsPath } from "../../model/names/parameters";
import { actions, type Grant, type PermissionsOf, type Scope, type ServicePermissions } from "../grant";

export const ssm: PermissionsOf = (scope) => {
  const parts = [passwordWritten(scope), publishedOutputs(scope)].filter((part) => part !== undefined);
  return parts.length === 0
    ? undefined
    : {
        grants: [
          {
            // IAM knows no resource for it.
            sid: "FindParameters",
            access: "read",
            actions: ["ssm:DescribeParameters"],
            resources: ["*"],
          },
          ...parts.flatMap(({ grants }) => grants),
        ],
        own: parts.flatMap(({ own = [] }) => own),
      };
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
