import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { errorSentence, send } from '../api.ts';
import { dayInSentence } from '../format.ts';
import { useReader } from '../text/language.ts';
import { covers, keyOf, type Run } from './calendarView.ts';
import { detailOf, spanWords } from './words.ts';

interface RemoveRunProps {
  readonly run: Run;
  readonly chosen: string;
  readonly close: () => void;
  readonly saved: () => void;
}

/** Asks before anything is taken back; of several days the chosen one alone can go. */
export function RemoveRun({ run, chosen, close, saved }: RemoveRunProps) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: (dates: readonly string[]) =>
      send('PUT', '/api/calendar', { remove: run.rows.filter(({ date }) => dates.includes(date)).map(keyOf) }),
    onSuccess: async () => {
      await client.invalidateQueries();
      saved();
    },
  });
  const every = run.rows.map(({ date }) => date);
  const what = [t(`calendar.types.${run.row.type}`), detailOf(run.row, t)].filter(Boolean).join(' ');
  return (
    <Modal open title={`${t('calendar.remove')} ${what}`} onCancel={close} footer={null}>
      <div className="stack entry-remove">
        <p>{t('calendar.removeText', { span: spanWords(run, t, language) })}</p>
        {remove.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(remove.error, language) ?? t('state.broken')}
          </p>
        ) : null}
        <div className="row">
          <Button type="primary" loading={remove.isPending} onClick={() => remove.mutate(every)}>
            {every.length === 1 ? t('calendar.remove') : t('calendar.removeAll', { days: every.length })}
          </Button>
          {every.length > 1 && covers(run, chosen) ? (
            <Button disabled={remove.isPending} onClick={() => remove.mutate([chosen])}>
              {t('calendar.removeOne', { day: dayInSentence(chosen, language) })}
            </Button>
          ) : null}
          <Button onClick={close}>{t('state.cancel')}</Button>
        </div>
      </div>
    </Modal>
  );
}
