// shop-production: the shop as its customers see it.
import { defineEnvironment } from "../validation/define-environment";
import { shop } from "./shared/shop";

export default defineEnvironment(shop("production"));
