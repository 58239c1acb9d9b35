import { QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from './api.ts';
import { Failed } from './parts/Failed.tsx';
import { NotFound } from './parts/NotFound.tsx';
import { Waiting } from './parts/Waiting.tsx';
import { meQuery, organisationQuery } from './queries.ts';
import { loadInside } from './text/language.ts';

/** A sign-in that ended while somebody was reading leads to the form and, after it, back to where they were. */
function toSignIn(error: Error): void {
  if (!(error instanceof ApiError && error.status === 401)) return;
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/setup') return;
  queryClient.clear();
  router.navigate({ to: '/sign-in', search: { next: href } });
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: toSignIn }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refused once it refuses again; only a lost connection or an engine that restarts is worth asking again.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

type Raw = Record<string, unknown>;
type Words<Key extends string> = { [Name in Key]?: string | undefined };

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The named words of an address; what is absent is left out, so that addresses stay short. */
function words<Key extends string>(...keys: Key[]): (raw: Raw) => Words<Key> {
  return (raw) => {
    const found: Words<Key> = {};
    for (const key of keys) {
      const text = word(raw[key]);
      if (text !== undefined) found[key] = text;
    }
    return found;
  };
}

/** What each address may carry after its question mark. */
const searchOf = {
  signIn: words('next', 'refused'),
  choice: words('plan', 'period'),
  places: words('plan', 'period', 'team', 'shop'),
  card: words('plan', 'period', 'item', 'session', 'ticket'),
  metric: words('metric'),
  figures: words('period', 'by', 'as'),
  orders: words('period', 'team', 'shop', 'agent', 'view'),
  versions: words('version', 'from', 'to'),
  tried: words('plan', 'version', 'draft', 'against', 'periods'),
  funnel: words('metric', 'period'),
  imports: words('import'),
  days: words('month', 'day'),
  signals: words('period', 'by', 'session', 'ticket'),
  inspections: words('view'),
  samples: words('sample'),
  cases: words('view', 'text', 'strategy', 'reason'),
  rubrics: words('rubric', 'case'),
  rounds: words('round'),
  rules: words('view', 'rule'),
  assessments: words('period'),
  appeals: words('view'),
  meeting: words('plan'),
  audit: words('actor', 'action', 'subject', 'from', 'to'),
  newAppeal: words('period', 'kind', 'subject'),
  outcomes: words('period', 'state', 'kind', 'text', 'sort', 'order'),
  pay: words('period', 'view'),
  improvement: words('state', 'kind'),
  skills: words('view', 'team', 'job'),
  review: words('view'),
};

const wordsInside = async (language: 'zh' | 'en'): Promise<object> =>
  language === 'zh' ? (await import('./text/zhInside.ts')).zhInside : (await import('./text/enInside.ts')).enInside;

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Failed,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: searchOf.signIn,
  component: lazyRouteComponent(() => import('./pages/SignIn.tsx'), 'SignIn'),
});

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (raw: Raw) => ({ token: word(raw.token) ?? '' }),
  component: lazyRouteComponent(() => import('./pages/SetUp.tsx'), 'SetUp'),
});

