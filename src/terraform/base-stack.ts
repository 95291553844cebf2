// What every stack of this project has in common: its provider, its versions, its state, and HCL that says what its
// JSON says.
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import {
  Aspects,
  LocalBackend,
  S3Backend,
  type TerraformBackend,
  TerraformElement,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct, Node } from "constructs";
import { terraformName } from "../model/names/terraform";
import { stateLocation } from "../model/state-location";
import { acceptedIn } from "../scanners/accepted";
import { scannerComments } from "../scanners/comments";
import { ACCEPTED } from "../scanners/list";
import type { State } from "../schema/state";
import type { TerraformModule } from "../schema/terraform-module";
import { addressOf, DuplicateAddressError, duplicateAddresses, elementsOf } from "./addresses";
import { withBareReferences } from "./bare-references";
import { CallersProvider } from "./callers-provider";
import { withCallersProviders } from "./callers-providers";
import { CommonTags } from "./common-tags";
import { type Move, movesOf } from "./former-addresses";
import { filesOf, type Note } from "./hcl/files";
import { asList, isObject, type Json, type JsonObject } from "./hcl/json";
import { renderBlocks, renderHcl } from "./hcl/render";
import { NoBackend } from "./no-backend";
import { commentOf, topicOf } from "./notes";
import { typedSlots } from "./typed-slots";

/** Terraform 1.11 is the first with write-only arguments. */
export const TERRAFORM_VERSION = ">= 1.11.0";

/** 5.100 is the last of version 5; 7 may break anything. */
const PROVIDER = { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } as const;

export interface BaseStackProps {
  /** The region of everything in the stack, for example `us-east-1`. */
  readonly region: string;
  /**
   * The 12 digits of the only account that the stack may be applied to.
   *
   * @default - any account that the credentials belong to
   */
  readonly accountId?: string | undefined;
  /** Tags for every resource that takes tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Where the state is kept. */
  readonly state: State;
  /** What tells this environment's state from another's, for example the environment's name. */
  readonly stateName: string;
  /**
   * Whether it is applied by itself, with its own provider and backend, or called as a module, with the caller's.
   *
   * @default "root"
   */
  readonly terraformModule?: TerraformModule | undefined;
}

