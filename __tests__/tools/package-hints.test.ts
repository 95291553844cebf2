// Whoever installs the package sees in the editor what each field means, as its source says it.
import { join } from "node:path";
import { fieldComments } from "../../tools/reference/descriptions";
import { withHints } from "../../tools/reference/hints";

const comments = fieldComments(join(__dirname, "..", ".."));

it("puts a field's comment before it, in objects, tables, lists and choices", () => {
  const declarations = `import { z } from "zod";
export declare const environmentSchema: z.ZodObject<{
    region: z.ZodString;
    services: z.ZodRecord<z.ZodString, z.ZodObject<{
        routes: z.ZodOptional<z.ZodArray<z.ZodObject<{
            hosts: z.ZodOptional<z.ZodArray<z.ZodString>>;
        }, z.core.$strict>>>;
        architecture: z.ZodDefault<z.ZodEnum<{
            ARM64: "ARM64";
        }>>;
    }, z.core.$strict>>;
}, z.core.$strict>;
`;
  expect(withHints(declarations, comments)).toBe(`import { z } from "zod";
export declare const environmentSchema: z.ZodObject<{
    /** The AWS region, such as \`us-east-1\`. */ region: z.ZodString;
    /** The services by key; the key also names the container and the security group. */ services: z.ZodRecord<z.ZodString, z.ZodObject<{
        /** Which hosts and paths reach the service. Default: whatever no other service's routes take. */ routes: z.ZodOptional<z.ZodArray<z.ZodObject<{
            /** Host names that lead here; with \`paths\` too, both must match. Default: any. */ hosts: z.ZodOptional<z.ZodArray<z.ZodString>>;
        }, z.core.$strict>>>;
        /** The processor that the image is built for. */ architecture: z.ZodDefault<z.ZodEnum<{
            ARM64: "ARM64";
        }>>;
    }, z.core.$strict>>;
}, z.core.$strict>;
`);
});

it("refuses declarations in which it finds nothing", () => {
  expect(() => withHints("export declare const other: 1;", comments)).toThrow("have no field");
});
