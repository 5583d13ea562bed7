import { Alert, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { GuideLink } from '../../components/guide-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { useStatus } from '../../lib/status.ts';
import { templateQuery, type TriggerView } from './queries.ts';
import { SetUpSteps } from './set-up-steps.tsx';
import { SetUpWays } from './set-up-ways.tsx';

/** What has to be done in Postscript, step by step, and how far it is. */
export function SetUpTab({ view }: Readonly<{ view: TriggerView }>): React.JSX.Element {
  const template = useQuery(templateQuery(view.trigger));
  const { isPractice } = useStatus();
  return (
    <Stack>
      {isPractice && (
        <Alert icon={<IconInfoCircle aria-hidden />} title="The practice shop's automations are set up already">
          <Text size="sm">
            Change the template and confirm that you pasted it: the practice phones then show your copy.
          </Text>
        </Alert>
      )}
      <Section
        title="Set-up in Postscript"
        description={
          <>
            Postscript offers no way to ask whether an automation exists or is switched on, so these steps are yours to
            confirm. <GuideLink chapter="set-up-an-automation-in-postscript">The same in the guide</GuideLink>
          </>
        }
      >
        <Loaded query={template} what="The set-up" skeleton={<RowSkeletons rows={6} height={56} />}>
          {(loaded) => <SetUpSteps view={view} template={loaded} />}
        </Loaded>
      </Section>
      <SetUpWays trigger={view.trigger} />
    </Stack>
  );
}
