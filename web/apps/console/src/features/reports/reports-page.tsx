import { Choices } from '@ferrypay/desk/ui/choices.tsx';
import { Filter } from '@ferrypay/desk/ui/filter.tsx';
import { BEIJING, dayIn } from '@ferrypay/desk/ui/format.ts';
import { Notice } from '@ferrypay/desk/ui/notice.tsx';
import { Page } from '@ferrypay/desk/ui/page.tsx';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useChange } from '@ferrypay/desk/ui/use-change.ts';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FinanceReport } from '../../api/books';
import { call, callBytes } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { save } from '../../ui/save';
import { Exchanges, Volume } from './figures';

const KEYS = ['day', 'channel', 'method', 'merchant'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What was paid, what it brought us and what exchanges did, added up from the books. */
export default function ReportsPage() {
  const say = useText();
  const word = useWord();
  const [book, setBook] = useState('live');
  const [by, setBy] = useState('day');
  const [from, setFrom] = useState(() => dayIn(BEIJING, new Date(Date.now() - 29 * 86_400_000)));
  const [to, setTo] = useState(() => dayIn(BEIJING, new Date()));
  const query = { book, from, to, by };
  const right = DAY.test(from) && DAY.test(to) && from <= to;
  const report = useQuery({
    queryKey: ['reports', query],
    queryFn: () => call<FinanceReport>('GET', '/reports/finance', { query }),
    enabled: right,
  });
  const take = useChange({
    run: async () =>
      save(await callBytes(`/reports/finance.csv?${new URLSearchParams(query)}`), `finance-${book}-${from}-${to}-by-${by}.csv`),
  });
  const day = (label: string, value: string, onChange: (next: string) => void) => (
    <Filter label={label}>
      <Input type="date" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)} />
    </Filter>
  );
  return (
    <Page
      title={say('reports.title')}
      intro={say('reports.intro')}
      actions={
        <Button disabled={!right} onClick={() => take.mutate(undefined)} loading={take.isPending}>
          {say('reports.csv')}
        </Button>
      }
    >
      <div className="filters">
        <Choices
          label={say('ledger.book')}
          value={book}
          options={[
            { value: 'live', label: say('ledger.live') },
            { value: 'test', label: say('ledger.test') },
          ]}
          onChange={setBook}
        />
        <Choices
          label={say('reports.by')}
          value={by}
          options={KEYS.map((value) => ({ value, label: word('reportKey', value) }))}
          onChange={setBy}
        />
        {day(say('reports.from'), from, setFrom)}
        {day(say('reports.to'), to, setTo)}
      </div>
      {right ? (
        <Loaded asked={report} rows={8}>
          {(found) => (
            <>
              {found.complete ? null : <Notice kind="warning">{say('reports.incomplete')}</Notice>}
              <Volume report={found} />
              <Exchanges report={found} />
            </>
          )}
        </Loaded>
      ) : (
        <Notice kind="warning">{say('reports.noTime')}</Notice>
      )}
    </Page>
  );
}
