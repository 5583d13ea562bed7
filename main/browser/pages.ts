/** What a browser sees that has no session: why, and how to get in. No script, no data. */
export const signInPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Heads Up: open it again</title>
    <style>
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
      main { max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem; }
      code { font-size: 1.05em; }
    </style>
  </head>
  <body>
    <main>
      <h1>This link does not open Heads Up any more</h1>
      <p>A link works once, in one browser, for 15 minutes, so that nobody else on this computer can use it.</p>
      <p>
        Run <code>npm start</code> again in the folder of Heads Up. It finds the one that is running, prints a new link
        and opens it. Nothing is stopped or lost by that.
      </p>
      <p>If you have just opened a new link here, <a href="/">go to the console</a>.</p>
    </main>
  </body>
</html>
`;
