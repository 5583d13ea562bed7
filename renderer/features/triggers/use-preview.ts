import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { findSegmentRange, type SegmentRange } from '../../../shared/domain/segment-range.ts';
import type { TagValues } from '../../../shared/domain/template.ts';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import type { SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { peopleQuery, personQuery, type TemplateView } from './queries.ts';
import { sampleNames, sampleValues, type SampleName } from './sample-people.ts';

/** Whose values fill the tags: a sample, the dearest text of all customers, or one subscription. */
export type PreviewSource = SampleName | 'dearest' | 'subscription';

export type Counted = Readonly<{ name: string; isReal: boolean; values: TagValues }>;

export type Preview = Readonly<{
  source: PreviewSource;
  setSource: (source: PreviewSource) => void;
  subscription: SubscriptionView | null;
  setSubscription: (subscription: SubscriptionView | null) => void;
  values: TagValues;
  /** Whose values these are, when it is somebody real. */
  name: string | null;
  range: SegmentRange<Counted> | null;
  /** False while there are no customers: then the range is that of the samples. */
  isRangeReal: boolean;
}>;

const NO_SUBSCRIPTION = '';

/** The people that a copy is shown and counted with. The counting follows the typing, and never holds it up. */
export function usePreview(trigger: TriggerName, text: string, template: TemplateView): Preview {
  const [source, setSource] = useState<PreviewSource>('short');
  const [subscription, setSubscription] = useState<SubscriptionView | null>(null);
  const people = useQuery(peopleQuery(trigger));
  const chosen = useQuery({
    ...personQuery(trigger, subscription?.id ?? NO_SUBSCRIPTION),
    enabled: subscription !== null,
  });

  const counted = useMemo<readonly Counted[]>(() => {
    if (people.data !== undefined && people.data.length > 0) {
      return people.data.map(({ customerName, values }) => ({ name: customerName, isReal: true, values }));
    }
    return sampleNames.map((name) => ({ name, isReal: false, values: sampleValues(name, template) }));
  }, [people.data, template]);
  const settledText = useDeferredValue(text);
  const range = useMemo(() => findSegmentRange(settledText, counted), [settledText, counted]);

  const person = personOf();
  return {
    source,
    setSource,
    subscription,
    setSubscription,
    values: person.values,
    name: person.name,
    range,
    isRangeReal: counted[0]?.isReal === true,
  };

  function personOf(): Readonly<{ values: TagValues; name: string | null }> {
    if (source === 'dearest' && range !== null) {
      const { who } = range.dearest;
      return { values: who.values, name: who.isReal ? who.name : null };
    }
    if (source === 'subscription' && subscription !== null && chosen.data !== undefined) {
      return { values: chosen.data.values, name: chosen.data.customerName };
    }
    const sample = source === 'dearest' || source === 'subscription' ? 'short' : source;
    return { values: sampleValues(sample, template), name: null };
  }
}
