import { useQuery } from '@tanstack/react-query';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { templateQuery } from './queries.ts';
import { TemplateWorkbench } from './template-workbench.tsx';

/** The template of a trigger: written, checked, looked at, copied. */
export function TemplateTab({ trigger }: Readonly<{ trigger: TriggerName }>): React.JSX.Element {
  const template = useQuery(templateQuery(trigger));
  return (
    <Loaded query={template} what="The template" skeleton={<RowSkeletons rows={3} height={140} />}>
      {(loaded) => <TemplateWorkbench trigger={trigger} template={loaded} />}
    </Loaded>
  );
}
