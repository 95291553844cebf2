// `discover`, against what Terraform has deployed.
import { beHealthy } from "./healthy-platform";
import type { Stage } from "./stage";

const GROUP_ID = expect.stringMatching(/^sg-[0-9a-f]+$/);

export function describeDiscover(stage: () => Stage): void {
  describe("discover", () => {
    beforeEach(() => beHealthy(stage().proxy));

    it("finds all four groups of lightwave-prod, each at its resource and by its Name tag", async () => {
      const { exitCode, json } = await stage().ops("discover", "--json");
      const group = (key: string, name: string, resource: string) => ({
        group: key,
        name,
        resource,
        tagged: [GROUP_ID],
        attached: [GROUP_ID],
        findings: [],
      });
      expect(json).toEqual({
        command: "discover",
        environment: "lightwave-prod",
        account: "123456789012",
        region: "us-east-1",
        ok: true,
        vpc: {
          name: "lightwave-django-prod-vpc",
          ids: [expect.stringMatching(/^vpc-/)],
          findings: [],
        },
        groups: [
          group("alb", "lightwave-django-prod-alb-sg", "load balancer lightwave-django-prod"),
          group("django", "lightwave-django-prod-ecs-sg", "ECS service lightwave-django-prod"),
          group("postgres", "lightwave-django-prod-postgres-sg", "database lightwave-django-prod"),
          group("redis", "lightwave-django-prod-redis-sg", "cache lightwave-django-prod"),
        ],
      });
      expect(exitCode).toBe(0);
    });

    it("prints a table for a person on standard output, and nothing on standard error", async () => {
      const { exitCode, stdout, stderr } = await stage().ops("discover");
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toContain("lightwave-django-prod-redis-sg");
      expect(stdout).toContain("Every resource is in the group of its name, and in no other.");
    });
  });
}
