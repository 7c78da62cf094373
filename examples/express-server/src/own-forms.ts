import type { Request, RequestHandler } from 'express';

/** Lets through forms of our own pages alone: browsers say where a POST comes from, and no other page can say the same. */
export function ownForms(origin: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'POST' || request.headers.origin === origin) return next();
    response
      .status(403)
      .render('problem', { title: 'That did not work', message: 'The form is not one of this site.' });
  };
}

/** The fields of a form as text; empty for what was not sent, or not as a form. */
export function formOf<Name extends string>(
  { body }: Pick<Request, 'body'>,
  names: readonly Name[],
): Record<Name, string> {
  const fields = (body ?? {}) as Record<string, unknown>;
  const texts = names.map((name) => [name, typeof fields[name] === 'string' ? fields[name] : '']);
  return Object.fromEntries(texts) as Record<Name, string>;
}
