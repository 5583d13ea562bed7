import { optOutWords } from './keyword.ts';
import { type TagName, tagNames, tags, tagsOf, type TriggerName, triggers } from './triggers.ts';

/**
 * One piece of copy. `start` and `end` are UTF-16 offsets; the pieces side by side give back the text.
 *
 * `raw` is the source with its braces. Mistakes are kept, not thrown: the merchant is still typing.
 */
export type TemplatePart =
  | Readonly<{ kind: 'text'; text: string; start: number; end: number }>
  | Readonly<{ kind: 'tag'; tag: TagName; start: number; end: number }>
  | Readonly<{ kind: 'unknown_tag'; raw: string; start: number; end: number }>
  | Readonly<{ kind: 'unclosed'; raw: string; start: number; end: number }>;

/** One saved state of a trigger's template. `restoredFrom` is the version that it repeats. */
export type TemplateVersion = Readonly<{
  id: number;
  trigger: TriggerName;
  copy: string;
  savedAt: number;
  restoredFrom: number | null;
}>;

/** Three times the longest MMS (postscript-api.md 9.1). */
export const longestCopy = 5000;

type ProblemPlace = Readonly<{ start: number; end: number; /** For the merchant, with what to do. */ message: string }>;

export type TemplateProblem =
  | (ProblemPlace & Readonly<{ kind: 'unknown_tag'; /** A tag of this trigger. */ suggestion: TagName | null }>)
  | (ProblemPlace & Readonly<{ kind: 'misplaced_tag'; tag: TagName; suggestion: TagName | null }>)
  | (ProblemPlace & Readonly<{ kind: 'unclosed_tag' }>)
  | (ProblemPlace & Readonly<{ kind: 'opt_out_keyword'; keyword: string }>);

const knownTags: ReadonlyMap<string, TagName> = new Map(tagNames.map((tag) => [tag, tag]));

/**
 * Splits copy at its tags: single braces around a snake_case name, as in Legacy Automations (postscript-api.md 2.4).
 *
 * A brace that is not closed on its own line before the next one opens is `unclosed`, up to the end of its name.
 *
 * @example parseTemplate('Hi {first_name}') // text 'Hi ' at 0-3, tag first_name at 3-15
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  // Every alternative starts at a brace and stops at the next one, so that no text takes more than two readings.
  const pattern = /\{(?<name>[^{}\n]*)\}|\{\w*/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    if (start > end) parts.push({ kind: 'text', text: text.slice(end, start), start: end, end: start });
    const [raw] = match;
    end = start + raw.length;
    const name = match.groups?.['name'];
    const tag = name === undefined ? undefined : knownTags.get(name);
    if (tag !== undefined) parts.push({ kind: 'tag', tag, start, end });
    else parts.push({ kind: name === undefined ? 'unclosed' : 'unknown_tag', raw, start, end });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end), start: end, end: text.length });
  return parts;
}

/** What the tags of one text say. A tag that is not there has no value. */
export type TagValues = Readonly<Partial<Record<string, string>>>;

/**
 * Copy with its tags filled in. The preview, the practice phones and the sender's record all use this one function.
 *
 * What Postscript does with a tag that has no value is UNKNOWN (postscript-api.md 2.4): `blank` leaves a gap,
 * `literal` leaves the tag as written. A tag that we do not know may still have a value under its name;
 * an unclosed tag is text. Values are put in as they are: braces in a value are not read again.
 */
export function renderTemplate(text: string, values: TagValues, missing: 'blank' | 'literal' = 'blank'): string {
  return renderParts(text, values, missing)
    .map((part) => part.text)
    .join('');
}

/** What `renderTemplate` joins. `gap` is the name of a tag that has nothing to say. */
export type RenderedPart = Readonly<{ text: string; gap: string | null }>;

export function renderParts(text: string, values: TagValues, missing: 'blank' | 'literal' = 'blank'): RenderedPart[] {
  return parseTemplate(text).map((part) => {
    if (part.kind === 'text') return { text: part.text, gap: null };
    if (part.kind === 'unclosed') return { text: part.raw, gap: null };
    const name = part.kind === 'tag' ? part.tag : part.raw.slice(1, -1);
    // hasOwn, or {constructor} would find a value in every object.
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return {
      text: value ?? (missing === 'blank' ? '' : `{${name}}`),
      gap: value === undefined || value === '' ? name : null,
    };
  });
}

