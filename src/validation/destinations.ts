// What services connect to, against what there is: data stores, and other services with a port.
import { privateDomain } from "../model/private-names";
import { answeredPorts } from "../model/services";
import { destinationOf } from "../schema/connection";
import { MEMBER_KEYS, STORE_KEYS, STORE_SECTIONS } from "../schema/member-keys";
import { type Check, problem, type Sections } from "./check";
import { unknownName } from "./spelling";

/** Characters of one label of a DNS name: RFC 1035, section 2.3.4. */
const DNS_LABEL_LENGTH = 63;

export const checkDestinations: Check = (sections) =>
  Object.entries(sections.services).flatMap(([key, { connectsTo }]) =>
    connectsTo.flatMap((connection, index) => {
      const words = typeof connection === "string" ? undefined : connection;
      const to = destinationOf(connection);
      const path = `services.${key}.connectsTo[${index}]`;
      const nowhere = noDestination(key, to, sections);
      if (nowhere !== undefined) {
        return [problem(words ? `${path}.to` : path, to, nowhere)];
      }
      const strange = words?.ports && strangePorts(to, words.ports, sections);
      return strange === undefined ? [] : [problem(`${path}.ports`, words?.ports, strange)];
    }),
  );

/** Why a connection leads nowhere; `undefined` where it leads somewhere. */
function noDestination(
  source: string,
  to: string,
  { services, serviceKeys, declared }: Sections,
): string | undefined {
  const section = STORE_SECTIONS.find((one) => MEMBER_KEYS[one] === to);
  if (section !== undefined) {
    return declared.has(section) ? undefined : `Add the section "${section}", or remove "${to}" here.`;
  }
  if (to === source) {
    return "Name another service: a service's tasks do not connect to each other.";
  }
  const known = [...STORE_KEYS, ...serviceKeys.filter((key) => key !== source)];
  if (!known.includes(to)) {
    return unknownName("data store or service", to, known);
  }
  const destination = services[to];
  // What is refused itself is not looked at.
  if (destination === undefined) {
    return undefined;
  }
  if (destination.port === undefined) {
    return `Give "${to}" a port, or remove it here: nothing listens there.`;
  }
  return destination.privateName === false
    ? `Remove "privateName" from services.${to}: without a name, nobody finds its tasks.`
    : undefined;
}

/** What is wrong with the ports of a connection that leads somewhere. */
function strangePorts(
  to: string,
  ports: readonly number[],
  { services, serviceKeys }: Sections,
): string | undefined {
  if (!serviceKeys.includes(to)) {
    return "Remove this: a data store has one port, which is known.";
  }
  const destination = services[to];
  const listening = destination && answeredPorts(destination);
  const strange = listening && ports.find((port) => !listening.includes(port));
  return strange === undefined
    ? undefined
    : `Name ports that "${to}" listens on (${listening?.join(", ")}), or add ${strange} to its extraPorts.`;
}

/** The domain of private names against the one that users type: inside the network it hides all names below it. */
export const checkPrivateDomain: Check = ({ name, network, dns, serviceKeys, services }) => {
  if (name === undefined || network === undefined) {
    return [];
  }
  const domain = privateDomain(name, network);
  const hidden = [dns?.domain, ...(dns?.alternativeNames ?? []), dns?.hostedZoneName].find(
    (one) => one === domain || one?.endsWith(`.${domain}`),
  );
  const remedy = `Choose another domain, such as internal.${domain}: inside the network, ${hidden} would not be found any more.`;
  return [
    ...(hidden === undefined ? [] : [problem("network.privateDomain", domain, remedy)]),
    ...serviceKeys
      .filter((key) => key.length > DNS_LABEL_LENGTH && services[key]?.port !== undefined)
      .filter((key) => services[key]?.internal === true || services[key]?.privateName === true)
      .map((key) =>
        problem(
          `services.${key}`,
          key,
          `Use ${DNS_LABEL_LENGTH} characters at most: it is part of a DNS name.`,
        ),
      ),
  ];
};
