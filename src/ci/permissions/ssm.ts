// Systems Manager: the parameter that says that the database and its secret have the same password.
import { writtenPassword } from "../../model/names/data-stores";
import { actions, type PermissionsOf } from "../grant";

export const ssm: PermissionsOf = ({ environment, arn }) => {
  if (environment.database?.credentials !== "secrets-manager") {
    return undefined;
  }
  const { path, name } = writtenPassword(environment.name);
  const own = arn("ssm", `parameter${name}`);
  return {
    grants: [
      {
        // IAM knows no resource for it.
        sid: "FindParameters",
        access: "read",
        actions: ["ssm:DescribeParameters"],
        resources: ["*"],
      },
      {
        sid: "ReadWrittenPassword",
        access: "read",
        actions: actions("ssm", [
          "GetParameter",
          "GetParameters",
          "GetParametersByPath",
          "ListTagsForResource",
        ]),
        // The last but one is asked of the folder.
        resources: [own, arn("ssm", `parameter${path}`)],
      },
      {
        sid: "OwnWrittenPassword",
        access: "write",
        actions: actions("ssm", [
          "AddTagsToResource",
          "DeleteParameter",
          "PutParameter",
          "RemoveTagsFromResource",
        ]),
        resources: [own],
      },
    ],
    own: [arn("ssm", `parameter${path}*`)],
  };
};
