import { parseSync } from 'vite';

/** A node of a syntax tree (ESTree), as far as these tests look at it. */
export type SyntaxNode = Readonly<{ type: string }> & Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Every node of a source or a bundle. Throws where it is no JavaScript or TypeScript. */
export function listNodes(path: string, text: string): readonly SyntaxNode[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`);
  const nodes: SyntaxNode[] = [];
  const waiting: unknown[] = [program];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...(value as unknown[]));
    else if (isNode(value)) {
      nodes.push(value);
      waiting.push(...Object.values(value));
    }
  }
  return nodes;
}

/** `name` of `name` and of `anything.name`; null for everything else. */
export function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'MemberExpression') return nameOf(node['property']);
  return null;
}
