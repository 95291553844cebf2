// What Elastic Load Balancing, Route 53, ACM and WAF say of a platform's entrance, as the outputs of the stack django should.
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { Account } from "./account";

export async function entranceOutputs(account: Account) {
  const { names } = account;
  const elb = account.client(ElasticLoadBalancingV2Client);
  const { LoadBalancers = [] } = await elb.send(
    new DescribeLoadBalancersCommand({ Names: [names.loadBalancer] }),
  );
  const [{ LoadBalancerArn = "", DNSName = "", CanonicalHostedZoneId } = {}] = LoadBalancers;
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  const certificate = Listeners.flatMap(({ Certificates = [] }) => Certificates)[0]?.CertificateArn;
  const alias = await aliasOf(account.client(Route53Client), DNSName);
  return {
    url: `https://${alias?.name}`,
    load_balancer_arn: LoadBalancerArn,
    load_balancer_dns_name: DNSName,
    load_balancer_zone_id: CanonicalHostedZoneId,
    listener_arns: Object.fromEntries(
      Listeners.map(({ Protocol = "", ListenerArn }) => [Protocol.toLowerCase(), ListenerArn]),
    ),
    target_group_arns: Object.fromEntries(
      Object.entries(names.services).flatMap(([key, { targetGroup }]) =>
        TargetGroups.filter(({ TargetGroupName }) => TargetGroupName === targetGroup).map(
          ({ TargetGroupArn }) => [key, TargetGroupArn],
        ),
      ),
    ),
    hosted_zone_id: alias?.zoneId,
    certificate_validation_records: await validationRecords(account.client(ACMClient), certificate),
    // It fails where no web ACL is on the load balancer.
    web_acl_arn: await account.cli(
      "WebACL.ARN",
      "wafv2",
      "get-web-acl-for-resource",
      "--resource-arn",
      LoadBalancerArn,
    ),
  };
}

/** The record that leads to the load balancer, of whichever hosted zone. */
async function aliasOf(route53: Route53Client, dnsName: string) {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  for (const { Id: HostedZoneId = "" } of HostedZones) {
    const { ResourceRecordSets = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId }),
    );
    const found = ResourceRecordSets.find(
      ({ AliasTarget }) => AliasTarget?.DNSName?.replace(/\.$/, "") === dnsName,
    );
    if (found) {
      return { name: found.Name?.replace(/\.$/, ""), zoneId: HostedZoneId.replace("/hostedzone/", "") };
    }
  }
  return undefined;
}

async function validationRecords(acm: ACMClient, CertificateArn: string | undefined) {
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  return Certificate?.DomainValidationOptions?.map(({ DomainName, ResourceRecord }) => ({
    domain_name: DomainName,
    resource_record_name: ResourceRecord?.Name,
    resource_record_type: ResourceRecord?.Type,
    resource_record_value: ResourceRecord?.Value,
  }));
}
