// What the demo says while Terraform works: how many of how many, and what is being done.
import { clock, DeploymentProgress } from "../e2e/support/deployment-progress";

it("counts over several stacks, in whatever pieces the lines come", () => {
  const progress = new DeploymentProgress();
  expect(progress.state).toBe("preparing");
  progress.hear("django  Initializing the backend...\n");
  expect(progress.state).toBe("initializing the backend");
  progress.hear("django  Plan: 3 to add, 0 to change, 1 to destroy.\n");
  expect(progress.state).toBe("0 of 4; initializing the backend");
  progress.hear("django  aws_vpc.vpc: Creating...\ndjango  aws_vpc.vpc: Creation compl");
  expect(progress.state).toBe("0 of 4; aws_vpc.vpc: creating");
  progress.hear(
    "ete after 1s [id=vpc-1]\ndjango  aws_db_instance.database: Still creating... [10s elapsed]\n",
  );
  expect(progress.state).toBe("1 of 4; aws_db_instance.database: still creating");
  progress.hear("security-group-rules  Plan: 4 to add, 0 to change, 0 to destroy.\n");
  progress.hear(
    "aws_vpc_security_group_ingress_rule.postgres-from-django-5432-tcp: Creation complete after 0s\n",
  );
  expect(progress.state).toBe("2 of 8; aws_db_instance.database: still creating");
  expect(progress.count).toBe(2);
});

it("counts what a plan reads, which has no number of its own", () => {
  const progress = new DeploymentProgress();
  progress.hear(
    "aws_vpc.vpc: Refreshing state... [id=vpc-1]\naws_lb.load_balancer: Refreshing state... [id=a]\n",
  );
  expect(progress.state).toBe("2 read; aws_lb.load_balancer: refreshing state");
});

it.each([
  [400, "0s"],
  [59_400, "59s"],
  [59_600, "1m 0s"],
  [133_000, "2m 13s"],
])("%d ms are %s", (milliseconds, words) => {
  expect(clock(milliseconds)).toBe(words);
});
