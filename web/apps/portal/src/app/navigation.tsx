import {
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  CreditCardOutlined,
  DownloadOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  HomeOutlined,
  KeyOutlined,
  LineChartOutlined,
  MobileOutlined,
  NotificationOutlined,
  SafetyOutlined,
  ShopOutlined,
  TeamOutlined,
  UndoOutlined,
  WalletOutlined,
  WechatOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { TextKey } from '../i18n/zh';

interface Entry {
  to: string;
  text: TextKey;
  icon: ReactNode;
  /** Hidden from whoever may not; the platform refuses them, too. */
  needs?: string;
  /** Only where no money moves. */
  testOnly?: boolean;
}

export const NAVIGATION: { text: TextKey | null; entries: Entry[] }[] = [
  {
    text: null,
    entries: [
      { to: '/', text: 'home.title', icon: <HomeOutlined /> },
      { to: '/payments', text: 'payments.title', icon: <CreditCardOutlined />, needs: 'payments:read' },
      { to: '/refunds', text: 'refunds.title', icon: <UndoOutlined />, needs: 'refunds:read' },
      { to: '/balance', text: 'balance.title', icon: <WalletOutlined />, needs: 'balances:read' },
      { to: '/withdrawals', text: 'withdrawals.title', icon: <BankOutlined />, needs: 'withdrawals:read' },
      { to: '/exports', text: 'exports.title', icon: <DownloadOutlined />, needs: 'exports:read' },
      { to: '/rates', text: 'rates.title', icon: <LineChartOutlined />, needs: 'payments:read' },
    ],
  },
  {
    text: 'nav.shop',
    entries: [
      { to: '/stores', text: 'stores.title', icon: <ShopOutlined />, needs: 'static_codes:read' },
      { to: '/devices', text: 'devices.title', icon: <MobileOutlined />, needs: 'devices:read' },
      { to: '/wechat', text: 'wechat.title', icon: <WechatOutlined />, needs: 'messages:read' },
    ],
  },
  {
    text: 'nav.developers',
    entries: [
      { to: '/developers/keys', text: 'keys.title', icon: <KeyOutlined />, needs: 'keys:read' },
      { to: '/developers/webhooks', text: 'webhooks.title', icon: <ApiOutlined />, needs: 'webhooks:read' },
      { to: '/developers/events', text: 'nav.events', icon: <NotificationOutlined />, needs: 'webhooks:read' },
      { to: '/developers/requests', text: 'requests.title', icon: <FileSearchOutlined />, needs: 'keys:read' },
      { to: '/developers/simulator', text: 'simulator.title', icon: <ExperimentOutlined />, needs: 'payments:write', testOnly: true },
    ],
  },
  {
    text: 'nav.settings',
    entries: [
      { to: '/onboarding', text: 'onboarding.title', icon: <AuditOutlined />, needs: 'onboarding:read' },
      { to: '/team', text: 'team.title', icon: <TeamOutlined />, needs: 'team:read' },
      { to: '/security', text: 'security.title', icon: <SafetyOutlined /> },
    ],
  },
];
