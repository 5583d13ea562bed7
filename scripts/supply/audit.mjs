/**
 * What `npm audit --json` said.
 *
 * @typedef {{ kind: 'unavailable', why: string }
 *   | { kind: 'audited', advisories: readonly { id: string, name: string, severity: string, title: string }[] }} Audit
 */

/**
 * @param {string} output
 * @returns {Audit}
 */
export function readAudit(output) {
  const report = parse(output);
  if (typeof report !== 'object' || report === null || !('vulnerabilities' in report)) {
    const message = typeof report === 'object' && report !== null && 'message' in report ? report.message : null;
    return { kind: 'unavailable', why: typeof message === 'string' ? withoutAddress(message) : 'no answer' };
  }
  const { vulnerabilities } =
    /** @type {{ vulnerabilities: Record<string, { via: (string | { url: string, severity: string, title: string })[] }> }} */ (
      report
    );
  const advisories = Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((cause) =>
      // A text names another package, whose own entry has the advisory.
      typeof cause === 'string'
        ? []
        : [{ id: cause.url.split('/').at(-1) ?? cause.url, name, severity: cause.severity, title: cause.title }],
    ),
  );
  return { kind: 'audited', advisories };
}

/**
 * The advisories that docs/security.md has no answer to: one that is answered is named there by its id.
 *
 * @param {Extract<Audit, { kind: 'audited' }>} audit
 * @param {string} securityPage
 * @returns {string[]}
 */
export function findUnanswered({ advisories }, securityPage) {
  return advisories
    .filter(({ id }) => !securityPage.includes(id))
    .map(
      ({ id, name, severity, title }) =>
        `${id} (${severity}) in ${name}: ${title}. docs/security.md does not answer it.`,
    );
}

/** @param {string} output */
function parse(output) {
  try {
    return /** @type {unknown} */ (JSON.parse(output));
  } catch {
    return null;
  }
}

/** Where the registry is, is nobody's business but npm's. */
function withoutAddress(/** @type {string} */ message) {
  return message.replaceAll(/\s*(?:- (?:GET|POST) )?https?:\/\/\S+/g, '');
}
