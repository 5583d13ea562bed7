import { describe, expect, it } from 'vitest';
import { writeDeliveryCsv } from '../../../main/core/write-delivery-csv.ts';
import { readCsv } from '../../helpers/read-csv.ts';

const row = {
  id: 7,
  key: 'upcoming:sub-1:2027-03-18:3',
  trigger: 'upcoming_order',
  state: 'accepted',
  isTest: false,
  customerId: 'customer-1',
  customerName: 'Dana Reyes',
  phone: '+12125550100',
  subscriptionId: 'sub-1',
  orderDate: '2027-03-18',
  createdAt: Date.UTC(2027, 2, 14, 6, 30),
  dueAt: null,
  finishedAt: Date.UTC(2027, 2, 15, 15, 0, 1),
  attempts: 1,
  answer: '2xx',
  reason: 'accepted',
} as const;
const options = { timeZone: 'America/New_York', withPhones: false, isFirstPage: true };

/** Name and value of each cell of the first row. */
function cellsOf(text: string): Record<string, string> {
  const [headings = [], cells = []] = readCsv(text);
  return Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? '']));
}

describe('the log as CSV', () => {
  it('says when on the shop’s clocks with their offset, and in UTC', () => {
    expect(cellsOf(writeDeliveryCsv([row], options))).toMatchObject({
      Delivery: '7',
      'Decided (America/New_York)': '2027-03-14 01:30:00 -05:00',
      'Decided (UTC)': '2027-03-14 06:30:00',
      'Due (UTC)': '',
      'Finished (America/New_York)': '2027-03-15 11:00:01 -04:00',
      'Finished (UTC)': '2027-03-15 15:00:01',
    });
  });

  it('masks phones unless full ones are asked for', () => {
    expect(writeDeliveryCsv([row], options)).not.toContain('5550100');
    expect(cellsOf(writeDeliveryCsv([row], { ...options, withPhones: true }))['Phone']).toBe("'+12125550100");
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('makes no formula of a name like %j', (customerName) => {
    expect(cellsOf(writeDeliveryCsv([{ ...row, customerName }], options))['Customer']).toBe(`'${customerName}`);
  });

  it('keeps quotes, commas and line breaks inside their cell', () => {
    for (const customerName of ['Dana "D", of\r\nFern & Fable', 'Dana\nReyes', 'Dana\rReyes'])
      expect(cellsOf(writeDeliveryCsv([{ ...row, customerName }], options))['Customer']).toBe(customerName);
  });

  it('begins with the byte order mark and the headings, on the first page only', () => {
    expect(writeDeliveryCsv([row], options).startsWith('\uFEFFDelivery,')).toBe(true);
    expect(writeDeliveryCsv([row], { ...options, isFirstPage: false }).startsWith('7,')).toBe(true);
  });
});
