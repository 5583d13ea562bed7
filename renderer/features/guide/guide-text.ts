export type Chapter = Readonly<{ anchor: string; title: string; body: string }>;
export type GuideText = Readonly<{ introduction: string; chapters: readonly Chapter[] }>;

/** A heading's anchor as GitHub makes it, so that a link works in the file and in the console. */
export function anchorOf(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

/** Takes a page apart at its second-level headings. What stands between the title and the first is the introduction. */
export function readGuide(markdown: string): GuideText {
  const [opening = '', ...parts] = markdown.split(/^## /m);
  return {
    introduction: opening.replace(/^# .*$/m, '').trim(),
    chapters: parts.map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return { anchor: anchorOf(title), title: title.trim(), body: lines.join('\n').trim() };
    }),
  };
}
