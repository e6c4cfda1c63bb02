import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { type ApiCaller, untilItSells } from '../desk/api-caller.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { startReference } from '../references/reference-server.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 32;
const ORDERS = 300;
const PAGE = 100;
/** Pages that differ: each begins an order later than the one before. */
const PAGES = 200;

/** What a table of orders shows, with the user and the wallets behind each. */
const QUERY = `query Page($after: String) {
  orders(first: ${PAGE}, after: $after) {
    edges {
      cursor
      node {
        id number state energy duration receiver placedAt price { amount currency }
        user { id telegramId standing }
        slices { id position energy state wallet { id label address } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const bodyOf = (after: string | null): string =>
  JSON.stringify({ query: QUERY, variables: { after } });

export const row: Row = {
  id: 'P2b',
  title: 'A page of 100 orders with user, wallet and slices',
  reference: 'raw node:http that sends the same bytes',
  seconds: 0.8,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 20, users: 100, receivers: 20 });
    for (let n = 0; n < ORDERS; n += PAGE) {
      await Promise.all(Array.from({ length: PAGE }, (_, index) => desk.place(n + index)));
    }
    const api = await desk.start(['api']);
    const caller = api.caller(IN_FLIGHT);
    const acknowledged = [...desk.acknowledged, await untilItSells(caller, desk)];
    const first = bodyOf(null);
    const answer = await caller.post(first);
    const breaks = pageProblems(answer);
    const file = path.join(context.folder, 'page.json');
    await writeFile(file, answer);
    const raw = await startReference(context, 'same-bytes', IN_FLIGHT, { BYTES: file });
    const load = (
      seconds: number,
      ask: (n: number) => Promise<string>,
      lengthOf: (n: number) => number,
    ) =>
      closedLoop({
        inFlight: IN_FLIGHT,
        seconds,
        async work(n) {
          const text = await ask(n);
          if (text.length !== lengthOf(n)) breaks.push(`another page came: ${text.slice(0, 99)}`);
        },
      });
    const others = (await cursorsOf(caller)).map(bodyOf);
    const lengths: number[] = [];
    for (const body of others) {
      const page = await caller.post(body);
      breaks.push(...pageProblems(page));
      lengths.push(page.length);
    }
    const { ours, reference } = await inTurn(
      context,
      async (seconds) => ({
        same: await load(
          seconds,
          () => caller.post(first),
          () => answer.length,
        ),
        different: await load(
          seconds,
          (n) => caller.post(others[n % PAGES] ?? first),
          (n) => lengths[n % PAGES] ?? 0,
        ),
      }),
      (seconds) =>
        load(
          seconds,
          () => raw.caller.post(first),
          () => answer.length,
        ),
    );
    const rawRates = reference.map(({ perSecond }) => perSecond);
    return {
      figures: [
        figure(
          {
            name: 'the same page for all',
            unit: '/s',
            ours: ours.map(({ same }) => same.perSecond),
            reference: rawRates,
          },
          { least: 1_000 },
        ),
        figure(
          {
            name: 'another page for each',
            unit: '/s',
            ours: ours.map(({ different }) => different.perSecond),
            reference: rawRates,
          },
          { least: 1_000 },
        ),
      ],
      breaks: [...breaks.slice(0, 3), ...(await breaksInTables(desk.database, acknowledged))],
      notes: [
        `A page has ${Math.round(answer.length / 1_000)} kB. The goal is met when both figures are: those who ask for the same at the same time share its execution.`,
      ],
    };
  },
};

/** Places after which a whole page follows. */
async function cursorsOf(caller: ApiCaller): Promise<string[]> {
  const data = await caller.ask(`{ orders(first: ${PAGES}) { edges { cursor } } }`);
  const { edges } = data['orders'] as { readonly edges: readonly { readonly cursor: string }[] };
  return edges.map(({ cursor }) => cursor);
}

/** Whether the page is whole: as many orders as asked for, each with user, slice and wallet. */
function pageProblems(answer: string): string[] {
  const count = (text: string): number => answer.split(text).length - 1;
  const wanted = ['"number":', '"telegramId":', '"slices":[{', '"wallet":{"id":'];
  return wanted.flatMap((text) =>
    count(text) === PAGE ? [] : [`${text} is ${count(text)} times in a page`],
  );
}
