/** Reads CSV (RFC 4180) the way a spreadsheet does: quotes around cells, doubled inside of them, CRLF between rows. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  const body = text.replace(/^\uFEFF/, '');
  while (cell.lastIndex < body.length) {
    const at = cell.lastIndex;
    const [, quoted, plain, end] = cell.exec(body) ?? [];
    if (end === undefined) throw new Error(`Not CSV at ${at}: ${body.slice(at, at + 40)}`);
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
