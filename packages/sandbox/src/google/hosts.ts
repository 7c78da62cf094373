/** Where Google answers. */
export const GOOGLE_HOSTS = {
  /** The consent page. */
  accounts: 'accounts.google.com',
  /** Token, revoke, tokeninfo. */
  oauth: 'oauth2.googleapis.com',
  /** Calendar, and the keys of ID tokens. */
  calendar: 'www.googleapis.com',
  gmail: 'gmail.googleapis.com',
  /** The newest `userinfo`. */
  openId: 'openidconnect.googleapis.com',
  /** Where the user of a device types its code. */
  site: 'www.google.com',
} as const;
