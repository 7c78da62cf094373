/** Stands for the host's own session: here whoever the proxy in front of it has signed in. */
export function sessionUser(request: Request): string | undefined {
  return request.headers.get('x-forwarded-user') ?? undefined;
}
