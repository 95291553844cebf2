// Signs in to the admin as a browser does.
import { type Answer, ask, type Site } from "./requests";

const PATH = "/admin/login/";

/** What a browser sends back of the cookies that an answer sets. */
export function cookieOf({ headers }: Pick<Answer, "headers">): string {
  return [headers["set-cookie"] ?? []]
    .flat()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Opens the form and sends it. @param csrf in the place of the form's own token */
export async function signIn(
  site: Site,
  username: string,
  password: string,
  { csrf, ...client }: { readonly from?: string; readonly csrf?: string } = {},
): Promise<Answer> {
  const page = await ask(site, PATH, client);
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const form = new URLSearchParams({
    username,
    password,
    csrfmiddlewaretoken: csrf ?? token,
    next: "/admin/",
  });
  return ask(site, PATH, {
    ...client,
    body: form.toString(),
    headers: {
      Referer: `https://${site.host}${PATH}`,
      Cookie: cookieOf(page),
      "Content-Type": "application/x-www-form-urlencoded",
    },
  });
}
