// An hour of 5,000 users on three machines, for an-hour.soak.ts. Time passes once all machines wait for it, so that a busy computer makes
// nobody late. Says what came of it to the process that started it.
import { createContext } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { Dice } from '../processes-model/dice.ts';
import { Machine } from './fleet.ts';
import { Judge, type Judgment } from './judge.ts';
import type { Measure } from './machine.ts';
import { type Service, SERVICES, Services } from './services.ts';
import { SteppedClock } from './stepped-clock.ts';
import { DEATHS, recoveredAfter, troubleOf } from './timeline.ts';

/** What the run is started with. */
export interface HourOrder {
  users: number;
  minutes: number;
  database: string;
  seed: number;
}

/** What came of it. Times in milliseconds. */
export interface HourReport {
  judgment: Judgment;
  requests: number;
  /** The longest between two polls of one TickTick account while it could be polled. */
  longestGapMs: number;
  /** The same where a machine died meanwhile, which may have begun the poll. */
  longestGapOverDeathMs: number;
  /** The gaps over two minutes: who, and from when to when in seconds. */
  longGaps: string[];
  deaths: number;
  /** Ten times in the life of the machine that lives all the time. */
  measures: Measure[];
  failures: Record<string, number>;
}

const MACHINES = 3;
const STEP_MS = 200;
const MINUTE_MS = 60_000;
/** Until the first polls are done, as a share of the run. */
const SETTLING = 0.06;
const RESTART_MS = 30_000;
const SPARE = 'spare@example.com';

interface HourUser {
  name: string;
  service: Service;
}

class Hour {
  readonly #order: HourOrder;
  readonly #dice: Dice;
  readonly #users: HourUser[];
  readonly #services: Services;
  readonly #judge = new Judge();
  readonly #machines: Machine[] = [];
  readonly #failures: Record<string, number> = {};
  readonly #unchanged: string[] = [];
  readonly #tokens = new Map<string, string>();
  readonly #polledAt = new Map<string, number>();
  readonly #ownerOf = new Map<string, string>();
  readonly #gaps: number[] = [];
  readonly #longGaps: string[] = [];
  readonly #measures: Measure[] = [];
  #clock = new SteppedClock(Date.now());
  #startedAt = 0;
  #deaths = 0;
  #longestGapOverDeathMs = 0;
  readonly #diedAt: number[] = [];
  #restarts: { slot: number; at: number }[] = [];

