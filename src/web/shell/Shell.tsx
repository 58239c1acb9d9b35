import './shell.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Me } from '../../people/schemas.ts';
import { send } from '../api.ts';
import { AppealCount } from '../appeals/AppealCount.tsx';
import { switchMode, useMode } from '../mode.ts';
import { OpenCount } from '../parts/OpenCount.tsx';
import { useFocusBack } from '../parts/useFocusBack.ts';
import { useHereInSight } from '../parts/useHereInSight.ts';
import { Waiting } from '../parts/Waiting.tsx';
import { assessmentsQuery, myRoundsQuery } from '../queries.ts';
import { switchLanguage, useReader } from '../text/language.ts';
import { antdTheme } from './antdTheme.ts';
import { Mark } from './Mark.tsx';

const route = getRouteApi('/app');
const SecondFactorNeeded = lazy(() => import('../people/SecondFactorNeeded.tsx'));
const Account = lazy(() => import('../people/Account.tsx'));
/** What the server allows style elements by; antd writes its styles into such elements. */
const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { t, language } = useReader();
  const mode = useMode();
  const { me } = route.useRouteContext();
  useFocusBack();
  const isHeld = me.secondFactor.demanded && !me.secondFactor.on;
  const themed = useMemo(() => antdTheme(mode, window.matchMedia('(prefers-reduced-motion: reduce)').matches), [mode]);
  return (
    <ConfigProvider
      csp={nonce === undefined ? {} : { nonce }}
      theme={themed}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntdApp component={false}>
        <a className="skip" href="#content">
          {t('nav.skip')}
        </a>
        <header className="head">
          <div className="head-inner">
            <Link to="/" className="head-brand" aria-label={`${t('brand.name')} ${t('brand.latin')}`}>
              <Mark />
              <b>{t('brand.name')}</b>
            </Link>
            <Nav me={me} />
            <Tools me={me} />
          </div>
        </header>
        {me.demo ? <DemoNotice /> : null}
        <main id="content" className="page">
          {isHeld ? (
            <Suspense fallback={<Waiting />}>
              <SecondFactorNeeded me={me} />
            </Suspense>
          ) : (
            <Outlet />
          )}
        </main>
      </AntdApp>
    </ConfigProvider>
  );
}

/** Pages that are reached through the one entry of appraisal. */
const ofAppraisal = /^\/(appeals|outcomes|improvement|skills|review|ledger)/;

