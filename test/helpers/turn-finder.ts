/**
 * Whether a kill before this statement may leave something else behind than a kill before the one before it: a
 * transaction begins or commits, or something is written outside of one. What runs inside a transaction is undone with it.
 */
export function createTurnFinder(): (sql: string) => boolean {
  let isInside = false;
  return (sql) => {
    const [verb = ''] = sql.trimStart().toUpperCase().split(/[\s;]/, 1);
    if (verb === 'BEGIN') isInside = true;
    else if (verb === 'COMMIT' || verb === 'ROLLBACK') isInside = false;
    else return !isInside && verb !== 'SELECT';
    return true;
  };
}
