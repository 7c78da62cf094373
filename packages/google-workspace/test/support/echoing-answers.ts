/** What may come back, by name: each repeats the secret wherever an answer has room for it. */
export function echoingAnswers(
  secret: string,
  statuses: readonly number[],
): [name: string, answer: () => Promise<Response>][] {
  const echo = JSON.stringify({
    error: { code: 400, message: `for ${secret}`, errors: [{ reason: `odd ${secret}`, message: secret }] },
  });
  return [
    ...statuses.map((status): [string, () => Promise<Response>] => [
      String(status),
      async () => new Response(echo, { status, headers: { 'retry-after': '0' } }),
    ]),
    [
      'a redirect',
      async () => new Response(null, { status: 302, headers: { location: `https://evil/${secret}` } }),
    ],
    ['HTML', async () => new Response(`<p>${secret}</p>`)],
    ['a wrong shape', async () => Response.json([secret])],
    ['a dropped connection', () => Promise.reject(new TypeError(secret, { cause: new Error(secret) }))],
    ['an error that is none', () => Promise.reject(`Bearer ${secret}`)],
    ['silence', () => new Promise(() => undefined)],
  ];
}
