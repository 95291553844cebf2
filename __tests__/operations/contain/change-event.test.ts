// Changes to security groups, from CloudTrail's records in the shapes that EC2 has given them over the years.
import {
  concerning,
  described,
  type KnownGroups,
  readEvent,
} from "../../../src/operations/contain/change-event";

const GROUPS: KnownGroups = {
  vpcIds: ["vpc-1"],
  names: new Map([
    ["sg-db", "postgres"],
    ["sg-web", "django"],
  ]),
};

const TIME = new Date("2026-01-02T03:04:05Z");

function event(EventName: string, record: object) {
  return readEvent({
    EventName,
    EventTime: TIME,
    Username: "mallory",
    CloudTrailEvent: JSON.stringify(record),
  });
}

/** The change in words. */
function words(name: string, requestParameters: object, responseElements: object | null = null): string {
  return described(event(name, { requestParameters, responseElements }), GROUPS).what;
}

const permissions = (...items: object[]) => ({ groupId: "sg-db", ipPermissions: { items } });

it("says who did it, from where, to which group, and whether AWS refused it", () => {
  const change = event("AuthorizeSecurityGroupIngress", {
    userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::1:assumed-role/admin/mallory" },
    sourceIPAddress: "198.51.100.23",
    errorCode: "Client.InvalidPermission.Duplicate",
    requestParameters: permissions({
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      groups: {},
      ipRanges: { items: [{ cidrIp: "0.0.0.0/0", description: "psql" }] },
      ipv6Ranges: {},
      prefixListIds: {},
    }),
    responseElements: null,
  });
  expect(described(change, GROUPS)).toEqual({
    at: "2026-01-02T03:04:05.000Z",
    who: "arn:aws:sts::1:assumed-role/admin/mallory",
    from: "198.51.100.23",
    event: "AuthorizeSecurityGroupIngress",
    group: { id: "sg-db", name: "postgres" },
    what: "5432/tcp from 0.0.0.0/0",
    error: "Client.InvalidPermission.Duplicate",
  });
});

it.each([
  ["nothing", undefined],
  ["no JSON", "{"],
  ["another document", '{"userIdentity": 5}'],
])("takes what there is where the record is %s", (_, CloudTrailEvent) => {
  const change = readEvent({
    EventName: "DeleteSecurityGroup",
    EventTime: TIME,
    Username: "mallory",
    CloudTrailEvent,
  });
  expect(change).toMatchObject({ who: "mallory", from: "", groupId: undefined, error: null });
});