/** A stack with an AWS provider of one region, and of further regions where it asks for them. */
export class BaseStack extends TerraformStack {
  /** The default configuration of the AWS provider; of a child module, the caller's. */
  readonly provider: AwsProvider;
  /** Whether its provider and its backend are those of the module that calls it. */
  readonly isChildModule: boolean;
  private readonly elsewhere = new Map<string, AwsProvider>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BaseStackProps,
  ) {
    super(scope, id);
    this.isChildModule = props.terraformModule === "child";
    this.provider = new AwsProvider(this, "aws", this.providerConfig(props.region));
    this.addBackend(props);
    if (this.isChildModule) Aspects.of(this).add(new CommonTags(props.tags));
    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    this.addOverride("terraform.required_providers.aws", PROVIDER);
  }

  /** The AWS provider of another region, for the few resources that belong there: same account, same tags. */
  providerIn(region: string): AwsProvider {
    const known = this.elsewhere.get(region);
    const provider =
      known ?? new AwsProvider(this, `aws-${region}`, { ...this.providerConfig(region), alias: region });
    this.elsewhere.set(region, provider);
    return provider;
  }

  /** What a child module is told of its caller's provider; `undefined` in a root module, which has its own. */
  callersProvider(): CallersProvider | undefined {
    const { region, accountId } = this.props;
    return this.isChildModule ? CallersProvider.of(this, { region, accountId }) : undefined;
  }

  /** What Terraform finds in a state from before addresses were without hashes, and what it is called now. */
  moves(): Move[] {
    // No module had those addresses, and a root that moves its resources here must be the only one that says where they come from.
    if (this.isChildModule) return [];
    return movesOf(elementsOf(this).filter(TerraformResource.isTerraformResource));
  }

  /**
   * As cdktf's own, but with references that Terraform accepts, and with `moved` blocks.
   *
   * @throws DuplicateAddressError where two elements have one address
   */
  override toTerraform(): JsonObject {
    const duplicates = duplicateAddresses(this);
    if (duplicates.length > 0) {
      throw new DuplicateAddressError(duplicates);
    }
    const config: Json = super.toTerraform();
    if (!isObject(config)) return {};
    const moved = [...asList(config.moved ?? []), ...this.moves().map((move) => ({ ...move }))];
    const whole = withBareReferences({ ...config, ...(moved.length > 0 && { moved }) });
    return this.isChildModule ? withCallersProviders(whole) : whole;
  }

  /** The name of an element: see `terraformName`. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return terraformName(TerraformElement.isTerraformElement(element) ? element.node.id : element.id);
  }

  /**
   * As cdktf's own, but nothing of the JSON is left out and `terraform fmt` finds nothing to change.
   *
   * What only `addOverride` sets inside of a block is a nested block if it is a list of objects, and an attribute
   * otherwise: write `[{ ... }]` for a block there, which is right in JSON as well.
   */
  override toHclTerraform(): { hcl: string; metadata: JsonObject } {
    const config = this.toTerraform();
    return { hcl: renderHcl(config, typedSlots(this)), metadata: metadataOf(config) };
  }

  /** The same HCL in files by topic, by the file's name. */
  toHclFiles(): ReadonlyMap<string, string> {
    const { terraform, ...config } = this.toTerraform();
    const { required_version, required_providers, ...rest }: JsonObject = isObject(terraform)
      ? terraform
      : {};
    const versions = {
      ...(required_version && { required_version }),
      ...(required_providers && { required_providers }),
    };
    const divided = [versions, rest].filter((part) => Object.keys(part).length > 0);
    const { resource } = config;
    const accepted = acceptedIn(ACCEPTED, isObject(resource) ? resource : {});
    const notes = new Map(
      elementsOf(this).map((element, position): [string | undefined, Note] => {
        const address = addressOf(element);
        const rows = accepted.get(address ?? "");
        const scanners = rows && scannerComments(rows);
        return [address, { topic: topicOf(element), position, comment: commentOf(element), scanners }];
      }),
    );
    return filesOf(renderBlocks({ ...config, terraform: divided }, typedSlots(this)), (address) =>
      notes.get(address),
    );
  }

  private providerConfig(region: string): AwsProviderConfig {
    const { accountId, tags } = this.props;
    return {
      region,
      ...(accountId !== undefined && { allowedAccountIds: [accountId] }),
      ...(Object.keys(tags).length > 0 && { defaultTags: [{ tags: { ...tags } }] }),
    };
  }

  private addBackend({ state, stateName }: BaseStackProps): TerraformBackend {
    if (this.isChildModule) return new NoBackend(this);
    const location = stateLocation(state, stateName, this.node.id);
    switch (location.backend) {
      case "none":
        return new NoBackend(this);
      case "local":
        return new LocalBackend(this, { path: location.path });
      case "s3": {
        const { bucket, key, region } = location;
        const kmsKeyId = state.backend === "s3" ? state.kmsKeyId : undefined;
        const backend = new S3Backend(this, {
          bucket,
          key,
          region,
          encrypt: true,
          ...(kmsKeyId !== undefined && { kmsKeyId }),
        });
        // Newer than cdktf's S3Backend.
        backend.addOverride("use_lockfile", true);
        return backend;
      }
    }
  }
}

/**
 * What the JSON holds beside the configuration, for the file that stands next to the HCL: cdktf-cli reads a stack's
 * outputs and required providers from it.
 */
function metadataOf(config: JsonObject): JsonObject {
  const comments = (value: Json | undefined): Json | undefined => {
    if (!isObject(value)) return undefined;
    if (value["//"] !== undefined) return { "//": value["//"] };
    const found = Object.entries(value).flatMap(([key, inner]) => {
      const comment = comments(inner);
      return comment === undefined ? [] : [[key, comment] as const];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };
  const commented = ["data", "ephemeral", "module", "resource"].map(
    (kind) => [kind, comments(config[kind])] as const,
  );
  return {
    "//": config["//"] ?? {},
    ...(config.terraform !== undefined && { terraform: config.terraform }),
    ...Object.fromEntries(commented.flatMap(([kind, found]) => (found === undefined ? [] : [[kind, found]]))),
  };
}

/** What a construct's stack is told of its caller's provider; `undefined` in a root module. */
export function callersProviderOf(scope: Construct): CallersProvider | undefined {
  const stack = TerraformStack.of(scope);
  return stack instanceof BaseStack ? stack.callersProvider() : undefined;
}
