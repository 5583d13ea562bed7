import { Code, List, Table, Text, Title } from '@mantine/core';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { TextLink } from '../../components/text-link.tsx';
import { guideChapters } from '../../lib/guide-chapters.ts';

/** What the guide is made of, and nothing else: no picture, no frame, no markup of its own. */
const allowed = 'h3 p a strong em code pre ul ol li blockquote table thead tbody tr th td'.split(' ');

const components: Components = {
  // The chapter's title is the screen's h1.
  h3: ({ children }) => <Title order={2}>{children}</Title>,
  p: ({ children }) => <Text inherit>{children}</Text>,
  a: ({ href, children }) => {
    const chapter = guideChapters.find((anchor) => `#${anchor}` === href);
    // The other pages of the documentation are files beside the program, not screens of it.
    return chapter === undefined ? (
      <>
        {children} (<Code>docs/{href}</Code>)
      </>
    ) : (
      <TextLink to={`/guide/${chapter}`}>{children}</TextLink>
    );
  },
  code: ({ children }) => <Code>{children}</Code>,
  pre: ({ children }) => <pre>{children}</pre>,
  ul: ({ children }) => (
    <List fz="inherit" lh="inherit" spacing={4}>
      {children}
    </List>
  ),
  ol: ({ children }) => (
    <List type="ordered" fz="inherit" lh="inherit" spacing={6}>
      {children}
    </List>
  ),
  li: ({ children }) => <List.Item>{children}</List.Item>,
  table: ({ children }) => (
    <Table verticalSpacing="xs" withTableBorder>
      {children}
    </Table>
  ),
  thead: ({ children }) => <Table.Thead>{children}</Table.Thead>,
  tbody: ({ children }) => <Table.Tbody>{children}</Table.Tbody>,
  tr: ({ children }) => <Table.Tr>{children}</Table.Tr>,
  th: ({ children }) => <Table.Th>{children}</Table.Th>,
  td: ({ children }) => <Table.Td>{children}</Table.Td>,
};

/** Markdown of our own documentation as parts of the console. HTML inside it stays text. */
export function Prose({ markdown }: Readonly<{ markdown: string }>): React.JSX.Element {
  return (
    <Markdown remarkPlugins={[remarkGfm]} allowedElements={allowed} components={components} unwrapDisallowed>
      {markdown}
    </Markdown>
  );
}
