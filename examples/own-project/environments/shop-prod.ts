// shop-prod: the shop as its customers see it.
import { defineEnvironment } from "django-on-aws-cdktf/environment";
import { uploadsBucket } from "../names";

const name = "shop-prod";

export default defineEnvironment({
  name,
  region: "eu-central-1",
  account: "123456789012",
  network: {
    cidr: "10.80.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
  },
  services: {
    web: {
      image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.4.2",
      port: 8000,
      cpu: 512,
      memory: 1024,
      connectsTo: ["postgres"],
      environment: { UPLOADS_BUCKET: uploadsBucket(name) },
      django: {},
    },
  },
  database: {},
  dns: { domain: "shop.example.com", hostedZoneId: "Z0123456789EXAMPLE" },
  monitoring: { emails: ["platform@example.com"] },
});
