import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Router } from 'wouter';
import { Prose } from '../../renderer/features/guide/prose.tsx';

const draw = (markdown: string): string =>
  renderToStaticMarkup(
    <MantineProvider>
      <Router ssrPath="/guide">
        <Prose markdown={markdown} />
      </Router>
    </MantineProvider>,
  );

it('shows markup inside the text as text, and follows links to chapters only', () => {
  const drawn = draw(
    'A <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n![p](x.png) [c](#go-live) [s](javascript:alert(1))',
  );
  expect(drawn).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(drawn).not.toMatch(/<(img|script)/);
  expect([...drawn.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['/guide/go-live']);
});
