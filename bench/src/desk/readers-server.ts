/**
 * Opens READERS live streams at URL with API_KEY and reads what they are told. Answers on PORT once all are
 * open. In a process of its own: what a thousand readers take apart would hold up the network and the load.
 */
import { createServer } from 'node:http';
import { present } from '../../../server/src/kernel/assert.ts';
import { Subscribers } from './subscribers.ts';

const told = (name: string): string => present(process.env[name], name);

const subscribers = new Subscribers(told('URL'), told('API_KEY'));
await subscribers.grow(Number(told('READERS')));
createServer((_request, response) => response.end()).listen(Number(told('PORT')), '127.0.0.1');
// A profile is written by a program that ends by itself.
process.once('SIGTERM', () => process.exit(0));
