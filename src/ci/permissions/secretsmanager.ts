// Secrets Manager: secrets are made and described here; of those that are generated, nothing reads the value but what composes the
// database's URL and what gives the cache its password.
import { usersWithUrl } from "../../model/database-login";
import { anySecret, cacheSecret, databaseUserSecret } from "../../model/names/services";
import { existingSecrets } from "../../model/secrets";
import { actions, type Grant, type PermissionsOf, type Scope } from "../grant";

export const secretsmanager: PermissionsOf = (scope) => {
  const own = ownSecretArns(scope);
  const existing = existingSecretArns(scope);
  const readValues: Grant = {
    // `preflight` looks whether the values that people have put there can be right, before they are deployed.
    sid: "CheckGivenSecrets",
    access: "write",
    actions: ["secretsmanager:GetSecretValue"],
    resources: existing,
  };
  return {
    grants: [
      {
        sid: "DescribeSecrets",
        access: "read",
        actions: actions("secretsmanager", [
          "DescribeSecret",
          "GetResourcePolicy",
          // How the AWS provider, from 6.26 on, looks after a value that it has written: before, it read the value.
          "ListSecretVersionIds",
        ]),
        resources: [...own, ...existing],
      },
      {
        // A random text, made anew at each plan and kept nowhere. It knows no resource.
        sid: "MakeUpPasswords",
        access: "read",
        actions: ["secretsmanager:GetRandomPassword"],
        resources: ["*"],
      },
      {
        sid: "OwnSecrets",
        access: "write",
        actions: actions("secretsmanager", [
          "CreateSecret",
          "DeleteSecret",
          "PutSecretValue",
          "TagResource",
          "UntagResource",
          "UpdateSecret",
          "UpdateSecretVersionStage",
        ]),
        resources: own,
      },
      ...(existing.length > 0 ? [readValues] : []),
      ...(scope.environment.cache?.authentication === "password" ? [readCachePassword(scope)] : []),
      ...composeUrls(scope),
    ],
    own,
  };
};

/** `cache-user` gives the cache its password: nobody else can, and Terraform must not know it. */
function readCachePassword({ environment, arn }: Scope): Grant {
  return {
    sid: "ReadCachePassword",
    access: "write",
    actions: ["secretsmanager:GetSecretValue"],
    resources: [arn("secretsmanager", `secret:${cacheSecret(environment.names.secrets)}-??????`)],
  };
}

/** Whoever applies: Terraform takes the password from its secret where the URL is written, or might be. */
function composeUrls({ environment, arn }: Scope): Grant[] {
  const { names } = environment;
  const logins = usersWithUrl(environment).map((user) =>
    user === "application" ? databaseUserSecret(names.secrets) : names.databaseSecret,
  );
  return logins.length === 0
    ? []
    : [
        {
          sid: "ComposeDatabaseUrl",
          access: "write",
          actions: ["secretsmanager:GetSecretValue"],
          resources: logins.map((secret) => arn("secretsmanager", `secret:${secret}-??????`)),
        },
      ];
}

/** The ARNs of the secrets that an environment makes, as patterns. */
export function ownSecretArns({ environment, arn }: Pick<Scope, "environment" | "arn">): string[] {
  const { names, database } = environment;
  const folder = `${names.secrets}/`;
  const elsewhere = database?.credentials === "secrets-manager" && !names.databaseSecret.startsWith(folder);
  return [anySecret(names.secrets), ...(elsewhere ? [`${names.databaseSecret}-??????`] : [])].map((secret) =>
    arn("secretsmanager", `secret:${secret}`),
  );
}

/** The ARNs of the secrets that an environment names and does not make, once each. */
export function existingSecretArns({ environment, arn }: Pick<Scope, "environment" | "arn">): string[] {
  // Secrets Manager adds a hyphen and six characters to a name.
  return existingSecrets(environment).map((secret) =>
    secret.startsWith("arn:") ? secret : arn("secretsmanager", `secret:${secret}-??????`),
  );
}
