// Keys, backups and repositories, against the region and the sections that they are for.
import { placeOf } from "../schema/arn";
import { givenKeyArn } from "../schema/encryption";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";
import { unknownName } from "./spelling";

export const checkEncryption: Check = ({ encryption, region, account }) => {
  const arn = encryption && givenKeyArn(encryption);
  const key = placeOf(arn);
  const problems: Problem[] = [];
  if (arn && region && key.region !== region) {
    problems.push(problem("encryption.key", arn, `Give a key in ${region}, where the data is.`));
  }
  if (arn && account && key.account !== account) {
    const remedy = `Give a key of the account ${account}: its policy and the roles' must allow each other.`;
    problems.push(problem("encryption.key", arn, remedy));
  }
  return problems;
};

export const checkBackup: Check = ({ backup, region, declared }) => [
  ...(declared.has("backup") && !declared.has("database")
    ? [
        problem(
          "backup",
          declared.get("backup"),
          'Add the section "database", or remove this: there is nothing to back up.',
        ),
      ]
    : []),
  ...(backup?.copyTo && backup.copyTo.region === region
    ? [problem("backup.copyTo.region", region, "Choose another region than the environment's own.")]
    : []),
];

export const checkRegistry: Check = ({ registry, serviceKeys }) =>
  (registry?.repositories ?? []).flatMap((key, index) =>
    serviceKeys.includes(key)
      ? []
      : [problem(`registry.repositories[${index}]`, key, unknownName("service", key, serviceKeys))],
  );
