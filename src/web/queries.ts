import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Appeal, AppealList, AppealStatisticsPage, AppealWindow, Compared } from '../appraisal/appeals/schemas.ts';
import type { AssessmentList, AssessmentWork, Behind, NominationList } from '../appraisal/assessments/schemas.ts';
import type { Meeting } from '../appraisal/meeting/schemas.ts';
import type {
  FeedbackRoundList,
  FeedbackRoundPage,
  MyRounds,
  RatingPage,
  RoundReport,
  RoundResultPage,
} from '../appraisal/rounds/schemas.ts';
import type { CycleList, CyclePage, CyclePeople } from '../appraisal/schemas.ts';
import type { ErasurePage, RetentionPreview } from '../erasure/schemas.ts';
import type { CalendarMonth } from '../facts/schemas.ts';
import type { Freshness, Import } from '../ingest/schemas.ts';
import type { SignalsPage } from '../insights/schemas.ts';
import type { CheckpointView, EntryList, LedgerPage } from '../ledger/schemas.ts';
import type { Funnel } from '../metrics/comparisonSchemas.ts';
import type { DefinitionHistory } from '../metrics/definitionSchemas.ts';
import type { Dimension } from '../metrics/metricValue.ts';
import type { OrderList, OrderPage, VerdictSwitch } from '../metrics/orderSchemas.ts';
import type {
  Evidence,
  MetricDefinitionView,
  MetricsAnswer,
  Organisation,
  TicketView,
  Transcript,
} from '../metrics/schemas.ts';
import type { DevelopmentList } from '../outcomes/developmentSchemas.ts';
import type { PayTable } from '../outcomes/paySchemas.ts';
import type { ApprovedList, OutcomeEvents, OutcomeList, OutcomesQuery } from '../outcomes/schemas.ts';
import type { Audit, Key, Me, People } from '../people/schemas.ts';
import type { Confusion } from '../quality/agreement/confusionSchemas.ts';
import type { AssistantPage, SuggestionView } from '../quality/assistant/schemas.ts';
import type { CalibrationRecord, RoundList, RoundPage } from '../quality/calibration/schemas.ts';
import type { CaseList } from '../quality/cases/schemas.ts';
import type { Inspection, InspectionList } from '../quality/inspections/schemas.ts';
import type { RubricList, RubricPage } from '../quality/rubrics/schemas.ts';
import type {
  Engines,
  HitList,
  Progress,
  RuleList,
  RulePage,
  SessionInspection,
  Trial,
  WordListPage,
} from '../quality/rules/schemas.ts';
import type { SampleList, SamplePage } from '../quality/sampling/schemas.ts';
import type { ReviewPage } from '../review/schemas.ts';
import type { AcknowledgementList, AssignmentList, DueList } from '../scores/acknowledgementSchemas.ts';
import type { DraftList, DraftPage, TriedDraft } from '../scores/draftSchemas.ts';
import type { ExemptionList } from '../scores/exemptionSchemas.ts';
import type { Outlook } from '../scores/outlookSchemas.ts';
import type { Overview, PlanDiff, PlanList, PlanPage, ScorecardList, ScorecardPage } from '../scores/schemas.ts';
import type { PersonSkills, SkillMatrix, SkillProposals } from '../skills/schemas.ts';
import { get, send } from './api.ts';
import type { Schema } from './yamlForm/schemaShape.ts';

/** Which cards a page is about; lives in the address. Without a plan each person by their own of the period. */
export interface Choice {
  readonly plan?: string | undefined;
  readonly period: string;
  readonly team?: string | undefined;
  readonly shop?: string | undefined;
}

const minutes = (count: number) => count * 60_000;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/api/me', {}, signal),
  staleTime: minutes(5),
});

export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: ({ signal }) => get<Organisation>('/api/organisation', {}, signal),
  staleTime: minutes(5),
});

