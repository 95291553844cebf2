// Reads once from AWS what several checks want to know.
import type { AwsSession } from "../aws/session";

/** Reads at the first call, and gives every later one the same answer. */
export function once<Value>(read: (aws: AwsSession) => Promise<Value>): (aws: AwsSession) => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return (aws) => {
    reading ??= read(aws);
    return reading;
  };
}
