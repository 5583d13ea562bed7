import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** In which file axe looks at the screen of a route, in light and in dark. */
const checkedIn: Readonly<Record<string, string>> = {
  '/': 'screens',
  '/missed': 'upcoming',
  '/triggers': 'screens',
  '/triggers/:name': 'template-editor',
  '/upcoming': 'upcoming',
  '/deliveries': 'screens',
  '/replies': 'screens',
  '/customers': 'screens',
  '/customers/:id': 'screens',
  '/settings': 'settings',
  '/settings/:name': 'settings',
  '/setup': 'setup',
  '/setup/:place': 'setup',
  '/guide': 'screens',
  '/guide/:chapter': 'screens',
};

const routes = [...read('../../renderer/app/routes.tsx').matchAll(/<Route\b(?: path="([^"]+)")?/g)];

it('finds every route of the console by its path, and one for all other addresses', () => {
  expect(routes.filter(([, path]) => path === undefined)).toHaveLength(1);
});

it.each(routes.flatMap(([, path]) => (path === undefined ? [] : [path])))('has axe look at %s', (route) => {
  const file = checkedIn[route];
  expect(file, `${route} is new: have axe look at it in light and dark, and say here where`).toBeDefined();
  const source = read(`${file}.test.ts`);
  const [start = ''] = route.split(':');
  expect({ usesAxe: source.includes('findViolations'), opensIt: source.includes(start) }).toEqual({
    usesAxe: true,
    opensIt: true,
  });
});
