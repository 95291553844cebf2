// What AWS answers about a healthy platform where the emulator has nothing to say.
import { type AwsProxy, xmlAnswer } from "../support/aws-proxy";

/** Takes back all other answers, and gives these. */
export function beHealthy(proxy: AwsProxy): void {
  proxy.forget();
  // The emulator starts no tasks, so nothing registers with a target group.
  proxy.answer("elasticloadbalancing:DescribeTargetHealth", () => targetHealth(["healthy", "healthy"]));
}

/** DescribeTargetHealth's answer for targets in these states. */
export function targetHealth(states: readonly string[], reason = "Target.ResponseCodeMismatch") {
  const members = states.map(
    (state, index) =>
      `<member><Target><Id>10.0.128.${index + 10}</Id><Port>8000</Port></Target><TargetHealth><State>${state}</State>${
        state === "healthy"
          ? ""
          : `<Reason>${reason}</Reason><Description>Health checks failed with these codes: [500]</Description>`
      }</TargetHealth></member>`,
  );
  return xmlAnswer(
    `<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetHealthResult><TargetHealthDescriptions>${members.join("")}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
  );
}
