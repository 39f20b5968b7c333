import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { useWord } from '@ferrypay/desk/use-text.ts';
import { Table } from 'antd';
import type { PriceList, PriceRule } from '../../api/books';
import { useText } from '../../i18n/use-text';
import { percentOf } from './percent';

export const METHODS = ['', 'wechat', 'alipay', 'jdpay', 'onlinebank'];

/** A way to pay; the empty one is all that have no rule of their own. */
export function useMethod(): (method: string) => string {
  const say = useText();
  const word = useWord();
  return (method) => (method === '' ? say('pricing.anyMethod') : word('method', method));
}

/** What a version asks for. */
export function Rules({ list }: { list: PriceList }) {
  const say = useText();
  const method = useMethod();
  const money = (amount: string | null) => <Amount amount={amount} currency={list.currency} />;
  return (
    <Table<PriceRule>
      size="small"
      pagination={false}
      rowKey={(rule) => `${rule.method} ${rule.from}`}
      dataSource={list.rules}
      columns={[
        { title: say('pricing.method'), render: (_, rule) => method(rule.method) },
        { title: say('pricing.from'), align: 'right', render: (_, rule) => money(rule.from) },
        { title: say('pricing.rate'), align: 'right', render: (_, rule) => `${percentOf(rule.rate)} %` },
        ...(list.kind === 'fee'
          ? [
              { title: say('pricing.fixed'), align: 'right' as const, render: (_: unknown, rule: PriceRule) => money(rule.fixed) },
              { title: say('pricing.least'), align: 'right' as const, render: (_: unknown, rule: PriceRule) => money(rule.least) },
              { title: say('pricing.most'), align: 'right' as const, render: (_: unknown, rule: PriceRule) => money(rule.most) },
            ]
          : []),
      ]}
    />
  );
}

/** What a version changed, rule by rule. */
export function RuleChanges({ list }: { list: PriceList }) {
  const say = useText();
  const method = useMethod();
  const text = (rule: PriceRule | null) =>
    rule === null ? (
      <span className="faint">—</span>
    ) : (
      [
        `${percentOf(rule.rate)} %`,
        Number(rule.fixed) === 0 ? '' : `+ ${rule.fixed}`,
        rule.least === null ? '' : `≥ ${rule.least}`,
        rule.most === null ? '' : `≤ ${rule.most}`,
      ]
        .filter((part) => part !== '')
        .join(' ')
    );
  return (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">{say('pricing.rule')}</th>
          <th scope="col">{say('pricing.before')}</th>
          <th scope="col">{say('pricing.after')}</th>
        </tr>
      </thead>
      <tbody>
        {list.changes.map(({ before, after }) => {
          const rule = after ?? before;
          return rule === null ? null : (
            <tr key={`${rule.method} ${rule.from}`}>
              <th scope="row">
                {method(rule.method)} {say('pricing.fromAmount', { amount: rule.from })}
              </th>
              <td>{before === null ? text(null) : <del>{text(before)}</del>}</td>
              <td>{after === null ? text(null) : <ins>{text(after)}</ins>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
