import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { problemText } from '@ferrypay/desk/ui/problem-text.ts';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useId, useRef } from 'react';
import type { BankAnswer, BatchDetail } from '../../api/books';
import { call, callBytes, sendFile } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay } from '../../session/session';
import { save } from '../../ui/save';
import { WithdrawalTable } from '../../ui/withdrawal-table';

/** What goes to the bank together, and what the bank said of it. */
export default function BatchPage() {
  const { id } = useParams({ from: '/shell/withdrawals/batches/$id' });
  const say = useText();
  const word = useWord();
  const may = useMay();
  const batch = useQuery({
    queryKey: ['withdrawals', 'batch', id],
    queryFn: () => call<BatchDetail>('GET', `/withdrawal-batches/${id}`),
  });
  return (
    <Page
      title={say('withdrawals.batchOf', { id })}
      intro={<Link to="/withdrawals">{say('withdrawals.back')}</Link>}
      actions={may('withdrawals:export') ? <Export id={id} /> : undefined}
    >
      <Loaded asked={batch} rows={6}>
        {(found) => (
          <>
            {found.batch.livemode ? null : <Notice kind="warning">{say('withdrawals.playMoney')}</Notice>}
            <Card title={say('withdrawals.batch')}>
              <Facts
                facts={[
                  [say('withdrawals.cutFor'), found.batch.cut_for],
                  [say('withdrawals.cutAt'), <When key="cut" at={found.batch.cut_at} />],
                  [say('withdrawals.count'), String(found.batch.withdrawals)],
                  [say('withdrawals.total'), <Amount key="total" amount={found.batch.total} currency={found.batch.currency} strong />],
                  ...found.parts.map(({ status, count, total }): [string, ReactNode] => [
                    word('status', status),
                    <span key={status}>
                      {count}: <Amount amount={total} currency={found.batch.currency} />
                    </span>,
                  ]),
                ]}
              />
            </Card>
            <Card title={say('bank.title')}>
              {may('withdrawals:export') ? <Upload id={id} /> : null}
              {found.answers.length === 0 ? (
                <Empty>{say('bank.noAnswers')}</Empty>
              ) : (
                <ul className="rows">
                  {found.answers.map(({ sha256, lines, received_by, received_at }) => (
                    <li key={sha256}>
                      <span>
                        {say('bank.linesOf', { lines })}
                        <code className="faint words">{sha256}</code>
                      </span>
                      <span>
                        <Person id={received_by} /> <When at={received_at} />
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
            <Card title={say('withdrawals.all')}>
              <WithdrawalTable query={{ batch: id }} empty={say('withdrawals.none')} />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Account numbers stand in these files in clear: whoever takes them proves who they are, and the audit says so. */
function Export({ id }: { id: string }) {
  const say = useText();
  const take = useChange({
    run: async (file: 'pain001.xml' | 'transfers.csv') => save(await callBytes(`/withdrawal-batches/${id}/${file}`), `${id}-${file}`),
    done: say('bank.taken'),
  });
  const button = (file: 'pain001.xml' | 'transfers.csv', text: string) => (
    <Button onClick={() => take.mutate(file)} loading={take.isPending && take.variables === file}>
      {text}
    </Button>
  );
  return (
    <>
      {button('pain001.xml', say('bank.takeXml'))}
      {button('transfers.csv', say('bank.takeCsv'))}
    </>
  );
}

/** Brings the bank's answer. It counts as a whole and once; where it gives live money back, another person looks first. */
function Upload({ id }: { id: string }) {
  const say = useText();
  const name = useId();
  const chosen = useRef<HTMLInputElement>(null);
  const bring = useChange({
    run: (file: File) =>
      sendFile<BankAnswer>(
        `/withdrawal-batches/${id}/responses`,
        file,
        file.name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'application/xml',
      ),
    renews: [['withdrawals'], ['approvals'], ['ledger']],
    onDone: () => {
      if (chosen.current !== null) {
        chosen.current.value = '';
      }
    },
    quiet: true,
  });
  return (
    <div className="upload">
      <p>
        <label htmlFor={name}>{say('bank.bring')}</label>{' '}
        <input
          id={name}
          ref={chosen}
          type="file"
          accept=".xml,.csv"
          disabled={bring.isPending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) {
              bring.mutate(file);
            }
          }}
        />
      </p>
      {bring.error ? <Notice kind="error">{problemText(bring.error)}</Notice> : null}
      <div aria-live="polite">{bring.data === undefined ? null : <Heard answer={bring.data} />}</div>
    </div>
  );
}

function Heard({ answer: { applied } }: { answer: BankAnswer }) {
  const say = useText();
  if (applied === null) {
    return (
      <Notice kind="info" action={<Link to="/approvals">{say('approvals.title')}</Link>}>
        {say('bank.waits')}
      </Notice>
    );
  }
  if (applied.repeated) {
    return <Notice kind="info">{say('bank.repeated')}</Notice>;
  }
  const { paid, failed, returned, unknown, ignored, contradicting } = applied;
  return (
    <>
      <Notice kind="info">{say('bank.applied', { paid, failed, returned, unknown, ignored })}</Notice>
      {contradicting === 0 ? null : <Notice kind="error">{say('bank.contradicting', { count: contradicting })}</Notice>}
    </>
  );
}
