// What lightwave-prod allows and denies, typed out from its documentation.

import { modelOf } from "../../../src/model/model";
import { Peer, peerText } from "../../../src/model/traffic/peer";
import { portText } from "../../../src/model/traffic/port";
import { allowedTable, deniedTable } from "../../../src/model/traffic/render-table";
import { viewOf } from "../../../src/model/traffic/traffic-view";
import { systems } from "../../support/systems";

const matrix = modelOf(systems.load("lightwave-prod")).traffic;
const row = (peers: readonly Peer[]) => peers.map(peerText).join(" -> ");

describe("traffic of lightwave-prod", () => {
  it("allows exactly the documented connections", () => {
    expect(
      matrix.flows.map(({ source, destination, port, description }) => [
        peerText(source),
        peerText(destination),
        portText(port),
        description,
      ]),
    ).toEqual([
      ["internet", "alb", "80/tcp", "HTTP from Internet"],
      ["internet", "alb", "443/tcp", "HTTPS from Internet"],
      ["alb", "django", "8000/tcp", "Allow ALB to Django containers"],
      ["django", "postgres", "5432/tcp", "Allow Django ECS to PostgreSQL"],
      ["django", "redis", "6379/tcp", "Allow Django ECS to Redis"],
      ["django", "internet", "all", "All outbound from Django"],
    ]);
  });

  it("puts each rule into the stack that holds it", () => {
    expect(
      matrix
        .rules()
        .map(({ holder, direction, group, peer, port }) =>
          [holder, direction, group, peerText(peer), portText(port)].join(" "),
        ),
    ).toEqual([
      "django ingress alb internet 80/tcp",
      "django ingress alb internet 443/tcp",
      "security-group-rules ingress django alb 8000/tcp",
      "security-group-rules egress alb django 8000/tcp",
      "security-group-rules ingress postgres django 5432/tcp",
      "security-group-rules ingress redis django 6379/tcp",
      "django egress django internet all",
    ]);
  });

  it("denies everything else", () => {
    expect(matrix.denied().map(({ source, destination }) => row([source, destination]))).toEqual([
      "internet -> django",
      "internet -> postgres",
      "internet -> redis",
      "alb -> internet",
      "alb -> postgres",
      "alb -> redis",
      "postgres -> internet",
      "postgres -> alb",
      "postgres -> django",
      "postgres -> redis",
      "redis -> internet",
      "redis -> alb",
      "redis -> django",
      "redis -> postgres",
    ]);
  });

  it("knows one way from the Internet to the database, and none back", () => {
    expect(matrix.paths(Peer.internet, Peer.group("postgres")).map(row)).toEqual([
      "internet -> alb -> django -> postgres",
    ]);
    expect(matrix.paths(Peer.group("postgres"), Peer.internet)).toEqual([]);
  });

  it("prints tables that say why", () => {
    expect(allowedTable(viewOf(matrix))).toMatch(
      /django +│ postgres +│ 5432\/tcp +│ Allow Django ECS to PostgreSQL/,
    );
    expect(deniedTable(viewOf(matrix))).toMatch(
      /redis +│ alb +│ redis starts no connections: it has no egress rule/,
    );
  });
});
