import { html } from 'hono/html';

/** A piece of HTML whose texts are escaped. */
export type Html = ReturnType<typeof html>;

/** A whole page. `style` is the page's own, allowed by the nonce alone. */
export function layout(
  title: string,
  body: Html,
  { nonce, style, live }: { nonce: string; style?: string; live?: boolean },
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        ${
          style &&
          html`<style nonce="${nonce}">
            ${style}
          </style>`
        }
        ${live && html`<script src="/live.js" type="module"></script>`}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}
