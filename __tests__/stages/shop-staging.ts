// shop-staging: where a release of the shop is tried before its customers see it.
import { defineEnvironment } from "../../src/validation/define-environment";
import { shop } from "./shared/shop";

export default defineEnvironment(shop("staging"));
