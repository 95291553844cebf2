// The zone that records are written into: found by name or by ID, and refused in a plan where it is the wrong one.
import { TerraformOutput } from "cdktf";
import type { z } from "zod";
import { HostedZone } from "../../src/load-balancer/hosted-zone";
import { dnsSchema } from "../../src/schema/dns";
import { synthScope } from "../support/synth-scope";
import { output } from "./fixtures";

function synth(dns: z.input<typeof dnsSchema>): string {
  return synthScope((scope) => {
    const { id } = new HostedZone(scope, "hosted", { dns: dnsSchema.parse(dns) });
    new TerraformOutput(scope, "id", { value: id, staticId: true });
  });
}

function zone(dns: z.input<typeof dnsSchema>): unknown {
  return JSON.parse(synth(dns)).data.aws_route53_zone;
}

const lifecycle = (names: string, words: string) => ({
  postcondition: [
    {
      condition: "${!self.private_zone}",
      error_message: expect.stringMatching(/self\.name} is private.*Give the public one/),
    },
    {
      condition: `\${alltrue([for name in ${names} : name == self.name || endswith(name, ".\${self.name}")])}`,
      error_message: expect.stringContaining(
        `\${self.name} is not the parent of every name of the platform: ${words}.`,
      ),
    },
  ],
});

describe("HostedZone", () => {
  it("is found by its name, among public ones", () => {
    expect(zone({ domain: "shop.example.com", hostedZoneName: "example.com" })).toEqual({
      domain: {
        name: "example.com",
        private_zone: false,
        lifecycle: lifecycle('["shop.example.com"]', "shop.example.com"),
      },
    });
  });

  it("is found by its ID, and must be the parent of every name", () => {
    const dns = {
      domain: "example.com",
      alternativeNames: ["*.example.com"],
      hostedZoneId: "Z0123456789ABCDEFGHIJ",
    };
    expect(zone(dns)).toEqual({
      domain: {
        zone_id: "Z0123456789ABCDEFGHIJ",
        lifecycle: lifecycle('["example.com","*.example.com"]', "example.com, *.example.com"),
      },
    });
  });

  it("tells its ID once it has been looked up", () => {
    const config = synth({ domain: "shop.example.com", hostedZoneName: "example.com" });
    expect(output(config, "id")).toBe(`\${data.aws_route53_zone.domain.zone_id}`);
  });
});
