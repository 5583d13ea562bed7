import type { Migration } from '../types.ts';

export const skipAskedAt: Migration = {
  version: 110,
  name: 'skip-asked-at',
  up: (db) => db.exec('ALTER TABLE skips ADD COLUMN asked_at INTEGER;'),
};
