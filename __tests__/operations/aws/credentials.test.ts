// When credentials come from variables, and when the SDK looks for them.
import { credentialsIn } from "../../../src/operations/aws/credentials";

it("takes a key and its secret, with a session's token if there is one", () => {
  const pair = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
  expect(credentialsIn({ ...pair, AWS_PROFILE: "team" })).toEqual({
    accessKeyId: "AKIA",
    secretAccessKey: "secret",
  });
  expect(credentialsIn({ ...pair, AWS_SESSION_TOKEN: "token" })).toEqual({
    accessKeyId: "AKIA",
    secretAccessKey: "secret",
    sessionToken: "token",
  });
});

it.each([
  [{}],
  [{ AWS_ACCESS_KEY_ID: "AKIA" }],
  [{ AWS_SECRET_ACCESS_KEY: "secret" }],
  [{ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }],
])("leaves %j to the SDK", (variables) => {
  expect(credentialsIn(variables)).toBeUndefined();
});
