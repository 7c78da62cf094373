import assert from 'node:assert/strict';
import type { ClaimedJob, Schedule } from '../schedule/schedule.ts';

/** What a check of a schedule works with. */
export interface ScheduleSubject {
  /** Empty when the check begins. */
  readonly schedule: Schedule;
  /** Another schedule on the same backend; the same one where the host can't open two. */
  readonly other: Schedule;
  /** Lets so many milliseconds pass for the schedule. */
  pass(ms: number): Promise<void>;
}

/** One promise of a schedule, and what shows that it is kept. */
export interface ScheduleCheck {
  readonly name: string;
  run(subject: ScheduleSubject): Promise<void>;
}

const LEASE_MS = 60_000;
const FAR_MS = 3_600_000;
/** On a slow machine it may be over before a schedule is asked: what it says then is not held against it. */
const SHORT_MS = 30;
const JOBS = 60;
const CLAIMERS = 6;

/** Longer than the rounding of clocks. */
const JUST_OVER_MS = 15;

export const scheduleChecks: readonly ScheduleCheck[] = [
  {
    name: 'an empty schedule has nothing due',
    async run({ schedule }) {
      assert.deepEqual(await names(schedule), []);
    },
  },
  {
    name: 'a job is due once its time has come, not before',
    async run({ schedule, other, pass }) {
      await schedule.plan('later', Date.now() + FAR_MS);
      const soonAt = Date.now() + 4 * SHORT_MS;
      await schedule.plan('soon', soonAt);
      await schedule.plan('now', Date.now());
      const first = await names(other);
      if (Date.now() < soonAt) assert.deepEqual(first, ['now']);
      await pass(4 * SHORT_MS + JUST_OVER_MS);
      assert.deepEqual([...first, ...(await names(other))].toSorted(), ['now', 'soon']);
    },
  },
  {
    name: 'a job is planned once, for the time that was said last',
    async run({ schedule, other }) {
      await schedule.plan('earlier', Date.now() + FAR_MS);
      await other.plan('earlier', Date.now());
      await schedule.plan('postponed', Date.now());
      await other.plan('postponed', Date.now() + FAR_MS);
      assert.deepEqual(await names(schedule), ['earlier']);
    },
  },
  {
    name: 'many jobs are planned at once, also one of them twice, and none',
    async run({ schedule }) {
      await schedule.plan(['b', 'a', 'b', 'c'], Date.now());
      await schedule.plan([], Date.now());
      assert.deepEqual((await names(schedule)).toSorted(), ['a', 'b', 'c']);
    },
  },
  {
    name: 'a claimed job is nobody else’s until the claim ends, and then due again',
    async run({ schedule, other, pass }) {
      await schedule.plan('job', Date.now());
      const endsAt = Date.now() + 4 * SHORT_MS;
      const [first] = await schedule.claim({ limit: 1, leaseMs: 4 * SHORT_MS });
      assert.equal(first?.job, 'job');
      const [tooEarly] = await other.claim({ limit: 1, leaseMs: LEASE_MS });
      if (Date.now() < endsAt) assert.equal(tooEarly, undefined);
      await pass(4 * SHORT_MS + JUST_OVER_MS);
      const second = tooEarly ?? (await other.claim({ limit: 1, leaseMs: LEASE_MS }))[0];
      assert.equal(second?.job, 'job');
      assert.notEqual(second.claim, first.claim);
    },
  },
  {
    name: `of ${CLAIMERS} that claim ${JOBS} jobs at once, no two get the same, and together they get all`,
    async run({ schedule, other }) {
      const jobs = Array.from({ length: JOBS }, (_, index) => `job ${String(index).padStart(2, '0')}`);
      await schedule.plan(jobs, Date.now());
      const drain = async (own: Schedule): Promise<string[]> => {
        const taken: string[] = [];
        for (let empty = 0; empty < 3 && taken.length <= JOBS;) {
          const more = await own.claim({ limit: 7, leaseMs: LEASE_MS });
          // Others may have held everything for a moment.
          empty = more.length === 0 ? empty + 1 : 0;
          taken.push(...more.map(({ job }) => job));
        }
        return taken;
      };
      const claimers = Array.from({ length: CLAIMERS }, (_, index) => drain(index % 2 ? schedule : other));
      assert.deepEqual((await Promise.all(claimers)).flat().toSorted(), jobs);
    },
  },
  {
    name: 'no more than the limit is claimed, and each says since when it is due',
    async run({ schedule }) {
      const now = Date.now();
      await schedule.plan(['a', 'b', 'c', 'd', 'e'], now - FAR_MS);
      const some = await schedule.claim({ limit: 2, leaseMs: LEASE_MS });
      assert.equal(some.length, 2);
      const rest = await schedule.claim({ limit: 10, leaseMs: LEASE_MS });
      assert.equal(rest.length, 3);
      for (const { dueAt } of [...some, ...rest]) assert.ok(Math.abs(dueAt - (now - FAR_MS)) < FAR_MS / 2);
    },
  },
  {
    name: 'what has been due for longest is claimed first, but for neighbors',
    async run({ schedule }) {
      const old = Array.from({ length: 20 }, (_, index) => `old ${index}`);
      const recent = Array.from({ length: 20 }, (_, index) => `recent ${index}`);
      await schedule.plan(recent, Date.now());
      await schedule.plan(old, Date.now() - FAR_MS);
      const claimed = await schedule.claim({ limit: 64, leaseMs: LEASE_MS });
      assert.deepEqual(claimed.map(({ job }) => job.slice(0, 3)).slice(0, 20), Array<string>(20).fill('old'));
    },
  },
  {
    name: 'a job that was done under its claim is due at its next time',
    async run({ schedule, pass }) {
      const { claim } = await planAndClaim(schedule, 'job');
      const nextAt = Date.now() + 4 * SHORT_MS;
      await schedule.plan('job', nextAt, { claim });
      const tooEarly = await names(schedule);
      if (Date.now() < nextAt) assert.deepEqual(tooEarly, []);
      await pass(4 * SHORT_MS + JUST_OVER_MS);
      assert.deepEqual([...tooEarly, ...(await names(schedule))], ['job']);
    },
  },
  {
    name: 'a job that was planned while it was claimed keeps that plan',
    async run({ schedule, other }) {
      const { claim } = await planAndClaim(schedule, 'job');
      await other.plan('job', Date.now());
      await schedule.plan('job', Date.now() + FAR_MS, { claim });
      assert.deepEqual(await names(schedule), ['job']);
    },
  },
  {
    name: 'who is late does not end the claim of the next one',
    async run({ schedule, other, pass }) {
      const late = await planAndClaim(schedule, 'job', 4 * SHORT_MS);
      await pass(4 * SHORT_MS + JUST_OVER_MS);
      const [next] = await other.claim({ limit: 1, leaseMs: LEASE_MS });
      assert.equal(next?.job, 'job');
      await schedule.plan('job', Date.now(), { claim: late.claim });
      await schedule.cancel('job', { claim: late.claim });
      assert.deepEqual(await names(schedule), []);
      await other.plan('job', Date.now(), { claim: next.claim });
      assert.deepEqual(await names(schedule), ['job']);
    },
  },
  {
    name: 'a job that was canceled while it was claimed does not come back',
    async run({ schedule, other }) {
      const { claim } = await planAndClaim(schedule, 'job');
      await other.cancel('job');
      await schedule.plan('job', Date.now(), { claim });
      assert.deepEqual(await names(schedule), []);
    },
  },
  {
    name: 'a job is canceled under its claim unless it was planned since',
    async run({ schedule, other, pass }) {
      const [over, renewed] = ['over', 'renewed'];
      const first = await planAndClaim(schedule, over, 4 * SHORT_MS);
      await schedule.cancel(over, { claim: first.claim });
      const second = await planAndClaim(schedule, renewed);
      await other.plan(renewed, Date.now());
      await schedule.cancel(renewed, { claim: second.claim });
      await pass(4 * SHORT_MS + JUST_OVER_MS);
      assert.deepEqual(await names(schedule), [renewed]);
      await schedule.cancel('unknown');
    },
  },
  {
    name: 'a repair leaves alone what is planned, and mends what is absurdly far away',
    async run({ schedule }) {
      const keepUntil = Date.now() + FAR_MS;
      await schedule.plan('planned', Date.now() + FAR_MS / 2);
      await schedule.plan('absurd', Date.now() + 100 * FAR_MS);
      await schedule.plan(['planned', 'absurd', 'missing'], Date.now(), { keepUntil });
      assert.deepEqual((await names(schedule)).toSorted(), ['absurd', 'missing']);
    },
  },
  {
    name: 'shards share all jobs out, each always to the same',
    async run({ schedule, other }) {
      const jobs = Array.from({ length: JOBS }, (_, index) => `job/${index}`);
      const rounds: string[][][] = [];
      for (let round = 0; round < 2; round += 1) {
        await schedule.plan(jobs, Date.now());
        const shards: string[][] = [];
        for (let index = 0; index < 3; index += 1) {
          const options = { limit: JOBS, leaseMs: LEASE_MS, shard: { index, count: 3 } };
          const own = [await other.claim(options), await other.claim(options)].flat();
          assert.ok(own.length > 0, `shard ${index} has no jobs`);
          shards.push(own.map(({ job }) => job).toSorted());
        }
        assert.deepEqual(shards.flat().toSorted(), jobs.toSorted());
        rounds.push(shards);
      }
      assert.deepEqual(rounds[0], rounds[1]);
    },
  },
  {
    name: 'jobs are any text',
    async run({ schedule }) {
      const jobs = ['a b', 'ä/한/😀', '%_*?[]\\\'"{}', 'x'.repeat(512), '\u0000nul\u0000', 'A', 'a'];
      await schedule.plan(jobs, Date.now());
      assert.deepEqual((await names(schedule)).toSorted(), jobs.toSorted());
    },
  },
  {
    name: 'what can’t work is refused by name',
    async run({ schedule }) {
      const refused = { name: 'ConfigurationError' };
      await assert.rejects(schedule.plan('', Date.now()), { ...refused, message: /job/ });
      await assert.rejects(schedule.plan('x'.repeat(513), Date.now()), { ...refused, message: /job/ });
      await assert.rejects(schedule.plan('job', Number.NaN), { ...refused, message: /dueAt/ });
      await assert.rejects(schedule.plan('job', 0, { claim: 'x' }), { ...refused, message: /claim/ });
      await assert.rejects(schedule.claim({ limit: 0, leaseMs: 1 }), { ...refused, message: /limit/ });
      await assert.rejects(schedule.claim({ limit: 1, leaseMs: 0 }), { ...refused, message: /leaseMs/ });
      for (const shard of [
        { index: 2, count: 2 },
        { index: 0, count: 65 },
      ])
        await assert.rejects(schedule.claim({ limit: 1, leaseMs: 1, shard }), {
          ...refused,
          message: /shard/,
        });
    },
  },
];

async function names(schedule: Schedule): Promise<string[]> {
  const claimed = await schedule.claim({ limit: 1000, leaseMs: LEASE_MS });
  return claimed.map(({ job }) => job);
}

async function planAndClaim(schedule: Schedule, job: string, leaseMs = LEASE_MS): Promise<ClaimedJob> {
  await schedule.plan(job, Date.now());
  const [claimed] = await schedule.claim({ limit: 1, leaseMs });
  assert.ok(claimed?.job === job, 'a job that is due was not claimed');
  return claimed;
}
