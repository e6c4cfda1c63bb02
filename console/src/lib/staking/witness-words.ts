import { shortenMiddle } from '../format/code.ts';

/** What a witness is called: its site's host, else its address, shortened. */
export function witnessName({ url, address }: { url: string; address: string }): string {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/\s]+)/i.exec(url.trim())?.[1];
  return host ?? shortenMiddle(address);
}

/** Per cent of the rewards that go to those who vote for it. */
export function witnessShare({ brokerage }: { brokerage: number | null }, unknown: string): string {
  return brokerage === null ? unknown : `${100 - brokerage}%`;
}
