// What a secret looks like that somebody has written down: only forms that nothing else has.

const FORMS: readonly (readonly [string, RegExp])[] = [
  // "IAM identifiers", IAM user guide: long-term and temporary access keys.
  ["an AWS access key", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  // "About authentication to GitHub", token formats.
  ["a GitHub token", /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  // What stands before :// is looked at last: that there is one at all is rare, and quickly found.
  ["a password within a URL", /:\/\/[^\s/:@]*:[^\s/:@${}]+@(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/]*)/i],
];

/** What a text seems to hold that should be secret, in words; `undefined` if nothing. */
export function secretIn(text: string): string | undefined {
  return FORMS.find(([, form]) => form.test(text))?.[0];
}
