// What a plan takes away of a running platform is refused, with the argument and the field that it comes from.
import { judgeChanges } from "../../../../src/operations/preflight/changes/judgement";
import { plannedChanges } from "../../../../src/operations/terraform/plan";

/** A change as `terraform show -json` has it. */
const change = (address: string, actions: readonly string[], more: object = {}) => ({
  address,
  type: address.split(".")[0],
  mode: "managed",
  change: { actions, before: {}, after: {}, ...more },
});

const judge = (changes: readonly object[], accepted: readonly string[] = []) =>
  judgeChanges("django", plannedChanges(JSON.stringify({ resource_changes: changes })), accepted);

const DATABASE = change("aws_db_instance.database", ["delete", "create"], { replace_paths: [["db_name"]] });

it("says which resource, which argument, which field, what is lost, and what to do", () => {
  expect(judge([DATABASE])).toEqual({
    status: "fail",
    detail:
      "aws_db_instance.database would be destroyed, and then made anew, because db_name cannot be changed: the database, with " +
      "all that is in it. It follows from database.databaseName: RDS makes the database of this name once. Keep it: a further " +
      "database is made in PostgreSQL itself.\n" +
      "Change the environment so that the plan keeps what stands; where it is meant, accept it by its address: " +
      "--accept django/aws_db_instance.database",
  });
});

it.each(["aws_db_instance.database", "django/aws_db_instance.database"])(
  "lets %s go where it is accepted",
  (accepted) => {
    const { status, detail } = judge([DATABASE], [accepted]);
    expect(status).toBe("pass");
    expect(detail).toMatch(
      /^Resources: 1 made anew\.\nAccepted: aws_db_instance\.database would be destroyed/,
    );
  },
);

it("does not take another stack's address for it", () => {
  expect(judge([DATABASE], ["registry/aws_db_instance.database"]).status).toBe("fail");
});

it("refuses what holds data though its successor is made first", () => {
  const { status, detail } = judge([
    change("aws_cloudwatch_log_group.service_web", ["create", "delete"], { replace_paths: [["name"]] }),
  ]);
  expect(status).toBe("fail");
  expect(detail).toContain("would be made anew, and this one destroyed, because name cannot be changed");
  expect(detail).toContain("names.services.*.logGroup");
});

it("refuses what is taken out of the environment", () => {
  const { status, detail } = judge([change("aws_sqs_queue.jobs", ["delete"])]);
  expect(status).toBe("fail");
  expect(detail).toMatch(
    /^aws_sqs_queue\.jobs would be destroyed: a queue, with its messages\. The environment does not declare/,
  );
});

it("says so where a key was renamed and its names were kept", () => {
  const { detail } = judge([
    change("aws_ecs_service.worker", ["delete"], { before: { name: "shop-worker" } }),
    change("aws_ecs_service.jobs", ["create"], { after: { name: "shop-worker" } }),
  ]);
  expect(detail).toContain("aws_ecs_service.jobs is to have the same name: a key was renamed.");
});

it("refuses a gap: a rule that goes before its successor stands", () => {
  const gap = change("aws_vpc_security_group_ingress_rule.web", ["delete", "create"], {
    replace_paths: [["security_group_id"]],
  });
  expect(judge([gap]).status).toBe("fail");
});

it("refuses the gap of the parameter that guards the password, and not that of one with an output", () => {
  const renamed = (address: string) =>
    judge([change(address, ["delete", "create"], { replace_paths: [["name"]] })]).status;
  expect(renamed("aws_ssm_parameter.output_vpc_id")).toBe("pass");
  expect(renamed("aws_ssm_parameter.database_password")).toBe("fail");
});

it("passes what is added, changed in place, made first, and what nothing misses", () => {
  expect(
    judge([
      change("aws_lb.load_balancer", ["update"]),
      change("aws_sqs_queue.mails", ["create"]),
      change("aws_ecs_task_definition.web", ["delete", "create"], {
        replace_paths: [["container_definitions"]],
      }),
      change("aws_lb_target_group.web", ["create", "delete"], { replace_paths: [["name"]] }),
      change("aws_cloudwatch_metric_alarm.web_cpu", ["delete"]),
    ]),
  ).toEqual({
    status: "pass",
    detail:
      "Resources: 1 added, 1 changed in place, 2 made anew, 1 removed.\n" +
      "aws_ecs_task_definition.web is made anew, because of container_definitions: nothing is missing meanwhile.\n" +
      "aws_lb_target_group.web is made anew, because of name: nothing is missing meanwhile.",
  });
});

it("says that nothing would change", () => {
  expect(judge([])).toEqual({ status: "pass", detail: "Nothing would change." });
});

it("refuses what is to have the name of what stands, where the field's page says so", () => {
  const named = (before: string, after: string) =>
    judge([
      change("aws_lb_target_group.web", ["create", "delete"], {
        before: { name: before },
        after: { name: after },
        replace_paths: [["protocol"]],
      }),
    ]);
  const { status, detail } = named("shop-web", "shop-web");
  expect(status).toBe("fail");
  expect(detail).toContain(
    "aws_lb_target_group.web would be made anew, and this one destroyed, because protocol cannot be changed. It follows from " +
      "services.*.targetProtocol: A target group keeps its protocol. Give names.services.<service>.targetGroup another name",
  );
  expect(named("shop-web", "shop-web-tls").status).toBe("pass");
});
