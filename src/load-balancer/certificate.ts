// The certificate that HTTPS needs: one that exists already, or a new one that proves by DNS that the domain is ours.
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import type { Dns } from "../schema/dns";
import { distinctNames } from "../terraform/addresses";
import { explain } from "../terraform/notes";

/** Seconds that resolvers may keep a validation record. */
const VALIDATION_RECORD_TTL = 300;

export interface CertificateProps {
  /** The environment's domain. */
  readonly dns: Dns;
  /**
   * The hosted zone that gets the validation records.
   *
   * @default - none: somebody enters them at the domain's provider
   */
  readonly zoneId?: string | undefined;
}

/**
 * A certificate in ACM for the domain and its alternative names.
 *
 * With a hosted zone, Terraform writes the validation records itself. Without one, `terraform apply` waits, up to 75
 * minutes (the provider's default), until somebody has entered the records at the domain's provider; meanwhile the ACM
 * console and `aws acm describe-certificate` show them. An apply that gave up can simply be repeated.
 */
export class Certificate extends Construct {
  /** The certificate's ARN; whoever refers to it waits until it is valid. */
  readonly arn: string;
  /**
   * The records that prove the domain is ours: a list of `domain_name`, `resource_record_name`,
   * `resource_record_type`, `resource_record_value`. `undefined` for a certificate that exists already.
   */
  readonly validationRecords: IResolvable | undefined;

  constructor(scope: Construct, id: string, { dns, zoneId }: CertificateProps) {
    super(scope, id);
    if (dns.certificateArn !== undefined) {
      this.arn = dns.certificateArn;
      return;
    }
    const certificate = new AcmCertificate(this, "certificate:load-balancer", {
      domainName: dns.domain,
      ...(dns.alternativeNames.length > 0 && { subjectAlternativeNames: dns.alternativeNames }),
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
      // ACM takes no * in a tag.
      tags: { Name: dns.domain.replace("*", "wildcard") },
    });
    explain(certificate, "A listener keeps the old one in use until it has the new one.");
    const records = zoneId === undefined ? [] : this.addValidationRecords(dns, zoneId, certificate);
    this.arn = new AcmCertificateValidation(this, "validation:load-balancer", {
      certificateArn: certificate.arn,
      ...(records.length > 0 && { validationRecordFqdns: records.map(({ fqdn }) => fqdn) }),
    }).certificateArn;
    this.validationRecords = certificate.domainValidationOptions;
  }

  /** One record for each name; a wildcard shares that of the name it stands under. */
  private addValidationRecords(dns: Dns, zoneId: string, certificate: AcmCertificate): Route53Record[] {
    const names = new Set([dns.domain, ...dns.alternativeNames].map((name) => name.replace(/^\*\./, "")));
    return distinctNames([...names]).map(([name, resourceName]) => {
      const option = (attribute: string) =>
        `[for option in ${certificate.fqn}.domain_validation_options : option.${attribute} ` +
        `if trimprefix(option.domain_name, "*.") == "${name}"][0]`;
      return new Route53Record(this, `validation-record-${name}:validation-${resourceName}`, {
        zoneId,
        name: `\${${option("resource_record_name")}}`,
        type: `\${${option("resource_record_type")}}`,
        records: [`\${${option("resource_record_value")}}`],
        ttl: VALIDATION_RECORD_TTL,
        // ACM asks for the same record again for another certificate of the same name and account.
        allowOverwrite: true,
      });
    });
  }
}
