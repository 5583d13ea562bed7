import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import guideMarkdown from '../../../docs/guide.md?raw';
import { Empty } from '../../components/empty.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import classes from './guide-screen.module.css';
import { readGuide } from './guide-text.ts';
import { Prose } from './prose.tsx';

const { introduction, chapters } = readGuide(guideMarkdown);

/** The guide, offline: the very file that stands in the documentation. */
export function GuideScreen(): React.JSX.Element {
  return (
    <Screen title="Guide">
      <div className={classes['page']}>
        <Contents here={null} />
        <article className={classes['prose']}>
          <Prose markdown={introduction} />
        </article>
      </div>
    </Screen>
  );
}

export function GuideChapterScreen({ anchor }: Readonly<{ anchor: string }>): React.JSX.Element {
  const index = chapters.findIndex((chapter) => chapter.anchor === anchor);
  const chapter = chapters[index];
  if (chapter === undefined) {
    return (
      <Screen title="No such chapter">
        <Empty
          icon={IconMapOff}
          title="The guide has no chapter of that name"
          action={<TextLink to="/guide">See all chapters</TextLink>}
        >
          It may have been renamed in this version.
        </Empty>
      </Screen>
    );
  }
  const next = chapters[index + 1];
  return (
    <Screen title={chapter.title}>
      <div className={classes['page']}>
        <Contents here={anchor} />
        <article className={classes['prose']}>
          <Prose markdown={chapter.body} />
          {next !== undefined && (
            <p className={classes['next']}>
              Next: <TextLink to={`/guide/${next.anchor}`}>{next.title}</TextLink>
            </p>
          )}
        </article>
      </div>
    </Screen>
  );
}

function Contents({ here }: Readonly<{ here: string | null }>): React.JSX.Element {
  return (
    <nav aria-label="Chapters of the guide" className={classes['contents']}>
      <ol>
        {chapters.map(({ anchor, title }) => (
          <li key={anchor}>
            <Link href={`/guide/${anchor}`} {...(anchor === here ? { 'aria-current': 'page' } : {})}>
              {title}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
