import './defined.css';
import { useQuery } from '@tanstack/react-query';
import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { definitionOf } from '../metrics/definitionWords.ts';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Failed } from './Failed.tsx';

/** The name of a figure; pressing it opens the figure's definition in place. */
export function Defined({ metric, children }: { readonly metric: string; readonly children: ReactNode }) {
  const { t } = useReader();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={<Definition metric={metric} />}
    >
      <button
        type="button"
        className="defined"
        aria-expanded={open}
        title={t('define.open', { name: typeof children === 'string' ? children : metric })}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') setOpen(false);
        }}
      >
        {children}
      </button>
    </Popover>
  );
}

function Definition({ metric }: { readonly metric: string }) {
  const { t, say } = useReader();
  const query = useQuery(definitionsQuery);
  if (query.error) return <Failed error={query.error} reset={() => query.refetch()} />;
  if (!query.data) return <p className="definition">{t('state.loading')}</p>;
  const asked = definitionOf(query.data, metric);
  if (!asked) return <p className="definition">{t('define.missing')}</p>;
  const { definition: found, counted } = asked;
  const lines = [
    [t('define.counted'), say(counted)],
    [t('define.numerator'), say(found.numerator)],
    [t('define.denominator'), say(found.denominator)],
    [t('define.attribution'), say(found.attribution)],
    [t('define.period'), say(found.periodRule)],
    [t('define.exclusion'), say(found.exclusion)],
    [t('define.minimum'), String(found.minN)],
  ].filter(([, text]) => text !== '');
  return (
    <div className="definition">
      <h3>
        {say(found.name)} <span className="quiet small">{t(`define.better.${found.better}`)}</span>
      </h3>
      <p>{say(found.definition)}</p>
      <dl>
        {lines.map(([word, text]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {found.platforms.length > 0 && (
        <>
          <h4>{t('define.platforms')}</h4>
          <dl>
            {found.platforms.map(({ preset, name, why }) => (
              <div key={preset}>
                <dt>{say(name)}</dt>
                <dd>{say(why)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
