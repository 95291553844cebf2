// The names by which services are found inside the network: which services have one, and where it leads.
import type { Service } from "../schema/service";
import { connects } from "./services";

/** The domain of private names, where the environment gives none. @param base the environment's name */
export function privateDomain(
  base: string,
  { privateDomain }: { readonly privateDomain?: string | undefined },
): string {
  return privateDomain ?? `${base}.internal`;
}

/** What of services decides which have a private name; in a file that may still be wrong, as much as is known. */
type FoundServices = Readonly<
  Record<
    string,
    { readonly [Field in "port" | "internal" | "privateName" | "connectsTo"]?: Service[Field] | undefined }
  >
>;

/** The keys of the services that have a private name, in the file's order. */
export function privatelyNamed(services: FoundServices): string[] {
  const all = Object.values(services);
  return Object.entries(services).flatMap(([key, { port, internal, privateName }]) => {
    const wanted =
      internal === true ||
      all.some(({ connectsTo = [] }) => connects({ connectsTo }, key)) ||
      privateName === true;
    return port !== undefined && wanted ? [key] : [];
  });
}

/** Where a service is found inside the network. */
export interface PrivateAddress {
  readonly host: string;
  readonly port: number;
  /** Nothing but the service's own tasks would hold a certificate for such a name. */
  readonly url: string;
}

/** The private addresses of an environment's services, by key. */
export function privateAddresses({
  name,
  network,
  services,
}: {
  readonly name: string;
  readonly network: { readonly privateDomain?: string | undefined };
  readonly services: FoundServices;
}): Readonly<Record<string, PrivateAddress>> {
  const domain = privateDomain(name, network);
  return Object.fromEntries(
    privatelyNamed(services).flatMap((key) => {
      const port = services[key]?.port;
      const host = `${key}.${domain}`;
      return port === undefined ? [] : [[key, { host, port, url: `http://${host}:${port}` }]];
    }),
  );
}
