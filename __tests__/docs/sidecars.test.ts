// The environment that docs/sidecars.md shows is one: it is taken, and nginx is where the page says it is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { targetPort } from "../../src/model/containers";
import { documentedEnvironment } from "../support/documented-environment";
import { blocksOf } from "../support/page-blocks";

const PAGE = join("docs", "sidecars.md");

it("has nginx before Django, on the ports that nginx.conf has", () => {
  const { web } = documentedEnvironment(PAGE).services;
  const [nginx = ""] = blocksOf(readFileSync(join(__dirname, "..", "..", PAGE), "utf8"), "nginx");
  expect(web && targetPort(web)).toBe(8080);
  expect(nginx).toContain("listen 8080;");
  expect(nginx).toContain(`server 127.0.0.1:${web?.port};`);
  expect(nginx).toContain(`alias ${web?.sidecars.nginx?.sharedVolumes.static?.path}/;`);
});
