import { checkedAddress } from '../mime/address.ts';
import type { GmailService } from '../operations.ts';
import { filterBody, type FilterInput, vacationBody, type VacationInput } from './bodies.ts';
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
import { Setting, SettingList } from './setting.ts';

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
    this.vacation = new Setting(service, 'vacation', vacationBody);
    this.filters = new SettingList(service, { name: 'filters', member: 'filter', key: 'id' }, filterBody);
    this.forwarding = new Setting(service, 'forwarding', asIs);
    this.forwardingAddresses = new SettingList(
      service,
      { name: 'forwardingAddresses', member: 'forwardingAddresses', key: 'forwardingEmail' },
      ({ forwardingEmail }) => ({
        forwardingEmail: checkedAddress(forwardingEmail, 'forwardingEmail').address,
      }),
    );
    this.delegates = new SettingList(
      service,
      { name: 'delegates', member: 'delegates', key: 'delegateEmail' },
      ({ delegateEmail }) => ({ delegateEmail: checkedAddress(delegateEmail, 'delegateEmail').address }),
    );
    this.imap = new Setting(service, 'imap', asIs);
    this.pop = new Setting(service, 'pop', asIs);
    this.language = new Setting(service, 'language', asIs);
  }
}
