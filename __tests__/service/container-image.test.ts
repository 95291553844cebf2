// The image's tag as a Terraform variable, with the environment's tag as its default.
import { ContainerImage } from "../../src/service/container-image";
import { synthScope } from "../support/synth-scope";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

function variable(key: string, image: string) {
  const synth = synthScope((scope) => {
    new ContainerImage(scope, "image", { key, who: `the service ${key}`, image });
  });
  return JSON.parse(synth).variable;
}

describe("ContainerImage", () => {
  it.each([
    ["django", "lightwave/django:1.0.0", "django_image_tag", "1.0.0"],
    ["web-app", "registry.example.com:5000/web:v2", "web_app_image_tag", "v2"],
    ["worker", `team/worker@${DIGEST}`, "worker_image_tag", DIGEST],
  ])("makes of the service %s with %s the variable %s, by default %s", (key, image, name, version) => {
    expect(Object.keys(variable(key, image))).toEqual([name]);
    expect(variable(key, image)[name]).toMatchObject({ type: "string", default: version, nullable: false });
  });

  it.each([
    ["1.0.0", true],
    ["v2_rc-1", true],
    [DIGEST, true],
    ["sha256:0123", false],
    ["a:b", false],
    [".hidden", false],
    ["", false],
    ["a b", false],
    ["x".repeat(129), false],
  ])("accepts %p: %p", (version, accepted) => {
    const [rule] = variable("django", "lightwave/django:1.0.0").django_image_tag.validation;
    const pattern = /^\$\{can\(regex\("(.*)", var\.django_image_tag\)\)\}$/.exec(rule.condition)?.[1];
    expect(new RegExp(pattern ?? "no pattern").test(version)).toBe(accepted);
  });

  it("refuses a tag that moves", () => {
    const [, rule] = variable("django", "lightwave/django:1.0.0").django_image_tag.validation;
    expect(rule.condition).toBe('${var.django_image_tag != "latest"}');
  });

  it("names itself in its error where an image has no tag", () => {
    expect(() => variable("django", "lightwave/django")).toThrow(/image: the image "lightwave\/django"/);
  });
});
