import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { errorSentence, send } from '../api.ts';
import { Answer } from '../parts/Answer.tsx';
import { rubricsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** What is to be inspected by hand: a message by its place from 0, or the whole conversation. */
export interface Picked {
  readonly message: number | null;
}

/** By which rubric; then the workplace opens. */
export function PickRubric(props: Picked & { readonly sessionId: string; readonly close: () => void }) {
  const { sessionId, message, close } = props;
  const { t, language, say } = useReader();
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useQuery(rubricsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const scope = message === null ? 'conversation' : 'message';
  const fitting = query.data?.rubrics.filter(({ rubric }) => rubric.scope === scope) ?? [];
  const rubric = chosen ?? fitting[0]?.rubric.id;
  const start = useMutation({
    mutationFn: () => send<{ id: number }>('POST', '/api/inspections', { sessionId, message, rubric }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['inspections'] });
      await navigate({ to: '/quality/inspections/$taskId', params: { taskId: String(id) } });
    },
  });
  return (
    <Modal
      open
      title={message === null ? t('quality.pick.title') : t('quality.pick.titleMessage')}
      onCancel={close}
      footer={null}
    >
      <Answer query={query} empty={() => (fitting.length === 0 ? <p>{t('quality.pick.none')}</p> : null)}>
        {() => (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              start.mutate();
            }}
          >
            <Select
              aria-label={t('quality.rubric')}
              value={rubric ?? null}
              onChange={setChosen}
              options={fitting.map((each) => ({ value: each.rubric.id, label: say(each.rubric.name) }))}
            />
            {start.error ? (
              <p className="notice notice-fault" role="alert">
                {errorSentence(start.error, language) ?? t('state.broken')}
              </p>
            ) : null}
            <p className="row">
              <button type="submit" className="press" disabled={start.isPending}>
                {t('quality.pick.start')}
              </button>
              <button type="button" className="press press-plain" onClick={close}>
                {t('quality.cancel')}
              </button>
            </p>
          </form>
        )}
      </Answer>
    </Modal>
  );
}
