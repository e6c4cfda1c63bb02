import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface Look {
  readonly language: 'zh' | 'en';
  readonly theme: 'light' | 'dark';
  readonly size: 'desk' | 'phone';
}

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Chromium on a desk's console, one signed-in person per context. */
export class ConsoleBrowser {
  readonly #browser: Browser;
  readonly #url: string;
  #session: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

  constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  /** Opens a page for nobody, in the given look. */
  async stranger(look: Partial<Look> = {}): Promise<Page> {
    return (await this.#context(look)).newPage();
  }

  /** Opens a page for whoever signed in last through `signIn`. */
  async person(look: Partial<Look> = {}): Promise<Page> {
    return (await this.#context(look, this.#session)).newPage();
  }

  /** Signs in through the form and remembers the session for `person`. */
  async signIn(credentials: { email: string; password: string }): Promise<Page> {
    const page = await this.stranger();
    await page.goto('/');
    await fillSignIn(page, credentials);
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    this.#session = await page.context().storageState();
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  #context(
    { language = 'zh', theme = 'light', size = 'desk' }: Partial<Look>,
    storageState?: Awaited<ReturnType<BrowserContext['storageState']>>,
  ): Promise<BrowserContext> {
    return this.#browser
      .newContext({
        baseURL: this.#url,
        viewport: sizes[size],
        colorScheme: theme,
        // axe is put into the page by the test.
        bypassCSP: true,
        ...(storageState !== undefined && { storageState }),
      })
      .then(async (context) => {
        context.setDefaultTimeout(45_000);
        await context.addInitScript((chosen) => {
          localStorage.setItem('desk.language', chosen);
        }, language);
        return context;
      });
  }
}

/** Starts Debian's Chromium for a desk. */
export async function launchBrowser(url: string): Promise<ConsoleBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return new ConsoleBrowser(browser, url);
}

/** Types what is asked for at the door. */
export async function fillSignIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel('邮箱').fill(email);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}

/** Waits until nothing on the page is a skeleton any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await expect.poll(() => page.locator('[role=status][aria-busy=true]').count()).toBe(0);
}

/** Looks at the page with axe: WCAG 2.1 A and AA and the best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.addScriptTag({ path: axePath });
  const faults = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (context: Document, options: object) => Promise<AxeResults> };
    };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
  expect(faults).toEqual([]);
}

/** A page that is wider than the window hides things from a thumb. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
}
