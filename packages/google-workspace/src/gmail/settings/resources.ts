/** Whether the owner of an address has agreed. Gmail may add others. */
export type VerificationStatus = 'accepted' | 'pending' | (string & {});

/** An address that the user may send from: their own, or an alias. Fields that are not named here are passed on too. */
export interface SendAs {
  sendAsEmail: string;
  /** The name in From. Empty: the account's. */
  displayName?: string;
  replyToAddress?: string;
  /** HTML, which only Gmail's own interface adds by itself; `threads.reply` adds it if asked. */
  signature?: string;
  /** The account's own address. */
  isPrimary?: boolean;
  /** What From is if a mail names none. */
  isDefault?: boolean;
  treatAsAlias?: boolean;
  /** Absent for the account's own address, which needs none. */
  verificationStatus?: VerificationStatus;
  /** Never with its password. */
  smtpMsa?: { host?: string; port?: number; username?: string; securityMode?: string };
}

/** What can be set of an alias. */
export interface SendAsInput {
  sendAsEmail: string;
  displayName?: string | undefined;
  replyToAddress?: string | undefined;
  signature?: string | undefined;
  /** Google takes no other value: the one before is no default any more. */
  isDefault?: true | undefined;
  treatAsAlias?: boolean | undefined;
  smtpMsa?:
    | {
        host: string;
        port: number;
        username?: string | undefined;
        password?: string | undefined;
        securityMode: 'none' | 'ssl' | 'starttls';
      }
    | undefined;
}

/** What Gmail does with mails that fit. */
export interface MailFilter {
  id: string;
  criteria?: FilterCriteria;
  action?: FilterAction;
}

/** Which mails a filter is for: all that is named must fit. */
export interface FilterCriteria {
  from?: string | undefined;
  /** To, Cc and Bcc. */
  to?: string | undefined;
  subject?: string | undefined;
  /** As in the search box. */
  query?: string | undefined;
  negatedQuery?: string | undefined;
  hasAttachment?: boolean | undefined;
  excludeChats?: boolean | undefined;
  /** Bytes, with `sizeComparison`. */
  size?: number | undefined;
  sizeComparison?: 'smaller' | 'larger' | undefined;
}

/** What a filter does. */
export interface FilterAction {
  addLabelIds?: readonly string[] | undefined;
  /** `INBOX` archives, `UNREAD` marks as read. */
  removeLabelIds?: readonly string[] | undefined;
  /** A verified forwarding address. */
  forward?: string | undefined;
}

/** The automatic reply. Times are epoch milliseconds, as strings. */
export interface Vacation {
  enableAutoReply?: boolean;
  responseSubject?: string;
  responseBodyPlainText?: string;
  /** Is sent instead of the plain text. */
  responseBodyHtml?: string;
  restrictToContacts?: boolean;
  restrictToDomain?: boolean;
  startTime?: string;
  endTime?: string;
}

/** Where all incoming mail is forwarded. */
export interface AutoForwarding {
  enabled?: boolean;
  emailAddress?: string;
  /** What becomes of the mail here: `leaveInInbox`, `archive`, `trash` or `markRead`. */
  disposition?: string;
}

/** An address that mail may be forwarded to. */
export interface ForwardingAddress {
  forwardingEmail: string;
  verificationStatus?: VerificationStatus;
}

/** Somebody who may use the mailbox in Gmail's own interface. Their tokens don't open it. */
export interface Delegate {
  delegateEmail: string;
  verificationStatus?: VerificationStatus;
}

/** Access by IMAP. */
export interface ImapSettings {
  enabled?: boolean;
  autoExpunge?: boolean;
  expungeBehavior?: string;
  maxFolderSize?: number;
}

/** Access by POP. */
export interface PopSettings {
  /** `disabled`, `fromNowOn` or `allMail`. */
  accessWindow?: string;
  disposition?: string;
}

/** The language of Gmail's own interface: `en-GB`. */
export interface LanguageSettings {
  displayLanguage?: string;
}
