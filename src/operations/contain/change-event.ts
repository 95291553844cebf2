// A change to a security group, read out of what CloudTrail recorded of the call.
import type { Event } from "@aws-sdk/client-cloudtrail";
import { z } from "zod";
import { changeText, type NameOf, type RecordedCall } from "./change-words";

const parameters = z.record(z.string(), z.unknown()).nullish();

const record = z.object({
  userIdentity: z.object({ arn: z.string().optional(), invokedBy: z.string().optional() }).optional(),
  sourceIPAddress: z.string().optional(),
  errorCode: z.string().optional(),
  requestParameters: parameters,
  responseElements: parameters,
});

/** One call that changed, or tried to change, a security group. */
export interface ChangeEvent extends RecordedCall {
  /** ISO 8601. */
  readonly at: string;
  /** ARN of who called, or what CloudTrail has instead. */
  readonly who: string;
  /** The address that the call came from, or the AWS service that made it. */
  readonly from: string;
  /** ID of the group; `undefined` where the call named none, or was refused before it made one. */
  readonly groupId: string | undefined;
  /** Why AWS refused it; `null` where it did not. */
  readonly error: string | null;
}

/** Reads an event; what is missing in it stays empty. */
export function readEvent({ EventName = "", EventTime, Username = "", CloudTrailEvent }: Event): ChangeEvent {
  const { userIdentity, sourceIPAddress, errorCode, requestParameters, responseElements } =
    recorded(CloudTrailEvent);
  const given = fields(lowerCamelCase(requestParameters));
  // Newer calls wrap their parameters: ModifySecurityGroupRulesRequest.
  const inner = { ...given, ...fields(given[`${lowerFirst(EventName)}Request`]) };
  const answer = fields(lowerCamelCase(responseElements));
  const groupId = inner.groupId ?? answer.groupId;
  return {
    at: EventTime?.toISOString() ?? "",
    who: userIdentity?.arn ?? userIdentity?.invokedBy ?? Username,
    from: sourceIPAddress ?? "",
    event: EventName,
    groupId: typeof groupId === "string" ? groupId : undefined,
    parameters: inner,
    answer,
    error: errorCode ?? null,
  };
}

/** The groups of the platform's VPC: a name for each ID. */
export interface KnownGroups {
  readonly vpcIds: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The events that concern a group of the platform's VPC, or one that may have been there: it was made there, or was
 * deleted in the meantime, and then nobody knows any more where it was.
 */
export function concerning(events: readonly ChangeEvent[], { vpcIds, names }: KnownGroups): ChangeEvent[] {
  const succeeded = events.filter(({ error }) => error === null);
  const made = succeeded.filter(({ parameters }) => vpcIds.some((id) => id === parameters.vpcId));
  const deleted = succeeded.filter(({ event }) => event === "DeleteSecurityGroup");
  const ids = new Set([...names.keys(), ...[...made, ...deleted].map(({ groupId }) => groupId)]);
  return events.filter(({ groupId, parameters }) =>
    groupId === undefined ? vpcIds.some((id) => id === parameters.vpcId) : ids.has(groupId),
  );
}

/** One call, as a person and a script read it. */
export interface SecurityGroupChange extends Pick<ChangeEvent, "at" | "who" | "from" | "event" | "error"> {
  /** The group's ID, where the call named one, and the platform's name for it, where it has one. */
  readonly group: { readonly id: string | null; readonly name: string | null };
  /** The change in words, a line for each rule. */
  readonly what: string;
}

/** The event with the platform's names for the groups. */
export function described(event: ChangeEvent, { names }: KnownGroups): SecurityGroupChange {
  const nameOf: NameOf = (id) => names.get(id) ?? id;
  const { at, who, from, error, groupId: id = null } = event;
  const name = (id === null ? undefined : names.get(id)) ?? null;
  return { at, who, from, event: event.event, error, group: { id, name }, what: changeText(event, nameOf) };
}

function recorded(text: string | undefined): z.output<typeof record> {
  try {
    return record.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Some calls are recorded with `GroupId`, others with `groupId`. */
function lowerCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowerCamelCase);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [lowerFirst(key), lowerCamelCase(inner)]),
      )
    : value;
}

function lowerFirst(key: string): string {
  return key.charAt(0).toLowerCase() + key.slice(1);
}
