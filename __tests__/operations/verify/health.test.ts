// Which answers of a health endpoint pass, as the load balancer itself would take them.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { askHealth } from "../../../src/operations/verify/health";

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(Number(request.url?.slice(1))).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => new Promise((closed) => server.close(closed)));

const asked = (status: number) =>
  askHealth(
    { scheme: "http", host: "shop.example.com", path: `/${status}` },
    (answered) => answered === 200 || answered === 204,
    { host: "127.0.0.1", port },
    new AbortController().signal,
  );

it("passes what a healthy task answers, and says which it was", async () => {
  expect(await asked(200)).toEqual({ status: "pass", detail: expect.stringMatching(/^200: /) });
  expect(await asked(204)).toEqual({ status: "pass", detail: expect.stringMatching(/^204: /) });
  expect(await asked(302)).toEqual({ status: "fail", detail: expect.stringMatching(/^302: /) });
});
