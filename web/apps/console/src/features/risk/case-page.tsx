import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { Copyable } from '@ferrypay/desk/ui/copyable.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Empty, Loaded } from '@ferrypay/desk/ui/states.tsx';
import { Timeline, type Tone } from '@ferrypay/desk/ui/timeline.tsx';
import { useToasts } from '@ferrypay/desk/ui/toasts.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../api/http';
import type { RiskCase, WholeCase } from '../../api/risk';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay, useSession } from '../../session/session';
import { ReasonDialog } from '../../ui/reason-dialog';
import { CaseMark } from './case-mark';

type Act = 'release' | 'refuse' | 'close' | 'note';

/** One suspicious payment: why, what happened, what else is like it, and what becomes of it. */
export default function CasePage() {
  const { id } = useParams({ from: '/shell/risk/cases/$id' });
  const say = useText();
  const found = useQuery({ queryKey: ['risk', 'case', id], queryFn: () => call<WholeCase>('GET', `/risk/cases/${id}`) });
  return (
    <Loaded asked={found} rows={8}>
      {(whole) => (
        <Page
          title={say('case.title', { reference: whole.risk_case.merchant_reference })}
          intro={<CaseMark one={whole.risk_case} />}
          actions={<Acts one={whole.risk_case} />}
        >
          <About one={whole.risk_case} />
          <Card title={say('case.timeline')}>
            <History whole={whole} />
          </Card>
          <Card title={say('case.linked')}>
            {whole.linked.length === 0 ? <Empty>{say('case.noLinked')}</Empty> : <Linked cases={whole.linked} />}
          </Card>
        </Page>
      )}
    </Loaded>
  );
}

function About({ one }: { one: RiskCase }) {
  const say = useText();
  const word = useWord();
  const may = useMay();
  return (
    <Card title={say('case.facts')}>
      <Facts
        facts={[
          [say('cases.amount'), <Amount key="amount" amount={one.amount} currency={one.currency} strong />],
          [say('field.status'), word('caseStatus', one.status)],
          [say('cases.assigned'), one.assigned_to === null ? null : <Person key="person" id={one.assigned_to} />],
          [
            say('case.payment'),
            may('payments:read') ? (
              <Link key="payment" to="/payments/$id" params={{ id: one.payment }}>
                {one.payment}
              </Link>
            ) : (
              <Copyable key="payment" text={one.payment} />
            ),
          ],
          [say('case.reference'), one.merchant_reference],
          [
            say('field.merchant'),
            may('merchants:read') ? (
              <Link key="merchant" to="/merchants/$id" params={{ id: one.merchant_id }}>
                {one.merchant_id}
              </Link>
            ) : (
              one.merchant_id
            ),
          ],
          [say('case.mode'), one.livemode ? say('dry.live') : say('dry.test')],
          [say('case.method'), one.method],
          [say('case.channel'), one.channel],
          [say('case.store'), one.store],
          [say('case.code'), one.static_code],
          [say('case.device'), one.device],
          [say('case.payer'), one.payer === null ? null : <Copyable key="payer" text={one.payer} />],
          [say('cases.opened'), <When key="opened" at={one.opened_at} />],
        ]}
      />
    </Card>
  );
}

const TONES: Record<string, Tone> = { held: 'warn', alerted: 'warn', decided: 'good', closed: 'good', returned: 'bad' };

function History({ whole }: { whole: WholeCase }) {
  const word = useWord();
  const say = useText();
  return (
    <Timeline
      entries={whole.timeline.map(({ at, what, who, detail }) => ({
        at,
        tone: TONES[what] ?? 'quiet',
        content: (
          <>
            <strong>{word('caseStep', what)}</strong>{' '}
            {detail.rules?.map((rule) => (
              <span key={`${rule.id} ${rule.version}`} className="tag">
                {rule.name} ({say('rules.version')} {rule.version})
              </span>
            ))}
            {what === 'assigned' ? <Person id={detail.to ?? null} /> : null}
            {detail.decision === undefined ? null : word('caseDecision', detail.decision)}
            {who === 'system' ? null : (
              <span className="faint">
                {' '}
                {say('case.by')} <Person id={who} />
              </span>
            )}
            {detail.text === undefined && detail.reason === undefined ? null : <p className="case-words">{detail.text ?? detail.reason}</p>}
          </>
        ),
      }))}
    />
  );
}

