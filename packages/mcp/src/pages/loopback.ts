import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { NodeListener } from '@context-sdk/context';
import { htmlPage, type Page } from './html.ts';
import { isOfAnotherUser } from './peer-user.ts';
import type { PageRequest } from './routes.ts';

/** More than any form of these pages has. */
const MAX_FORM_BYTES = 8_192;

/** A server on this machine alone. */
export interface Loopback {
  /** `http://localhost:8765` */
  readonly origin: string;
  /** Takes requests from now on: the services' routes first, then the pages. */
  serve(routes: NodeListener, respond: (request: PageRequest) => Promise<Page>): void;
  /** Listens, unless it does already. Returns whether this process has the port. */
  listen(): Promise<boolean>;
  close(): void;
}

/** Opens a server on a port of localhost. Another process of ours may have the port: then that one shows the pages. */
export async function openLoopback(port: number): Promise<Loopback> {
  let handle = (_request: IncomingMessage, response: ServerResponse): void =>
    send(response, htmlPage('Starting', '', 503));
  let origin = '';
  // A name of another site that leads to this machine is not this server (DNS rebinding).
  const server = createServer((request, response) => {
    if (request.headers.host === new URL(origin).host) handle(request, response);
    else send(response, htmlPage('Not this server', '', 421));
  });
  const listen = async (): Promise<boolean> => server.listening || (await listening(server, port));
  await listen();
  const address = server.address();
  origin = `http://localhost:${typeof address === 'object' && address !== null ? address.port : port}`;
  return {
    origin,
    serve(routes, respond) {
      handle = (request, response) =>
        routes(request, response, () => {
          void answer(request, origin, respond).then((page) => send(response, page));
        });
    },
    listen,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listening(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, 'localhost', () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

async function answer(
  request: IncomingMessage,
  origin: string,
  respond: (request: PageRequest) => Promise<Page>,
): Promise<Page> {
  // Not relative to the origin: `//evil.example/` would be a URL of that site.
  const url = URL.parse(`${origin}${request.url}`);
  if (url === null || url.origin !== origin) return htmlPage('Not an address of this server', '', 400);
  try {
    const form = await formOf(request);
    if (form === undefined) return htmlPage('The form is too long', '', 413);
    const { method = '', headers } = request;
    return await respond({
      method,
      url,
      cookies: headers.cookie,
      origin: headers.origin,
      form,
      isOfAnotherUser: () => isOfAnotherUser(request.socket),
    });
  } catch {
    // What failed may name people and records.
    return htmlPage('It didn’t work', '<p>Try again.</p>', 500);
  }
}

/** `undefined` for one that is too long. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = '';
  // The socket of a form that is too long is still needed for the response.
  const chunks = request.setEncoding('utf8').iterator({ destroyOnReturn: false });
  for await (const chunk of chunks as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_FORM_BYTES) return undefined;
  }
  return new URLSearchParams(text);
}

function send(response: ServerResponse, { status, headers, body }: Page): void {
  response.writeHead(status, headers).end(body);
}
