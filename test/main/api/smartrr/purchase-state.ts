/** One purchase state as subscription-platforms.md 1.4 shows it, with the fields that a test changes. */
export function makePurchaseState(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: '5b0c1f0a-0000-4000-8000-000000000001',
    shopifyId: '1234567890',
    createdDate: '2026-01-02T03:04:05.678Z',
    updatedDate: '2026-10-01T00:00:00.000Z',
    purchaseStateStatus: 'ACTIVE',
    createdViaCustomerPortal: false,
    initialSubmissionDate: '2026-01-02T03:04:05.678Z',
    nextBillingDate: '2026-11-05T14:30:00.000Z',
    pausedAt: null,
    cancelledAt: null,
    sellingPlanId: '680002',
    currency: 'USD',
    totalEstimatedNet: '2500',
    shippingAddress: { firstName: 'Ada', lastName: 'L', phone: '+15555550777', countryCode: 'US' },
    schedule: { deliveryRRuleString: 'DTSTART:20260102T030405Z\nRRULE:FREQ=WEEKLY;INTERVAL=2', skips: [] },
    pmtMth: {
      id: '5b0c1f0a-0000-4000-8000-0000000000aa',
      lastDigits: '4242',
      updatedDate: '2026-05-01T00:00:00.000Z',
      shopifyUpdateDate: '2026-04-30T00:00:00.000Z',
    },
    stLineItems: [
      { id: 'l1', quantity: 1, isAddOn: false, vnt: { purchasableVariantName: 'House Espresso 500 g' } },
      { id: 'l2', quantity: 2, isAddOn: true, vnt: { purchasableVariantName: 'Paper Filters' } },
    ],
    custRel: {
      id: '5b0c1f0a-0000-4000-8000-0000000000c1',
      shopifyId: '987654321',
      email: 'ada@example.com',
      phone: '(555) 555-0123',
      inferredPhone: '+15555550123',
      firstName: 'Ada',
      lastName: 'Lovelace',
      sellingOrganization: {
        orgName: 'Fern & Fable',
        myShopifyDomain: 'fern.myshopify.com',
        billingTime: '09:30:00',
        billingTimezone: 'America/New_York',
        numBillingRetries: 3,
      },
    },
    ...fields,
  };
}
