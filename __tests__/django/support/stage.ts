// All that the tests of one row of versions share: the servers, the image, and each environment's platform.
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manage } from "./commands";
import { startContainer } from "./container";
import { ENVIRONMENTS, type EnvironmentName } from "./environments";
import { createImage, type Image } from "./image";
import { cacheUsers, createPlatform, type Platform, serverAddress } from "./platform";
import type { Row } from "./rows";
import { type Servers, startServers } from "./servers";

/** The folder of the example. */
export const EXAMPLE = join(__dirname, "..", "..", "..", "examples", "django");

export interface Stage {
  readonly servers: Servers;
  readonly image: Image;
  /** What collectstatic said while the image was made. */
  readonly built: string;
  /** The Dockerfile's RUN for an image: neither a database nor a secret is there. @returns what collectstatic said */
  collectStatic(image: Image): Promise<string>;
  /** @param of what its containers are made of. Default: the example's image */
  platform(name: EnvironmentName, of?: Image): Promise<Platform>;
  stop(): Promise<void>;
}

export async function createStage(row: Row): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "django-"));
  // The servers run as users of their own.
  chmodSync(folder, 0o755);
  const image = createImage(row, EXAMPLE, join(folder, "app"));
  const environments = Object.values(ENVIRONMENTS);
  const servers = await startServers(
    folder,
    [...new Set(environments.map(serverAddress))],
    environments.flatMap((environment) => cacheUsers(environment)),
  );
  const platforms = new Map<EnvironmentName, Promise<Platform>>();
  const collectStatic = (of: Image) => build(of, servers);
  const built = await collectStatic(image);
  return {
    servers,
    image,
    built,
    collectStatic,
    platform: (name, of = image) => {
      const made = platforms.get(name) ?? createPlatform(ENVIRONMENTS[name], servers, of);
      platforms.set(name, made);
      return made;
    },
    stop: async () => {
      for (const platform of await Promise.all(platforms.values())) {
        await platform.stop();
      }
      await servers.stop();
    },
  };
}

let builds = 0;

async function build(image: Image, { folder, etc }: Servers): Promise<string> {
  builds += 1;
  const container = await startContainer({
    definition: {
      name: "build",
      command: undefined,
      user: undefined,
      environment: {},
      healthCheck: undefined,
      port: undefined,
      readOnly: false,
      writablePaths: [],
      stopTimeout: 2,
      initProcess: false,
    },
    image,
    command: manage("collectstatic", "--noinput"),
    folder: join(folder, `build-${builds}`),
    address: "10.255.255.1/32",
    etc,
    hosts: {},
    environment: { IMAGE_BUILD: "True" },
    user: 0,
  });
  const { exitCode, output } = await container.ended;
  if (exitCode !== 0) {
    throw new Error(`collectstatic failed:\n${output}`);
  }
  return output;
}