  constructor(order: HourOrder) {
    this.#order = order;
    this.#dice = new Dice(order.seed);
    const kinds: readonly Service[] = ['ticktick', 'ticktick', 'ticktick', 'google', 'azure-devops'];
    this.#users = Array.from({ length: order.users }, (_, index) => ({
      name: `user-${index}@example.com`,
      service: kinds[index % kinds.length] ?? 'ticktick',
    }));
    const names = [...this.#users.map(({ name }) => name), SPARE];
    this.#services = new Services(names, this.#dice, (url, init) => this.#deliver(url, init));
    this.#services.onRequest = (service, authorization) => this.#requested(service, authorization);
  }

  async run(): Promise<HourReport> {
    await this.#connect();
    for (let slot = 0; slot < MACHINES; slot += 1) await this.#open(slot);
    this.#clock = new SteppedClock(Date.now());
    this.#clock.install();
    this.#startedAt = this.#clock.now;
    const end = this.#startedAt + this.#order.minutes * MINUTE_MS;
    // Whatever was changed last is told.
    for (let now = this.#startedAt; now < end + 3 * MINUTE_MS; now += STEP_MS) await this.#step(now, end);
    for (const machine of this.#machines) machine.kill();
    const longestGapMs = this.#gaps.reduce((most, gap) => Math.max(most, gap), 0);
    return {
      judgment: this.#judge.judge((key, at) => this.#countedFrom(key, at)),
      requests: this.#services.requests,
      longestGapMs,
      longestGapOverDeathMs: this.#longestGapOverDeathMs,
      longGaps: this.#longGaps,
      deaths: this.#deaths,
      measures: this.#measures,
      failures: this.#failures,
    };
  }

  async #connect(): Promise<void> {
    const { sandbox, providers } = this.#services;
    const store = sqliteStore(this.#order.database);
    const fetch = sandbox.fetch.bind(sandbox);
    const context = createContext({ store, baseUrl: 'https://host.example', providers, fetch });
    for (const { name, service } of this.#users) {
      const { connections } = context.user(name);
      if (service === 'ticktick') {
        const token = sandbox.ticktick.issueApiToken(name);
        this.#tokens.set(name, `Bearer ${token}`);
        await connections.connect('ticktick', { token });
      } else if (service === 'google') {
        await connections.import('google', this.#services.googleTokens(name), { account: { email: name } });
      } else await connections.connect('azure-devops', this.#services.azureDevOps(name));
      if (service !== 'ticktick') this.#unchanged.push(name);
      sandbox.clearRequests();
    }
    store.close();
  }

  async #open(slot: number): Promise<void> {
    const machine = new Machine({
      answer: (request, isStarting) => this.#services.answer(request, isStarting),
      onTold: ({ source, type, subject }, by) => {
        if (source !== 'google-calendar' || type === 'changed')
          this.#judge.told(`${source} ${subject}`, this.#clock.now, by);
      },
      onFailure: (error) => void (this.#failures[error] = (this.#failures[error] ?? 0) + 1),
    });
    const { database } = this.#order;
    const { providers } = this.#services;
    const now = this.#startedAt === 0 ? Date.now() : this.#clock.now;
    await machine.start({ now, database, providers, spare: this.#services.spare(SPARE) });
    this.#machines[slot] = machine;
  }

  async #step(now: number, end: number): Promise<void> {
    const share = (now - this.#startedAt) / (end - this.#startedAt);
    const before = (now - STEP_MS - this.#startedAt) / (end - this.#startedAt);
    const isMoment = (at: number): boolean => before < at && at <= share;
    if (Math.floor(share * 50) !== Math.floor(before * 50))
      process.stderr.write(`${share.toFixed(2)} ${process.uptime().toFixed(0)} s\n`);
    this.#setTroubles(share);
    if (share > SETTLING && share < 1) this.#change();
    if (DEATHS.some(isMoment)) this.#condemn();
    const due = this.#restarts.filter(({ at }) => at <= now);
    this.#restarts = this.#restarts.filter(({ at }) => at > now);
    for (const { slot } of due) await this.#open(slot);
    await this.#clock.advanceTo(now);
    await Promise.all(this.#machines.map((machine) => machine.tick(now)));
    for (const [slot, machine] of this.#machines.entries()) {
      if (!machine.isDead || machine.diedAt !== undefined) continue;
      machine.diedAt = now;
      this.#deaths += 1;
      this.#diedAt.push(now);
      this.#restarts.push({ slot, at: now + RESTART_MS });
    }
    if (Array.from({ length: 10 }, (_, index) => (index + 1) / 10).some(isMoment))
      this.#measures.push((await this.#machines.at(-1)?.measure()) ?? { heap: 0, accounts: 0 });
  }

  #setTroubles(share: number): void {
    for (const service of SERVICES) this.#services.trouble[service] = troubleOf(service, share);
  }

  #condemn(): void {
    const machine = this.#machines[this.#deaths % (MACHINES - 1)];
    if (machine !== undefined) machine.diesIn = this.#dice.int(1, 60);
  }

  /** Once a minute of fifty accounts of TickTick; one account of the others at a time. */
  #change(): void {
    const { sandbox } = this.#services;
    const share = STEP_MS / MINUTE_MS / 50;
    if (this.#dice.chance(share * this.#order.users)) {
      const { name, service } = this.#dice.pick(this.#users as [HourUser]);
      if (service === 'ticktick') {
        const { id } = sandbox.ticktick.testUser(name).createTask({ title: 'New' });
        this.#judge.made(`ticktick ${id}`, this.#clock.now);
        this.#ownerOf.set(`ticktick ${id}`, name);
      }
    }
    if (!this.#dice.chance((share * this.#order.users) / 2)) return;
    const name = this.#unchanged.pop();
    if (name === undefined) return;
    const isGoogle = this.#users.find((user) => user.name === name)?.service === 'google';
    this.#judge.made(`${isGoogle ? 'google-calendar' : 'azure-devops'} ${name}`, this.#clock.now);
    if (isGoogle) {
      const time = { dateTime: new Date().toISOString() };
      sandbox.google.testUser(name).calendar.addEvent({ summary: 'New', start: time, end: time });
    } else
      sandbox.azureDevOps
        .testUser(this.#services.azureDevOps(name).organizationUrl.split('/').at(-1) ?? '')
        .create({ type: 'Task', fields: { 'System.Title': 'New' } });
  }

  /** A delivery that finds a dead machine goes to another one, as a load balancer has it. */
  async #deliver(url: string, init?: RequestInit): Promise<Response> {
    const living = this.#machines.filter(({ isDead }) => !isDead);
    const [first, ...others] = living.toSorted(() => this.#dice.next() - 0.5);
    let status = (await first?.deliver(url, init)) ?? 503;
    if (status === 503) status = (await others[0]?.deliver(url, init)) ?? 503;
    return new Response(null, { status });
  }

  #requested(service: Service, authorization: string): void {
    if (service !== 'ticktick') return;
    const now = this.#clock.now;
    const last = this.#polledAt.get(authorization);
    this.#polledAt.set(authorization, now);
    if (
      last === undefined ||
      this.#startedAt === 0 ||
      this.#recoveredAfter('ticktick', authorization, now) > now
    )
      return;
    const from = this.#recoveredAfter('ticktick', authorization, last);
    if (now <= from) return;
    if (this.#diedAt.some((at) => last <= at && at <= now))
      this.#longestGapOverDeathMs = Math.max(this.#longestGapOverDeathMs, now - from);
    else this.#gaps.push(now - from);
    const seconds = (at: number): string => ((at - this.#startedAt) / 1000).toFixed(0);
    if (now - from > 2 * MINUTE_MS)
      this.#longGaps.push(`${authorization.slice(-6)}: ${[last, from, now].map(seconds).join(' ')}`);
  }

  /** When an account could first be looked at after a time. */
  #recoveredAfter(service: Service, authorization: string, at: number): number {
    const lengthMs = this.#order.minutes * MINUTE_MS;
    return this.#startedAt + recoveredAfter(service, authorization, at - this.#startedAt, lengthMs);
  }

  #countedFrom(key: string, at: number): number {
    const [source] = key.split(' ');
    const service = source === 'google-calendar' ? 'google' : (source as Service);
    return this.#recoveredAfter(service, this.#tokens.get(this.#ownerOf.get(key) ?? '') ?? '', at);
  }
}

async function run(order: HourOrder): Promise<void> {
  const report = await new Hour(order).run();
  process.send?.(report, () => process.exit());
}

process.once('message', (order) => void run(order as HourOrder));
