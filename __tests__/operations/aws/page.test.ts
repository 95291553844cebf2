// A web page with status 200 is not an empty answer.
import { Readable } from "node:stream";
import { failureOf } from "../../../src/operations/aws/failed-call";
import { refusePage } from "../../../src/operations/aws/page";

const answer = (body: string, statusCode = 200) => ({ statusCode, body: Readable.from([Buffer.from(body)]) });

it.each([
  "<html><p>Welcome!</html>",
  "<!DOCTYPE html>\n<html><head><title>Log in</title>",
  "\n<!-- gateway -->\n<HTML lang=en>",
])("%j", async (page) => {
  const error: unknown = await refusePage(answer(page)).catch((thrown: unknown) => thrown);
  const call = {
    client: "EC2Client",
    command: "DescribeVpcsCommand",
    endpoint: undefined,
    profile: undefined,
  };
  expect(failureOf(error, call)).toMatchObject({
    kind: "unreachable",
    message:
      "AWS is not reachable: what answers EC2 DescribeVpcs with status 200 does not speak as AWS does. Check AWS_ENDPOINT_URL.",
  });
});

it.each(['<?xml version="1.0"?><DescribeVpcsResponse/>', '{"services": []}', "", "<htmlish/>"])(
  "%j goes on to the SDK as it is",
  async (body) => {
    const response: { statusCode: number; body?: unknown } = answer(body);
    await refusePage(response);
    expect(Buffer.from(response.body as Uint8Array).toString()).toBe(body);
  },
);

it("leaves errors to the SDK", async () => {
  await expect(refusePage(answer("<html>Not found</html>", 404))).resolves.toBeUndefined();
});
