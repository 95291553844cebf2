// The containers of a service: which there are, on which of them requests arrive, and what is left for the service's own.
import { containersOf, imageFields, ownShare, targetPort } from "../../src/model/containers";

it("are its own first, and then its sidecars by their names", () => {
  const web = { port: 1, sidecars: { nginx: { port: 2 }, collector: { port: 3 } } };
  expect(containersOf("web", web)).toEqual([
    { name: "web", path: "services.web", key: "web", secrets: "web", said: web },
    {
      name: "collector",
      path: "services.web.sidecars.collector",
      key: "web-collector",
      secrets: "web/collector",
      said: { port: 3 },
    },
    {
      name: "nginx",
      path: "services.web.sidecars.nginx",
      key: "web-nginx",
      secrets: "web/nginx",
      said: { port: 2 },
    },
  ]);
  expect(containersOf("web", { port: 1 })).toHaveLength(1);
});

it("are found by the load balancer on the port of the one that is its target", () => {
  const sidecars = { nginx: { port: 80 } };
  expect(targetPort({ port: 8000, sidecars })).toBe(8000);
  expect(targetPort({ port: 8000, sidecars, targetContainer: "nginx" })).toBe(80);
  expect(targetPort({ sidecars })).toBeUndefined();
});

it("leave the service's own what no sidecar may have, or has for certain", () => {
  expect(ownShare({ cpu: 1024, memory: 2048 })).toEqual({ cpu: 1024, memory: 2048 });
  const sidecars = {
    a: { cpu: 100, memory: 300, memoryReservation: 200 },
    b: { memoryReservation: 48 },
    c: {},
  };
  expect(ownShare({ cpu: 1024, memory: 2048, sidecars })).toEqual({ cpu: 924, memory: 1700 });
});

it("have images, each of which the file says somewhere", () => {
  const sidecar = { said: "elsewhere" };
  expect(
    Reflect.apply(imageFields, undefined, [
      { services: { web: { sidecars: { b: sidecar, a: sidecar } }, worker: { sidecars: {} } } },
    ]),
  ).toEqual([
    "services.web.image",
    "services.web.sidecars.a.image",
    "services.web.sidecars.b.image",
    "services.worker.image",
  ]);
});
