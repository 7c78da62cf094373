import type { GmailService } from '../operations.ts';
import type * as bodies from './bodies.ts';
import type { FilterInput, VacationInput } from './bodies.ts';
import type {
  AutoForwarding,
  Delegate,
  ForwardingAddress,
  ImapSettings,
  LanguageSettings,
  MailFilter,
  PopSettings,
  Vacation,
} from './resources.ts';
import { SendAsAddresses } from './send-as.ts';
import { Setting, SettingList, type ToBody } from './setting.ts';

/** Loads the checks with the first change: V8 takes milliseconds to read what tells an address in any script. */
function checkedBy<Input>(checkOf: (loaded: typeof bodies) => (input: Input) => object): ToBody<Input> {
  return async (input) => checkOf(await import('./bodies.ts'))(input);
}

/** The mailbox's settings. */
export class GmailSettings {
  /** Addresses to send from, with names and signatures. */
  readonly sendAs: SendAsAddresses;
  /** The automatic reply. */
  readonly vacation: Setting<Vacation, VacationInput>;
  readonly filters: SettingList<MailFilter, FilterInput>;
  /** Where all mail is forwarded. */
  readonly forwarding: Setting<AutoForwarding>;
  readonly forwardingAddresses: SettingList<ForwardingAddress, Pick<ForwardingAddress, 'forwardingEmail'>>;
  readonly delegates: SettingList<Delegate, Pick<Delegate, 'delegateEmail'>>;
  readonly imap: Setting<ImapSettings>;
  readonly pop: Setting<PopSettings>;
  readonly language: Setting<LanguageSettings>;

  constructor(service: GmailService) {
    const asIs = (input: object): object => input;
    this.sendAs = new SendAsAddresses(service);
    this.vacation = new Setting(
      service,
      'vacation',
      checkedBy(({ vacationBody }) => vacationBody),
    );
    this.filters = new SettingList(
      service,
      { name: 'filters', member: 'filter', key: 'id' },
      checkedBy(({ filterBody }) => filterBody),
    );
    this.forwarding = new Setting(service, 'forwarding', asIs);
    this.forwardingAddresses = new SettingList(
      service,
      { name: 'forwardingAddresses', member: 'forwardingAddresses', key: 'forwardingEmail' },
      checkedBy(({ forwardingAddressBody }) => forwardingAddressBody),
    );
    this.delegates = new SettingList(
      service,
      { name: 'delegates', member: 'delegates', key: 'delegateEmail' },
      checkedBy(({ delegateBody }) => delegateBody),
    );
    this.imap = new Setting(service, 'imap', asIs);
    this.pop = new Setting(service, 'pop', asIs);
    this.language = new Setting(service, 'language', asIs);
  }
}
