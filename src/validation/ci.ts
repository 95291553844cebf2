// What a pipeline needs of the rest of the environment: a known account, a tag of its own, and a state that its runners find again.
import { type Check, problem } from "./check";

export const checkCi: Check = ({ name, state, tags, declared }) => {
  if (!declared.has("ci")) {
    return [];
  }
  const tag = tags?.Environment;
  return [
    ...(name !== undefined && tag !== undefined && tag !== name
      ? [
          problem(
            "tags.Environment",
            tag,
            `Leave it out, for it to be "${name}": by this tag CI's roles tell what is the environment's from what is another's.`,
          ),
        ]
      : []),
    ...(declared.has("account")
      ? []
      : [
          problem(
            "account",
            undefined,
            "Name the account: CI's roles are written for its resources and no others.",
          ),
        ]),
    ...(state?.backend === "local"
      ? [
          problem(
            "state.backend",
            "local",
            'Keep the state in S3 ("s3"), or bring a backend of your own ("none"): the machines that CI runs on keep no files.',
          ),
        ]
      : []),
  ];
};