export const definitionsQuery = queryOptions({
  queryKey: ['definitions'],
  queryFn: async ({ signal }) => {
    const { metrics } = await get<{ metrics: MetricDefinitionView[] }>('/api/metrics/definitions', {}, signal);
    return new Map(metrics.map((metric) => [metric.id, metric]));
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** A metric's figures of a period, split by one thing or by nothing; `request` counts it otherwise as well, side by side. */
export const figuresQuery = (metric: string, request: string | null, period: string, by: Dimension | null) =>
  queryOptions({
    queryKey: ['figures', metric, request, period, by],
    queryFn: ({ signal }) => {
      const asked = { period, by: by ?? undefined, metric: request === null ? metric : `${metric},${request}` };
      return get<MetricsAnswer>('/api/metrics', asked, signal);
    },
    placeholderData: keepPreviousData,
  });

export const definitionHistoryQuery = (metric: string | undefined) =>
  queryOptions({
    queryKey: ['definitionHistory', metric],
    queryFn: ({ signal }) => get<DefinitionHistory>('/api/metrics/history', { metric }, signal),
  });

export const overviewQuery = (choice: Choice) =>
  queryOptions({
    queryKey: ['overview', choice],
    queryFn: ({ signal }) => get<Overview>('/api/overview', { plan: choice.plan, period: choice.period }, signal),
    placeholderData: keepPreviousData,
  });

export const scorecardsQuery = (choice: Choice) =>
  queryOptions({
    queryKey: ['scorecards', choice],
    queryFn: ({ signal }) => get<ScorecardList>('/api/scorecards', { ...choice }, signal),
    placeholderData: keepPreviousData,
  });

export const cardQuery = (agentId: string, choice: Choice) =>
  queryOptions({
    queryKey: ['card', agentId, choice],
    queryFn: ({ signal }) =>
      get<ScorecardPage>(
        `/api/scorecards/${encodeURIComponent(agentId)}`,
        { plan: choice.plan, period: choice.period },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const outlookQuery = (agentId: string, choice: Choice) =>
  queryOptions({
    queryKey: ['outlook', agentId, choice],
    queryFn: ({ signal }) =>
      get<Outlook>(
        `/api/scorecards/${encodeURIComponent(agentId)}/outlook`,
        { plan: choice.plan, period: choice.period },
        signal,
      ),
  });

export const funnelQuery = (metric: string, period: string) =>
  queryOptions({
    queryKey: ['funnel', metric, period],
    queryFn: ({ signal }) => get<Funnel>('/api/metrics/funnel', { metric, period }, signal),
    placeholderData: keepPreviousData,
  });

export interface EvidenceAsked {
  readonly metric: string;
  readonly agent: string;
  readonly period: string;
}

export const evidenceQuery = (asked: EvidenceAsked) =>
  infiniteQueryOptions({
    queryKey: ['evidence', asked],
    queryFn: ({ pageParam, signal }) => get<Evidence>('/api/evidence', { ...asked, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** `reveal` asks for the unmasked text; the server writes that look into its audit. */
/** `from`: where it is read instead, as an inspection's own conversation is. */
export const transcriptQuery = (sessionId: string, metric: string | undefined, reveal: boolean, from?: string) =>
  queryOptions({
    queryKey: ['session', sessionId, metric, reveal, from],
    queryFn: ({ signal }) =>
      get<Transcript>(
        from ?? `/api/sessions/${encodeURIComponent(sessionId)}`,
        { metric, reveal: reveal ? 'true' : undefined },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const ticketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['ticket', ticketId],
    queryFn: ({ signal }) => get<TicketView>(`/api/tickets/${encodeURIComponent(ticketId)}`, {}, signal),
  });

export interface OrdersAsked {
  readonly period: string;
  readonly agent?: string | undefined;
  readonly team?: string | undefined;
  readonly shop?: string | undefined;
}

export const ordersQuery = (asked: OrdersAsked) =>
  infiniteQueryOptions({
    queryKey: ['orders', asked],
    queryFn: ({ pageParam, signal }) => get<OrderList>('/api/orders', { ...asked, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => get<OrderPage>(`/api/orders/${encodeURIComponent(orderId)}`, {}, signal),
  });

export const verdictSwitchQuery = (period: string, before: string, after: string) =>
  queryOptions({
    queryKey: ['verdict-switch', period, before, after],
    queryFn: ({ signal }) => get<VerdictSwitch>('/api/verdict-switch', { period, before, after }, signal),
    placeholderData: keepPreviousData,
  });

export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: ({ signal }) => get<PlanList>('/api/plans', {}, signal),
});

export const planQuery = (id: string, version?: number) =>
  queryOptions({
    queryKey: ['plan', id, version],
    queryFn: ({ signal }) =>
      get<PlanPage>(`/api/plans/${encodeURIComponent(id)}`, { version: version?.toString() }, signal),
    placeholderData: keepPreviousData,
  });

export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: ({ signal }) => get<DraftList>('/api/drafts', {}, signal),
});

/** Read once: from then on the editor holds the text, and saving tells of others' changes. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['draft', id],
    queryFn: ({ signal }) => get<DraftPage>(`/api/drafts/${encodeURIComponent(id)}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const tryQuery = (text: string, on: { readonly agent: string; readonly period: string } | null) =>
  queryOptions({
    queryKey: ['try', text, on],
    queryFn: () => send<TriedDraft>('POST', '/api/drafts/try', { text, ...(on ? { on } : {}) }),
    gcTime: minutes(1),
  });

export const acknowledgementsQuery = (plan: string, version: number) =>
  queryOptions({
    queryKey: ['acknowledgements', plan, version],
    queryFn: ({ signal }) =>
      get<AcknowledgementList>('/api/acknowledgements', { plan, version: String(version) }, signal),
  });

export const dueQuery = queryOptions({
  queryKey: ['due'],
  queryFn: ({ signal }) => get<DueList>('/api/acknowledgements/mine', {}, signal),
});

export const assignmentsQuery = queryOptions({
  queryKey: ['assignments'],
  queryFn: ({ signal }) => get<AssignmentList>('/api/plan-assignments', {}, signal),
});

export const cyclesQuery = queryOptions({
  queryKey: ['cycles'],
  queryFn: ({ signal }) => get<CycleList>('/api/cycles', {}, signal),
});

/** While it is being closed, looked at every second. */
export const cycleQuery = (period: string) =>
  queryOptions({
    queryKey: ['cycles', period],
    queryFn: ({ signal }) => get<CyclePage>(`/api/cycles/${period}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.work?.failure === null ? 1000 : false),
  });

export const cyclePeopleQuery = (period: string, text: string) =>
  queryOptions({
    queryKey: ['cycles', period, 'people', text],
    queryFn: ({ signal }) => get<CyclePeople>(`/api/cycles/${period}/people`, { text }, signal),
    placeholderData: keepPreviousData,
  });

export const exemptionsQuery = queryOptions({
  queryKey: ['exemptions'],
  queryFn: ({ signal }) => get<ExemptionList>('/api/exemptions', {}, signal),
});

export const planSchemaQuery = queryOptions({
  queryKey: ['planSchema'],
  queryFn: ({ signal }) => get<Schema>('/plan.schema.json', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const planDiffQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['plan', id, 'diff', from, to],
    queryFn: ({ signal }) =>
      get<PlanDiff>(`/api/plans/${encodeURIComponent(id)}/diff`, { from: String(from), to: String(to) }, signal),
  });

export const calendarQuery = (month: string) =>
  queryOptions({
    queryKey: ['calendar', month],
    queryFn: ({ signal }) => get<CalendarMonth>('/api/calendar', { month }, signal),
    placeholderData: keepPreviousData,
  });

export const freshnessQuery = queryOptions({
  queryKey: ['freshness'],
  queryFn: ({ signal }) => get<Freshness>('/api/freshness', {}, signal),
});

export function isRunning(run: Pick<Import, 'state'>): boolean {
  return run.state !== 'done' && run.state !== 'failed';
}

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => get<{ imports: Import[]; next: number | null }>('/api/imports', { limit: '50' }, signal),
  refetchInterval: (query) => (query.state.data?.imports.some(isRunning) ? 1000 : false),
});

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => get<Import>(`/api/imports/${id}`, {}, signal),
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data) ? 700 : false),
  });

export const signalsQuery = (period: string) =>
  queryOptions({
    queryKey: ['signals', period],
    queryFn: ({ signal }) => get<SignalsPage>('/api/signals', { period }, signal),
    placeholderData: keepPreviousData,
  });

export const ledgerQuery = queryOptions({
  queryKey: ['ledger'],
  queryFn: ({ signal }) => get<LedgerPage>('/api/ledger', {}, signal),
});

export const ledgerEntriesQuery = (kind: EntryList['entries'][number]['kind'] | '') =>
  infiniteQueryOptions({
    queryKey: ['ledger', 'entries', kind],
    queryFn: ({ signal, pageParam }) => get<EntryList>('/api/ledger/entries', { kind, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ entries, more }) => {
      const last = entries.at(-1);
      return more && last ? String(last.leaf) : undefined;
    },
  });

/** What was signed, asked for again once there is a newer checkpoint. */
export const checkpointsQuery = (newest: number) =>
  queryOptions({
    queryKey: ['ledger', 'checkpoints', newest],
    queryFn: ({ signal }) => get<{ checkpoints: CheckpointView[] }>('/api/ledger/checkpoints', {}, signal),
  });

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => get<People>('/api/people', {}, signal),
});

export type AuditSearch = { [Name in 'actor' | 'action' | 'subject' | 'from' | 'to']?: string | undefined };

export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', search],
    queryFn: ({ signal, pageParam }) => get<Audit>('/api/audit', { ...search, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => get<{ keys: Key[] }>('/api/keys', {}, signal),
});

export const inspectionsQuery = (view: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['inspections', view],
    queryFn: ({ signal, pageParam }) =>
      get<InspectionList>(
        '/api/inspections',
        { view, after: pageParam === null ? undefined : String(pageParam) },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });

export const inspectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['inspection', id],
    queryFn: ({ signal }) => get<Inspection>(`/api/inspections/${encodeURIComponent(id)}`, {}, signal),
    // A form that somebody writes in is not read again under their hands.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

export interface CasesAsked {
  readonly view: 'proposed' | 'templates';
  readonly text?: string | undefined;
  readonly strategy?: string | undefined;
  readonly reason?: string | undefined;
  readonly id?: string | undefined;
}
export const casesQuery = (asked: CasesAsked) =>
  infiniteQueryOptions({
    queryKey: ['cases', asked],
    queryFn: ({ signal, pageParam }) =>
      get<CaseList>('/api/cases', { ...asked, after: pageParam === 0 ? undefined : String(pageParam) }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export interface OutcomesAsked {
  readonly period?: string | undefined;
  readonly state: OutcomesQuery['state'];
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  readonly sort?: OutcomesQuery['sort'];
  readonly order?: OutcomesQuery['order'];
}
export const outcomesQuery = (asked: OutcomesAsked) =>
  infiniteQueryOptions({
    queryKey: ['outcomes', 'list', asked],
    queryFn: ({ signal, pageParam }) =>
      get<OutcomeList>('/api/outcomes', { ...asked, after: pageParam === 0 ? undefined : String(pageParam) }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const outcomeEventsQuery = (id: number) =>
  queryOptions({
    queryKey: ['outcomes', 'events', id],
    queryFn: ({ signal }) => get<OutcomeEvents>(`/api/outcomes/${id}/events`, {}, signal),
  });

export const payoutsQuery = (period: string) =>
  queryOptions({
    queryKey: ['outcomes', 'pay', period],
    queryFn: ({ signal }) => get<PayTable>('/api/payouts', { period }, signal),
    placeholderData: keepPreviousData,
  });

export const developmentsQuery = (state: 'open' | 'ended', kind: string | undefined) =>
  queryOptions({
    queryKey: ['outcomes', 'development', state, kind],
    queryFn: ({ signal }) => get<DevelopmentList>('/api/development-plans', { state, kind }, signal),
    placeholderData: keepPreviousData,
  });

export const approvedQuery = (agentId: string) =>
  queryOptions({
    queryKey: ['outcomes', 'approved', agentId],
    queryFn: ({ signal }) => get<ApprovedList>(`/api/scorecards/${encodeURIComponent(agentId)}/outcomes`, {}, signal),
  });

export const confusionQuery = queryOptions({
  queryKey: ['confusion'],
  queryFn: ({ signal }) => get<Confusion>('/api/rule-agreement', {}, signal),
});

export const samplesQuery = queryOptions({
  queryKey: ['samples'],
  queryFn: ({ signal }) => get<SampleList>('/api/samples', {}, signal),
});

export const sampleQuery = (id: string) =>
  queryOptions({
    queryKey: ['sample', id],
    queryFn: ({ signal }) => get<SamplePage>(`/api/samples/${encodeURIComponent(id)}`, {}, signal),
  });

export const rubricsQuery = queryOptions({
  queryKey: ['rubrics'],
  queryFn: ({ signal }) => get<RubricList>('/api/rubrics', {}, signal),
});

export const rubricQuery = (id: string) =>
  queryOptions({
    queryKey: ['rubric', id],
    queryFn: ({ signal }) => get<RubricPage>(`/api/rubrics/${encodeURIComponent(id)}`, {}, signal),
  });

export const assistantQuery = queryOptions({
  queryKey: ['assistant'],
  queryFn: ({ signal }) => get<AssistantPage>('/api/assistant', {}, signal),
});

export const suggestionQuery = (task: number) =>
  queryOptions({
    queryKey: ['suggestion', task],
    queryFn: ({ signal }) => get<SuggestionView>(`/api/inspections/${task}/suggestion`, {}, signal),
    refetchOnWindowFocus: false,
  });

export const roundsQuery = queryOptions({
  queryKey: ['rounds'],
  queryFn: ({ signal }) => get<RoundList>('/api/calibrations', {}, signal),
});

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['round', id],
    queryFn: ({ signal }) => get<RoundPage>(`/api/calibrations/${encodeURIComponent(id)}`, {}, signal),
  });

export const calibrationRecordQuery = (id: string, place: string) =>
  queryOptions({
    queryKey: ['calibrationRecord', id, place],
    queryFn: ({ signal }) =>
      get<CalibrationRecord>(
        `/api/calibrations/${encodeURIComponent(id)}/records/${encodeURIComponent(place)}`,
        {},
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => get<RuleList>('/api/rules', {}, signal),
  // While text is being inspected the figures move.
  refetchInterval: ({ state }) => (state.data?.progress.upToDate === false ? 1500 : false),
});

export const ruleSchemaQuery = queryOptions({
  queryKey: ['ruleSchema'],
  queryFn: ({ signal }) => get<Schema>('/rule.schema.json', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['rules', id],
    queryFn: ({ signal }) => get<RulePage>(`/api/rules/${encodeURIComponent(id)}`, {}, signal),
  });

export const wordListQuery = (id: string) =>
  queryOptions({
    queryKey: ['wordList', id],
    queryFn: ({ signal }) => get<WordListPage>(`/api/word-lists/${encodeURIComponent(id)}`, {}, signal),
  });

export const trialQuery = (id: string | null) =>
  queryOptions({
    queryKey: ['trial', id],
    queryFn: ({ signal }) => get<Trial>(`/api/rule-trials/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.running === false ? false : 500),
  });

export const hitsQuery = (rule: string | undefined, decided: boolean) =>
  infiniteQueryOptions({
    queryKey: ['hits', rule, decided],
    queryFn: ({ pageParam, signal }) =>
      get<HitList>('/api/hits', { rule, decided: decided ? 'true' : undefined, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const sessionInspectionQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ['session', sessionId, 'inspection'],
    queryFn: ({ signal }) =>
      get<SessionInspection>(`/api/sessions/${encodeURIComponent(sessionId)}/inspection`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.measured === null ? 2000 : false),
  });

export const enginesQuery = (period: string) =>
  queryOptions({
    queryKey: ['engines', period],
    queryFn: ({ signal }) => get<Engines>('/api/inspection/engines', { period }, signal),
  });

export const inspectionProgressQuery = queryOptions({
  queryKey: ['inspectionProgress'],
  queryFn: ({ signal }) => get<Progress>('/api/inspection', {}, signal),
  refetchInterval: ({ state }) => (state.data?.upToDate === false ? 1500 : 15_000),
});

/** Everything about assessments has keys that begin so: what is handed in changes all of it. */
export const assessmentsQuery = queryOptions({
  queryKey: ['assessments', 'mine'],
  queryFn: ({ signal }) => get<AssessmentList>('/api/assessments', {}, signal),
});

/** Read once: what is typed stands on the page, and another look from the window must not take its place. */
export const assessmentWorkQuery = (asked: { period: string; plan: string; form: string }) =>
  queryOptions({
    queryKey: ['assessments', 'form', asked],
    queryFn: ({ signal }) => get<AssessmentWork>('/api/assessments/form', asked, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const behindQuery = (period: string) =>
  queryOptions({
    queryKey: ['assessments', 'behind', period],
    queryFn: ({ signal }) => get<Behind>('/api/assessments/behind', { period }, signal),
    placeholderData: keepPreviousData,
  });

export const nominationsQuery = queryOptions({
  queryKey: ['assessments', 'nominations'],
  queryFn: ({ signal }) => get<NominationList>('/api/nominations', {}, signal),
});
export const appealsQuery = (view: AppealList['view']) =>
  queryOptions({
    queryKey: ['appeals', 'list', view],
    queryFn: ({ signal }) => get<AppealList>('/api/appeals', { view }, signal),
    placeholderData: keepPreviousData,
  });

export const appealQuery = (id: string) =>
  queryOptions({
    queryKey: ['appeals', 'one', id],
    queryFn: ({ signal }) => get<Appeal>(`/api/appeals/${encodeURIComponent(id)}`, {}, signal),
  });

export const appealWindowQuery = (period: string, agent: string) =>
  queryOptions({
    queryKey: ['appeals', 'window', period, agent],
    queryFn: ({ signal }) => get<AppealWindow>('/api/appeal-window', { period, agent }, signal),
  });

export const appealStatisticsQuery = queryOptions({
  queryKey: ['appeals', 'statistics'],
  queryFn: ({ signal }) => get<AppealStatisticsPage>('/api/appeal-statistics', {}, signal),
});

/** Before and after of what somebody thinks of putting right. */
export const appealPreviewQuery = (id: number, corrections: Appeal['proposed']) =>
  queryOptions({
    queryKey: ['appeals', 'preview', id, corrections],
    queryFn: () => send<Compared>('POST', `/api/appeals/${id}/preview`, { corrections }),
    placeholderData: keepPreviousData,
  });

export const reviewPreviewQuery = (id: number) =>
  queryOptions({
    queryKey: ['appeals', 'review', id],
    queryFn: ({ signal }) => get<Compared>(`/api/appeal-reviews/${id}/preview`, {}, signal),
  });

/** Everything about 360 rounds has keys that begin so. */
export const myRoundsQuery = queryOptions({
  queryKey: ['feedback', 'mine'],
  queryFn: ({ signal }) => get<MyRounds>('/api/rounds/mine', {}, signal),
});

export const feedbackRoundsQuery = queryOptions({
  queryKey: ['feedback', 'all'],
  queryFn: ({ signal }) => get<FeedbackRoundList>('/api/rounds', {}, signal),
});

export const feedbackRoundQuery = (id: string) =>
  queryOptions({
    queryKey: ['feedback', 'round', id],
    queryFn: ({ signal }) => get<FeedbackRoundPage>(`/api/rounds/${encodeURIComponent(id)}`, {}, signal),
  });

export const roundReportQuery = (id: number) =>
  queryOptions({
    queryKey: ['feedback', 'report', id],
    queryFn: ({ signal }) => get<RoundReport>(`/api/rounds/${id}/report`, {}, signal),
  });

export const roundResultQuery = (id: string, agentId: string) =>
  queryOptions({
    queryKey: ['feedback', 'result', id, agentId],
    queryFn: ({ signal }) =>
      get<RoundResultPage>(`/api/rounds/${encodeURIComponent(id)}/results/${encodeURIComponent(agentId)}`, {}, signal),
  });

/** Read once, as the forms of assessments. */
export const ratingQuery = (id: string) =>
  queryOptions({
    queryKey: ['feedback', 'rating', id],
    queryFn: ({ signal }) => get<RatingPage>(`/api/rounds/ratings/${encodeURIComponent(id)}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const meetingQuery = (period: string, plan: string | undefined) =>
  queryOptions({
    queryKey: ['meeting', period, plan],
    queryFn: ({ signal }) => get<Meeting>(`/api/cycles/${encodeURIComponent(period)}/meeting`, { plan }, signal),
    // Moves are written into it as they are made.
    staleTime: minutes(5),
  });

export const skillsQuery = queryOptions({
  queryKey: ['skills', 'matrix'],
  queryFn: ({ signal }) => get<SkillMatrix>('/api/skills', {}, signal),
});

export const personSkillsQuery = (agentId: string) =>
  queryOptions({
    queryKey: ['skills', 'person', agentId],
    queryFn: ({ signal }) => get<PersonSkills>(`/api/skills/people/${encodeURIComponent(agentId)}`, {}, signal),
  });

export const skillProposalsQuery = queryOptions({
  queryKey: ['skills', 'proposals'],
  queryFn: ({ signal }) => get<SkillProposals>('/api/skill-proposals', {}, signal),
});

export const reviewsQuery = queryOptions({
  queryKey: ['reviews'],
  queryFn: ({ signal }) => get<ReviewPage>('/api/reviews', {}, signal),
});

/** Looked at again while something is being erased. */
export const erasuresQuery = queryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal }) => get<ErasurePage>('/api/erasures', {}, signal),
  refetchInterval: ({ state }) => (state.data?.erasures.some(({ doneAt }) => doneAt === null) ? 2000 : false),
});

export const retentionPreviewQuery = (months: number) =>
  queryOptions({
    queryKey: ['retention', months],
    queryFn: ({ signal }) => get<RetentionPreview>('/api/retention/preview', { months: String(months) }, signal),
  });
