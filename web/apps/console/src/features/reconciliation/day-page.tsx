import { CursorTable } from '@ferrypay/desk/ui/cursor-table.tsx';
import { Facts } from '@ferrypay/desk/ui/facts.tsx';
import { When } from '@ferrypay/desk/ui/moment.tsx';
import { Card, Page } from '@ferrypay/desk/ui/page.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, callBytes } from '../../api/http';
import type { ChannelDay, Difference, List } from '../../api/types';
import { useText } from '../../i18n/use-text';
import { Person } from '../../session/people';
import { useMay, useSession } from '../../session/session';
import { DifferenceDrawer } from './difference-drawer';
import { StakeList, told } from './stakes';

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** One day of one account: what came, how it was compared, what differs and what becomes of that. */
export default function DayPage() {
  const say = useText();
  const word = useWord();
  const may = useMay();
  const { user } = useSession();
  const { account, day } = useParams({ from: '/shell/reconciliation/$account/$day' });
  const path = `/reconciliation/days/${encodeURIComponent(account)}/${day}`;
  const [shown, setShown] = useState<string | null>(null);
  const asked = useQuery({ queryKey: ['reconciliation', 'day', account, day], queryFn: () => call<ChannelDay>('GET', path) });
  const renews = [['reconciliation'], ['differences']];
  const download = useChange({
    run: () => call<ChannelDay>('POST', `${path}:download`),
    renews,
    done: ({ state }) => say('reconciliation.asked', { state: word('dayState', state) }),
  });
  const compare = useChange({
    run: () => call<ChannelDay>('POST', `${path}:compare`),
    renews,
    done: ({ counts }) => say('reconciliation.compared', { version: counts?.version ?? 0 }),
  });
  const confirm = useChange({
    run: (sha256: string) => call<ChannelDay>('POST', `${path}:confirm`, { body: { sha256 } }),
    renews,
    done: say('reconciliation.confirmed'),
  });
  const fetchFile = useChange({
    run: ({ from }: { from: string; name: string }) => callBytes(path + from),
    onDone: (blob, { name }) => save(blob, name),
  });
  return (
    <Page title={`${account} · ${day}`}>
      <Loaded asked={asked} rows={6}>
        {(one) => (
          <>
            <div className="filters">
              <span className="tag tag-quiet">{word('dayState', one.state)}</span>
              {may('reconciliation:write') ? (
                <>
                  <Button onClick={() => download.mutate(undefined)} loading={download.isPending}>
                    {say('reconciliation.ask')}
                  </Button>
                  <Button onClick={() => compare.mutate(undefined)} loading={compare.isPending}>
                    {say('reconciliation.compare')}
                  </Button>
                  {one.file === null ? null : (
                    <Button onClick={() => fetchFile.mutate({ from: '/statement', name: `${one.file?.format}-${account}-${day}` })}>
                      {say('reconciliation.original')}
                    </Button>
                  )}
                </>
              ) : null}
              <Button onClick={() => fetchFile.mutate({ from: '/differences.csv', name: `differences-${account}-${day}.csv` })}>
                {say('reconciliation.results')}
              </Button>
              {one.file?.handed_in_by && !one.file.confirmed && may('reconciliation:approve') && one.file.handed_in_by !== user.person ? (
                <Button type="primary" onClick={() => confirm.mutate(one.file?.sha256 ?? '')} loading={confirm.isPending}>
                  {say('reconciliation.confirm')}
                </Button>
              ) : null}
            </div>
            <div className="two-cards">
              <FileCard one={one} />
              <CountsCard one={one} />
            </div>
          </>
        )}
      </Loaded>
      <Card title={say('reconciliation.differences')}>
        <CursorTable<Difference>
          queryKey={['differences', 'of', account, day]}
          fetchPage={(cursor) => call<List<Difference>>('GET', '/differences', { query: { account, day, cursor } })}
          rowKey={({ id }) => id}
          label={`${account} · ${day}`}
          empty={say('reconciliation.noDifferences')}
          columns={[
            { title: say('reconciliation.type'), render: (_, { type }) => word('differenceType', type) },
            {
              title: say('reconciliation.number'),
              render: (_, { refund_number, order_number }) => <code>{refund_number ?? order_number ?? '—'}</code>,
            },
            {
              title: say('reconciliation.theirs'),
              render: (_, { theirs, their_amount }) => told(theirs, their_amount),
              className: 'words',
            },
            { title: say('reconciliation.ours'), render: (_, { ours, our_amount }) => told(ours, our_amount), className: 'words' },
            { title: say('reconciliation.stake'), align: 'right', render: (_, { stakes }) => <StakeList stakes={stakes} /> },
            { title: say('reconciliation.status'), render: (_, { status }) => word('differenceStatus', status) },
            {
              title: say('reconciliation.suggested'),
              render: (_, { status, action, proposed }) => word('differenceAction', status === 'open' ? proposed : action),
            },
            {
              title: say('reconciliation.due'),
              render: (_, { status, due_at }) =>
                status !== 'open' ? (
                  '—'
                ) : Date.parse(due_at) < Date.now() ? (
                  <strong className="tag tag-bad">
                    <When at={due_at} />
                  </strong>
                ) : (
                  <When at={due_at} />
                ),
            },
            { title: say('reconciliation.owner'), render: (_, { assigned_to }) => <Person id={assigned_to} /> },
            {
              title: <span className="unseen">{say('reconciliation.show')}</span>,
              render: (_, { id, type, order_number }) => (
                <Button
                  size="small"
                  onClick={() => setShown(id)}
                  aria-label={`${say('reconciliation.show')} ${word('differenceType', type)} ${order_number ?? ''}`}
                >
                  {say('reconciliation.show')}
                </Button>
              ),
            },
          ]}
        />
      </Card>
      {shown === null ? null : <DifferenceDrawer id={shown} onClose={() => setShown(null)} />}
    </Page>
  );
}