/**
 * What Postscript puts in front: the shop's name, as it documents for the messages of its API (postscript-api.md 6).
 *
 * Nothing when the text begins with the name already: the seed's own copy does, and nobody counts it twice.
 */
export function shopPrefix(rendered: string, shopName: string): string {
  const name = shopName.trim();
  const hasName = rendered.trimStart().toLowerCase().startsWith(name.toLowerCase());
  return name === '' || rendered === '' || hasName ? '' : `${name}: `;
}

/** The whole text as a phone shows it: the copy with its tags filled in, behind the shop's name. */
export function renderMessage(text: string, values: TagValues, missing: 'blank' | 'literal' = 'blank'): string {
  const rendered = renderTemplate(text, values, missing);
  return shopPrefix(rendered, values['shop_name'] ?? '') + rendered;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current[j] = Math.min(
        (previous[j] ?? Infinity) + 1,
        (current[j - 1] ?? Infinity) + 1,
        (previous[j - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwap ? (beforePrevious[j - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? Infinity;
}

/** Longer names are no slip of the keyboard, and comparing them would cost time on every key press. */
const longestGuessed = 40;

/** The tag that was probably meant, as a name is misspelt; null when none is near. */
export function nearestTag(name: string, candidates: readonly TagName[]): TagName | null {
  if (name.length > longestGuessed) return null;
  const written = name
    .trim()
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replace(/[\s.-]+/g, '_')
    .toLowerCase();
  let nearest: TagName | null = null;
  let smallest = Infinity;
  for (const tag of candidates) {
    const distance = editDistance(written, tag);
    const isNear =
      distance <= Math.max(2, Math.floor(tag.length / 3)) && distance < Math.min(written.length, tag.length);
    if (isNear && distance < smallest) {
      nearest = tag;
      smallest = distance;
    }
  }
  return nearest;
}

const optOutPattern = optOutWords
  .map((word) => word.replace(' ', '[ -]'))
  .sort((a, b) => b.length - a.length)
  .join('|');

/** "Reply", "text us back with the word": what comes before a word that the customer should send. */
const askPattern =
  /\b(?:reply|replying|respond|responding|answer|text|texting|txt|send|sending|type|message)\b(?:\s+(?:back|us|with|just|simply|either|the|a|word|keyword|to this (?:text|message|number)))*/i;

/** "STOP to opt out", "STOP or QUIT at any time 2 unsubscribe": the compliance line says what the word really does. */
const complianceLine = new RegExp(
  `^["'”’*)]*(?:(?:\\s*(?:,|/|or|and)\\s*["'“‘*]*(?:${optOutPattern})["'”’*]*)*)(?:\\s+to\\s+\\d+)?(?:\\s*,?\\s*(?:at )?any ?time)?` +
    `\\s*(?:to|2|for|=|:|-)\\s*(?<what>(?:opt|unsub|stop|end|cancel|quit|revoke|be removed|leave)\\b.*|unsubscribe\\b.*)$`,
  'is',
);

/** A word that ends texts is not the word that ends a subscription, whatever "Reply STOP to cancel your order" hopes. */
const aboutTheOrder =
  /\b(?:subscriptions?|orders?|delivery|deliveries|shipments?|box|boxes|plan|membership|renewal|it)\b/i;
const aboutTexts =
  /\b(?:texts?|texting|messages?|messaging|msgs?|sms|alerts?|updates?|notifications?|marketing|promos?)\b/i;

function isComplianceLine(afterWord: string): boolean {
  const what = complianceLine.exec(afterWord)?.groups?.['what'];
  return what !== undefined && (aboutTexts.test(what) || !aboutTheOrder.test(what));
}

/**
 * Where copy asks for an opt-out word as an answer. Postscript would end all texts to whoever obeys.
 *
 * Looks no further than the longest copy, because the search is not linear.
 */
function findOptOutAsks(text: string): readonly Readonly<{ keyword: string; start: number; end: number }>[] {
  const asks: { keyword: string; start: number; end: number }[] = [];
  // Sentence by sentence: "reply" in one has nothing to do with "cancel" in the next.
  for (const sentence of text.slice(0, longestCopy).matchAll(/(?:[^.!?\n]|[.!?](?!\s|$))+/g)) {
    const ask = askPattern.exec(sentence[0]);
    if (ask === null) continue;
    const afterAsk = ask.index + ask[0].length;
    const words = new RegExp(`(?<![\\w{])(?:${optOutPattern})(?![\\w}])`, 'gi');
    words.lastIndex = afterAsk;
    for (let match = words.exec(sentence[0]); match !== null; match = words.exec(sentence[0])) {
      const [keyword] = match;
      const between = sentence[0].slice(afterAsk, match.index);
      const afterWord = sentence[0].slice(words.lastIndex);
      const isMarked = keyword === keyword.toUpperCase() || /["'“‘*]$/.test(between);
      const isAsked = /^[\s:]*["'“‘*(]*$/.test(between);
      const isAlternative = /(?:,|\/|\bor|\band)\s*["'“‘*(]*$/i.test(between);
      // In small letters "end" and "cancel" are ordinary words, unless the sentence goes on to say what they are for.
      const isKeyword = isMarked
        ? isAsked || isAlternative
        : isAsked && /^\s*(?:$|[,;]|(?:to|2|for|if|and|or|by|now|today)\b)/i.test(afterWord);
      if (!isKeyword || isComplianceLine(afterWord)) continue;
      const start = sentence.index + match.index;
      asks.push({ keyword: keyword.toUpperCase(), start, end: start + keyword.length });
    }
  }
  return asks;
}

function problemOf(part: TemplatePart, trigger: TriggerName): readonly TemplateProblem[] {
  const { start, end } = part;
  const ownTags = tagsOf(trigger);
  switch (part.kind) {
    case 'tag': {
      const { tag } = part;
      if (ownTags.includes(tag)) return [];
      const suggestion = nearestTag(tag, ownTags);
      const advice = suggestion === null ? '' : ` Did you mean {${suggestion}}?`;
      const message = `${triggers[trigger].title} does not carry {${tag}} (${tags[tag].label}), so it would stay empty.${advice}`;
      return [{ kind: 'misplaced_tag', tag, suggestion, start, end, message }];
    }
    case 'unknown_tag': {
      const suggestion = nearestTag(part.raw.slice(1, -1), ownTags);
      const advice = suggestion === null ? 'Choose one from the list of tags.' : `Did you mean {${suggestion}}?`;
      return [{ kind: 'unknown_tag', suggestion, start, end, message: `There is no tag ${part.raw}. ${advice}` }];
    }
    case 'unclosed': {
      const message =
        part.raw === '{'
          ? 'This { opens a tag that is not closed. Tags are written with single braces, like {first_name}.'
          : `The tag ${part.raw} is not closed. Put a } after its name.`;
      return [{ kind: 'unclosed_tag', start, end, message }];
    }
    case 'text':
      // A brace by itself may be a smiley; one right behind a word has lost its partner.
      return Array.from(part.text.matchAll(/(?<!\w)\w{1,40}\}/g), (match) => ({
        kind: 'unclosed_tag',
        start: start + match.index,
        end: start + match.index + match[0].length,
        message: `The tag ${match[0]} is not opened. Put a { before its name.`,
      }));
  }
}

/**
 * What is wrong with copy for this trigger, in the order of the text (design 3.7).
 *
 * The usual compliance line ("Reply STOP to opt out") is no problem; an opt-out word as an answer to anything else is.
 */
export function checkTemplate(text: string, trigger: TriggerName): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = parseTemplate(text).flatMap((part) => problemOf(part, trigger));
  for (const { keyword, start, end } of findOptOutAsks(text)) {
    const message = `${keyword} ends all texts to whoever sends it. Ask for another word, such as SKIP.`;
    problems.push({ kind: 'opt_out_keyword', keyword, start, end, message });
  }
  return problems.sort((a, b) => a.start - b.start);
}

/** Whether copy may go to customers. What only warns, such as an opt-out word, does not make it a draft. */
export function isReadyCopy(text: string, trigger: TriggerName): boolean {
  return text.trim() !== '' && checkTemplate(text, trigger).every(({ kind }) => kind === 'opt_out_keyword');
}
