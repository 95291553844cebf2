// Uploads in a bucket: kept, read again, and given to whoever has a link.
import { readFileSync } from "node:fs";
import { join } from "node:path";
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

  test("a browser uploads by a URL that the application signs as docs/buckets.md says", async () => {
    await createBucket(stage().servers.aws, UPLOADS);
    const page = readFileSync(join(__dirname, "..", "..", "docs", "buckets.md"), "utf8");
    const signing = /```python\n(import os\n[\s\S]*?)```/.exec(page)?.[1] ?? "";
    const script = `
import os, urllib.request
os.environ["MEDIA_BUCKET_NAME"] = os.environ["UPLOADS_BUCKET_NAME"]
${signing}
url = upload_url("uploads/photo.txt", "text/plain")
put = urllib.request.Request(url, data=b"from a browser", method="PUT", headers={"Content-Type": "text/plain"})
print(urllib.request.urlopen(put).status, url)
got = s3.get_object(Bucket=os.environ["MEDIA_BUCKET_NAME"], Key="uploads/photo.txt")
print(got["ContentType"], got["Body"].read().decode())
`;
    const { output } = await shop().web.run(["python", "-c", script]);
    const [put = "", got] = output.trim().split("\n");
    const [status, url = ""] = put.split(" ");
    const { hostname, searchParams } = new URL(url);
    expect([status, hostname]).toEqual(["200", NAMES.uploads]);
    expect(searchParams.get("X-Amz-Expires")).toBe("600");
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-type;host");
    expect(got).toBe("text/plain from a browser");
    // The web service reads it by its name, as it reads what it has kept itself.
    const read = await askJson(shop().webSite, "/files/?name=uploads/photo.txt");
    expect(read).toEqual({ content: "from a browser" });
  });
}
