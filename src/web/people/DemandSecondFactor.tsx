import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { roles } from '../../people/actor.ts';
import type { DemandSecondFactor as Asked, People } from '../../people/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { peopleQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useMeAnew } from './useMeAnew.ts';

/** Which roles have to have a second factor; saved as it is chosen. */
export function DemandSecondFactor({ people }: { readonly people: People }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const anew = useMeAnew();
  const save = useMutation({
    mutationFn: (asked: Asked) => send('PUT', '/api/second-factor', asked),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      await anew();
    },
  });
  return (
    <section className="section">
      <h2>{t('factor.roles')}</h2>
      <p className="quiet small">{t('factor.rolesText')}</p>
      <Select
        mode="multiple"
        className="factor-roles"
        aria-label={t('factor.roles')}
        placeholder={t('factor.rolesNone')}
        value={people.secondFactorRoles}
        loading={save.isPending}
        onChange={(chosen) => save.mutate({ roles: chosen })}
        options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      />
      {save.error ? (
        <p className="notice notice-fault">{errorSentence(save.error, language) ?? t('state.broken')}</p>
      ) : null}
    </section>
  );
}
