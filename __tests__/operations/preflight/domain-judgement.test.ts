// Whether a certificate, a hosted zone and records fit to a domain.

import { aliasNames } from "../../../src/model/dns";
import {
  judgeCertificate,
  judgeHostedZone,
  judgeRecords,
} from "../../../src/operations/preflight/domain-judgement";

describe("a certificate", () => {
  const ARN = "arn:aws:acm:us-east-1:111122223333:certificate/abc";
  const wanted = {
    arn: ARN,
    region: "us-east-1",
    wanted: ["api.example.com"],
    now: new Date("2026-05-01T00:00:00Z"),
  };
  const good = {
    status: "ISSUED",
    names: ["api.example.com"],
    expires: new Date("2026-12-24T12:00:00Z"),
  };

  it("is good when issued, valid, in the region and for the domain", () => {
    expect(judgeCertificate(good, wanted)).toEqual({
      status: "pass",
      detail: "Issued for api.example.com, valid until 2026-12-24.",
    });
  });

  it.each([
    ["api.example.com", "API.example.com", "pass"],
    ["*.example.com", "api.example.com", "pass"],
    ["*.example.com", "example.com", "fail"],
    ["*.example.com", "a.b.example.com", "fail"],
    ["*.example.com", "*.example.com", "pass"],
    ["api.example.com", "*.example.com", "fail"],
    ["example.com", "api.example.com", "fail"],
  ])("for %s serves %s: %s", (given, name, status) => {
    expect(judgeCertificate({ ...good, names: [given] }, { ...wanted, wanted: [name] }).status).toBe(status);
  });

  it("is no good for several reasons at once", () => {
    const { status, detail } = judgeCertificate(
      { status: "EXPIRED", names: ["www.example.com"], expires: new Date("2026-04-30T23:00:00Z") },
      { ...wanted, region: "eu-west-1" },
    );
    expect(status).toBe("fail");
    expect(detail).toContain(
      "it is in us-east-1, and the load balancer takes one of eu-west-1; its status is EXPIRED, and has to be ISSUED; " +
        "it expired on 2026-04-30; it is not for api.example.com.",
    );
  });

  it("has no date before it is issued", () => {
    const { detail } = judgeCertificate(
      { ...good, status: "PENDING_VALIDATION", expires: undefined },
      wanted,
    );
    expect(detail).toContain("its status is PENDING_VALIDATION, and has to be ISSUED. ");
  });

  it("has to exist", () => {
    expect(judgeCertificate(undefined, wanted).detail).toBe(
      `There is no certificate ${ARN}: correct dns.certificateArn, or leave it out to have one made.`,
    );
  });
});

describe("a hosted zone", () => {
  const byId = (domain: string, ...alternativeNames: string[]) => ({
    domain,
    alternativeNames,
    hostedZoneId: "Z1",
  });
  const byName = { domain: "api.example.com", alternativeNames: [], hostedZoneName: "example.com" };
  const zone = (name: string, id = "Z1") => ({ id, name, isPrivate: false });

  it.each([
    ["example.com.", ["example.com", "api.example.com", "*.example.com"], "pass"],
    ["api.example.com.", ["api.example.com"], "pass"],
    ["ample.com.", ["api.example.com"], "fail"],
    ["example.com.", ["api.example.com", "api.example.org"], "fail"],
  ])("%s holds %j: %s", (name, [domain = "", ...others], status) => {
    expect(judgeHostedZone([zone(name)], byId(domain, ...others)).status).toBe(status);
  });

  it("has to be public", () => {
    expect(judgeHostedZone([{ ...zone("example.com."), isPrivate: true }], byId("example.com"))).toEqual({
      status: "fail",
      detail:
        "The hosted zone Z1 (example.com) does not fit: it is private: nobody outside its VPCs would find the platform. " +
        "Correct dns.hostedZoneId.",
    });
  });

  it("has to exist", () => {
    expect(judgeHostedZone([], byId("example.com"))).toEqual({
      status: "fail",
      detail:
        "There is no hosted zone Z1 in this account: correct dns.hostedZoneId, or leave it out and enter records by hand.",
    });
    expect(judgeHostedZone([], byName)).toEqual({
      status: "fail",
      detail:
        "There is no public hosted zone example.com in this account: correct dns.hostedZoneName, or leave it out and enter " +
        "records by hand.",
    });
  });

  it("has to be the only public one of its name", () => {
    expect(judgeHostedZone([zone("example.com."), zone("example.com.", "Z2")], byName)).toEqual({
      status: "fail",
      detail:
        "This account has 2 public hosted zones example.com (Z1, Z2), and Terraform could not choose: say which one by " +
        "dns.hostedZoneId.",
    });
    expect(judgeHostedZone([zone("example.com.")], byName)).toEqual({
      status: "pass",
      detail: "The public hosted zone example.com holds api.example.com.",
    });
  });
});

describe("records", () => {
  const wanted = { loadBalancer: "shop-prod", region: "us-east-1", wanted: ["example.com"] };
  const leadingTo = (target: string) => judgeRecords([{ name: "example.com.", target }], wanted);

  it.each([
    ["shop-prod-1234567890.us-east-1.elb.amazonaws.com.", "pass"],
    ["dualstack.shop-prod-1234567890.us-east-1.elb.amazonaws.com.", "pass"],
    ["shop-prod-old-1234567890.us-east-1.elb.amazonaws.com.", "fail"],
    ["shop-prod-1234567890.eu-west-1.elb.amazonaws.com.", "fail"],
    ["203.0.113.7", "fail"],
  ])("that lead to %s: %s", (target, status) => {
    expect(leadingTo(target).status).toBe(status);
  });

  it("in the way are named", () => {
    expect(leadingTo("203.0.113.7").detail).toBe(
      "Another record stands in the way: example.com leads to 203.0.113.7. Remove it before the deployment, or import it.",
    );
  });

  it("are free where there are none", () => {
    expect(judgeRecords([], wanted)).toEqual({ status: "pass", detail: "Free: example.com." });
  });

  it("are written for the domain and its alternative names, but for no wildcard", () => {
    expect(
      aliasNames({
        domain: "example.com",
        alternativeNames: ["*.example.com", "www.example.com", "example.com"],
      }),
    ).toEqual(["example.com", "www.example.com"]);
  });
});
