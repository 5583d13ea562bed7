import type { NotificationConstructorOptions } from 'electron';
import { emitterNamed } from './refuse-missing.ts';

/** Every one that was shown, oldest first; also those that are closed by now. */
export const notifications: StandInNotification[] = [];

export class StandInNotification extends emitterNamed('Notification') {
  title: string;
  body: string;
  silent: boolean;
  isOpen = false;

  constructor({ title = '', body = '', silent = false }: NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.isOpen = true;
    notifications.push(this);
    this.emit('show', {});
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.emit('close', {});
  }
}