function Nav({ me }: { readonly me: Me }) {
  const { t } = useReader();
  const may = (permission: Me['permissions'][number]) => me.permissions.includes(permission);
  const active = { className: 'here' };
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const at = (pages: RegExp) => (pages.test(pathname) ? active : {});
  useHereInSight(row, pathname);
  return (
    <nav className="head-nav" aria-label={t('nav.main')} ref={row}>
      {may('overview.read') ? (
        <Link to="/" activeProps={active} activeOptions={{ exact: true, includeSearch: false }}>
          {t('nav.overview')}
        </Link>
      ) : null}
      {me.role === 'agent' && me.agentId ? (
        <Link to="/scorecards/$agentId" params={{ agentId: me.agentId }} activeProps={active}>
          {t('nav.myCard')}
        </Link>
      ) : (
        <Link to="/scorecards" activeProps={active}>
          {t('nav.scorecards')}
        </Link>
      )}
      {may('evidence.read') ? (
        <Link to="/orders" activeProps={active}>
          {t('nav.orders')}
        </Link>
      ) : null}
      {may('plan.read') ? (
        <Link to="/plans" activeProps={active} {...at(/^\/(drafts|exemptions)/)}>
          {t('nav.plans')}
        </Link>
      ) : null}
      {may('outcome.read') && !may('cycle.read') && me.role !== 'agent' ? (
        <Link to="/outcomes" activeProps={active}>
          {t('outcomes.title')}
        </Link>
      ) : null}
      {may('plan.try') ? (
        <Link to="/try" activeProps={active}>
          {t('try.nav')}
        </Link>
      ) : null}
      {may('appeal.read') && !may('cycle.read') ? (
        <Link to="/appeals" activeProps={active}>
          {t('appeals.title')}
          {may('appeal.decide') ? <AppealCount /> : null}
        </Link>
      ) : null}
      {may('cycle.read') ? (
        <Link to="/cycles" activeProps={active} {...at(ofAppraisal)}>
          {t('cycles.nav')}
          {may('appeal.decide') ? <AppealCount /> : null}
        </Link>
      ) : null}
      {may('signal.read') ? (
        <Link to="/signals" activeProps={active}>
          {t('nav.signals')}
        </Link>
      ) : null}
      {may('inspection.read') ? (
        <Link to="/quality" activeProps={active}>
          {t('nav.quality')}
        </Link>
      ) : null}
      {may('case.read') && !may('inspection.read') ? (
        <Link to="/quality/cases" activeProps={active}>
          {t('cases.title')}
        </Link>
      ) : null}
      {may('assessment.read') ? (
        <Link to="/assessments" activeProps={active} {...at(/^\/rounds/)}>
          {t('assess.title')}
          <DueCount assesses={may('assessment.write')} />
        </Link>
      ) : null}
      {may('round.rate') && !may('assessment.read') ? (
        <Link to="/rounds" activeProps={active}>
          {t('rounds.nav')}
          <DueCount assesses={false} />
        </Link>
      ) : null}
      {may('rule.read') ? (
        <Link to="/rules" activeProps={active} {...at(/^\/word-lists/)}>
          {t('rules.nav')}
        </Link>
      ) : null}
      {may('metric.read') ? (
        <Link to="/metrics" activeProps={active}>
          {t('nav.metrics')}
        </Link>
      ) : null}
      {may('skill.read') && !may('cycle.read') ? (
        <Link to="/skills" activeProps={active} activeOptions={{ includeSearch: false }}>
          {t(me.role === 'agent' ? 'skills.mine' : 'skills.title')}
        </Link>
      ) : null}
      {may('ledger.read') && !may('cycle.read') ? (
        <Link to="/ledger" activeProps={active}>
          {t('ledger.title')}
        </Link>
      ) : null}
      {may('import.read') ? (
        <Link to="/data" activeProps={active} {...at(/^\/calendar/)}>
          {t('nav.data')}
        </Link>
      ) : null}
      {may('people.read') && me.scope.kind === 'all' ? (
        <Link to="/people" activeProps={active}>
          {t('nav.people')}
        </Link>
      ) : null}
    </nav>
  );
}

/** How much is left to assess and to rate, where the link to it is; a reminder that nobody has to open. */
function DueCount({ assesses }: { readonly assesses: boolean }) {
  const { t } = useReader();
  const assessments = useQuery({ ...assessmentsQuery, enabled: assesses, staleTime: 300_000 });
  const rounds = useQuery({ ...myRoundsQuery, staleTime: 300_000 });
  const known = [assessments.data, rounds.data].filter((each) => each !== undefined);
  const open = known.reduce((all, each) => all + each.open, 0);
  const isLate = known.some(({ overdue }) => overdue > 0);
  return <OpenCount open={open} isLate={isLate} title={t('assess.left', { count: open })} />;
}

function Tools({ me }: { readonly me: Me }) {
  const { t, language } = useReader();
  const mode = useMode();
  const router = useRouter();
  const client = useQueryClient();
  const [account, setAccount] = useState(false);

  async function leave() {
    await send('POST', '/api/auth/sign-out', {});
    client.clear();
    await router.navigate({ to: '/sign-in' });
  }

  return (
    <div className="head-tools">
      <button type="button" className="text-button" onClick={() => switchLanguage(language === 'zh' ? 'en' : 'zh')}>
        {t('nav.language')}
      </button>
      <button type="button" className="text-button" onClick={() => switchMode(mode === 'dark' ? 'light' : 'dark')}>
        {mode === 'dark' ? t('nav.light') : t('nav.dark')}
      </button>
      <button type="button" className="head-who" title={t('account.open')} onClick={() => setAccount(true)}>
        {me.name} <span className="quiet">{t(`role.${me.role}`)}</span>
      </button>
      <button type="button" className="text-button" onClick={leave}>
        {t('nav.signOut')}
      </button>
      <Suspense fallback={null}>{account ? <Account me={me} close={() => setAccount(false)} /> : null}</Suspense>
    </div>
  );
}

function DemoNotice() {
  const { t } = useReader();
  return (
    <details className="demo">
      <summary>
        {t('demo.banner')} <span>{t('demo.how')}</span>
      </summary>
      <p>{t('demo.howText')}</p>
    </details>
  );
}
