// What a statement comes to in IAM's words.
import { documentOf, lengthOf } from "../../src/iam/document";
import { denyPlainHttp, keyStatements, leaveKeyToIam } from "../../src/iam/statements";

const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:jobs";

it("allows, says each thing once and its actions in order, and one thing without a list", () => {
  expect(
    documentOf([
      { sid: "Send", actions: ["sqs:SendMessage"], resources: [QUEUE, QUEUE] },
      { actions: ["sqs:SendMessage", "sqs:GetQueueUrl", "sqs:SendMessage"], resources: ["b", "a"] },
    ]),
  ).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Send", Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE },
      { Effect: "Allow", Action: ["sqs:GetQueueUrl", "sqs:SendMessage"], Resource: ["b", "a"] },
    ],
  });
});

it("denies all but some, under conditions", () => {
  const conditions = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } };
  const [statement] = documentOf([
    { effect: "Deny", notActions: ["sts:*", "iam:*"], resources: ["*"], conditions },
  ]).Statement;
  expect(statement).toEqual({
    Effect: "Deny",
    NotAction: ["iam:*", "sts:*"],
    Resource: "*",
    Condition: conditions,
  });
});

it("counts characters with every list as one: what is deployed stays in its policy", () => {
  expect(lengthOf([{ actions: ["a:B"], resources: ["*"] }])).toBe(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:B"],"Resource":["*"]}]}'.length,
  );
});

describe("a statement that many say", () => {
  it("refuses everybody who comes without TLS", () => {
    expect(documentOf([denyPlainHttp("Tls", "sqs:*", [QUEUE])]).Statement).toEqual([
      {
        Sid: "Tls",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: QUEUE,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("leaves a key to the account", () => {
    expect(documentOf([leaveKeyToIam("Account", "111122223333")]).Statement).toEqual([
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  it("lets a role use a key through one service, and says nothing where there is no key", () => {
    expect(keyStatements("Key", undefined, ["kms:Decrypt"], "sqs.eu-west-1")).toEqual([]);
    expect(
      documentOf(keyStatements("Key", "arn:key", ["kms:Decrypt"], "sqs.eu-west-1")).Statement[0],
    ).toMatchObject({
      Resource: "arn:key",
      Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    });
  });
});