function FileCard({ one: { file, refused_reason } }: { one: ChannelDay }) {
  const say = useText();
  return (
    <Card title={say('reconciliation.file')}>
      {file === null ? (
        <p className="faint">{say('reconciliation.nothing')}</p>
      ) : (
        <Facts
          facts={[
            [say('reconciliation.format'), file.format],
            [say('reconciliation.bytes'), file.bytes.toLocaleString()],
            [
              say('reconciliation.vouched'),
              file.handed_in_by === null ? (
                say(file.verified ? 'reconciliation.signed' : 'reconciliation.fromChannel')
              ) : (
                <>
                  {say(file.confirmed ? 'reconciliation.byHandConfirmed' : 'reconciliation.byHand')}: <Person id={file.handed_in_by} />
                </>
              ),
            ],
            ['SHA-256', <code key="hash">{file.sha256.slice(0, 16)}…</code>],
            [say('reconciliation.refused'), refused_reason],
          ]}
        />
      )}
    </Card>
  );
}

function CountsCard({ one: { counts } }: { one: ChannelDay }) {
  const say = useText();
  if (counts === null) {
    return (
      <Card title={say('reconciliation.counts')}>
        <p className="faint">{say('reconciliation.notCompared')}</p>
      </Card>
    );
  }
  const rows: [string, number | string, number | string][] = [
    [say('reconciliation.matchedCount'), counts.matched, counts.records_matched],
    [say('reconciliation.differing'), counts.differing, counts.records_differing],
    [say('reconciliation.carried'), counts.carried, counts.records_carried],
    [say('reconciliation.bad'), counts.bad, '—'],
    [say('reconciliation.elsewhere'), '—', counts.records_elsewhere],
  ];
  return (
    <Card title={say('reconciliation.counts')}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">
              {say('reconciliation.version')} {counts.version}
            </th>
            <th scope="col">{say('reconciliation.lines')}</th>
            <th scope="col">{say('reconciliation.records')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, lines, records]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{lines}</td>
              <td>{records}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Σ</th>
            <td>{counts.lines}</td>
            <td>{counts.records}</td>
          </tr>
        </tbody>
      </table>
      <p className="faint">
        {say('reconciliation.since')}: {say('reconciliation.sinceText', { added: counts.added, gone: counts.gone })}
      </p>
    </Card>
  );
}
