// The policy `traffic-readable`: whom each rule lets through, and which groups each resource is in, stands in the configuration.
import type { Policy } from "../policy";
import { observedOf } from "../reading/observed";
import { placeOf } from "../reading/openings";

const trafficReadable: Policy = {
  id: "traffic-readable",
  severity: "high",
  rule: "Whom each rule lets through, and which security groups each resource is in, can be read before a deployment.",
  reason: "What only a deployment knows may open anything: no proof of who reaches whom holds against it.",
  remedy:
    "Write the value, a local, a variable with a default, or a reference to a security group of these stacks.",
  *check({ model, configs }) {
    const { rules, endpoints } = observedOf(model, configs);
    for (const part of [...rules, ...endpoints]) {
      if (part.unread !== "") {
        yield { ...placeOf(part), problem: `It cannot be told before a deployment: ${part.unread}` };
      }
    }
  },
};

export default trafficReadable;