describe("rules in words", () => {
  it.each<[string, string, object, string]>([
    [
      "several peers and rules, a line each",
      "AuthorizeSecurityGroupIngress",
      permissions(
        {
          ipProtocol: "tcp",
          fromPort: 8000,
          toPort: 8100,
          ipRanges: { items: [{ cidrIp: "203.0.113.7/32" }] },
          ipv6Ranges: { items: [{ cidrIpv6: "::/0" }] },
          prefixListIds: { items: [{ prefixListId: "pl-1" }] },
          groups: { items: [{ groupId: "sg-web" }, { groupId: "sg-other", userId: "1" }] },
        },
        { ipProtocol: "-1", ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } },
        { ipProtocol: "icmp", fromPort: 8, toPort: -1, ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } },
      ),
      [
        "8000-8100/tcp from 203.0.113.7/32",
        "8000-8100/tcp from ::/0",
        "8000-8100/tcp from pl-1",
        "8000-8100/tcp from django",
        "8000-8100/tcp from sg-other",
        "all from 0.0.0.0/0",
        "icmp from 0.0.0.0/0",
      ].join("\n"),
    ],
    [
      "outbound",
      "RevokeSecurityGroupEgress",
      permissions({ ipProtocol: "-1", ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } }),
      "all to 0.0.0.0/0",
    ],
    [
      "a rule that becomes another",
      "ModifySecurityGroupRules",
      {
        ModifySecurityGroupRulesRequest: {
          GroupId: "sg-db",
          SecurityGroupRule: {
            SecurityGroupRuleId: "sgr-1",
            SecurityGroupRule: {
              IpProtocol: "tcp",
              FromPort: 22,
              ToPort: 22,
              CidrIpv4: "0.0.0.0/0",
              Description: "",
            },
            tag: 1,
          },
        },
      },
      "sgr-1 becomes 22/tcp with 0.0.0.0/0",
    ],
    ["a new group", "CreateSecurityGroup", { groupName: "backdoor", vpcId: "vpc-1" }, "backdoor in vpc-1"],
    ["a group's end", "DeleteSecurityGroup", { groupId: "sg-db" }, ""],
    [
      "what is not understood, as it was recorded",
      "UpdateSecurityGroupRuleDescriptionsIngress",
      { groupId: "sg-db", securityGroupRuleDescriptions: { items: [{ description: "nothing to see" }] } },
      '{"securityGroupRuleDescriptions":{"items":[{"description":"nothing to see"}]}}',
    ],
    [
      "a rule without a peer, as it was recorded",
      "AuthorizeSecurityGroupIngress",
      permissions({ ipProtocol: "tcp", fromPort: 22, toPort: 22 }),
      '{"ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22}]}}',
    ],
  ])("%s", (_, name, parameters, expected) => {
    expect(words(name, parameters)).toBe(expected);
  });

  it("what was revoked by its ID, from the answer, or the ID alone", () => {
    const parameters = {
      groupId: "sg-db",
      securityGroupRuleIds: { items: [{ securityGroupRuleId: "sgr-1" }] },
    };
    const revokedSecurityGroupRuleSet = {
      items: [
        {
          securityGroupRuleId: "sgr-1",
          groupId: "sg-db",
          isEgress: false,
          ipProtocol: "tcp",
          fromPort: 5432,
          toPort: 5432,
          referencedGroupId: "sg-web",
        },
      ],
    };
    expect(words("RevokeSecurityGroupIngress", parameters, { revokedSecurityGroupRuleSet })).toBe(
      "5432/tcp from django (sgr-1)",
    );
    expect(words("RevokeSecurityGroupIngress", parameters)).toContain("sgr-1");
  });

  it("finds the group in wrapped parameters, too", () => {
    const change = event("ModifySecurityGroupRules", {
      requestParameters: { ModifySecurityGroupRulesRequest: { GroupId: "sg-db" } },
    });
    expect(change.groupId).toBe("sg-db");
  });
});

describe("which changes concern the platform", () => {
  const groupIds = (...events: ReturnType<typeof event>[]) =>
    concerning(events, GROUPS).map(({ event: name, groupId }) => `${name} ${groupId}`);
  const authorize = (groupId: string) =>
    event("AuthorizeSecurityGroupIngress", { requestParameters: { groupId } });
  const create = (vpcId: string, groupId: string) =>
    event("CreateSecurityGroup", {
      requestParameters: { groupName: "new", vpcId },
      responseElements: { groupId },
    });

  it("those to groups of its VPC", () => {
    expect(groupIds(authorize("sg-db"), authorize("sg-elsewhere"))).toEqual([
      "AuthorizeSecurityGroupIngress sg-db",
    ]);
  });

  it("those to groups that were made in its VPC, even if they are gone", () => {
    expect(
      groupIds(
        create("vpc-1", "sg-new"),
        authorize("sg-new"),
        create("vpc-2", "sg-far"),
        authorize("sg-far"),
      ),
    ).toEqual(["CreateSecurityGroup sg-new", "AuthorizeSecurityGroupIngress sg-new"]);
  });

  it("those to groups that were deleted since, for nobody knows where they were", () => {
    const deletion = event("DeleteSecurityGroup", { requestParameters: { groupId: "sg-gone" } });
    const refused = event("DeleteSecurityGroup", {
      requestParameters: { groupId: "sg-far" },
      errorCode: "Client.UnauthorizedOperation",
    });
    expect(groupIds(authorize("sg-gone"), deletion, refused)).toEqual([
      "AuthorizeSecurityGroupIngress sg-gone",
      "DeleteSecurityGroup sg-gone",
    ]);
  });

  it("a group that AWS refused to make in its VPC", () => {
    const refused = event("CreateSecurityGroup", {
      requestParameters: { groupName: "new", vpcId: "vpc-1" },
      errorCode: "Client.UnauthorizedOperation",
    });
    expect(groupIds(refused)).toEqual(["CreateSecurityGroup undefined"]);
  });
});
