// The matrix by itself: what it allows directly and by addresses, what it denies, and which rules it comes to.

import fc from "fast-check";
import { modelOf } from "../../../src/model/model";
import { type Flow, flowKey } from "../../../src/model/traffic/flow";
import { Peer, parsePeer, peerText } from "../../../src/model/traffic/peer";
import {
  Port,
  portCovers,
  portIntersection,
  portText,
  withoutCovered,
} from "../../../src/model/traffic/port";
import { quotaExcesses } from "../../../src/model/traffic/quotas";
import { ruleId, ruleKey, securityGroupRules } from "../../../src/model/traffic/rules";
import { TrafficMatrix } from "../../../src/model/traffic/traffic-matrix";
import { arbitraryEnvironment, defineRandom } from "../../support/arbitrary-environment";

const groups = ["alb", "api", "postgres"];
const members = groups.map((key) => ({ key, isEntrance: key === "alb", holdsData: key === "postgres" }));

function flow(source: string, destination: string, port: Port): Flow {
  return {
    source: parsePeer(source, groups),
    destination: parsePeer(destination, groups),
    port,
    description: `${destination} from ${source}`,
  };
}

function matrixOf(...flows: Flow[]): TrafficMatrix {
  return new TrafficMatrix({ members, flows, vpcCidr: "10.0.0.0/16" });
}

const peer = (text: string) => parsePeer(text, groups);

