import { useReader } from '../text/language.ts';
import { useEditing } from '../yamlForm/editing.ts';
import { issuesAt } from '../yamlForm/issuesAt.ts';
import { Line, placed, RecordFields, SchemaField } from '../yamlForm/SchemaField.tsx';
import { freeId, type Schema, shapeOf, skeleton } from '../yamlForm/schemaShape.ts';
import { Wrong } from '../yamlForm/Wrong.tsx';
import { isRecord, isWrittenRecord, type RawRecord, textOf } from '../yamlForm/yamlText.ts';
import { addBand, moveEdge, presetsOf, removeBand, stretches, takeCoefficients } from './bandRuler.ts';
import { records } from './weightSums.ts';

/** The grades as a ruler from 0 to 100. One edge between two grades is one number, so no gap can open here. */
export function BandsEditor({ schema }: { readonly schema: Schema }) {
  const { raw, text, root, rewrite } = useEditing();
  const { t, language } = useReader();
  const bands = records(raw.bands);
  const list = shapeOf(schema, root);
  if (list.kind !== 'list') return null;
  const shape = shapeOf(list.of, root);
  const nameOf = (band: RawRecord | undefined) => (isRecord(band?.name) ? textOf(band.name[language]) : '');
  const coefficient = shape.kind === 'record' ? shape.fields.find(({ name }) => name === 'coefficient') : undefined;
  return (
    <section className="edit-section" {...placed(['bands'])} tabIndex={-1}>
      <h2>{t('plans.bands')}</h2>
      <Wrong path={['bands']} />
      <div className="band-ruler" role="img" aria-label={t('draft.ruler')}>
        {stretches(bands).map(({ band, from, to }) => (
          <div
            key={`${from}`}
            className={band === null ? 'band-gap' : `band-stretch band-${band % 2}`}
            style={{ flexGrow: to - from }}
          >
            <span>{band === null ? t('draft.gap') : nameOf(bands[band])}</span>
            <i>{from}</i>
          </div>
        ))}
      </div>
      <ul className="edit-bands">
        {[...bands.keys()].map((index) => (
          <li key={index} {...placed(['bands', index])} tabIndex={-1}>
            <div className="edit-band">
              <Line path={['bands', index, 'name', 'zh']} label={t('draft.nameZh')} />
              <Edge band={index} bands={bands} move={(from) => rewrite(moveEdge(text, bands, index, from))} />
              {coefficient ? (
                <span className="edit-number">
                  <span className="quiet small">{t('plans.coefficient')}</span>
                  {typeof bands[index]?.coefficient === 'string' ? (
                    <Line path={['bands', index, 'coefficient']} decimal />
                  ) : (
                    <SchemaField path={['bands', index, 'coefficient']} schema={coefficient.schema} />
                  )}
                </span>
              ) : null}
              <button
                type="button"
                className="text-button"
                disabled={bands.length <= 2}
                aria-label={t('draft.remove')}
                onClick={() => rewrite(removeBand(text, bands, index))}
              >
                ×
              </button>
            </div>
            <Wrong path={['bands', index]} />
            <Wrong path={['bands', index, 'from']} />
            <Wrong path={['bands', index, 'to']} />
            <Wrong path={['bands', index, 'coefficient']} />
            <details>
              <summary>{t('draft.detail')}</summary>
              {shape.kind === 'record' ? (
                <RecordFields path={['bands', index]} fields={shape.fields} hide={['from', 'to']} />
              ) : null}
            </details>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="text-button"
        onClick={() => {
          const band = skeleton(list.of, root);
          if (isWrittenRecord(band))
            rewrite(addBand(text, bands, { ...band, id: freeId('band', bands), coefficient: '1' }));
        }}
      >
        + {t('draft.addBand')}
      </button>
      {presetsOf(records(raw.presets), bands).map(({ name, coefficients, inUse }) => (
        <p key={textOf(name[language])} className="edit-preset">
          <span>{textOf(name[language])}</span>
          <span className="quiet figure">
            {bands
              .filter(({ id }) => textOf(coefficients[textOf(id)]) !== '')
              .map((band) => `${nameOf(band)} ${textOf(coefficients[textOf(band.id)])}`)
              .join(' · ')}
          </span>
          {inUse ? (
            <span className="quiet">{t('draft.presetInUse')}</span>
          ) : (
            <button
              type="button"
              className="text-button"
              onClick={() => rewrite(takeCoefficients(text, bands, coefficients))}
            >
              {t('draft.usePreset')}
            </button>
          )}
        </p>
      ))}
    </section>
  );
}

function Edge({
  band,
  bands,
  move,
}: {
  readonly band: number;
  readonly bands: readonly RawRecord[];
  readonly move: (from: string) => void;
}) {
  const { issues } = useEditing();
  const { t } = useReader();
  const own = bands[band];
  const last = band === bands.length - 1;
  return (
    <label className="edit-number">
      <span className="quiet small">{t('draft.from')}</span>
      <input
        data-place={`bands[${band}].from`}
        className="line-decimal"
        inputMode="decimal"
        value={textOf(own?.from)}
        readOnly={last}
        aria-invalid={issuesAt(issues, `bands[${band}].from`).length > 0}
        onChange={(event) => move(event.target.value)}
      />
      <span className="quiet small">
        {own?.to === undefined ? t('draft.andMore') : t('draft.below', { to: textOf(own.to) })}
      </span>
    </label>
  );
}
