import type { RequestHandler } from 'express';

/** Lets through forms of our own pages alone: browsers say where a POST comes from, and no other page can say the same. */
export function ownForms(origin: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'POST' || request.headers.origin === origin) return next();
    response
      .status(403)
      .render('problem', { title: 'That did not work', message: 'The form is not one of this site.' });
  };
}
