/** As much of the module `electron` as electron-updater asks for; its requests go over Node's own HTTP. */
import { EventEmitter } from 'node:events';
import { request, type ClientRequest, type RequestOptions } from 'node:http';

/** Set by the test, which is where the "app" lives. */
export const installation = { version: '0.1.0', userData: '', quits: 0 };

export const app = {
  isPackaged: true,
  whenReady: () => Promise.resolve(),
  getVersion: () => installation.version,
  getName: () => 'heads-up',
  getPath: () => installation.userData,
  quit: () => void (installation.quits += 1),
};

export const autoUpdater = new EventEmitter();
export const session = { fromPartition: () => ({}) };
export const net = { request: (options: RequestOptions): ClientRequest => request(options) };
