import { Code, List, Text, Title } from '@mantine/core';
import { triggers, type TriggerName } from '../../../shared/domain/triggers.ts';
import { Section } from '../../components/section.tsx';
import classes from './set-up-ways.module.css';

/** Both ways to make the automation, because nothing says which of them lists our events. */
export function SetUpWays({ trigger }: Readonly<{ trigger: TriggerName }>): React.JSX.Element {
  const { legacyName, eventType } = triggers[trigger];
  return (
    <Section
      title="Two ways to make the automation"
      description="Whether Postscript lists a custom event under Legacy Automations or only in Flow Builder is not documented. Try the first way; if the trigger is not in its list, use the second. One of them is enough: with both, a customer is texted twice."
    >
      <div className={classes['ways']}>
        <div>
          <Title order={3} mb="xs">
            Legacy Automations
          </Title>
          <List type="ordered" size="sm" spacing={6}>
            <List.Item>
              Open <b>Messaging</b>, then <b>Automations</b>.
            </List.Item>
            <List.Item>
              Click <b>Create Automation</b> and choose the <b>Legacy</b> option.
            </List.Item>
            <List.Item>
              Select <b>Custom Automation</b>.
            </List.Item>
            <List.Item>
              Choose the trigger <Code>{legacyName}</Code>.
            </List.Item>
            <List.Item>Paste the copy and set a wait of at least one minute.</List.Item>
            <List.Item>
              Save, and flip the <b>Active</b> toggle to green.
            </List.Item>
          </List>
        </div>
        <div>
          <Title order={3} mb="xs">
            Flow Builder
          </Title>
          <List type="ordered" size="sm" spacing={6}>
            <List.Item>
              Open <b>Messaging</b>, then <b>Automations</b>, and make a new flow.
            </List.Item>
            <List.Item>
              As its trigger choose the custom event <Code>{eventType}</Code>. Postscript may show your shop's name in
              front of it.
            </List.Item>
            <List.Item>Add a delay of at least one minute, then a message.</List.Item>
            <List.Item>
              Paste the copy. If Postscript offers the event's properties as tags of its own, use those in place of
              ours: how it writes them in a flow is not documented.
            </List.Item>
            <List.Item>
              <b>Activate</b> the flow.
            </List.Item>
          </List>
        </div>
      </div>
      <Text size="sm" c="dimmed">
        In the United States, Postscript's automations text within waking hours, 11 AM to 9 PM; what comes outside of
        them waits.
      </Text>
    </Section>
  );
}
