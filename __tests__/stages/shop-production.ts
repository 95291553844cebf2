// shop-production: the shop as its customers see it.
import { defineEnvironment } from "../../src/validation/define-environment";
import { shop } from "./shared/shop";

export default defineEnvironment(shop("production"));
