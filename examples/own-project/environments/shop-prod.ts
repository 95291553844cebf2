// shop-prod: the shop as its customers see it.
import { defineEnvironment } from "django-on-aws-cdktf/environment";
import { ACCOUNT, ownPermissions, REGION, uploadsBucket } from "../declarations";

const name = "shop-prod";
const hostedZoneId = "Z0123456789EXAMPLE";

export default defineEnvironment({
  name,
  region: REGION,
  account: ACCOUNT,
  network: {
    cidr: "10.80.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
  },
  services: {
    web: {
      image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop/web:1.4.2`,
      port: 8000,
      cpu: 512,
      memory: 1024,
      connectsTo: ["postgres"],
      environment: { UPLOADS_BUCKET_NAME: uploadsBucket(name) },
      django: {},
    },
  },
  database: {},
  extraMembers: { search: { label: "OpenSearch", tier: "data" } },
  extraFlows: [
    { source: "web", destination: "search", port: 443, description: "Full-text search of the catalogue" },
  ],
  dns: { domain: "shop.example.com", hostedZoneId },
  monitoring: { emails: ["platform@example.com"] },
  state: { backend: "s3", bucket: "example-shop-states", region: REGION },
  ci: { github: { repository: "example/shop-platform" }, own: ownPermissions(name, hostedZoneId) },
});
