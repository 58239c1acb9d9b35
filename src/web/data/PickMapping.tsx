import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useState } from 'react';
import type { Mapping } from '../../ingest/mapping.ts';
import type { SavedMapping } from '../../ingest/schemas.ts';
import { send } from '../api.ts';
import { dayOf } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

interface PickMappingProps {
  readonly saved: readonly SavedMapping[];
  readonly take: (mapping: Mapping) => void;
}

/** The saved mappings: one is taken up, or done away with. */
export function PickMapping({ saved, take }: PickMappingProps) {
  const { t } = useReader();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [name, setName] = useState('');
  const picked = saved.find((one) => one.name === name);
  const remove = (one: SavedMapping) =>
    modal.confirm({
      title: t('upload.savedRemove', { name: one.name }),
      content: t('upload.savedRemoveText'),
      icon: null,
      okText: t('upload.savedRemoveDo'),
      cancelText: t('state.cancel'),
      onOk: async () => {
        await send('DELETE', `/api/mappings/${encodeURIComponent(one.name)}`);
        setName('');
        await client.invalidateQueries({ queryKey: ['mappings'] });
      },
    });
  return (
    <div className="labelled">
      <span>{t('upload.saved')}</span>
      <Select
        aria-label={t('upload.saved')}
        value={picked ? name : ''}
        style={{ minWidth: 200 }}
        options={[
          { value: '', label: t('upload.savedNone') },
          ...saved.map((one) => ({ value: one.name, label: one.name })),
        ]}
        onChange={(next) => {
          setName(next);
          const found = saved.find((one) => one.name === next);
          if (found) take(found.mapping);
        }}
      />
      {picked ? (
        <span className="row quiet small">
          {t('upload.savedBy', { by: picked.by, day: dayOf(picked.updatedAt, organisation.timeZone) })}
          <button type="button" className="text-button" onClick={() => remove(picked)}>
            {t('upload.savedRemoveDo')}
          </button>
        </span>
      ) : null}
    </div>
  );
}
