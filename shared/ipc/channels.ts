/** Names only, so that the sandboxed preload carries no schemas. The shapes are in contract.ts. */
export const channels = [
  'status.get',
  'overview.get',
  'triggers.list',
  'triggers.setEnabled',
  'triggers.register',
  'triggers.previewTest',
  'triggers.sendTest',
  'deliveries.list',
  'deliveries.get',
  'deliveries.resend',
  'deliveries.markAccepted',
  'decisions.list',
  'replies.list',
  'replies.skipOrder',
  'replies.ignore',
  'customers.search',
  'customers.get',
  'settings.get',
  'settings.save',
  'sending.setOn',
  'sending.releaseHold',
  'connections.get',
  'connections.savePostscriptKey',
  'connections.saveSmartrrToken',
  'connections.saveInbox',
  'connections.remove',
  'connections.registerWebhook',
  'sync.run',
  'practice.start',
  'practice.stop',
  'practice.get',
  'practice.advance',
  'practice.reply',
  'practice.setTrouble',
] as const;
export type Channel = (typeof channels)[number];

/** Events carry no data: the renderer asks again for what it shows. */
export const appEvents = ['changed'] as const;
export type AppEvent = (typeof appEvents)[number];
