/** What a reply asks for. `OPT_OUT` is Postscript's to act on; we only show it (design 3.5). */
export type Keyword = 'SKIP' | 'OPT_OUT';

/** Words that Postscript takes as an opt-out by themselves (postscript-api.md 9.2), one or two words each. */
export const optOutWords = [
  'STOP',
  'STOPALL',
  'STOP ALL',
  'UNSUBSCRIBE',
  'QUIT',
  'CANCEL',
  'END',
  'OPT OUT',
  'OPTOUT',
  'REVOKE',
] as const;
export type OptOutWord = (typeof optOutWords)[number];

/** Longer than any decorated keyword; a body beyond it is a sentence, whatever it says. */
const maxLength = 300;

const anyOf = (phrases: readonly string[]): string => `(?:${phrases.join('|')})`;

const please = ['please', 'pls', 'plz', 'plse', 'kindly'];
const yes = ['yes', 'yep', 'yeah', 'yup', 'ok', 'okay', 'sure'];
const hello = ['hi', 'hello', 'hey'];
const thanks = ['(?:thanks|thank you|thankyou|thx|thnx|tnx|ty|tysm|cheers)(?: so much| very much| a lot)?'];

const before = `(?:${anyOf([...hello, ...yes, ...please, ...thanks])} )*`;
const after = `(?: ${anyOf([...yes, ...please, ...thanks])})*`;

/** The word itself, perhaps repeated, with its object where that cannot change the meaning. */
const skip = 'skip(?: skip)*(?: (?:it|this|this one|this order|my order|this time))?';
const optOut = `${anyOf(optOutWords.map((word) => word.toLowerCase()))}`;

/** A closed list, matched whole: one unlisted word ("don't", "pause", "how") and a person reads the reply. */
const skipReply = new RegExp(`^${before}${skip}${after}$`);
const optOutReply = new RegExp(`^${before}${optOut}(?: ${optOut})*${after}$`);

/** The bare words of a reply, folded: full-width, bold and Turkish letters are the letters they stand for. */
function wordsOf(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ı', 'i')
    // Invisible characters, emoji variants and the dot that lower-casing "İ" leaves behind.
    .replace(/[\p{Cf}\ufe00-\ufe0f\u0307\u20e3]/gu, '')
    // Joins "don't" into one word, so that no half of it is mistaken for another.
    .replace(/(?<=\p{L})['’‘ʼ`´](?=\p{L})/gu, '');
  return (folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
}

/**
 * The keyword of a reply, or null when a person should read it (design 3.5).
 *
 * Case, punctuation, emoji and politeness around the word do not matter: "Skip!", "pls skip", "Skip it, thanks 🙏".
 * A reply that only contains the word is no keyword: "don't skip", "no skip", "can I skip two?", "skip or stop".
 *
 * @example readKeyword(' “SKIP” please. ') === 'SKIP'
 */
export function readKeyword(body: string): Keyword | null {
  const text = body.trim();
  if (text.length > maxLength) return null;
  const words = wordsOf(text);
  if (skipReply.test(words)) return 'SKIP';
  return optOutReply.test(words) ? 'OPT_OUT' : null;
}
