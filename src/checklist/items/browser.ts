// Items on what protects a user's browser: forged requests (CSRF), and the headers of responses.
import { finding, type SynthesizedPlatform } from "../../policies/policy";
import { asText, type JsonObject } from "../../reachability/terraform-config";
import { notMet, place, unique } from "../answers";
import { containerVariables } from "../containers";
import type { Item } from "../item";

function httpsListeners({ resources }: SynthesizedPlatform) {
  return resources.of("aws_lb_listener").filter(({ body }) => body.protocol === "HTTPS");
}

/** What settings take for false: django-environ, environs and strtobool agree on these. */
const OFF = /^(|0|f|false|n|no|off)$/i;

const csrf: Item = {
  id: "csrf",
  title: "Forms and APIs with cookies refuse forged requests (CSRF)",
  group: "required",
  why: "Otherwise any page that a user opens may act in that user's name.",
  answer: (platform) => {
    const { containers } = containerVariables(platform);
    const isEncrypted = httpsListeners(platform).length > 0;
    const findings = containers.flatMap(({ definition, plain }) => {
      const origins = (plain.get("CSRF_TRUSTED_ORIGINS") ?? "").split(/[\s,]+/);
      const cookie = plain.get("CSRF_COOKIE_SECURE");
      return [
        ...(origins.some((origin) => /^([a-z]+:\/\/)?\*$/.test(origin))
          ? [finding(definition, "Its variable CSRF_TRUSTED_ORIGINS trusts every site")]
          : []),
        ...(isEncrypted && origins.some((origin) => origin.startsWith("http://"))
          ? [finding(definition, "Its variable CSRF_TRUSTED_ORIGINS trusts a site without HTTPS")]
          : []),
        ...(isEncrypted && cookie !== undefined && OFF.test(cookie)
          ? [finding(definition, "Its variable CSRF_COOKIE_SECURE lets the cookie go by plain HTTP")]
          : []),
      ];
    });
    return findings.length > 0
      ? notMet(findings, "Leave both variables to the platform: they follow from the domain.")
      : {
          state: "confirm",
          where: unique(
            containers
              .filter(({ plain }) => plain.has("CSRF_TRUSTED_ORIGINS"))
              .map(({ definition }) => place(definition)),
          ),
          detail:
            "The application decides: confirm that CsrfViewMiddleware is in MIDDLEWARE, and look for csrf_exempt, and for " +
            "authentication classes that take the session's cookie without it.",
        };
  },
};

/** A header's argument on a listener. */
const argument = (header: string) => `routing_http_response_${header}_header_value`;

const has = (body: JsonObject, header: string) => asText(body[argument(header)]) !== undefined;

/** What Django's SecurityMiddleware and XFrameOptionsMiddleware add as well, where the load balancer leaves it to them. */
const LEFT = {
  x_content_type_options: "X-Content-Type-Options",
  x_frame_options: "X-Frame-Options",
} as const;

const responseHeaders: Item = {
  id: "response-headers",
  title:
    "Responses tell browsers to keep to HTTPS, to guess no types, to be framed by nobody, and to tell other sites little",
  group: "required",
  why: "A browser can only refuse what it has been told to.",
  answer: (platform) => {
    const listeners = httpsListeners(platform);
    const forgetful = listeners.filter(
      ({ body }) =>
        !has(body, "strict_transport_security") ||
        /\bmax-age=0\b/.test(String(body[argument("strict_transport_security")])),
    );
    if (forgetful.length > 0) {
      return notMet(
        forgetful.map((listener) => finding(listener, "It sends no Strict-Transport-Security that holds")),
        "Remove strictTransportSecurity from loadBalancer.responseHeaders: a year is the default.",
      );
    }
    const left = Object.entries(LEFT).flatMap(([header, name]) =>
      listeners.some(({ body }) => !has(body, header)) ? [name] : [],
    );
    const own = [...left, "Referrer-Policy", "Cross-Origin-Opener-Policy", "Content-Security-Policy"];
    return {
      state: "confirm",
      where: listeners.map(place),
      detail: `What the load balancer adds is right; ${own.join(", ")} are the application's: "verify" asks for them over the wire (headers:*).`,
    };
  },
};

export const requiredBrowserItems: readonly Item[] = [csrf, responseHeaders];
