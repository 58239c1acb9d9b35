import { useState } from 'react';
import { tierKeys } from '../../scores/planAmounts.ts';
import { useReader } from '../text/language.ts';
import { useEditing } from '../yamlForm/editing.ts';
import { issuesWithin } from '../yamlForm/issuesAt.ts';
import { EntryTools, Line, placed, RecordFields } from '../yamlForm/SchemaField.tsx';
import { freeId, type Schema, shapeOf, skeleton } from '../yamlForm/schemaShape.ts';
import { Wrong } from '../yamlForm/Wrong.tsx';
import {
  isRecord,
  isWrittenRecord,
  type Path,
  pathText,
  type Raw,
  type RawRecord,
  rawAt,
  textOf,
  type WrittenRecord,
} from '../yamlForm/yamlText.ts';
import { CurveLine } from './CurveLine.tsx';
import { useCurves } from './curves.ts';
import { MetricPick } from './MetricPick.tsx';
import { OptionsPick } from './OptionsPick.tsx';
import { itemsSum, records, type WeightSum, wholeSum } from './weightSums.ts';

/** What is measured and what it weighs, with the sums as one types. */
export function BlocksEditor({ schema }: { readonly schema: Schema }) {
  const { raw, root, add } = useEditing();
  const { t } = useReader();
  const blocks = records(raw.blocks);
  const of = itemOf(schema, root);
  return (
    <section className="edit-section" {...placed(['blocks'])} tabIndex={-1}>
      <h2>
        {t('draft.blocks')} <Sums raw={raw} />
      </h2>
      <Wrong path={['blocks']} />
      {[...blocks.keys()].map((index) => (
        <Block key={index} path={['blocks', index]} schema={of} count={blocks.length} />
      ))}
      <button type="button" className="press press-plain" onClick={() => add(['blocks'], newBlock(of, root, blocks))}>
        + {t('draft.addBlock')}
      </button>
    </section>
  );
}

/** Blocks against 100, or, in a plan of tracks, the tracks against 100 and each track's blocks. */
function Sums({ raw }: { readonly raw: RawRecord }) {
  const { t, language } = useReader();
  const tracks = records(raw.tracks);
  if (tracks.length === 0) return <Sum of={wholeSum(records(raw.blocks))} />;
  const nameOf = (track: RawRecord) => (isRecord(track.name) ? textOf(track.name[language]) : textOf(track.id));
  return (
    <>
      <span className="quiet small">{t('draft.tracks')}</span> <Sum of={wholeSum(tracks)} />
      {tracks.map((track) => (
        <span key={textOf(track.id)} className="track-sum">
          <span className="quiet small">{nameOf(track)}</span>{' '}
          <Sum of={wholeSum(records(raw.blocks).filter((block) => textOf(block.track) === textOf(track.id)))} />
        </span>
      ))}
    </>
  );
}

function Sum({ of }: { readonly of: WeightSum | null }) {
  const { t } = useReader();
  if (!of) return null;
  const tail = of.fits
    ? t('draft.fits')
    : of.missing.startsWith('-')
      ? t('draft.tooMuch', { by: of.missing.slice(1) })
      : t('draft.missing', { by: of.missing });
  return (
    <output className={of.fits ? 'weight-sum' : 'weight-sum weight-sum-off'}>
      {of.sum} / {of.of} {tail}
    </output>
  );
}

const itemOf = (schema: Schema, root: Schema): Schema => {
  const shape = shapeOf(schema, root);
  return shape.kind === 'list' ? shape.of : {};
};
const fieldOf = (schema: Schema, root: Schema, name: string): Schema => {
  const shape = shapeOf(schema, root);
  return shape.kind === 'record' ? (shape.fields.find((field) => field.name === name)?.schema ?? {}) : {};
};

function newBlock(of: Schema, root: Schema, blocks: readonly RawRecord[]): WrittenRecord {
  const block = skeleton(of, root);
  const item = skeleton(itemOf(fieldOf(of, root, 'items'), root), root);
  const first = isWrittenRecord(item)
    ? { ...item, id: freeId('item', records(blocks.flatMap((each) => records(each.items)))), weight: '0' }
    : item;
  return { ...(isWrittenRecord(block) ? block : {}), id: freeId('block', blocks), items: [first] };
}

