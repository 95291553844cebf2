// Whether a change of port leaves running tasks reachable.
import { judgePort } from "../../../src/operations/preflight/ports-judgement";

const wanted = { key: "web", port: 8001, formerPort: undefined };

describe("a service's port", () => {
  it("may be any where the service is not deployed", () => {
    expect(judgePort(wanted, { ports: [], deployments: 0 })).toEqual({
      status: "pass",
      detail: "Not deployed behind the load balancer yet; it will answer on 8001.",
    });
  });

  it("passes where it stays", () => {
    expect(judgePort(wanted, { ports: [8001], deployments: 1 })).toEqual({
      status: "pass",
      detail: "Its tasks answer on 8001, as before.",
    });
  });

  it("fails where the load balancer would ask for health on another port, before or after the rule for it", () => {
    const asked = (healthPort: number | undefined, live: number | undefined) =>
      judgePort({ ...wanted, healthPort }, { ports: [8001], deployments: 1, healthPort: live });
    const { status, detail } = asked(9001, 9000);
    expect(status).toBe("fail");
    expect(detail).toContain("asks for health on 9000, and would ask on 9001");
    expect(detail).toContain("Deploy without services.web.targetHealthCheck.port first");
    expect(asked(9000, 9000).status).toBe("pass");
    expect(asked(undefined, 9000).status).toBe("pass");
    expect(asked(9000, undefined).status).toBe("pass");
  });

  it("fails where it changes and nothing keeps the former one admitted", () => {
    const { status, detail } = judgePort(wanted, { ports: [8000], deployments: 1 });
    expect(status).toBe("fail");
    expect(detail).toContain("Its tasks answer on 8000, and 8001 is to come");
    expect(detail).toContain("Give services.web.formerPort: 8000 beside the new port");
  });

  it("fails where another port than the live one is kept", () => {
    expect(judgePort({ ...wanted, formerPort: 7999 }, { ports: [8000], deployments: 1 }).status).toBe("fail");
  });

  it("passes where the former one stays admitted", () => {
    expect(judgePort({ ...wanted, formerPort: 8000 }, { ports: [8000], deployments: 1 })).toEqual({
      status: "pass",
      detail: "Changes from 8000 to 8001; until formerPort is removed, both are admitted.",
    });
  });

  it.each([
    [2, "once the deployment under way is over"],
    [1, "now"],
  ])("says with %d deployments that the former one can go %s", (deployments, when) => {
    const { detail } = judgePort({ ...wanted, formerPort: 8000 }, { ports: [8001], deployments });
    expect(detail).toBe(
      `Its tasks answer on 8001, as before. services.web.formerPort can be removed ${when}.`,
    );
  });
});