describe("TrafficMatrix", () => {
  it("denies what no flow allows", () => {
    const matrix = matrixOf(flow("alb", "api", Port.tcp(80)));
    expect(matrix.allows(peer("alb"), peer("api"))).toBe(true);
    expect(matrix.allows(peer("api"), peer("alb"))).toBe(false);
    expect(matrix.allows(peer("internet"), peer("api"))).toBe(false);
  });

  it("sees that a group open to the VPC's addresses is open to groups that may connect there", () => {
    const toVpc = flow("10.0.0.0/16", "postgres", Port.tcp(5432));
    const outbound = flow("api", "internet", Port.all);
    const matrix = matrixOf(toVpc, outbound);
    expect(matrix.connections(peer("api"), peer("postgres"))).toEqual([
      {
        source: Peer.group("api"),
        destination: Peer.group("postgres"),
        port: Port.tcp(5432),
        description: "postgres from 10.0.0.0/16",
      },
    ]);
    // The load balancer has no egress rule, so the open door is of no use to it.
    expect(matrix.allows(peer("alb"), peer("postgres"))).toBe(false);
    // Part of the Internet is not the Internet.
    expect(matrix.allows(peer("internet"), peer("postgres"))).toBe(false);
  });

  it("does not take an address outside the VPC for a group", () => {
    const matrix = matrixOf(flow("203.0.113.0/24", "alb", Port.tcp(443)), flow("api", "internet", Port.all));
    expect(matrix.allows(peer("api"), peer("alb"))).toBe(false);
    expect(matrix.allows(peer("203.0.113.9/32"), peer("alb"))).toBe(true);
  });

  it("says why a pair is denied", () => {
    const matrix = matrixOf(flow("alb", "api", Port.tcp(80)), flow("api", "198.51.100.0/24", Port.tcp(443)));
    const reasons = Object.fromEntries(
      matrix
        .denied()
        .map(({ source, destination, reason }) => [`${peerText(source)} ${peerText(destination)}`, reason]),
    );
    expect(reasons).toMatchObject({
      "internet api": "api accepts connections from alb only",
      "postgres api": "postgres starts no connections: it has no egress rule",
      "alb postgres": "postgres accepts no connections: it has no ingress rule",
      "api internet": "api connects to 198.51.100.0/24 only",
    });
  });

  it("finds every way, shortest first, and no way through an address outside", () => {
    const matrix = matrixOf(
      flow("internet", "alb", Port.tcp(443)),
      flow("alb", "api", Port.tcp(80)),
      flow("api", "postgres", Port.tcp(5432)),
      flow("alb", "postgres", Port.tcp(5432)),
      flow("api", "internet", Port.all),
    );
    const ways = matrix
      .paths(Peer.internet, Peer.group("postgres"))
      .map((way) => way.map(peerText).join(" "));
    expect(ways).toEqual(["internet alb postgres", "internet alb api postgres"]);
  });

  it("finds no way twice and none that is not allowed step by step", () => {
    fc.assert(
      fc.property(arbitraryEnvironment, (input) => {
        const matrix = modelOf(defineRandom(input)).traffic;
        for (const group of matrix.groups) {
          const ways = matrix.paths(Peer.internet, Peer.group(group));
          const texts = ways.map((way) => way.map(peerText).join(" "));
          expect(new Set(texts).size).toBe(texts.length);
          for (const way of ways) {
            way.slice(1).forEach((step, index) => {
              expect(matrix.allows(way[index] ?? step, step)).toBe(true);
            });
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("either allows or denies each pair", () => {
    fc.assert(
      fc.property(arbitraryEnvironment, (input) => {
        const matrix = modelOf(defineRandom(input)).traffic;
        const denied = new Set(
          matrix.denied().map(({ source, destination }) => `${peerText(source)} ${peerText(destination)}`),
        );
        for (const { source, destination } of matrix.flows) {
          expect(denied.has(`${peerText(source)} ${peerText(destination)}`)).toBe(false);
        }
        for (const source of matrix.groups) {
          for (const destination of matrix.groups.filter((group) => group !== source)) {
            const allowed = matrix.allows(Peer.group(source), Peer.group(destination));
            expect(allowed).toBe(!denied.has(`${source} ${destination}`));
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("securityGroupRules", () => {
  it("opens the source's egress only where it is not open already", () => {
    const keys = (flows: Flow[]) => securityGroupRules(flows, ["alb"]).map(ruleKey);
    const toStore = flow("api", "postgres", Port.tcp(5432));
    expect(keys([toStore])).toEqual(["postgres <- api 5432/tcp", "api -> postgres 5432/tcp"]);
    expect(keys([toStore, flow("api", "internet", Port.all)])).toEqual([
      "postgres <- api 5432/tcp",
      "api -> internet all",
    ]);
    expect(keys([toStore, flow("api", "internet", Port.tcp(443))])).toEqual([
      "postgres <- api 5432/tcp",
      "api -> postgres 5432/tcp",
      "api -> internet 443/tcp",
    ]);
  });

  it("leaves the django stack what concerns addresses outside, except at the groups behind the load balancer", () => {
    const holders = securityGroupRules(
      [
        flow("internet", "alb", Port.tcp(443)),
        flow("203.0.113.7/32", "postgres", Port.tcp(5432)),
        flow("api", "198.51.100.0/24", Port.tcp(443)),
        flow("alb", "api", Port.tcp(80)),
      ],
      ["alb"],
    ).map((rule) => `${rule.holder}: ${ruleKey(rule)}`);
    expect(holders).toEqual([
      "django: alb <- internet 443/tcp",
      "security-group-rules: postgres <- 203.0.113.7/32 5432/tcp",
      "django: api -> 198.51.100.0/24 443/tcp",
      "security-group-rules: api <- alb 80/tcp",
      "security-group-rules: alb -> api 80/tcp",
    ]);
  });
});

describe("ids", () => {
  it("name each rule as Terraform does, and both rules of a flow by the flow", () => {
    const ids = securityGroupRules(
      [
        flow("internet", "alb", Port.tcp(443)),
        flow("alb", "api", Port.tcp(8000)),
        flow("203.0.113.0/24", "postgres", Port.tcpRange(5432, 5433)),
        flow("api", "internet", Port.all),
      ],
      ["alb"],
    ).map((rule) => [ruleId(rule), rule.flow]);
    expect(ids).toEqual([
      ["alb-from-internet-443-tcp", "alb-from-internet-443-tcp"],
      ["api-from-alb-8000-tcp", "api-from-alb-8000-tcp"],
      ["alb-to-api-8000-tcp", "api-from-alb-8000-tcp"],
      ["postgres-from-203-0-113-0-24-5432to5433-tcp", "postgres-from-203-0-113-0-24-5432to5433-tcp"],
      ["api-to-internet-all", "api-to-internet-all"],
    ]);
  });
});

describe("quotaExcesses", () => {
  it("counts each direction of each group by itself", () => {
    const flows = Array.from({ length: 4 }, (_, index) => flow("alb", "api", Port.tcp(8000 + index)));
    expect(quotaExcesses(securityGroupRules(flows, ["alb"]), 3)).toEqual([
      { group: "api", direction: "ingress", count: 4, limit: 3 },
      { group: "alb", direction: "egress", count: 4, limit: 3 },
    ]);
    expect(quotaExcesses(securityGroupRules(flows, ["alb"]), 4)).toEqual([]);
  });
});

describe("ports and flows", () => {
  it("compares ports by protocol and range", () => {
    expect(portCovers(Port.all, Port.udp(53))).toBe(true);
    expect(portCovers(Port.tcpRange(80, 90), Port.tcp(90))).toBe(true);
    expect(portCovers(Port.tcp(90), Port.tcpRange(80, 90))).toBe(false);
    expect(portCovers(Port.tcp(53), Port.udp(53))).toBe(false);
    expect(portIntersection(Port.tcpRange(1, 10), Port.tcpRange(5, 20))).toEqual(Port.tcpRange(5, 10));
    expect(portIntersection(Port.all, Port.udpRange(5, 20))).toEqual(Port.udpRange(5, 20));
    expect(portIntersection(Port.tcp(1), Port.tcp(2))).toBeUndefined();
    expect(portIntersection(Port.tcp(1), Port.udp(1))).toBeUndefined();
  });

  it("leave out what another one covers", () => {
    const ports = [
      Port.tcp(443),
      Port.tcpRange(400, 500),
      Port.tcpRange(450, 600),
      Port.tcpRange(400, 500),
      Port.udp(443),
    ];
    expect(withoutCovered(ports, portCovers).map(portText)).toEqual([
      "400-500/tcp",
      "450-600/tcp",
      "443/udp",
    ]);
    expect(withoutCovered([Port.udp(1), Port.all], portCovers)).toEqual([Port.all]);
  });

  it("writes them as people do", () => {
    expect([Port.tcp(80), Port.udpRange(1, 2), Port.all].map(portText)).toEqual(["80/tcp", "1-2/udp", "all"]);
    expect(flowKey(flow("internet", "alb", Port.tcp(80)))).toBe("internet -> alb 80/tcp");
  });
});
