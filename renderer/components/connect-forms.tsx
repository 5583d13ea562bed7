import { KeyForm } from './key-form.tsx';

type ConnectFormProps = Readonly<{ onSaved: () => void }>;

export function PostscriptKeyForm({ onSaved }: ConnectFormProps): React.JSX.Element {
  return (
    <KeyForm
      channel="connections.savePostscriptKey"
      toInput={(key) => ({ key })}
      label="Private key"
      hint="In Postscript under Settings, API: create a security key pair and copy the private key, not the public one."
      onSaved={onSaved}
    />
  );
}

export function SmartrrTokenForm({ onSaved }: ConnectFormProps): React.JSX.Element {
  return (
    <KeyForm
      channel="connections.saveSmartrrToken"
      toInput={(token) => ({ token })}
      label="API token"
      hint="In the Smartrr admin under Integrations, Add Key. It must be allowed to read subscriptions and to skip orders."
      onSaved={onSaved}
    />
  );
}
