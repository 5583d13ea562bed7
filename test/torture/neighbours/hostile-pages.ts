/**
 * What a page of somebody else may try on the console's origin (CONSOLE), which the same browser is signed in to. Each
 * script runs in the hostile page and resolves with whatever it could read; CALL is a call that would change a setting.
 */
export type PageAttack = Readonly<{ name: string; script: string }>;

const nothing = `() => ''`;
const readText = `(response) => response.text()`;

/** An element that loads CONSOLE's answer; a load that works has told or run something. */
const load = (name: string, element: string): PageAttack => ({
  name,
  script: `new Promise((resolve) => {
    const before = Object.keys(window).length;
    const element = ${element};
    element.onload = () => resolve('LOADED ' + (Object.keys(window).length - before));
    element.onerror = () => resolve('');
    document.body.append(element);
  })`,
});
const make = (tag: string, attributes: object): string =>
  `Object.assign(document.createElement('${tag}'), ${JSON.stringify(attributes)})`;

/** Posts a form into a frame of its own, as a page without a script can, too. */
const form = (enctype: string, name: string, value: string): PageAttack => ({
  name: `form, ${enctype}`,
  script: `new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.name = 'answer-' + Math.random();
    document.body.append(frame);
    const form = Object.assign(document.createElement('form'),
      { method: 'post', action: 'CONSOLE/api/call', enctype: '${enctype}', target: frame.name });
    form.append(Object.assign(document.createElement('textarea'), { name: ${name}, value: ${value} }));
    document.body.append(form);
    frame.onload = () => { try { resolve(frame.contentDocument?.body?.textContent ?? ''); } catch { resolve(''); } };
    form.submit();
  })`,
});

/** What the options name twice, counts the second time. */
const post = (options: string): string =>
  `fetch('CONSOLE/api/call', { method: 'POST', credentials: 'include', ${options} }).then(${readText}, ${nothing})`;

export const pageAttacks: readonly PageAttack[] = [
  { name: 'fetch of the page', script: `fetch('CONSOLE/', { credentials: 'include' }).then(${readText}, ${nothing})` },
  {
    name: 'fetch of the events',
    script: `fetch('CONSOLE/api/events', { credentials: 'include' }).then((response) => (response.ok ? 'OPEN' : ''), ${nothing})`,
  },
  { name: 'call, preflighted', script: post(`headers: { 'content-type': 'application/json' }, body: CALL`) },
  { name: 'call, as plain text', script: post(`body: CALL`) },
  { name: 'call, without CORS', script: post(`mode: 'no-cors', body: CALL`) },
  { name: 'call, without credentials', script: post(`credentials: 'omit', body: CALL`) },
  { name: 'call, urlencoded', script: post(`mode: 'no-cors', body: new URLSearchParams({ [CALL]: '' })`) },
  {
    name: 'call, multipart',
    script: `(() => {
      const form = new FormData();
      form.append('call', CALL);
      return ${post(`mode: 'no-cors', body: form`)};
    })()`,
  },
  {
    name: 'call, put and override',
    script: post(`method: 'PUT', headers: { 'x-http-method-override': 'POST' }, body: CALL`),
  },
  {
    name: 'XMLHttpRequest',
    script: `new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('POST', 'CONSOLE/api/call');
      request.withCredentials = true;
      request.onloadend = () => resolve(request.responseText);
      request.send(CALL);
    })`,
  },
  { name: 'beacon', script: `Promise.resolve(navigator.sendBeacon('CONSOLE/api/call', CALL)).then(${nothing})` },
  form('text/plain', `CALL.slice(0, -1) + ',"x":"'`, `'"}'`),
  form('application/x-www-form-urlencoded', 'CALL', `''`),
  form('multipart/form-data', `'call'`, 'CALL'),
  {
    name: 'EventSource',
    script: `new Promise((resolve) => {
      const source = new EventSource('CONSOLE/api/events', { withCredentials: true });
      source.onopen = () => resolve('OPEN');
      source.onerror = () => { source.close(); resolve(''); };
    })`,
  },
  {
    name: 'WebSocket',
    script: `new Promise((resolve) => {
      const socket = new WebSocket('CONSOLE/api/events'.replace('http', 'ws'));
      socket.onopen = () => resolve('OPEN');
      socket.onerror = () => resolve('');
    })`,
  },
  {
    name: 'window.open',
    script: `new Promise((resolve) => {
      const opened = window.open('CONSOLE/');
      setTimeout(() => {
        let read = '';
        try { read = opened?.document.body.innerHTML ?? ''; } catch { /* Another origin. */ }
        if (opened?.length > 0) read += 'FRAMES';
        opened?.close();
        resolve(read);
      }, 1000);
    })`,
  },
  {
    name: 'worker',
    script: `new Promise((resolve) => {
      const worker = new Worker('CONSOLE/ASSET');
      worker.onerror = () => resolve('');
      worker.onmessage = () => resolve('RAN');
    })`,
  },
  {
    name: 'service worker',
    script: `(async () => ((await navigator.serviceWorker?.register('CONSOLE/ASSET')) ? 'REGISTERED' : ''))()`,
  },
  {
    name: 'import of a module',
    script: `import('CONSOLE/ASSET').then((module) => 'RAN ' + Object.keys(module), ${nothing})`,
  },
  load('script of the page', make('script', { src: 'CONSOLE/' })),
  load('script of the events', make('script', { src: 'CONSOLE/api/events' })),
  load('script of an asset', make('script', { src: 'CONSOLE/ASSET' })),
  load('image', make('img', { src: 'CONSOLE/' })),
  load('stylesheet', make('link', { rel: 'stylesheet', href: 'CONSOLE/STYLE' })),
  {
    name: 'prefetch',
    script: `Promise.resolve(document.head.append(${make('link', { rel: 'prefetch', href: 'CONSOLE/' })})).then(${nothing})`,
  },
];

/** Puts CONSOLE's page into a frame, an object and an embed; what they show is looked at from outside the page. */
export const frameScript = `Promise.all([['iframe', 'src'], ['object', 'data'], ['embed', 'src']].map(([tag, attribute]) => {
  const element = document.createElement(tag);
  element[attribute] = 'CONSOLE/';
  // A frame always says when it has ended; the others may keep silent about what was refused.
  const ended = new Promise((resolve) => {
    element.onload = element.onerror = resolve;
    if (tag !== 'iframe') setTimeout(resolve, 1000);
  });
  document.body.append(element);
  return ended;
})).then(() => '')`;

/** What an attack is taken to have read that has not ended by then: each ends by itself, unless something hangs. */
const LONGEST_MS = 60_000;

/** All attacks at once; resolves with what each could read, in their order. */
export function runTogether(scripts: readonly string[]): string {
  const runs = scripts.map(
    (script) => `Promise.race([
      (async () => ${script})().then(String, () => ''),
      new Promise((resolve) => setTimeout(resolve, ${LONGEST_MS}, 'HANGS')),
    ])`,
  );
  return `Promise.all([${runs.join(',')}])`;
}

/** A page without an origin, as a file has none, does the same from inside a sandbox. */
export function inSandbox(script: string): string {
  const page = `<body><script>${script}.then((read) => parent.postMessage(read, '*'));</script>`;
  return `new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.sandbox = 'allow-scripts allow-forms allow-popups';
    addEventListener('message', ({ data, source }) => {
      if (source === frame.contentWindow) resolve(data);
    });
    frame.srcdoc = ${JSON.stringify(page)};
    document.body.append(frame);
  })`;
}