function Linked({ cases }: { cases: RiskCase[] }) {
  return (
    <ul className="rows">
      {cases.map((one) => (
        <li key={one.id}>
          <Link to="/risk/cases/$id" params={{ id: one.id }}>
            {one.merchant_reference}
          </Link>
          <span>
            <Amount amount={one.amount} currency={one.currency} /> <CaseMark one={one} /> <When at={one.opened_at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Acts({ one }: { one: RiskCase }) {
  const say = useText();
  const may = useMay();
  const { user } = useSession();
  const { tell } = useToasts();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Act | null>(null);
  const renews = [['risk'], ['approvals']];
  const assign = useChange({
    run: (to: string | null) => call('POST', `/risk/cases/${one.id}:assign`, { body: { version: one.version, to } }),
    renews,
  });
  const act = useChange({
    run: ({ what, text }: { what: Act; text: string }) => {
      switch (what) {
        case 'note':
          return call<unknown>('POST', `/risk/cases/${one.id}:note`, { body: { text } });
        case 'close':
          return call<unknown>('POST', `/risk/cases/${one.id}:close`, { body: { version: one.version, reason: text } });
        default:
          return call<{ approval: string | null }>('POST', `/risk/cases/${one.id}:decide`, {
            body: { version: one.version, decision: what, reason: text },
          });
      }
    },
    renews,
    onDone: (answer, { what }) => {
      setOpen(null);
      if (what === 'release' || what === 'refuse') {
        tell('good', (answer as { approval: string | null }).approval === null ? say('case.decided') : say('case.waits'));
      }
    },
    quiet: true,
  });
  if (!may('risk:decide')) {
    return null;
  }
  const begin = (what: Act) => {
    act.reset();
    setOpen(what);
  };
  const titles = {
    note: [say('case.noteTitle'), say('case.note')],
    close: [say('case.closeTitle'), say('case.close')],
    release: [say('case.releaseTitle'), say('case.release')],
    refuse: [say('case.refuseTitle'), say('case.refuse')],
  } as const;
  return (
    <>
      <Button onClick={() => begin('note')}>{say('case.note')}</Button>
      {one.payer !== null && may('risk:write') ? (
        <Button onClick={() => void navigate({ href: `/risk/rules/new?action=deny&payer=${one.payer}` })}>{say('case.block')}</Button>
      ) : null}
      {one.status === 'open' ? (
        <>
          {one.assigned_to === user.person ? (
            <Button onClick={() => assign.mutate(null)} loading={assign.isPending}>
              {say('case.giveBack')}
            </Button>
          ) : (
            <Button onClick={() => assign.mutate(user.person)} loading={assign.isPending}>
              {say('case.take')}
            </Button>
          )}
          {one.kind === 'hold' ? (
            <>
              <Button type="primary" onClick={() => begin('release')}>
                {say('case.release')}
              </Button>
              <Button danger onClick={() => begin('refuse')}>
                {say('case.refuse')}
              </Button>
            </>
          ) : (
            <Button onClick={() => begin('close')}>{say('case.close')}</Button>
          )}
        </>
      ) : null}
      {open === null ? null : (
        <ReasonDialog
          title={titles[open][0]}
          action={titles[open][1]}
          danger={open === 'refuse'}
          busy={act.isPending}
          error={act.error}
          onDone={(text) => act.mutate({ what: open, text })}
          onCancel={() => setOpen(null)}
        />
      )}
    </>
  );
}
