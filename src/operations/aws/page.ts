// Tells a web page from an answer of AWS: to an SDK that looks for certain elements, a page is an answer that has none of them.
import { buffer } from "node:stream/consumers";

/** As much of a response as is looked at; its body is replaced by the same in one piece. */
export interface Response {
  readonly statusCode: number;
  body?: unknown;
}

const PAGE = /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html)\b/i;

/** @throws an error with the response, as the SDK's own for what it cannot read, where a page says that all is well */
export async function refusePage(response: Response): Promise<void> {
  const { statusCode, body } = response;
  if (statusCode !== 200 || !isReadable(body)) {
    return;
  }
  const content = await buffer(body);
  if (PAGE.test(content.toString("utf8", 0, 1024))) {
    throw Object.assign(new Error("A web page is no answer of AWS."), { $response: response });
  }
  response.body = new Uint8Array(content);
}

function isReadable(body: unknown): body is NodeJS.ReadableStream {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
