import type { GuideChapter } from '../lib/guide-chapters.ts';
import { TextLink } from './text-link.tsx';

type GuideLinkProps = Readonly<{ chapter: GuideChapter; children: React.ReactNode }>;

/** A link to where the guide explains what is on the screen. The words say what is found there, never "here". */
export function GuideLink({ chapter, children }: GuideLinkProps): React.JSX.Element {
  return <TextLink to={`/guide/${chapter}`}>{children}</TextLink>;
}
