// The policy `rotation-followed`: where a database's password is rotated, what was started with it is restarted.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { containersOf } from "../reading/containers";
import type { Resource, Resources } from "../reading/resources";
import { isTrue, nested } from "../reading/values";

const rotationFollowed: Policy = {
  id: "rotation-followed",
  severity: "high",
  rule: "Where RDS rotates a database's password, the services that were started with it are restarted.",
  reason:
    "A running task keeps the password with which it started: after a rotation it can open no connection.",
  remedy:
    "Leave database.passwordRotation.restartServices on, or have the service read the secret itself: databaseLogin.",
  *check({ resources }) {
    const databases = resources
      .of("aws_db_instance")
      .filter(({ body }) => isTrue(body.manage_master_user_password));
    for (const database of databases) {
      for (const service of resources.of("aws_ecs_service")) {
        if (startsWithPassword(resources, service, database) && !isRestarted(resources, service, database)) {
          yield finding(
            service,
            `Its tasks keep the password of ${database.address} with which they start, and nothing restarts them`,
          );
        }
      }
    }
  },
};

export default rotationFollowed;

/** How a text in one of its stack's resources refers to the secret that RDS makes. */
function secretOf({ type, name }: Resource): string {
  return `\${${type}.${name}.master_user_secret`;
}

function startsWithPassword(resources: Resources, service: Resource, database: Resource): boolean {
  const definition = resources.referredTo(service, service.body.task_definition);
  // What cannot be read might take the password: it counts as if it did where a database is beside it.
  const containers = definition ? containersOf(definition) : [];
  return (
    definition?.stack === database.stack &&
    (containers === undefined ||
      containers.some((body) =>
        nested(body, "secrets").some(({ valueFrom }) => asText(valueFrom)?.startsWith(secretOf(database))),
      ))
  );
}

/** A state machine says both: whose secret it looks at, and which services it restarts. */
function isRestarted(resources: Resources, service: Resource, database: Resource): boolean {
  const named = [`\${${service.type}.${service.name}.name}`, asText(service.body.name)];
  return resources.of("aws_sfn_state_machine").some((machine) => {
    const definition = asText(machine.body.definition) ?? "";
    return (
      machine.stack === service.stack &&
      definition.includes(secretOf(database)) &&
      definition.includes("ecs:updateService") &&
      named.some((name) => name !== undefined && definition.includes(JSON.stringify(name)))
    );
  });
}
