// What the documents of the five systems say of each rule, held against the synthesized Terraform: its ends, its words, its reason.
import { modelOf } from "../../src/model/model";
import { peerText } from "../../src/model/traffic/peer";
import { portText } from "../../src/model/traffic/port";
import { observedPeerText } from "../../src/reachability/peers";
import { Reachability } from "../../src/reachability/reachability";
import { DOCUMENTED_REASONS, DOCUMENTED_RULES, type DocumentedRule } from "../support/documented-rules";
import { platformConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

it.each(Object.entries(DOCUMENTED_RULES))(
  "%s has exactly the documented rules, in their words",
  (name, documented) => {
    const { rules } = new Reachability(platformConfigs(systems.load(name)));
    const found = rules.map(({ group, direction, port, peer, description }): DocumentedRule => {
      const all = port.protocol === "all";
      return [
        group,
        direction,
        all ? "-1" : "tcp",
        all ? undefined : port.from,
        observedPeerText(peer).replace(/^internet$/, "0.0.0.0/0"),
        description,
      ];
    });
    expect(found).toHaveLength(documented.length);
    expect(found).toEqual(expect.arrayContaining([...documented]));
  },
);

it.each(Object.entries(DOCUMENTED_REASONS))(
  "%s gives the documented reasons, and no others",
  (name, documented) => {
    const reasons = modelOf(systems.load(name)).traffic.flows.flatMap(
      ({ source, destination, port, reason }) =>
        reason === undefined ? [] : [[peerText(source), peerText(destination), portText(port), reason]],
    );
    expect(reasons).toEqual(documented);
  },
);
