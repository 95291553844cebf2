// A certificate is given, or new and proven by DNS: by Terraform in a hosted zone, by hand elsewhere.
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { TerraformOutput, Testing } from "cdktf";
import type { z } from "zod";
import { Certificate } from "../../src/load-balancer/certificate";
import { dnsSchema } from "../../src/schema/dns";
import { synthScope } from "../support/synth-scope";
import { blocks, output } from "./fixtures";

Testing.setupJest();

const ZONE = "Z0123456789ABCDEFGHIJ";

function synth(dns: z.input<typeof dnsSchema>, zoneId?: string): string {
  return synthScope((scope) => {
    const { arn, validationRecords } = new Certificate(scope, "certificate", {
      dns: dnsSchema.parse(dns),
      zoneId,
    });
    new TerraformOutput(scope, "results", { value: { arn, validationRecords }, staticId: true });
  });
}

describe("Certificate", () => {
  it("is used as it is where one is given", () => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222";
    const config = synth({ domain: "example.com", certificateArn }, ZONE);
    expect(JSON.parse(config).resource).toBeUndefined();
    expect(output(config, "results")).toEqual({ arn: certificateArn });
  });

  it("is new otherwise, and its ARN waits until it is valid", () => {
    const config = synth({ domain: "example.com", alternativeNames: ["www.example.com"] });
    expect(config).toHaveResourceWithProperties(AcmCertificate, {
      domain_name: "example.com",
      subject_alternative_names: ["www.example.com"],
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
    expect(blocks(config, "aws_acm_certificate_validation")).toEqual({
      load_balancer: { certificate_arn: `\${aws_acm_certificate.load_balancer.arn}` },
    });
    expect(blocks(config, "aws_route53_record")).toEqual({});
    expect(output(config, "results")).toEqual({
      arn: `\${aws_acm_certificate_validation.load_balancer.certificate_arn}`,
      validationRecords: `\${tolist(aws_acm_certificate.load_balancer.domain_validation_options)}`,
    });
  });

  it("gets one validation record a name in the hosted zone, which a wildcard shares", () => {
    const config = synth(
      { domain: "*.example.com", alternativeNames: ["example.com", "shop.example.com"] },
      ZONE,
    );
    const option = (name: string, attribute: string) =>
      "${[for option in aws_acm_certificate.load_balancer.domain_validation_options : " +
      `option.${attribute} if trimprefix(option.domain_name, "*.") == "${name}"][0]}`;
    const record = (name: string) => ({
      zone_id: ZONE,
      name: option(name, "resource_record_name"),
      type: option(name, "resource_record_type"),
      records: [option(name, "resource_record_value")],
      ttl: 300,
      allow_overwrite: true,
    });
    expect(blocks(config, "aws_route53_record")).toEqual({
      validation_example_com: record("example.com"),
      validation_shop_example_com: record("shop.example.com"),
    });
    expect(blocks(config, "aws_acm_certificate_validation")).toEqual({
      load_balancer: {
        certificate_arn: `\${aws_acm_certificate.load_balancer.arn}`,
        validation_record_fqdns: [
          `\${aws_route53_record.validation_example_com.fqdn}`,
          `\${aws_route53_record.validation_shop_example_com.fqdn}`,
        ],
      },
    });
    expect(config).toHaveResource(AcmCertificateValidation);
  });
});
