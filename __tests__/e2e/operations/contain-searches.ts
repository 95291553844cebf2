// `contain logs` and `contain changes`, which look and change nothing.
import { type AwsAnswer, jsonAnswer, jsonError } from "../support/aws-proxy";
import { ec2Client, findVpc, securityGroupNames } from "../support/ec2";
import type { Drill } from "./drill";
import type { Stage } from "./stage";

export function describeContainSearches(stage: () => Stage, drill: () => Drill): void {
  it("finds signs in a service's log", async () => {
    await drill().log(
      "ecs/django/one",
      "GET /health/live/ 200",
      "ERROR: relation does not exist",
      "login FAILED for admin",
      "\u001b[2Jall is well, says the log",
    );
    try {
      const { exitCode, json } = await stage().ops("contain", "logs", "django", "--json");
      const found = (message: string) => ({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        stream: "ecs/django/one",
        message,
      });
      expect(exitCode).toBe(0);
      expect(json).toMatchObject({
        command: "contain logs",
        ok: true,
        service: "django",
        logGroup: "/ecs/lightwave-django-prod",
        pattern: "ERROR|WARN|FAIL",
        events: [found("ERROR: relation does not exist"), found("login FAILED for admin")],
        truncated: false,
      });

      const limited = await stage().ops("contain", "logs", "django", "--limit", "1");
      expect(limited.stdout).toContain("There are more: these are the earliest 1.");
      const well = await stage().ops("contain", "logs", "django", "--pattern", "all is (well|fine)");
      expect(well.stdout).toContain("  all is well, says the log");
      expect(well.stdout).not.toContain("\u001b");
      const recent = await stage().ops("contain", "logs", "django", "--since", "90s", "--json");
      expect(recent.json).toMatchObject({ events: [] });
    } finally {
      await drill().removeLog("ecs/django/one");
    }
  });

  it("lets CloudWatch Logs leave out what cannot match, and goes on after an empty page", async () => {
    const asked: unknown[] = [];
    stage().proxy.answer("logs:FilterLogEvents", ({ body }) => {
      const { filterPattern, nextToken } = JSON.parse(body);
      asked.push({ filterPattern, nextToken });
      return nextToken === undefined
        ? jsonAnswer({ events: [], nextToken: "more" })
        : jsonAnswer({ events: [{ timestamp: 0, logStreamName: "s", message: "WARN: late" }] });
    });
    const { json } = await stage().ops("contain", "logs", "django", "--json");
    expect(json).toMatchObject({
      events: [{ time: "1970-01-01T00:00:00.000Z", stream: "s", message: "WARN: late" }],
    });
    expect(asked).toEqual([
      { filterPattern: "%ERROR|WARN|FAIL%", nextToken: undefined },
      { filterPattern: "%ERROR|WARN|FAIL%", nextToken: "more" },
    ]);
  });

  it("lists who changed the platform's security groups, over all pages", async () => {
    const groups = await groupIds(stage());
    const postgres = groups["lightwave-django-prod-postgres-sg"];
    const ingress = (groupId: string | undefined, cidrIp: string) => ({
      groupId,
      ipPermissions: {
        items: [{ ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ipRanges: { items: [{ cidrIp }] } }],
      },
    });
    const asked: string[] = [];
    stage().proxy.answer("cloudtrail:LookupEvents", ({ body }): AwsAnswer => {
      const { LookupAttributes, NextToken } = JSON.parse(body);
      const call = LookupAttributes[0].AttributeValue;
      asked.push(NextToken === undefined ? call : `${call} ${NextToken}`);
      if (call === "AuthorizeSecurityGroupIngress") {
        return NextToken === undefined
          ? jsonAnswer({
              Events: [event(call, 1_795_000_300, { requestParameters: ingress(postgres, "0.0.0.0/0") })],
              NextToken: "more",
            })
          : jsonAnswer({
              Events: [
                event(call, 1_795_000_100, {
                  requestParameters: ingress(postgres, "203.0.113.7/32"),
                  errorCode: "Client.UnauthorizedOperation",
                }),
                event(call, 1_795_000_200, { requestParameters: ingress("sg-elsewhere", "0.0.0.0/0") }),
              ],
            });
      }
      return jsonAnswer({ Events: [] });
    });
    const { exitCode, json } = await stage().ops("contain", "changes", "--json");
    const change = (at: string, what: string, error: string | null) => ({
      at,
      who: "arn:aws:iam::123456789012:user/mallory",
      from: "198.51.100.23",
      event: "AuthorizeSecurityGroupIngress",
      error,
      group: { id: postgres, name: "postgres" },
      what,
    });
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      command: "contain changes",
      ok: true,
      all: false,
      changes: [
        change("2026-11-18T11:08:20.000Z", "5432/tcp from 203.0.113.7/32", "Client.UnauthorizedOperation"),
        change("2026-11-18T11:11:40.000Z", "5432/tcp from 0.0.0.0/0", null),
      ],
    });
    expect(asked).toEqual([
      "AuthorizeSecurityGroupEgress",
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupIngress more",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
      "ModifySecurityGroupRules",
      "RevokeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
      "UpdateSecurityGroupRuleDescriptionsEgress",
      "UpdateSecurityGroupRuleDescriptionsIngress",
    ]);

    const all = await stage().ops("contain", "changes", "--all");
    expect(all.exitCode).toBe(0);
    expect(all.stdout).toContain("sg-elsewhere");
    expect(all.stdout).toContain("3 changes since");
  });

  it("names the permission that is missing to see changes", async () => {
    stage().proxy.answer("cloudtrail:LookupEvents", () =>
      jsonError("AccessDeniedException", "User is not authorized to perform: cloudtrail:LookupEvents"),
    );
    const { exitCode, json } = await stage().ops("contain", "changes", "--json");
    expect({ exitCode, json }).toMatchObject({
      exitCode: 3,
      json: {
        ok: false,
        error: { kind: "not-allowed", call: "CloudTrail LookupEvents", iamAction: "cloudtrail:LookupEvents" },
      },
    });
  });
}

/** An event as LookupEvents has it. */
function event(name: string, seconds: number, record: object): object {
  return {
    EventId: `${name}-${seconds}`,
    EventName: name,
    EventTime: seconds,
    Username: "mallory",
    CloudTrailEvent: JSON.stringify({
      eventName: name,
      userIdentity: { type: "IAMUser", arn: "arn:aws:iam::123456789012:user/mallory" },
      sourceIPAddress: "198.51.100.23",
      ...record,
    }),
  };
}

/** IDs of the VPC's security groups, by Name tag. */
async function groupIds({ emulator }: Stage): Promise<Readonly<Record<string, string>>> {
  const client = ec2Client(emulator.endpoint);
  try {
    const names = await securityGroupNames(
      client,
      (await findVpc(client, "lightwave-django-prod-vpc")) ?? "",
    );
    return Object.fromEntries([...names].map(([id, name]) => [name, id]));
  } finally {
    client.destroy();
  }
}
