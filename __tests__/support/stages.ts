// The stages of one platform, as the tests know them: what stands in src/environments is the user's to change or remove.
import { join } from "node:path";
import { Environments } from "../../src/project/environments";

export const stages = new Environments({ folder: join(__dirname, "..", "stages") });
