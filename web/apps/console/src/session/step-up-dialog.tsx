import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Form, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../api/http';
import { useText } from '../i18n/use-text';
import { type Proof, ProofFields } from './proof-fields';

export default function StepUpDialog({ open, onEnd }: { open: boolean; onEnd: (proven: boolean) => void }) {
  const say = useText();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const prove = async (proof: Proof) => {
    setBusy(true);
    try {
      await call('POST', '/account/step_up', { body: proof });
      setProblem(null);
      onEnd(true);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} title={say('stepUp.title')} footer={null} onCancel={() => onEnd(false)} destroyOnHidden width={420} zIndex={1100}>
      <Form<Proof> layout="vertical" requiredMark={false} onFinish={(proof) => void prove(proof)}>
        <p>{say('stepUp.why')}</p>
        {problem === null ? null : <Notice kind="error">{problemText(problem)}</Notice>}
        <ProofFields busy={busy} text={say('action.continue')} />
      </Form>
    </Modal>
  );
}
