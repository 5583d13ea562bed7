import { dirname } from 'node:path';
import type { Random } from '../../../main/practice/random.ts';
import { createContent, type Content, type ContentChange } from './content.ts';
import type { DiskOperation } from './trace.ts';

/**
 * What a power cut does to whatever was not synced:
 *
 * - `kept`: nothing is lost; what a kill of the process leaves.
 * - `dropped`: all of it is lost.
 * - `part`: some of it is lost, the rest keeps its order.
 * - `reordered`: what is kept arrives in any order.
 * - `torn`: of each write only some sectors of 512 bytes arrive.
 */
export const fates = ['kept', 'dropped', 'part', 'reordered', 'torn'] as const;
export type Fate = (typeof fates)[number];

/** How a disk may lie; the controls use disks that do. */
export type Lie = 'no sync works' | 'no sync of a folder works' | null;

export type Image = Readonly<{ folders: readonly string[]; files: ReadonlyMap<string, Content> }>;

export type Disk = Readonly<{
  apply: (operation: DiskOperation) => void;
  /** What is found after the power comes back. */
  cut: (fate: Fate, random: Random) => Image;
}>;

type File = { synced: Content; pending: ContentChange[] };
type Node = File | 'folder';
type Names = Map<string, Node>;
/** A change of names is safe once each of the folders that it changes was synced. */
type NameChange = Readonly<{ unsynced: Set<string>; apply: (names: Names) => void }>;

/**
 * A disk that promises no more than POSIX does: the bytes of a file are safe after a sync of that file, a name after a
 * sync of its folder; anything else may be lost, and arrive in any order. File systems in use promise more.
 */
export function createDisk(root: string, lie: Lie = null): Disk {
  const live: Names = new Map([[root, 'folder']]);
  const safe: Names = new Map(live);
  let pendingNames: NameChange[] = [];
  const open = new Map<number, Readonly<{ path: string; node: Node }>>();

  function changeNames(folders: readonly string[], apply: (names: Names) => void): void {
    apply(live);
    pendingNames.push({ unsynced: new Set(folders), apply });
  }

  function syncFolder(path: string): void {
    for (const { unsynced } of pendingNames) unsynced.delete(path);
    for (const { unsynced, apply } of pendingNames) if (unsynced.size === 0) apply(safe);
    pendingNames = pendingNames.filter(({ unsynced }) => unsynced.size > 0);
  }

  const nodeAt = (path: string): Node => {
    const node = live.get(path);
    if (node === undefined) throw new Error(`The trace uses ${path}, which nothing has made`);
    return node;
  };
  const fileOf = (fd: number): File => {
    const node = open.get(fd)?.node;
    if (node === undefined || node === 'folder')
      throw new Error(`The trace changes ${open.get(fd)?.path ?? `file ${fd}, which is not open`}`);
    return node;
  };

  function apply(operation: DiskOperation): void {
    switch (operation.kind) {
      case 'open': {
        const { path, fd, creates, truncates } = operation;
        if (creates && !live.has(path)) {
          const file: File = { synced: createContent(), pending: [] };
          changeNames([dirname(path)], (names) => names.set(path, file));
        }
        const node = nodeAt(path);
        open.set(fd, { path, node });
        if (truncates && node !== 'folder') node.pending.push({ kind: 'truncate', length: 0 });
        return;
      }
      case 'close':
        open.delete(operation.fd);
        return;
      case 'write':
      case 'truncate':
        fileOf(operation.fd).pending.push(operation);
        return;
      case 'sync': {
        const { path, node } = open.get(operation.fd) ?? { path: root, node: undefined };
        if (lie === 'no sync works' || node === undefined) return;
        if (node !== 'folder') {
          for (const change of node.pending) node.synced.change(change);
          node.pending = [];
        } else if (lie === null) syncFolder(path);
        return;
      }
      case 'rename': {
        const { from, to } = operation;
        const node = nodeAt(from);
        if (node === 'folder') throw new Error(`The model knows no renaming of folders: ${from}`);
        changeNames([dirname(from), dirname(to)], (names) => {
          if (names.get(from) === node) names.delete(from);
          names.set(to, node);
        });
        return;
      }
      case 'link': {
        const node = nodeAt(operation.from);
        changeNames([dirname(operation.to)], (names) => names.set(operation.to, node));
        return;
      }
      case 'unlink':
      case 'rmdir': {
        const { path } = operation;
        const node = nodeAt(path);
        changeNames([dirname(path)], (names) => {
          if (names.get(path) === node) names.delete(path);
        });
        return;
      }
      case 'mkdir':
        changeNames([dirname(operation.path)], (names) => names.set(operation.path, 'folder'));
    }
  }

  return {
    apply,
    cut: (fate, random) => {
      const names = new Map(safe);
      for (const change of survivors(pendingNames, fate, random)) change.apply(names);
      const isReachable = (path: string): boolean =>
        path === root || (names.get(path) === 'folder' && isReachable(dirname(path)));
      const folders: string[] = [];
      const files = new Map<string, Content>();
      for (const [path, node] of names) {
        if (path === root || !isReachable(dirname(path))) continue;
        if (node === 'folder') folders.push(path);
        else files.set(path, contentAfter(node, fate, random));
      }
      return { folders: folders.toSorted(), files };
    },
  };
}

/** Those of the unsynced changes that arrived, in the order in which they did. */
function survivors<Change>(changes: readonly Change[], fate: Fate, random: Random): readonly Change[] {
  if (fate === 'dropped') return [];
  if (fate === 'kept') return changes;
  const kept = changes.filter(() => random.isLucky(0.5)).map((change) => ({ change, turn: random.next() }));
  if (fate === 'reordered') kept.sort((one, other) => one.turn - other.turn);
  return kept.map(({ change }) => change);
}

function contentAfter({ synced, pending }: File, fate: Fate, random: Random): Content {
  if (pending.length === 0) return synced;
  const content = synced.copy();
  if (fate === 'torn') for (const change of pending) content.tear(change, () => random.isLucky(0.5));
  else for (const change of survivors(pending, fate, random)) content.change(change);
  return content;
}
