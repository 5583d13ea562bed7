/**
 * @typedef {{ name: string, version: string, scope?: string }} Component
 * @typedef {{ metadata: { component: Component & { type: string } }, components: Component[] }} BillOfMaterials
 */

/** Ships with the desktop app, yet no bundle holds it. */
const runtime = 'electron';

/**
 * npm's list in CycloneDX, with what ships marked as `required` and what only builds and tests as `excluded`: to npm most of
 * it is for development, because the build puts it into the bundles.
 *
 * @param {BillOfMaterials} listed by `npm sbom`
 * @param {readonly { name: string, version: string }[]} shipped
 * @returns {BillOfMaterials}
 * @throws when something ships that npm does not know
 */
export function markShipped(listed, shipped) {
  const keyOf = (/** @type {{ name: string, version: string }} */ { name, version }) => `${name}@${version}`;
  const known = new Set(listed.components.map(keyOf));
  const unknown = shipped.map(keyOf).filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`These ship and are not in the lock file: ${unknown.join(', ')}`);
  const ships = new Set(shipped.map(keyOf));
  return {
    ...listed,
    metadata: {
      ...listed.metadata,
      component: { ...listed.metadata.component, type: 'application', name: 'heads-up' },
    },
    components: listed.components.map((component) => ({
      ...component,
      scope: ships.has(keyOf(component)) || component.name === runtime ? 'required' : 'excluded',
    })),
  };
}
