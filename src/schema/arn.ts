// What an ARN says of where its resource is, so that it can be compared with where the environment is.

/** The parts of an ARN that are compared; both `undefined` in what is no ARN, such as a key's alias. */
interface Place {
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** Where the resource of an ARN is: "Amazon Resource Names (ARNs)", IAM user guide. */
export function placeOf(arn: string | undefined): Place {
  const [, , , region, account] = arn?.split(":") ?? [];
  return { region, account };
}
