/** Copied to the letter, so that the catalogue is checked against its sources and not against itself. */

const tick = '`';

/** Design section 2. */
export const designTable = String.raw`| trigger | Postscript event type (v2 custom event) | legacy trigger name (v1) | our tags | delivery key (UNIQUE) |
|---|---|---|---|---|
| Subscription Created | ${tick}smartrr_subscription_created${tick} | ${tick}Smartrr: Subscription Created${tick} | account_page_link, delivery_frequency, delivery_frequency_unit | ${tick}created:{subscription}${tick} |
| Upcoming Order | ${tick}smartrr_upcoming_order${tick} | ${tick}Smartrr: Upcoming Order${tick} | account_page_link | ${tick}upcoming:{subscription}:{order date}:{lead days}${tick} |
| Skipped Order | ${tick}smartrr_order_skipped${tick} | ${tick}Smartrr: Order Skipped${tick} | account_page_link, new_delivery_date | ${tick}skipped:{subscription}:{skipped order date}${tick} |
| Payment Method Updated | ${tick}smartrr_payment_method_updated${tick} | ${tick}Smartrr: Payment Method Updated${tick} | account_page_link | ${tick}payment-updated:{customer}:{payment method}:{updated at}${tick} |
| Payment Method Failed | ${tick}smartrr_payment_method_failed${tick} | ${tick}Smartrr: Payment Method Failed${tick} | account_page_link, retry_num | ${tick}payment-failed:{bill}:{retry count}${tick} |
| Customer Deactivated | ${tick}smartrr_customer_deactivated${tick} | ${tick}Smartrr: Customer Deactivated${tick} | account_page_link | ${tick}deactivated:{customer}:{cancelled at}${tick} |`;

/** The seed, "Postscript Triggers". */
export const seedTriggersTable = String.raw`<table><thead><tr><th width="210">Trigger</th><th>Description</th><th>Potential SMS Example</th><th data-hidden></th><th data-hidden></th><th data-hidden></th></tr></thead><tbody><tr><td><strong>🆕 Subscription Created</strong></td><td>Sent whenever a new subscription is created</td><td><mark style="color:green;">Hi {first_name}, thanks for your subscription! Manage your subscription by creating an account here: {account_page_link}</mark></td><td></td><td></td><td></td></tr><tr><td><strong>🔁 Upcoming Order</strong></td><td>Sent 3 days before upcoming order, customer provided option to skip</td><td><mark style="color:green;">Heads up: your upcoming subscription will ship in 3 days. Not quite ready? Just reply SKIP</mark></td><td></td><td></td><td></td></tr><tr><td><strong>⏭ Skipped Order</strong></td><td>Sent when a customer skips after receiving the upcoming order notification</td><td><mark style="color:green;">Confirmed! Your upcoming subscription will be skipped. Your next order will be on {new_delivery_date}</mark></td><td></td><td></td><td></td></tr><tr><td><strong>💳 Payment Method Updated</strong></td><td>Sent whenever a customer successfully updates their payment method</td><td><mark style="color:green;">Hi {first_name}, your payment method has been successfully updated!</mark></td><td></td><td></td><td></td></tr><tr><td><strong>❗️Payment Method Failed</strong></td><td>Sent whenever a payment method for an upcoming order has failed</td><td><mark style="color:green;">Your recent payment wasn't completed. To update your payment method, click here: {account_page_link}</mark></td><td></td><td></td><td></td></tr><tr><td><strong>❌ Customer Deactivated</strong> </td><td>Sent when when a customer's last subscription has been canceled </td><td><mark style="color:green;">We're reaching out to confirm your subscription has been canceled. We're sorry to see you go.</mark></td><td></td><td></td><td></td></tr></tbody></table>`;

/** The seed, "Postscript Automations": where the default tags are named. */
export const seedDefaultTags = String.raw`To add dynamic tags to your SMS automation, click **More** and **Add Tags**. The default tags scoped to Postscript include <mark style="color:purple;">${tick}shop_name${tick}</mark>, <mark style="color:purple;">${tick}first_name${tick}</mark>, <mark style="color:purple;">${tick}last_name${tick}</mark> and <mark style="color:purple;">${tick}shop_link${tick}</mark>. To add Smartrr-specific dynamic tags, reference the below table for tags associated with each trigger:`;

/** The seed, "Postscript Automations". */
export const seedTagsTable = String.raw`<table><thead><tr><th width="267">Trigger</th><th>Associated Tags</th><th data-hidden></th></tr></thead><tbody><tr><td><strong>🆕 Subscription Created</strong></td><td><pre><code>{account_page_link}
{delivery_frequency}
{delivery_frequency_unit}
</code></pre></td><td></td></tr><tr><td><strong>🔁 Upcoming Order</strong></td><td><pre><code>{account_page_link}
</code></pre></td><td></td></tr><tr><td><strong>⏭ Skipped Order</strong></td><td><pre><code>{account_page_link}
{new_delivery_date}
</code></pre></td><td></td></tr><tr><td><strong>💳 Payment Method Updated</strong></td><td><pre><code>{account_page_link}
</code></pre></td><td></td></tr><tr><td><strong>❗️Payment Method Failed</strong></td><td><pre><code>{account_page_link}
{retry_num} 
</code></pre></td><td></td></tr><tr><td><strong>❌ Customer Deactivated</strong> </td><td><pre><code>{account_page_link}
</code></pre></td><td></td></tr></tbody></table>`;

/** The seed, "Skip": the copy of the prompt and of the answer. */
export const seedSkipCopies = {
  upcoming_order:
    '{shop_name}: Heads up: your upcoming subscription from {shop_name} will ship in 3 days. Not quite ready? Just reply SKIP. To manage your subscription go to {account_page_link}',
  skipped_order:
    '{shop_name}: Confirmed! Your upcoming subscription will be skipped. Your next order will be on {new_delivery_date}. To manage your subscription go to {account_page_link}',
} as const;
