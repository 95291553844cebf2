// Items on what runs in the containers: what Terraform tells the application, and what only the application knows.
import { toolFamilies } from "../../model/names/services";
import { isPublic } from "../../model/services";
import { finding } from "../../policies/policy";
import databaseCredentialsManaged from "../../policies/rules/database-credentials-managed";
import imagePinned from "../../policies/rules/image-pinned";
import noHardcodedSecrets from "../../policies/rules/no-hardcoded-secrets";
import noPlainSecrets from "../../policies/rules/no-plain-secrets";
import secretsOutOfState from "../../policies/rules/secrets-out-of-state";
import { asText } from "../../reachability/terraform-config";
import { findingsOf, judged, notMet, place, unique } from "../answers";
import { type ContainerVariables, containerVariables } from "../containers";
import type { Item } from "../item";
import { secretKey } from "./secret-key";

const NO_CONTAINERS = "The environment runs no container.";

const authentication: Item = {
  id: "authentication",
  title: "Every page that is not for everybody asks who is there",
  group: "required",
  why: "The platform lets every request for the domain through to the application.",
  answer: ({ environment }) => ({
    state: "confirm",
    where: Object.entries(environment.services).flatMap(([key, service]) =>
      isPublic(service) ? `services.${key}` : [],
    ),
    detail:
      "The application decides: look for views and APIs without a permission class, for django.contrib.admin on the " +
      "Internet, and for accounts without a second factor.",
  }),
};

/** Variables of django-cors-headers that let every site in, under its names old and new. */
const EVERY_ORIGIN = ["CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"];

const cors: Item = {
  id: "cors",
  title: "Only sites that are known may call the API from a browser (CORS)",
  group: "required",
  why: "With any origin allowed, any page that a user opens may call the API as that user.",
  answer: (platform) => {
    const { containers } = containerVariables(platform);
    const findings = containers.flatMap(({ definition, plain }) =>
      [...plain].flatMap(([name, value]) => {
        const isOpen = EVERY_ORIGIN.includes(name)
          ? !isOff(value)
          : /CORS/.test(name) && value.split(/[\s,]+/).includes("*");
        return isOpen ? finding(definition, `Its variable ${name} allows every origin`) : [];
      }),
    );
    if (findings.length > 0) {
      const remedy = "Name the origins, in CORS_ALLOWED_ORIGINS say.";
      return notMet(findings, remedy);
    }
    const hints = containers.flatMap(({ plain }) => [...plain.keys()].filter((name) => /CORS/.test(name)));
    return {
      state: "confirm",
      where: definitionsOf(
        containers.filter(({ plain }) => [...plain.keys()].some((name) => /CORS/.test(name))),
      ),
      detail:
        hints.length > 0
          ? `The application reads ${unique(hints).join(", ")}: confirm that it allows no other origins.`
          : "No variable says anything of CORS: confirm that the application's settings allow known origins only, or none.",
    };
  },
};

/** What settings take for false: django-environ, environs and strtobool agree on these. */
function isOff(value: string): boolean {
  return /^(|0|f|false|n|no|off)$/i.test(value);
}

const debugOff: Item = {
  id: "debug-off",
  title: "DEBUG is off",
  group: "required",
  why: "With DEBUG, every error page shows settings, code and the values of variables.",
  answer: (platform) => {
    const { unreadable, ...all } = containerVariables(platform);
    // The platform's own tasks run no application.
    const tools = toolFamilies(platform.environment.name);
    const containers = all.containers.filter(
      ({ definition }) => !tools.includes(asText(definition.body.family) ?? ""),
    );
    const debug = ({ plain }: ContainerVariables) => plain.get("DEBUG") ?? plain.get("DJANGO_DEBUG");
    const known = (value: string | undefined) => value !== undefined && !value.includes("${");
    const on = containers.filter((each) => known(debug(each)) && !isOff(debug(each) ?? ""));
    if (on.length > 0) {
      const findings = on.map(({ definition }) =>
        finding(definition, "Its variable DEBUG turns debugging on"),
      );
      const remedy =
        "Leave DEBUG out of the service's environment: for Django services, the platform sets it to False.";
      return notMet(findings, remedy);
    }
    const open = [
      ...containers.filter((each) => !known(debug(each))).map(({ definition }) => definition),
      ...unreadable,
    ];
    return open.length > 0
      ? {
          state: "confirm",
          where: unique(open.map(place)),
          detail: "No variable DEBUG is set there in plain: confirm that the image turns debugging off.",
        }
      : {
          state: "met",
          where: definitionsOf(containers),
          detail: containers.length > 0 ? "The variable DEBUG is off in every container." : NO_CONTAINERS,
        };
  },
};

const secrets: Item = {
  id: "secrets",
  title: "Secrets are in Secrets Manager, and nowhere else",
  group: "required",
  why: "A secret in code, in a variable or in Terraform's state is known to everybody who may look there.",
  answer: (platform) => {
    const { resources } = platform;
    const policies = [noPlainSecrets, noHardcodedSecrets, secretsOutOfState, databaseCredentialsManaged];
    const managed = resources
      .of("aws_db_instance")
      .filter(({ body }) => body.manage_master_user_password !== undefined);
    return judged({
      subjects: [...resources.of("aws_secretsmanager_secret", "data.aws_secretsmanager_secret"), ...managed],
      findings: findingsOf(platform, ...policies),
      met: "Containers get their secrets from Secrets Manager; nothing in the output, or kept in the state, looks like one.",
      without: "The environment has no secrets.",
      remedy: "Move it to the service's secrets, and replace it, since it is known now.",
    });
  },
};

const imagesPinned: Item = {
  id: "image-pinned",
  title: "Every image has a digest, or a tag other than latest",
  group: "nice to have",
  why: 'What "latest" means can change between two tasks of one deployment.',
  answer: (platform) =>
    judged({
      subjects: platform.resources.of("aws_ecs_task_definition"),
      findings: findingsOf(platform, imagePinned),
      met: 'No image is called by the tag "latest".',
      without: NO_CONTAINERS,
      remedy: imagePinned.remedy,
    }),
};

function definitionsOf(containers: readonly ContainerVariables[]): string[] {
  return unique(containers.map(({ definition }) => place(definition)));
}

export const requiredApplicationItems: readonly Item[] = [authentication, cors, debugOff, secretKey, secrets];
export const furtherApplicationItems: readonly Item[] = [imagesPinned];
