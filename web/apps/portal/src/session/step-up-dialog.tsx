import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { answer, portal } from '../api/http';
import { useText } from '../i18n/use-text';
import { knowsPasskeys, stepUpByPasskey } from './passkeys';
import { type Proof, ProofField, SubmitButton } from './proof-fields';

export default function StepUpDialog({ open, onEnd }: { open: boolean; onEnd: (proven: boolean) => void }) {
  const say = useText();
  return (
    <Modal open={open} title={say('stepUp.title')} footer={null} onCancel={() => onEnd(false)} destroyOnHidden width={420} zIndex={1100}>
      <ProofForm onProven={() => onEnd(true)} />
    </Modal>
  );
}

function ProofForm({ onProven }: { onProven: () => void }) {
  const say = useText();
  const factor = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => answer(portal.GET('/portal/api/second_factor')),
  });
  const [recovery, setRecovery] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const prove = async (proof: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await proof();
      onProven();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Loaded asked={factor} rows={2}>
      {({ totp, passkeys = 0 }) => (
        <Form<Proof>
          layout="vertical"
          requiredMark={false}
          onFinish={(proof) => void prove(() => answer(portal.POST('/portal/api/step_up', { body: proof })))}
        >
          <p>{say('stepUp.why')}</p>
          {problem === null ? null : <Notice kind="error">{problemText(problem)}</Notice>}
          {passkeys > 0 && knowsPasskeys() ? (
            <Button block className="passkey" loading={busy} onClick={() => void prove(stepUpByPasskey)}>
              {say('secondFactor.passkey')}
            </Button>
          ) : null}
          <ProofField
            key={String(recovery)}
            kind={totp ? (recovery ? 'recovery_code' : 'totp') : passkeys > 0 ? 'recovery_code' : 'password'}
          />
          {totp ? (
            <p>
              <button type="button" className="link" onClick={() => setRecovery(!recovery)}>
                {recovery ? say('stepUp.useApp') : say('stepUp.useRecovery')}
              </button>
            </p>
          ) : null}
          <SubmitButton busy={busy}>{say('action.continue')}</SubmitButton>
        </Form>
      )}
    </Loaded>
  );
}