function Block({ path, schema, count }: { readonly path: Path; readonly schema: Schema; readonly count: number }) {
  const { raw, root, add } = useEditing();
  const { t } = useReader();
  const [open, setOpen] = useState(false);
  const block = rawAt(raw, path);
  if (!isRecord(block)) return null;
  const items = records(block.items);
  const itemsPath = [...path, 'items'];
  const itemSchema = itemOf(fieldOf(schema, root, 'items'), root);
  const shape = shapeOf(schema, root);
  const taken = records(raw.blocks).flatMap((each) => records(each.items));
  return (
    <section className="edit-block" {...placed(path)} tabIndex={-1}>
      <div className="edit-block-head">
        <Line path={[...path, 'name', 'zh']} label={t('draft.nameZh')} />
        <span className="edit-weight">
          <span className="quiet">{t('plans.weight')}</span>
          <Line path={[...path, 'weight']} decimal />
        </span>
        <Sum of={itemsSum(block)} />
        <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'draft.less' : 'draft.detail')}
        </button>
        <EntryTools path={path.slice(0, -1)} index={Number(path.at(-1))} count={count} />
      </div>
      <Wrong path={[...path, 'weight']} />
      <Wrong path={itemsPath} />
      {open && shape.kind === 'record' ? (
        <RecordFields path={path} fields={shape.fields} hide={['items', 'weight']} />
      ) : null}
      <ul className="edit-items">
        {[...items.keys()].map((index) => (
          <Item key={index} path={[...itemsPath, index]} schema={itemSchema} count={items.length} />
        ))}
      </ul>
      <button
        type="button"
        className="text-button"
        onClick={() => {
          const item = skeleton(itemSchema, root);
          add(itemsPath, isWrittenRecord(item) ? { ...item, id: freeId('item', taken), weight: '0' } : item);
        }}
      >
        + {t('draft.addItem')}
      </button>
    </section>
  );
}

function Item({ path, schema, count }: { readonly path: Path; readonly schema: Schema; readonly count: number }) {
  const { raw, root, issues } = useEditing();
  const curves = useCurves();
  const { t } = useReader();
  const [open, setOpen] = useState(false);
  const item = rawAt(raw, path);
  if (!isRecord(item)) return null;
  const shape = shapeOf(schema, root);
  const wrong = issuesWithin(issues, pathText(path)).filter(({ level }) => level === 'error').length;
  const curve = curves[textOf(item.id)];
  const simple = typeof item.target === 'string' && (item.weight === undefined || typeof item.weight === 'string');
  return (
    <li {...placed(path)} tabIndex={-1}>
      <div className="edit-item">
        <Line path={[...path, 'name', 'zh']} label={t('draft.nameZh')} />
        <MetricPick path={[...path, 'metric']} />
        <span className="edit-marks">
          {item.weight === undefined ? (
            <span className="quiet small">{t('draft.shared')}</span>
          ) : typeof item.weight === 'string' ? (
            <span className="edit-number">
              <span className="quiet small">{t('plans.weight')}</span>
              <Line path={[...path, 'weight']} decimal label={t('plans.weight')} />
            </span>
          ) : (
            <span className="quiet small">{t('draft.byTier')}</span>
          )}
          {typeof item.target === 'string' ? (
            <span className="edit-number">
              <span className="quiet small">{t('plans.target')}</span>
              <Line path={[...path, 'target']} decimal label={t('plans.target')} />
            </span>
          ) : (
            <span className="quiet small edit-target-kind">
              {t('plans.target')} {t(`draft.choices.${targetKind(item.target)}`, '')}
            </span>
          )}
          {curve ? <CurveLine points={curve} name={t('draft.curveOf')} /> : <span />}
        </span>
        <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'draft.less' : 'draft.detail')}
          {wrong > 0 && !open ? <b className="wrong-count">{wrong}</b> : null}
        </button>
        <EntryTools path={path.slice(0, -1)} index={Number(path.at(-1))} count={count} />
      </div>
      {isRecord(item.weight) && isRecord(item.weight.byTier) ? (
        <TierWeights path={[...path, 'weight', 'byTier']} />
      ) : null}
      {['metric', 'weight', 'target'].map((field) => (
        <Wrong key={field} path={[...path, field]} />
      ))}
      {open || item.options !== undefined ? <OptionsPick path={[...path, 'options']} /> : null}
      {open && shape.kind === 'record' ? (
        <div className="edit-detail">
          <RecordFields
            path={path}
            fields={shape.fields}
            hide={simple ? ['metric', 'options', 'weight'] : ['metric', 'options']}
          />
        </div>
      ) : null}
    </li>
  );
}

/** How a target that is no single number is decided: by load, by tier… */
const targetKind = (target: Raw | undefined): string => (isRecord(target) ? (Object.keys(target)[0] ?? '') : '');

/** What an item weighs for each tier, where it can be changed without opening the item. */
function TierWeights({ path }: { readonly path: Path }) {
  const { t } = useReader();
  return (
    <div className="edit-tiers">
      {tierKeys.map((tier) => {
        const name = tier === 'unknown' ? t('draft.survey.noTier') : t(`tier.${tier}`);
        return (
          <span key={tier} className="edit-number">
            <span className="quiet small">{name}</span>
            <Line path={[...path, tier]} decimal label={`${t('plans.weight')} ${name}`} />
          </span>
        );
      })}
    </div>
  );
}
