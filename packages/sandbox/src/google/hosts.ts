/** Where Google answers. */
export const GOOGLE_HOSTS = {
  /** The consent page. */
  accounts: 'accounts.google.com',
  /** Token, revoke, tokeninfo. */
  oauth: 'oauth2.googleapis.com',
  /** Calendar, and the keys of ID tokens. */
  calendar: 'www.googleapis.com',
  gmail: 'gmail.googleapis.com',
} as const;
