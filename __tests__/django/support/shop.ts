// The shop as it serves, for the tests that ask something of a running application.
import { ASGI, manage, WSGI } from "./commands";
import type { Container } from "./container";
import type { Platform, ServiceSite } from "./platform";

export interface Shop {
  readonly platform: Platform;
  /** By WSGI; its tasks go through SQS. */
  readonly web: Container;
  readonly webSite: ServiceSite;
  /** By ASGI; its tasks go through Redis. */
  readonly live: Container;
  readonly liveSite: ServiceSite;
}

export async function openShop(platform: Platform): Promise<Shop> {
  const { exitCode, output } = await platform.run("web_migrate", manage("migrate", "--noinput"));
  if (exitCode !== 0) {
    throw new Error(`migrate ended with ${exitCode}:\n${output}`);
  }
  const [web, live] = await Promise.all([platform.serve("web", WSGI), platform.serve("live", ASGI)]);
  const [webSite, liveSite] = await Promise.all([platform.site("web"), platform.site("live")]);
  await Promise.all([webSite.setTargets(web), liveSite.setTargets(live)]);
  return { platform, web, webSite, live, liveSite };
}
