// The web application firewall of an environment, where its file does not describe one.
import { type Waf, wafSchema } from "../schema/waf";

/** The firewall of an environment: what it says, or the default one in production and none elsewhere. */
export function wafOf(described: Waf | false | undefined, production: boolean): Waf | false {
  return described ?? (production ? wafSchema.parse({}) : false);
}
