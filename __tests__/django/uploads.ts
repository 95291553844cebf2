// Uploads in a bucket: kept, read again, and given to whoever has a link.
import { UPLOADS } from "./support/environments";
import { askJson } from "./support/requests";
import { NAMES } from "./support/servers";
import { createBucket } from "./support/servers/aws";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";

interface Kept {
  readonly name: string;
  readonly url: string;
}

export function uploads(stage: () => Stage, shop: () => Shop): void {
  test("an upload is kept in S3, and its link is good for whoever has it", async () => {
    await createBucket(stage().servers.aws, UPLOADS);
    const { web, webSite } = shop();
    const keep = (body: string) => askJson<Kept>(webSite, "/files/", { body });
    const { name, url } = await keep("what a customer sent");
    expect(name).toBe("uploads/note.txt");
    expect(await askJson(webSite, `/files/?name=${name}`)).toEqual({ content: "what a customer sent" });

    const link = new URL(url);
    expect(link.hostname).toBe(NAMES.uploads);
    expect(link.searchParams.get("X-Amz-Credential")).toMatch(/\/us-east-1\/s3\/aws4_request$/);
    const read = `import urllib.request; print(urllib.request.urlopen(${JSON.stringify(url)}).read().decode())`;
    expect((await web.run(["python", "-c", read])).output.trim()).toBe("what a customer sent");

    // As the page says of a second file of the same name.
    expect((await keep("another")).name).toBe(name);
    expect(await askJson(webSite, `/files/?name=${name}`)).toEqual({ content: "another" });
  });
}
