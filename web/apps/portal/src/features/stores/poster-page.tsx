import { Amount } from '@ferrypay/desk/ui/amount.tsx';
import { dayIn } from '@ferrypay/desk/ui/format.ts';
import { Loaded } from '@ferrypay/desk/ui/states.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { call, callText } from '../../api/http';
import { useMode } from '../../api/mode';
import type { StaticCode, Store } from '../../api/types';
import '../../i18n/stores';
import { useText } from '../../i18n/use-text';
import { sessionQuery } from '../../session/session';
import './poster.css';

const SIZES = ['A4', 'A5', 'A6'] as const;
type Size = (typeof SIZES)[number];

interface Printed {
  code: StaticCode;
  store: Store;
  merchant: string;
  picture: string;
}

/** A sheet to be printed and set up at the counter. The browser's own print makes it, so that any script can be on it. */
export default function PosterPage() {
  const say = useText();
  const mode = useMode();
  const { code: id } = useParams({ from: '/poster/$code' });
  const [size, setSize] = useState<Size>('A5');
  const session = useQuery(sessionQuery);
  const poster = useQuery({
    queryKey: ['poster', mode, id],
    queryFn: async () => {
      const code = await call<StaticCode>('GET', `/v2/static_codes/${id}`);
      const [store, svg] = await Promise.all([
        call<Store>('GET', `/v2/stores/${code.store}`),
        callText(`/v2/static_codes/${id}/qr.svg`, 'image/svg+xml'),
      ]);
      return { code, store, picture: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` };
    },
  });
  useEffect(() => {
    document.title = `${say('poster.title')} · FerryPay`;
    document.documentElement.dataset.paper = size;
    return () => {
      delete document.documentElement.dataset.paper;
    };
  }, [say, size]);
  return (
    <main className="poster-page">
      <header className="poster-tools">
        <h1>{say('poster.title')}</h1>
        <fieldset>
          <legend>{say('poster.paper')}</legend>
          {SIZES.map((one) => (
            <label key={one}>
              <input type="radio" name="paper" checked={size === one} onChange={() => setSize(one)} /> {one}
            </label>
          ))}
        </fieldset>
        <Button type="primary" onClick={() => window.print()} disabled={poster.data === undefined}>
          {say('poster.print')}
        </Button>
      </header>
      <Loaded asked={poster}>{(found) => <Sheet {...found} merchant={session.data?.merchant?.display_name ?? ''} size={size} />}</Loaded>
    </main>
  );
}

function Sheet({ code, store, merchant, picture, size }: Printed & { size: Size }) {
  const say = useText();
  return (
    <article className={`sheet sheet-${size}`} aria-label={say('poster.sheet')}>
      {code.livemode ? null : <p className="sheet-test">{say('mode.test')} · TEST</p>}
      <header>
        <p className="sheet-merchant">{merchant}</p>
        <p className="sheet-store">
          {store.name} · {code.label}
        </p>
      </header>
      <p className="sheet-call" lang="zh-CN">
        微信 / 支付宝 / 京东 扫码付款
      </p>
      <p className="sheet-call-en" lang="en">
        Scan to pay with WeChat Pay, Alipay or JD Pay
      </p>
      <img className="sheet-code" src={picture} alt={say('poster.code', { url: code.url })} />
      <p className="sheet-amount">
        {code.amount ? (
          <Amount amount={code.amount} currency={code.currency} strong />
        ) : (
          <>
            <span lang="zh-CN">{code.currency === 'NZD' ? '请输入纽币金额（NZD）' : `请输入 ${code.currency} 金额`}</span>
            <span lang="en">Enter the amount in {code.currency === 'NZD' ? 'NZ$' : code.currency}</span>
          </>
        )}
      </p>
      <footer>
        <p className="sheet-staff">
          <span lang="zh-CN">店员：请在顾客手机上核对 ✓、金额和时间，不接受截图</span>
          <span lang="en">Staff: check the tick, the amount and the time on the customer’s phone; accept no screenshot</span>
        </p>
        <p className="sheet-small">
          <span>{code.url.replace(/^https?:\/\//, '')}</span>
          <span>
            {code.serial} · {dayIn(store.time_zone, new Date(code.created_at))}
          </span>
        </p>
      </footer>
    </article>
  );
}
