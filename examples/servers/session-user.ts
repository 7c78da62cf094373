import type { BrowserSessions } from '@context-sdk/context';

/** The user of the host's session, from its cookie. Headers such as a proxy's can be set by anyone who sends a request. */
export function sessionUser(sessions: BrowserSessions): (request: Request) => Promise<string | undefined> {
  return (request) => sessions.userOf(request.headers.get('cookie'));
}