/** Everything behind the sign-in: knows who looks and what there is before the first page is drawn. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery);
      const { demanded, on } = me.secondFactor;
      // Until the second factor is set up nothing else is answered.
      if (!demanded || on) await context.queryClient.ensureQueryData(organisationQuery);
      await loadInside(wordsInside);
      return { me };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
  component: lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell'),
});

const overviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  validateSearch: searchOf.choice,
  beforeLoad: ({ context, search }) => {
    const { me } = context;
    if (me.permissions.includes('overview.read')) return;
    if (me.agentId) throw redirect({ to: '/scorecards/$agentId', params: { agentId: me.agentId }, search });
    throw redirect({ to: '/plans' });
  },
  component: lazyRouteComponent(() => import('./pages/OverviewPage.tsx'), 'OverviewPage'),
});

const scorecardsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/scorecards',
  validateSearch: searchOf.places,
  beforeLoad: ({ context, search: { plan, period } }) => {
    const { me } = context;
    if (me.role === 'agent' && me.agentId)
      throw redirect({ to: '/scorecards/$agentId', params: { agentId: me.agentId }, search: { plan, period } });
  },
  component: lazyRouteComponent(() => import('./pages/ScorecardsPage.tsx'), 'ScorecardsPage'),
});

const cardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/scorecards/$agentId',
  validateSearch: searchOf.card,
  component: lazyRouteComponent(() => import('./pages/CardPage.tsx'), 'CardPage'),
});

const sessionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sessions/$sessionId',
  validateSearch: searchOf.metric,
  component: lazyRouteComponent(() => import('./pages/SessionPage.tsx'), 'SessionPage'),
});

const ordersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/orders',
  validateSearch: searchOf.orders,
  component: lazyRouteComponent(() => import('./pages/OrdersPage.tsx'), 'OrdersPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./pages/OrderPage.tsx'), 'OrderPage'),
});

const plansRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/plans',
  component: lazyRouteComponent(() => import('./pages/PlansPage.tsx'), 'PlansPage'),
});

const ledgerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./pages/LedgerPage.tsx'), 'LedgerPage'),
});

const planRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/plans/$planId',
  validateSearch: searchOf.versions,
  component: lazyRouteComponent(() => import('./pages/PlanPage.tsx'), 'PlanPage'),
});

const draftRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drafts/$draftId',
  component: lazyRouteComponent(() => import('./pages/DraftPage.tsx'), 'DraftPage'),
});

const cyclesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/cycles',
  component: lazyRouteComponent(() => import('./pages/CyclesPage.tsx'), 'CyclesPage'),
});

const cycleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/cycles/$period',
  component: lazyRouteComponent(() => import('./pages/CyclePage.tsx'), 'CyclePage'),
});

const exemptionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/exemptions',
  component: lazyRouteComponent(() => import('./pages/ExemptionsPage.tsx'), 'ExemptionsPage'),
});

const metricsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/metrics',
  component: lazyRouteComponent(() => import('./pages/MetricsPage.tsx'), 'MetricsPage'),
});

const definitionLogRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/metrics/history',
  component: lazyRouteComponent(() => import('./pages/DefinitionLogPage.tsx'), 'DefinitionLogPage'),
});

const composeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/metrics/compose',
  validateSearch: searchOf.metric,
  component: lazyRouteComponent(() => import('./pages/ComposePage.tsx'), 'ComposePage'),
});

const metricRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/metrics/$metricId',
  validateSearch: searchOf.figures,
  component: lazyRouteComponent(() => import('./pages/MetricPage.tsx'), 'MetricPage'),
});

const tryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/try',
  validateSearch: searchOf.tried,
  component: lazyRouteComponent(() => import('./pages/TryPage.tsx'), 'TryPage'),
});

const funnelRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/try/funnel',
  validateSearch: searchOf.funnel,
  component: lazyRouteComponent(() => import('./pages/FunnelPage.tsx'), 'FunnelPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data',
  validateSearch: searchOf.imports,
  component: lazyRouteComponent(() => import('./pages/DataPage.tsx'), 'DataPage'),
});

const uploadRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data/upload',
  component: lazyRouteComponent(() => import('./pages/UploadPage.tsx'), 'UploadPage'),
});

const calendarRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/calendar',
  validateSearch: searchOf.days,
  component: lazyRouteComponent(() => import('./pages/CalendarPage.tsx'), 'CalendarPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/people/audit',
  validateSearch: searchOf.audit,
  component: lazyRouteComponent(() => import('./pages/AuditPage.tsx'), 'AuditPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./pages/PeoplePage.tsx'), 'PeoplePage'),
});

const signalsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/signals',
  validateSearch: searchOf.signals,
  component: lazyRouteComponent(() => import('./pages/SignalsPage.tsx'), 'SignalsPage'),
});

const qualityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality',
  validateSearch: searchOf.inspections,
  component: lazyRouteComponent(() => import('./pages/QualityPage.tsx'), 'QualityPage'),
});

const inspectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/inspections/$taskId',
  component: lazyRouteComponent(() => import('./pages/InspectionPage.tsx'), 'InspectionPage'),
});

const casesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/cases',
  validateSearch: searchOf.cases,
  component: lazyRouteComponent(() => import('./pages/CasesPage.tsx'), 'CasesPage'),
});

const samplesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/samples',
  validateSearch: searchOf.samples,
  component: lazyRouteComponent(() => import('./pages/SamplesPage.tsx'), 'SamplesPage'),
});

const rubricsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/rubrics',
  validateSearch: searchOf.rubrics,
  component: lazyRouteComponent(() => import('./pages/RubricsPage.tsx'), 'RubricsPage'),
});

const calibrationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/calibration',
  validateSearch: searchOf.rounds,
  component: lazyRouteComponent(() => import('./pages/CalibrationPage.tsx'), 'CalibrationPage'),
});

const assistantRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/assistant',
  component: lazyRouteComponent(() => import('./pages/AssistantPage.tsx'), 'AssistantPage'),
});

const calibrationRecordRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/quality/calibration/$roundId/$place',
  component: lazyRouteComponent(() => import('./pages/CalibrationRecordPage.tsx'), 'CalibrationRecordPage'),
});

const assessmentsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/assessments',
  validateSearch: searchOf.assessments,
  component: lazyRouteComponent(() => import('./pages/AssessmentsPage.tsx'), 'AssessmentsPage'),
});

const assessRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/assessments/$period/$plan/$form',
  component: lazyRouteComponent(() => import('./pages/AssessPage.tsx'), 'AssessPage'),
});

const nominationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/assessments/nominations',
  component: lazyRouteComponent(() => import('./pages/NominationsPage.tsx'), 'NominationsPage'),
});

const meetingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/cycles/$period/meeting',
  validateSearch: searchOf.meeting,
  component: lazyRouteComponent(() => import('./pages/MeetingPage.tsx'), 'MeetingPage'),
});

const appealsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/appeals',
  validateSearch: searchOf.appeals,
  component: lazyRouteComponent(() => import('./pages/AppealsPage.tsx'), 'AppealsPage'),
});

const newAppealRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/appeals/new',
  validateSearch: searchOf.newAppeal,
  component: lazyRouteComponent(() => import('./pages/NewAppealPage.tsx'), 'NewAppealPage'),
});

const appealRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/appeals/$appealId',
  component: lazyRouteComponent(() => import('./pages/AppealPage.tsx'), 'AppealPage'),
});

const roundsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rounds',
  component: lazyRouteComponent(() => import('./pages/RoundsPage.tsx'), 'RoundsPage'),
});

const rateRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rounds/rate/$ratingId',
  component: lazyRouteComponent(() => import('./pages/RatePage.tsx'), 'RatePage'),
});

const roundRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rounds/$roundId',
  component: lazyRouteComponent(() => import('./pages/RoundPage.tsx'), 'RoundPage'),
});

const roundResultRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rounds/$roundId/results/$agentId',
  component: lazyRouteComponent(() => import('./pages/RoundResultPage.tsx'), 'RoundResultPage'),
});

const rulesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rules',
  validateSearch: searchOf.rules,
  component: lazyRouteComponent(() => import('./pages/RulesPage.tsx'), 'RulesPage'),
});

const ruleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/rules/$ruleId',
  component: lazyRouteComponent(() => import('./pages/RulePage.tsx'), 'RulePage'),
});

const wordListRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/word-lists/$listId',
  component: lazyRouteComponent(() => import('./pages/WordListPage.tsx'), 'WordListPage'),
});

const outcomesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/outcomes',
  validateSearch: searchOf.outcomes,
  component: lazyRouteComponent(() => import('./pages/OutcomesPage.tsx'), 'OutcomesPage'),
});

const payRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/outcomes/pay',
  validateSearch: searchOf.pay,
  component: lazyRouteComponent(() => import('./pages/PayPage.tsx'), 'PayPage'),
});

const improvementRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/improvement',
  validateSearch: searchOf.improvement,
  component: lazyRouteComponent(() => import('./pages/ImprovementPage.tsx'), 'ImprovementPage'),
});

const skillsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/skills',
  validateSearch: searchOf.skills,
  beforeLoad: ({ context: { me } }) => {
    if (me.role === 'agent' && me.agentId) throw redirect({ to: '/skills/$agentId', params: { agentId: me.agentId } });
  },
  component: lazyRouteComponent(() => import('./pages/SkillsPage.tsx'), 'SkillsPage'),
});

const personSkillsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/skills/$agentId',
  component: lazyRouteComponent(() => import('./pages/PersonSkillsPage.tsx'), 'PersonSkillsPage'),
});

const reviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/review',
  validateSearch: searchOf.review,
  component: lazyRouteComponent(() => import('./pages/ReviewPage.tsx'), 'ReviewPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  setUpRoute,
  appRoute.addChildren([
    overviewRoute,
    scorecardsRoute,
    cardRoute,
    sessionRoute,
    ordersRoute,
    orderRoute,
    plansRoute,
    planRoute,
    draftRoute,
    cyclesRoute,
    cycleRoute,
    meetingRoute,
    appealsRoute,
    newAppealRoute,
    appealRoute,
    exemptionsRoute,
    metricsRoute,
    definitionLogRoute,
    composeRoute,
    metricRoute,
    tryRoute,
    funnelRoute,
    dataRoute,
    uploadRoute,
    calendarRoute,
    auditRoute,
    peopleRoute,
    signalsRoute,
    ledgerRoute,
    qualityRoute,
    inspectionRoute,
    casesRoute,
    samplesRoute,
    rubricsRoute,
    calibrationRoute,
    calibrationRecordRoute,
    assistantRoute,
    assessmentsRoute,
    assessRoute,
    nominationsRoute,
    roundsRoute,
    rateRoute,
    roundRoute,
    roundResultRoute,
    rulesRoute,
    ruleRoute,
    wordListRoute,
    outcomesRoute,
    payRoute,
    improvementRoute,
    skillsRoute,
    personSkillsRoute,
    reviewRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
