// Whether plain HTTP is answered by a redirect to HTTPS at the same name, and by nothing else.
import type { Answer } from "./ask";
import type { VerifyCheck } from "./check";

/** Redirects that keep: RFC 9110, sections 15.4.2 and 15.4.9. The listener sends the first. */
const PERMANENT = [301, 308];

/** @param host whom the request was for */
export function judgeRedirect(host: string, answer: Answer): Pick<VerifyCheck, "status" | "detail"> {
  const { status, headers } = answer;
  const { location } = headers;
  const target = location !== undefined && URL.canParse(location) ? new URL(location) : undefined;
  const problem = !PERMANENT.includes(status)
    ? `${status}: plain HTTP is not redirected for good`
    : target?.protocol !== "https:" || target.hostname !== host.toLowerCase()
      ? `${status}: it leads to ${location ?? "nowhere"}, not to https://${host}/`
      : undefined;
  return problem === undefined
    ? { status: "pass", detail: `${status}: ${location}` }
    : { status: "fail", detail: problem };
}
