import type { Migration } from '../types.ts';

export const createTemplates: Migration = {
  version: 50,
  name: 'create-templates',
  up: (db) =>
    db.exec(`
      -- Every save is a version; the newest one is the template. A trigger without any has the seed's copy.
      CREATE TABLE template_versions (
        id            INTEGER PRIMARY KEY,
        trigger       TEXT    NOT NULL CHECK (trigger IN ('subscription_created','upcoming_order','skipped_order',
                                'payment_method_updated','payment_method_failed','customer_deactivated')),
        copy          TEXT    NOT NULL,
        saved_at      INTEGER NOT NULL,
        restored_from INTEGER REFERENCES template_versions (id)
      ) STRICT;
      CREATE INDEX template_versions_by_trigger ON template_versions (trigger, id);

      -- What the merchant says about Postscript's side: nothing there can be asked whether an automation exists.
      CREATE TABLE set_up_confirmations (
        trigger            TEXT PRIMARY KEY CHECK (trigger IN ('subscription_created','upcoming_order','skipped_order',
                             'payment_method_updated','payment_method_failed','customer_deactivated')),
        automation_made_at INTEGER,
        copied_at          INTEGER,
        copied_copy        TEXT,
        pasted_at          INTEGER,
        pasted_copy        TEXT,
        activated_at       INTEGER
      ) STRICT, WITHOUT ROWID;

      -- What a trigger's card counts; tests are left out.
      CREATE INDEX deliveries_due_by_trigger ON deliveries (trigger, due_at)
        WHERE is_test = 0 AND state IN ('planned','waiting','retrying');
      CREATE INDEX deliveries_refused_by_trigger ON deliveries (trigger, id)
        WHERE is_test = 0 AND state IN ('failed','unknown');

      -- The ends of these are where the shortest and the longest texts come from, and those that need Unicode:
      -- the editor finds them without reading every customer. The pattern is what is outside of GSM-7.
      CREATE INDEX customers_by_first_name_length ON customers (coalesce(length(first_name), 0));
      CREATE INDEX customers_by_last_name_length ON customers (coalesce(length(last_name), 0));
      CREATE INDEX customers_beyond_gsm ON customers (coalesce(length(first_name), 0) + coalesce(length(last_name), 0))
        WHERE first_name GLOB '*[^ -_a-~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡€]*'
          OR last_name GLOB '*[^ -_a-~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡€]*';
      CREATE INDEX subscriptions_by_titles_length ON subscriptions (length(product_titles));
      CREATE INDEX subscriptions_beyond_gsm ON subscriptions (length(product_titles))
        WHERE product_titles GLOB '*[^ -_a-~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡€]*';
    `),
};
