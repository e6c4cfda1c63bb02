import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { untilItSells } from '../desk/api-caller.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { startReference } from '../references/reference-server.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 32;
const ORDERS = 300;
const PAGE = 100;

/** What a table of orders shows, with the user and the wallets behind each. */
const QUERY = `query Page {
  orders(first: ${PAGE}) {
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

export const row: Row = {
  id: 'P2b',
  title: 'A page of 100 orders with user, wallet and slices',
  reference: 'raw node:http that sends the same bytes',
  seconds: 1.5,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 20, users: 100, receivers: 20 });
    for (let n = 0; n < ORDERS; n += PAGE) {
      await Promise.all(Array.from({ length: PAGE }, (_, index) => desk.place(n + index)));
    }
    const api = await desk.start(['api']);
    const caller = api.caller(IN_FLIGHT);
    const acknowledged = [...desk.acknowledged, await untilItSells(caller, desk)];
    const body = JSON.stringify({ query: QUERY });
    const answer = await caller.post(body);
    const breaks = pageProblems(answer);
    const file = path.join(context.folder, 'page.json');
    await writeFile(file, answer);
    const raw = await startReference(context, 'same-bytes', IN_FLIGHT, { BYTES: file });
    const load = (ask: () => Promise<string>) =>
      closedLoop({
        inFlight: IN_FLIGHT,
        seconds: context.seconds,
        async work() {
          const text = await ask();
          if (text.length !== answer.length) breaks.push(`another page came: ${text.slice(0, 99)}`);
        },
      });
    const { ours, reference } = await inTurn(
      context.rounds,
      () => load(() => caller.post(body)),
      () => load(() => raw.caller.post(body)),
    );
    return {
      figures: [
        figure(
          {
            name: `pages of ${PAGE} orders`,
            unit: '/s',
            ours: ours.map(({ perSecond }) => perSecond),
            reference: reference.map(({ perSecond }) => perSecond),
          },
          { least: 1_000 },
        ),
      ],
      breaks: [...breaks.slice(0, 3), ...(await breaksInTables(desk.database, acknowledged))],
      notes: [`A page has ${Math.round(answer.length / 1_000)} kB.`],
    };
  },
};

/** Whether the page is whole: as many orders as asked for, each with user, slice and wallet. */
function pageProblems(answer: string): string[] {
  const count = (text: string): number => answer.split(text).length - 1;
  const wanted = ['"number":', '"telegramId":', '"slices":[{', '"wallet":{"id":'];
  return wanted.flatMap((text) =>
    count(text) === PAGE ? [] : [`${text} is ${count(text)} times in a page`],
  );
}
